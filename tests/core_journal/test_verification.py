from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import LogInvalid
from core.journal.chain import chain_of
from core.journal.event import Event, SignedEvent
from core.journal.log import EventLog
from core.messages import load
from core.rules.finding import Severity
from signing.cms.session_key import SessionKey
from signing.validation.report import Verdict
from tests.journal_world import START, Forge, acts_of, member, sign_in, verified


def refused(reason: str, *events: SignedEvent, **options: object) -> None:
    with pytest.raises(LogInvalid) as caught:
        verified(EventLog(events), **options)
    assert caught.value.params["reason"] == reason
    for language in ("zh_CN", "en"):
        assert load(language).has(f"journal.{reason}")


def test_genuine_acts_are_all_there_with_their_sessions() -> None:
    log = EventLog(acts_of("李四", 3, large=(1,)) + acts_of("王五", 1))
    found = verified(log)
    assert len(found.events) == 6
    assert {session.sign_in.name: session.certificate.subject.common_name for session in found.sessions} == {
        "李四": "李四",
        "王五": "王五",
    }
    assert [(act.kind, act.report.verdict) for act in found.signature_reports].count(
        ("session.open", Verdict.PASSED)
    ) == 2
    assert len(found.signature_reports) == 3
    assert (found.verdict, found.findings, found.root) == (Verdict.PASSED, (), log.digest())
    chain = found.sessions[0].chain
    assert found.session(chain).chain == chain
    with pytest.raises(KeyError):
        found.session("0" * 64)


def test_an_empty_log_proves_nothing() -> None:
    assert verified(EventLog()).verdict is Verdict.INDETERMINATE


def test_trust_is_a_verdict_not_an_error() -> None:
    log = EventLog(acts_of("李四", 1))
    assert verified(log, trust=None).verdict is Verdict.INDETERMINATE


def test_a_role_the_certificate_may_not_take_is_not_passed() -> None:
    forge = Forge(sign_in=replace(sign_in(), role="centre"))
    log = EventLog([forge.opening()])
    assert verified(log).verdict is not Verdict.PASSED
    mapped = {"centre": frozenset({"expert"})}
    assert verified(log, roles=mapped).verdict is Verdict.PASSED
    refused("role", forge.opening(), roles={"expert": frozenset({"expert"})})


def test_events_of_another_project_are_refused() -> None:
    refused("project", *acts_of("李四", 1), project="T-2026-002")
    forge = Forge()
    opening = forge.opening()
    refused("project", opening, forge.after(opening, lambda event: replace(event, project="other")))


def test_a_chain_begins_with_one_sign_in_and_holds_no_other() -> None:
    forge = Forge()
    opening = forge.opening()
    act = forge.after(opening)
    refused("gap", act)
    refused("opening", forge.opening(lambda event: replace(event, kind="mark.set")))
    refused("opening", opening, forge.opening(lambda event: replace(event, body={**event.body, "device": "x"})))
    second = forge.after(
        opening, lambda event: replace(event, kind="session.open", body=opening.event.body, large=True)
    )
    refused("opening", opening, second)


def test_missing_and_bent_links_are_refused() -> None:
    first, second, third, fourth = acts_of("李四", 3)
    refused("gap", first, second, fourth)
    refused("gap", second, third)
    forge = Forge()
    opening = forge.opening()
    act = forge.after(opening)
    refused("previous", opening, act, forge.after(act, lambda event: replace(event, previous=opening.digest)))
    refused("previous", opening, forge.after(opening, lambda event: replace(event, previous="0" * 64)))
    refused("previous", forge.opening(lambda event: replace(event, previous="1" * 64)))
    assert len(verified(EventLog([first, second, third])).events) == 3  # a cut tail cannot be seen


def test_an_act_signed_by_another_key_is_refused() -> None:
    forge = Forge()
    opening = forge.opening()
    refused("signature", opening, forge.after(opening, key=SessionKey.generate()))
    refused("signature", forge.opening(key=SessionKey.generate()))


def test_a_chain_named_for_another_key_is_refused() -> None:
    forge = Forge()
    refused("chain", forge.opening(lambda event: replace(event, chain="a" * 64)))


