"""Evaluations forged with the real keys of host and members; the .tbp alone must show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.journal.chain import OPENING_KIND
from core.journal.event import Event
from core.journal.log import EventLog
from signing.canonical_json import decode_object, encode
from tests.attack_forge import Thief, chain_with, chains, made, rewritten

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture
def thief(demo: Path) -> Thief:
    return Thief(demo)


@pytest.fixture
def refused(demo: Path, command: Callable, thief: Thief, tmp_path: Path) -> Callable[[EventLog], list[str]]:
    """Reasons why an evaluation with this log, signed by the host, is FAILED."""

    def verify(log: EventLog, **changed: bytes) -> list[str]:
        summary = {**decode_object(changed.get("summary", _summary(demo))), "log_root": log.digest()}
        members = {"log.ndjson": log.encode(), "evaluation.json": encode(summary)}
        forged = thief.repacked(demo / "evaluation.tbp", tmp_path / "evaluation.tbp", "evaluation", "agency", members)
        result = command("verify", forged, "--trust", demo / "trust.json", "--json")
        assert result.code == 10, result.out
        return reasons(result)

    return verify


def _summary(demo: Path) -> bytes:
    from core.formats.package import read_package

    return read_package(demo / "evaluation.tbp", "evaluation").member("evaluation.json")


def reasons(result: object) -> list[str]:
    checks = [check for file in result.json()["files"] for check in file["checks"]]
    failed = [check for check in checks if check["verdict"] == "FAILED"]
    return [check["params"].get("reason", check["code"]) for check in failed]


def test_the_host_cannot_change_the_prices_the_committee_started_from(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")

    def cheaper(event: Event) -> Event:
        if event.kind != "evaluation.started":
            return event
        bids = [dict(bid) for bid in event.body["bids"]]
        bids[0]["price"] = "9000000.00"
        return replace(event, body={**event.body, "bids": bids})

    host = chain_with(log, "evaluation.started")
    assert refused(rewritten(log, host, thief.signer("agency"), cheaper)) == ["head_missing"]


def test_a_member_cannot_slip_in_marks_after_the_lock(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    own = chains(log)[chain_with(log, "marks.given", "E4")]
    lock = next(signed.event for signed in log.events if signed.event.kind == "marks.locked")

    def later(event: Event) -> Event:
        marks = dict.fromkeys(event.body.get("marks", {}), "0.00")
        body = event.body if event.kind == OPENING_KIND else {**event.body, "marks": marks}
        return replace(event, body=body, at=lock.at - timedelta(seconds=1))

    slipped = made((signed.event for signed in own), thief.signer("E4"), later)
    assert refused(EventLog([*log.events, *slipped])) == ["not_covered"]


def test_a_members_marks_cannot_be_dropped(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    gone = chain_with(log, "marks.given", "E4")
    assert refused(EventLog(signed for signed in log.events if signed.event.chain != gone)) == ["head_missing"]


def test_a_members_signature_by_session_key_alone_does_not_count(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    chain = chain_with(log, "report.signed", "E4")

    def small(event: Event) -> Event:
        return event if event.kind == OPENING_KIND else replace(event, large=False)

    assert refused(rewritten(log, chain, thief.signer("E4"), small)) == ["small"]


def test_an_evaluation_without_its_end_proves_nothing(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    closed = chain_with(log, "evaluation.closed")
    signed = chain_with(log, "report.signed", "E4")
    cut = EventLog(one for one in log.events if one.event.chain not in {closed, signed})
    assert refused(cut) == ["not_closed"]


def test_a_member_cannot_sign_in_with_anothers_certificate(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    chain = chain_with(log, "report.signed", "E4")
    assert refused(rewritten(log, chain, thief.signer("E5"), lambda event: event)) == ["other_member"]


def test_a_bidder_cannot_act_as_host(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    code = thief.signer("bidder-c")
    from signing.x509.certificate import parse

    name = f"agency:{parse(code.certificate()).subject.credit_code}"

    def renamed(event: Event) -> Event:
        body = {**event.body, "member": name} if event.kind == OPENING_KIND else event.body
        return replace(event, actor=name, body=body)

    chain = chain_with(log, "evaluation.closed")
    assert refused(rewritten(log, chain, code, renamed)) == ["other_member"]


def test_acts_of_another_project_do_not_count(thief: Thief, demo: Path, refused) -> None:
    log = thief.log(demo / "evaluation.tbp", "evaluation")
    chain = chain_with(log, "report.signed", "E4")
    other = rewritten(log, chain, thief.signer("E4"), lambda event: replace(event, project=event.project + "x"))
    assert refused(other) == ["project"]


def test_the_host_must_sign_the_file_himself(thief: Thief, demo: Path, command: Callable, tmp_path: Path) -> None:
    for who, reason in (("bidder-c", "verify.failed.signer"), ("tenderer", "verify.failed.signer")):
        forged = thief.repacked(demo / "evaluation.tbp", tmp_path / f"{who}.tbp", "evaluation", who, {})
        result = command("verify", forged, "--trust", demo / "trust.json", "--json")
        assert result.code == 10
        assert reasons(result) == [reason]
