from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import FileNotWritable, LogInvalid, StepNotAllowed
from core.journal.chain import Session, SignIn
from core.journal.event import Event, SignedEvent
from core.journal.log import EventLog
from core.store.drafts import SqliteDraftStore
from tests.journal_world import START, TickingClock, acts_of, member, sign_in, verified


def opened(entries: list[bytes], *, certified: SignIn | None = None, clock: TickingClock | None = None) -> Session:
    session, _ = Session.open(
        member("张三").signer, certified or sign_in(), clock=clock or TickingClock(), keep=entries.append
    )
    return session


def test_acts_kept_in_a_draft_make_a_log(tmp_path: Path) -> None:
    with SqliteDraftStore().create(tmp_path / "x.tbd", "evaluation") as draft:
        session, opening = Session.open(member("张三").signer, sign_in(), clock=TickingClock(), keep=draft.append_event)
        session.append("mark.set", {"score": "3.50"})
        session.append("report.signed", {"sm3": "0" * 64}, large=True)
        log = EventLog.of_entries(draft.events())
    found = verified(log)
    assert [act.event.kind for act in found.events] == ["session.open", "mark.set", "report.signed"]
    assert found.sessions[0].chain == session.chain == opening.event.chain
    assert found.events[1].event.time_source == "demo"


def test_two_sessions_of_one_member_are_two_chains() -> None:
    entries: list[bytes] = []
    chains = {opened(entries).chain, opened(entries).chain}
    assert len(chains) == 2
    assert len(verified(EventLog.of_entries(entries)).sessions) == 2


def test_every_event_has_its_own_salt() -> None:
    events = acts_of("张三", 20)
    assert len({signed.event.salt for signed in events}) == 21


def test_acts_the_sign_in_does_not_cover_are_not_signed() -> None:
    entries: list[bytes] = []
    session = opened(entries)
    for kind in ("bid.rejected", "session.open"):
        with pytest.raises(StepNotAllowed, match="session_kind"):
            session.append(kind, {})
    assert len(entries) == 1


def test_a_session_ends_at_its_time() -> None:
    entries: list[bytes] = []
    clock = TickingClock()
    session = opened(entries, clock=clock, certified=replace(sign_in(), ends_at=START + timedelta(seconds=2)))
    session.append("mark.set", {})
    with pytest.raises(StepNotAllowed, match="session_ended"):
        session.append("mark.set", {})
    assert len(entries) == 2


def test_a_session_that_could_not_keep_an_act_is_over() -> None:
    entries: list[bytes] = []

    def keep(entry: bytes) -> None:
        if len(entries) == 2:
            raise FileNotWritable(path="x", reason="no_space")
        entries.append(entry)

    session, _ = Session.open(member("张三").signer, sign_in(), clock=TickingClock(), keep=keep)
    session.append("mark.set", {})
    with pytest.raises(FileNotWritable):
        session.append("mark.set", {})
    entries.pop()
    with pytest.raises(StepNotAllowed, match="session_broken"):
        session.append("mark.set", {})
    assert len(verified(EventLog.of_entries(entries)).events) == 1


def test_a_body_that_is_no_plain_json_is_refused_before_anything_happens() -> None:
    entries: list[bytes] = []
    session = opened(entries)
    for body in ({"score": 3.5}, {"score": 2**53}, {"\ud800": 1}, {"deep": _nested(70)}):
        with pytest.raises(LogInvalid, match="shape"):
            session.append("mark.set", body)  # type: ignore[arg-type]
    with pytest.raises(LogInvalid, match="limit"):
        session.append("mark.set", {"text": "x" * (1 << 20)})
    session.append("mark.set", {"score": "3.5"})
    assert len(verified(EventLog.of_entries(entries)).events) == 2


def _nested(depth: int) -> object:
    value: object = "x"
    for _ in range(depth):
        value = [value]
    return value


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
bodies = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=9), json_values, max_size=4)


@settings(max_examples=60, deadline=None)
@given(bodies, st.integers(min_value=0, max_value=10**12))
def test_events_are_read_as_they_were_written(body: dict[str, object], micros: int) -> None:
    event = Event(
        project="工程 1",
        chain="a" * 64,
        number=3,
        previous="b" * 64,
        kind="mark.set",
        at=START + timedelta(microseconds=micros),
        actor="e1",
        body=body,  # type: ignore[arg-type]
        time_source="demo",
        salt="c" * 64,
    )
    signed = SignedEvent.of(event.encode(), b"signature", None)
    assert signed.event == event
    assert SignedEvent.decode(signed.encode()) == signed


@pytest.mark.parametrize(
    "changed",
    [
        {"project": ""},
        {"project": "a\x00"},
        {"chain": "A" * 64},
        {"chain": "a" * 63},
        {"number": -1},
        {"kind": "Mark.set"},
        {"kind": "a.b.c.d.e"},
        {"kind": "a" * 65},
        {"actor": "x" * 1025},
        {"time_source": ""},
        {"salt": ""},
        {"at": START.replace(tzinfo=None)},
        {"number": True},
        {"body": []},
        {"large": 1},
    ],
)
def test_events_outside_the_grammar_are_not_written(changed: dict[str, object]) -> None:
    event = acts_of("张三", 0)[0].event
    with pytest.raises(LogInvalid, match="shape"):
        replace(event, **changed).encode()  # type: ignore[arg-type]
