from __future__ import annotations

import json
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import LogInvalid
from core.journal.event import SignedEvent
from core.journal.log import EventLog
from signing.cms.digest import sm3
from tests.journal_world import Forge, acts_of, verified


@cache
def pool() -> tuple[SignedEvent, ...]:
    """Events of three members, one chain forked, one act signed twice."""
    forge = Forge()
    opening = forge.opening()
    first = forge.after(opening)
    twice = SignedEvent.of(first.event_bytes, forge.key.sign(first.event_bytes), None)
    branches = (first, twice, forge.after(opening), forge.after(first))
    return (opening, *branches, *acts_of("李四", 3, large=(1,)), *acts_of("王五", 2))


logs = st.sets(st.integers(min_value=0, max_value=len(pool()) - 1)).map(
    lambda chosen: EventLog(pool()[index] for index in chosen)
)


@given(logs, logs, logs)
def test_merge_is_commutative_associative_and_idempotent(a: EventLog, b: EventLog, c: EventLog) -> None:
    assert a.merge(b) == b.merge(a)
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert a.merge(a) == a
    assert a.merge(EventLog()) == a
    assert a.merge(b).digest() == b.merge(a).digest()
    assert len(a.merge(b)) <= len(a) + len(b)


@given(logs)
def test_a_log_is_read_as_it_was_written(log: EventLog) -> None:
    again = EventLog.decode(log.encode())
    assert again == log
    assert (again.encode(), again.digest(), again.heads()) == (log.encode(), log.digest(), log.heads())


@given(st.permutations(pool()))
def test_order_of_arrival_does_not_matter(events: list[SignedEvent]) -> None:
    assert EventLog(events).encode() == EventLog(pool()).encode()


def test_folds_see_the_same_order_for_every_arrival() -> None:
    events = acts_of("李四", 2) + acts_of("王五", 2)
    orders = {
        tuple(act.digest for act in verified(EventLog(order)).events) for order in list(permutations(events))[::90]
    }
    assert len(orders) == 1
    for chain in {act.event.chain for act in verified(EventLog(events)).events}:
        numbers = [act.event.number for act in verified(EventLog(events)).events if act.event.chain == chain]
        assert numbers == sorted(numbers)


def test_root_is_the_merkle_root_of_the_specification() -> None:
    log = EventLog(acts_of("李四", 2))
    leaves = []
    for line in log.encode().splitlines()[1:]:
        salt = bytes.fromhex(json.loads(line)["event"]["salt"])
        leaves.append(sm3(b"\x00" + salt + sm3(line)))
    assert log.digest() == sm3(b"\x01" + sm3(b"\x01" + leaves[0] + leaves[1]) + leaves[2]).hex()
    assert EventLog().digest() == sm3(b"").hex()


def test_heads_name_the_end_of_every_branch() -> None:
    forge = Forge()
    opening = forge.opening()
    left, right = forge.after(opening), forge.after(opening)
    further = forge.after(left)
    heads = EventLog([opening, left, right, further]).heads()
    assert {head.digest for head in heads} == {right.digest, further.digest}
    assert [head.digest for head in EventLog([opening]).heads()] == [opening.digest]


def test_an_entry_is_readable_json() -> None:
    opening = acts_of("李四", 0)[0]
    data = json.loads(opening.encode())
    assert data["event"]["body"]["name"] == "李四"
    assert SignedEvent.decode(opening.encode()) == opening


@cache
def file() -> bytes:
    return EventLog(acts_of("李四", 2, large=(1,))).encode()


def refused(untrusted: bytes) -> None:
    with pytest.raises(LogInvalid):
        verified(EventLog.decode(untrusted))


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=len(file()) - 1), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_refused(place: int, difference: int) -> None:
    changed = bytearray(file())
    changed[place] ^= difference
    refused(bytes(changed))


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=len(file())), st.binary(min_size=1, max_size=20))
def test_inserted_bytes_are_refused(place: int, more: bytes) -> None:
    refused(file()[:place] + more + file()[place:])


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=len(file()) - 1), st.integers(min_value=1, max_value=20))
def test_deleted_bytes_are_refused(place: int, count: int) -> None:
    refused(file()[:place] + file()[place + count :])


@given(st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    refused(noise)
    refused(b'{"format":"tenderbox-log","version":0}\n{' + noise)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b'{"format":"tenderbox-log","version":1}', "version"),
        (b'{"format":"tenderbox-log","more":1,"version":0}', "version"),
        (b'{"format":"tenderbox-package","version":0}', "format"),
        (b'{"version":0,"format":"tenderbox-log"}', "json"),
        (b'{"\\ud800":0}', "json"),
        (b"", "json"),
    ],
)
def test_a_wrong_header_is_told(header: bytes, reason: str) -> None:
    with pytest.raises(LogInvalid, match=reason):
        EventLog.decode(b"\n".join([header, *file().split(b"\n")[1:]]))


def test_lines_out_of_order_repeated_or_unfinished_are_told() -> None:
    header, first, second, *rest = file().splitlines(keepends=True)
    for lines, reason in (
        ([header, second, first, *rest], "order"),
        ([header, first, first, second, *rest], "order"),
        ([header, first, second, *rest, b"\n"], "json"),
        ([b"".join([header, first, second, *rest])[:-1]], "truncated"),
        ([header[:-1]], "truncated"),
    ):
        with pytest.raises(LogInvalid, match=reason):
            EventLog.decode(b"".join(lines))


def test_an_empty_log_is_a_log() -> None:
    assert EventLog.decode(EventLog().encode()) == EventLog()
    assert EventLog().heads() == ()
