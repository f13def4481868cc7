"""Tenders, openings, receipts, bids and reports forged with real keys; and trust lists that take trust away."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.formats.package import read_package
from core.journal.chain import OPENING_KIND
from core.journal.event import Event
from core.sheets.excel_reader import read_workbook
from core.sheets.excel_writer import write_boq_workbook
from signing.canonical_json import decode_object, encode
from signing.pdf.sign import append_and_sign
from signing.x509.certificate import load_pem_certificates, parse
from signing.x509.issue import Revocation, issue_crl
from signing.x509.key_files import load_private_key
from tests.attack_forge import Thief, chain_with, rewritten

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture
def thief(demo: Path) -> Thief:
    return Thief(demo)


@pytest.fixture
def verdict(demo: Path, command: Callable) -> Callable[..., tuple[int, list[str]]]:
    def verify(*files: Path, trust: Path | None = None) -> tuple[int, list[str]]:
        result = command("verify", *files, "--trust", trust or demo / "trust.json", "--json")
        checks = [check for file in result.json()["files"] for check in file["checks"]]
        failed = [check for check in checks if check["verdict"] == "FAILED"]
        return result.code, [check["params"].get("reason", check["code"]) for check in failed]

    return verify


@pytest.mark.parametrize("who", ["bidder-a", "E1", "centre"])
def test_only_tenderer_and_agency_issue_a_tender(who: str, thief: Thief, demo: Path, verdict, tmp_path: Path) -> None:
    code, why = verdict(thief.repacked(demo / "tender.tbz", tmp_path / "tender.tbz", "tender", who, {}))
    assert code == 10
    assert why[-1] == "verify.failed.signer"


def test_nobody_can_put_his_own_key_in_the_place_of_a_holders(thief: Thief, demo: Path, verdict, tmp_path) -> None:
    agency = load_pem_certificates((demo / "work/keys/agency/enc.cert.pem").read_bytes())[0]
    tender = decode_object(read_package(demo / "tender.tbz", "tender").member("tender.json"))
    for holder in tender["policy"]["holders"]:
        if holder["id"] == "centre":
            holder["certificates"] = [parse(agency).sm3]
    changed = {"tender.json": encode(tender), "holders/centre-1.cer": agency}
    forged = thief.repacked(demo / "tender.tbz", tmp_path / "tender.tbz", "tender", "agency", changed)
    assert verdict(forged) == (10, ["holder_certificate"])


def test_a_bill_must_be_the_one_of_its_workbook_and_without_prices(thief, demo: Path, verdict, tmp_path) -> None:
    package = read_package(demo / "tender.tbz", "tender")
    bill = decode_object(package.member("boq/lot-1.json"))
    bill["items"][0]["name"] += "改"
    forged = thief.repacked(
        demo / "tender.tbz", tmp_path / "a.tbz", "tender", "agency", {"boq/lot-1.json": encode(bill)}
    )
    assert verdict(forged)[0] == 10
    priced = tmp_path / "priced.xlsx"
    write_boq_workbook(priced, read_workbook(demo / "work/bidder-a/prices.xlsx"), priced=True)
    changed = {"boq/lot-1.xlsx": priced.read_bytes()}
    forged = thief.repacked(demo / "tender.tbz", tmp_path / "b.tbz", "tender", "agency", changed)
    assert verdict(forged) == (10, ["priced"])


@pytest.mark.parametrize("who", ["bidder-a", "E1", "agency"])
def test_only_the_centre_issues_receipts(who: str, thief: Thief, demo: Path, verdict, tmp_path: Path) -> None:
    forged = thief.repacked(demo / "receipts/lot-1-a.tbr", tmp_path / "a.tbr", "receipt", who, {})
    assert verdict(forged)[0] == 10


def test_an_opening_hosted_by_a_bidder_is_refused(thief: Thief, demo: Path, verdict, tmp_path: Path) -> None:
    assert verdict(thief.repacked(demo / "opening.tbk", tmp_path / "o.tbk", "opening", "bidder-c", {}))[0] == 10
    signer = thief.signer("bidder-c")
    name = f"agency:{parse(signer.certificate()).subject.credit_code}"

    def renamed(event: Event) -> Event:
        body = {**event.body, "member": name} if event.kind == OPENING_KIND else event.body
        return replace(event, actor=name, body=body)

    log = thief.log(demo / "opening.tbk", "opening")
    log = rewritten(log, chain_with(log, "opening.closed"), signer, renamed)
    forged = thief.repacked(demo / "opening.tbk", tmp_path / "p.tbk", "opening", "agency", {"log.ndjson": log.encode()})
    assert verdict(forged) == (10, ["other_member"])


def test_a_bidder_cannot_release_anothers_share(thief: Thief, demo: Path, verdict, tmp_path: Path) -> None:
    log = thief.log(demo / "opening.tbk", "opening")
    kind = "opening.share_received"
    signed = next(one for one in log.events if one.event.kind == kind)
    victim = next(who for who in "abc" if _member(thief, f"bidder-{who}") == signed.event.actor)
    thief_name = next(f"bidder-{who}" for who in "abc" if who != victim)
    name = _member(thief, thief_name)

    def renamed(event: Event) -> Event:
        body = {**event.body, "member": name} if event.kind == OPENING_KIND else event.body
        return replace(event, actor=name, body=body)

    forged_log = rewritten(log, signed.event.chain, thief.signer(thief_name), renamed)
    changed = {"log.ndjson": forged_log.encode()}
    forged = thief.repacked(demo / "opening.tbk", tmp_path / "o.tbk", "opening", "agency", changed)
    assert verdict(forged) == (10, ["other_bidder"])


def _member(thief: Thief, who: str) -> str:
    return f"bidder:{parse(thief.signer(who).certificate()).subject.credit_code}"


def test_an_opening_without_its_end_proves_nothing(thief: Thief, demo: Path, verdict, tmp_path: Path) -> None:
    log = thief.log(demo / "opening.tbk", "opening")
    chain = chain_with(log, "opening.closed")
    cut = rewritten(log, chain, thief.signer("agency"), lambda one: None if one.kind == "opening.closed" else one)
    changed = {"log.ndjson": cut.encode()}
    forged = thief.repacked(demo / "opening.tbk", tmp_path / "o.tbk", "opening", "agency", changed)
    assert verdict(forged) == (10, ["not_closed"])


def test_an_evaluation_and_its_opening_must_state_the_same_prices(demo: Path, thief, verdict, tmp_path) -> None:
    from core.formats.evaluation_package import open_evaluation_package
    from core.formats.opening_package import open_opening_package
    from core.jobs.evaluation_log import recompute
    from core.jobs.verify_checks import figures_check

    now = datetime.now(UTC)
    state, _ = recompute(open_evaluation_package(demo / "evaluation.tbp"), None, now=now)
    record = open_opening_package(demo / "opening.tbk")
    assert figures_check(state, record, now=now).verdict.value == "PASSED"
    bids = tuple(replace(bid, price=bid.price - 1) for bid in state.begun().bids)
    other = replace(state, started=replace(state.begun(), bids=bids))
    assert figures_check(other, record, now=now).verdict.value == "FAILED"


def test_a_report_with_something_between_frozen_body_and_closing_page_is_not_the_reports(
    demo: Path, thief: Thief, verdict, tmp_path: Path
) -> None:
    frozen = read_package(demo / "evaluation.tbp", "evaluation").member("report-frozen.pdf")
    forged = tmp_path / "report.pdf"
    forged.write_bytes(_closed(_with_an_update(frozen), thief))
    assert verdict(demo / "evaluation.tbp", forged) == (10, ["report.pdf"])
    forged.write_bytes(_closed(frozen, thief, who="tenderer"))
    assert verdict(demo / "evaluation.tbp", forged) == (10, ["report.pdf"])
    forged.write_bytes(_closed(frozen, thief))
    assert verdict(demo / "evaluation.tbp", forged) == (0, [])


def _closed(frozen: bytes, thief: Thief, who: str = "agency") -> bytes:
    at = datetime.now(UTC) - timedelta(minutes=1)
    return append_and_sign(frozen, None, thief.signer(who), signed_at=at, field_name="Assembler")


def _with_an_update(frozen: bytes) -> bytes:
    """The file with an incremental update that adds an object: bytes a viewer would follow."""
    import io
    import re

    import pikepdf

    previous = int(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", frozen)[1])
    with pikepdf.open(io.BytesIO(frozen)) as pdf:
        size, root = int(pdf.trailer.Size), pdf.trailer.Root.objgen[0]
    out = frozen + b"\n"
    place = len(out)
    out += b"%d 0 obj\n(overlay)\nendobj\n" % size
    table = len(out)
    out += b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (size, place)
    return out + b"<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size + 1, root, previous, table)


def test_a_certificate_revoked_by_the_trust_list_fails(demo: Path, thief: Thief, verdict, tmp_path: Path) -> None:
    authority = demo / "work" / "authority"
    pin = (demo / "work" / "pin.txt").read_bytes().strip()
    key = load_private_key((authority / "institution.key.pem").read_bytes(), pin)
    issuer = load_pem_certificates((authority / "institution.cert.pem").read_bytes())[0]
    agency = parse(thief.signer("agency").certificate())
    start = parse(issuer).not_before
    entry = Revocation(agency.serial, start)
    crl = issue_crl(key, issuer, this_update=start, next_update=parse(issuer).not_after, revoked=[entry], number=2)
    trust = json.loads((demo / "trust.json").read_text("utf-8"))
    trust["crls"].append(base64.b64encode(crl).decode())
    lists = tmp_path / "trust.json"
    lists.write_text(json.dumps(trust), "utf-8")
    for name in ("tender.tbz", "opening.tbk", "evaluation.tbp", "report.pdf"):
        assert verdict(demo / name, trust=lists)[0] == 10, name
    assert verdict(demo / "receipts/lot-1-a.tbr", trust=lists)[0] == 0