def change_body(**changed: object) -> Callable[[Event], Event]:
    return lambda event: replace(event, body={**event.body, **changed})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"more": 1}, "opening"),
        ({"kinds": ["b", "a"]}, "opening"),
        ({"kinds": ["a", "a"]}, "opening"),
        ({"kinds": ["session.open"]}, "opening"),
        ({"kinds": "mark.set"}, "opening"),
        ({"kinds": ["Mark"]}, "shape"),
        ({"kinds": ["a"] * 257}, "opening"),
        ({"public_key": "zz"}, "opening"),
        ({"public_key": "04" * 64}, "opening"),
        ({"public_key": 4}, "opening"),
        ({"member": ""}, "shape"),
        ({"name": "a\nb"}, "shape"),
        ({"ends_at": "2026-03-05T09:00:00+08:00"}, "shape"),
        ({"ends_at": 7}, "shape"),
        ({"device": None}, "shape"),
    ],
)
def test_sign_ins_outside_the_grammar_are_refused(changed: dict[str, object], reason: str) -> None:
    refused(reason, Forge().opening(change_body(**changed)))


def test_a_point_off_the_curve_is_no_session_key() -> None:
    raw = "04" + "11" * 64
    forge = Forge()
    bent = change_body(public_key=raw)
    refused("signature", forge.opening(lambda event: replace(bent(event), chain=chain_of(bytes.fromhex(raw)))))


def test_acts_beyond_what_was_certified_are_refused() -> None:
    forge = Forge()
    opening = forge.opening()

    def act(bend: Callable[[Event], Event]) -> SignedEvent:
        return forge.after(opening, bend)

    refused("actor", opening, act(lambda event: replace(event, actor="expert-李四")))
    refused("kind", opening, act(lambda event: replace(event, kind="bid.rejected")))
    refused("ended", opening, act(lambda event: replace(event, at=START + timedelta(hours=4, seconds=1))))
    on_time = act(lambda event: replace(event, at=START + timedelta(hours=4)))
    assert len(verified(EventLog([opening, on_time])).events) == 2


def test_large_acts_need_the_certificate_of_the_sign_in() -> None:
    forge = Forge()
    opening = forge.opening()

    def large(event: Event) -> Event:
        return replace(event, large=True)

    refused("small", opening, forge.after(opening), large=frozenset({"mark.set"}))
    refused("certificate", opening, forge.after(opening, large, drop_certificate=True))
    refused("certificate", opening, forge.after(opening, large, by=member("李四")))
    refused("certificate", opening, forge.after(opening, large, signed_at=START + timedelta(hours=1)))
    small = forge.after(opening)
    with_certificate = forge.after(opening, large).certificate_signature
    refused("certificate", opening, SignedEvent.of(small.event_bytes, small.signature, with_certificate))
    other = forge.after(opening, large)
    swapped = SignedEvent.of(other.event_bytes, other.signature, with_certificate)
    refused("certificate", opening, swapped)
    refused("small", forge.opening(lambda event: replace(event, large=False)))
    assert len(verified(EventLog([opening, other]), large=frozenset({"mark.set"})).signature_reports) == 2


def test_two_heads_of_one_session_are_a_finding_and_both_stay() -> None:
    forge = Forge()
    opening = forge.opening()
    left, right = forge.after(opening), forge.after(opening)
    found = verified(EventLog([opening, left, right, forge.after(left)]))
    assert len(found.events) == 4
    (finding,) = found.findings
    assert (finding.rule, finding.severity) == ("journal.two_heads", Severity.ERROR)
    assert finding.params["name"] == "张三"


def test_one_act_signed_twice_is_one_act() -> None:
    forge = Forge()
    opening = forge.opening()
    act = forge.after(opening)
    twice = SignedEvent.of(act.event_bytes, forge.key.sign(act.event_bytes), None)
    found = verified(EventLog([opening, act, twice]))
    assert (len(found.events), found.findings) == (2, ())


def test_clocks_set_back_or_ahead_are_findings() -> None:
    forge = Forge()
    opening = forge.opening()
    back = forge.after(opening, lambda event: replace(event, at=START - timedelta(days=1)))
    found = verified(EventLog([opening, back]))
    assert [finding.rule for finding in found.findings] == ["journal.clock_back"]
    assert [act.event.number for act in found.events] == [0, 1]
    early = verified(EventLog([opening]), now=START - timedelta(minutes=6))
    assert [finding.rule for finding in early.findings] == ["journal.clock_ahead"]
    assert verified(EventLog([opening]), now=START - timedelta(minutes=4)).findings == ()


def test_every_finding_has_its_sentence() -> None:
    for language in ("zh_CN", "en"):
        for rule in ("two_heads", "clock_back", "clock_ahead"):
            assert load(language).has(f"finding.journal.{rule}")
