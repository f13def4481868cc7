"""Vectors of the event log: one cause each. Writes events by itself, after docs/spec/event-log.md only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from signing.cms.signed_data import sign_detached
from tests.deterministic_sm2 import FixedKey, fixed_signer, sm3
from tests.vectors.make import with_header

FOLDER = "event_log"
PROJECT = "T-2026-001"
SIGNED_AT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
SESSION = FixedKey(int.from_bytes(sm3(b"session one"), "big") >> 1)
OTHER_SESSION = FixedKey(int.from_bytes(sm3(b"session two"), "big") >> 1)
HEADER = b'{"format":"tenderbox-log","version":0}'

Data = dict[str, object]


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign_in(key: FixedKey, **changed: object) -> Data:
    return {
        "member": "agency-1",
        "name": "标箱测试招标代理有限公司",
        "role": "agency",
        "public_key": key.public.hex(),
        "device": "开标机 1",
        "ends_at": "2026-03-05T05:00:00Z",
        "kinds": ["opening.announced", "opening.started"],
        **changed,
    }


def event(number: int, previous: str, /, **changed: object) -> Data:
    return {
        "format": "tenderbox-event",
        "version": 0,
        "project": PROJECT,
        "chain": sm3(SESSION.public).hex(),
        "number": number,
        "previous": previous,
        "at": f"2026-03-05T01:00:{number:02d}Z",
        "actor": "agency-1",
        "time_source": "demo",
        "large": False,
        "salt": sm3(b"salt %d" % number).hex(),
        **changed,
    }


def entry(data: Data, *, key: FixedKey = SESSION, certified: bool | None = None) -> bytes:
    content = canonical(data)
    large = bool(data["large"]) if certified is None else certified
    moment = datetime.strptime(str(data["at"]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) if large else SIGNED_AT
    certificate = sign_detached(content, fixed_signer("agency"), signed_at=moment).hex() if large else None
    return canonical({"event": data, "signature": key.sign(content).hex(), "certificate_signature": certificate})


def opening(**changed: object) -> Data:
    fields = {"kind": "session.open", "body": sign_in(SESSION), "large": True}
    return event(0, "0" * 64, **{**fields, **changed})


def digest(data: Data) -> str:
    return sm3(canonical(data)).hex()


def act(**changed: object) -> Data:
    fields = {"kind": "opening.started", "body": {"lots": ["1", "2"]}}
    return event(1, digest(opening()), **{**fields, **changed})


def last(**changed: object) -> Data:
    fields = {"kind": "opening.announced", "body": {"total": "813106.47"}, "large": True}
    return event(2, digest(act()), **{**fields, **changed})


def file(entries: Sequence[bytes], header: bytes = HEADER) -> bytes:
    return b"".join(line + b"\n" for line in (header, *entries))


def good() -> list[bytes]:
    return [entry(opening()), entry(act()), entry(last())]


def with_act(data: Data, **options: object) -> bytes:
    return file([entry(opening()), entry(data, **options)])  # type: ignore[arg-type]


def one_bit_of_salt() -> bytes:
    first, second, third = good()
    salt = sm3(b"salt 1").hex().encode()
    return file([first, second.replace(salt, salt[:-1] + (b"0" if salt[-1:] != b"0" else b"1")), third])


def dropped_certificate() -> bytes:
    return file([entry(opening()), entry(act()), entry(last(), certified=False)])


def forked() -> bytes:
    branches = [act(), act(body={"lots": ["1"]})]
    branches.sort(key=digest)
    return file([entry(opening()), *map(entry, branches)])


def white_space() -> bytes:
    first, *rest = good()
    return file([first.replace(b'"event":', b'"event": ', 1), *rest])


# name: (expect, reason or finding, comment, generator). Verified for PROJECT with tests/vectors/keys/root.pem.
ALL: Mapping[str, tuple[str, str, str, Callable[[], bytes]]] = {
    "success_three_acts": ("success", "", "a sign-in, a small and a large act", lambda: file(good())),
    "success_empty": ("success", "", "no event at all", lambda: file([])),
    "success_cut_tail": ("success", "", "the last act left out: nothing names it", lambda: file(good()[:2])),
    "finding_two_heads": ("finding", "journal.two_heads", "two successors of one event", forked),
    "finding_clock_back": (
        "finding",
        "journal.clock_back",
        "an act dated before its sign-in",
        lambda: with_act(act(at="2026-03-04T01:00:01Z")),
    ),
    "log_newer": ("log failure", "version", "version 1", lambda: file(good(), HEADER.replace(b":0", b":1"))),
    "log_other_format": ("log failure", "format", "another format", lambda: file([], HEADER.replace(b"-log", b"-lag"))),
    "log_last_line_unfinished": ("log failure", "truncated", "no line end", lambda: file(good())[:-1]),
    "log_unsorted": ("log failure", "order", "two entries exchanged", lambda: file([good()[1], good()[0], good()[2]])),
    "log_repeated": ("log failure", "order", "an entry twice", lambda: file([good()[0], *good()])),
    "log_white_space": ("log failure", "json", "a blank in an entry", white_space),
    "event_newer": ("log failure", "version", "an event of version 1", lambda: with_act(act(version=1, more={}))),
    "event_unknown_field": ("log failure", "shape", "a field too many", lambda: with_act(act(remark=""))),
    "event_number_as_text": ("log failure", "shape", "number is a string", lambda: with_act(act(number="1"))),
    "event_local_time": ("log failure", "shape", "an offset", lambda: with_act(act(at="2026-03-05T09:00:01+08:00"))),
    "chain_other_project": ("chain failure", "project", "of another project", lambda: with_act(act(project="T-2"))),
    "chain_no_sign_in": ("chain failure", "gap", "the sign-in left out", lambda: file(good()[1:])),
    "chain_gap": ("chain failure", "gap", "the middle act left out", lambda: file([good()[0], good()[2]])),
    "chain_other_previous": (
        "chain failure",
        "previous",
        "names a digest that is not there",
        lambda: with_act(act(previous="0" * 64)),
    ),
    "chain_second_sign_in": (
        "chain failure",
        "opening",
        "a sign-in inside a chain",
        lambda: with_act(act(kind="session.open", large=True)),
    ),
    "chain_of_other_key": (
        "chain failure",
        "chain",
        "the sign-in of another key",
        lambda: file([entry(opening(body=sign_in(OTHER_SESSION)), key=OTHER_SESSION)]),
    ),
    "act_other_key": ("act failure", "signature", "signed by another key", lambda: with_act(act(), key=OTHER_SESSION)),
    "chain_salt_changed": ("chain failure", "previous", "a salt changed: its successor names the old", one_bit_of_salt),
    "act_body_changed": (
        "act failure",
        "signature",
        "the last act says another total",
        lambda: file(good()).replace(b"813106.47", b"813106.48"),
    ),
    "act_other_actor": ("act failure", "actor", "in another's name", lambda: with_act(act(actor="agency-2"))),
    "act_not_certified": ("act failure", "kind", "a kind not signed in for", lambda: with_act(act(kind="lot.closed"))),
    "act_after_end": ("act failure", "ended", "after ends_at", lambda: with_act(act(at="2026-03-05T05:00:01Z"))),
    "act_certificate_dropped": ("act failure", "certificate", "a large act made small", dropped_certificate),
    "act_certificate_added": (
        "act failure",
        "certificate",
        "a small act with a certificate signature",
        lambda: with_act(act(), certified=True),
    ),
    "act_small_sign_in": ("act failure", "small", "a sign-in not large", lambda: file([entry(opening(large=False))])),
}


def vectors() -> Mapping[str, bytes]:
    """All vectors of this format."""
    made = {}
    for name, (expect, reason, comment, generator) in ALL.items():
        fields = {"expect": expect, "reason": reason} if reason else {"expect": expect}
        made[name] = with_header(generator(), **fields, project=PROJECT, comment=comment)
    return made
