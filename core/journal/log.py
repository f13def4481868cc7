"""A set of signed events with one canonical file, one root digest, and union as its only way to grow.

Nothing is edited or removed; what the events mean is decided by pure folds elsewhere. A log says nothing about acts
it does not hold: a cut tail is missed only once a lock or another copy names it. Specification: docs/spec/event-log.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from core.errors import LogInvalid
from core.journal.chain import LARGE
from core.journal.event import SignedEvent
from core.journal.limits import ENTRY_LIMIT, EVENT_COUNT_LIMIT, LOG_LIMIT
from core.journal.verification import Verification, VerifiedLog
from signing.canonical_json import NotCanonicalJson, decode_object, encode
from signing.cms.digest import sm3
from signing.envelope.merkle import merkle_root
from signing.x509.trust import TrustList

FORMAT: Final = "tenderbox-log"
VERSION: Final = 0
_HEADER: Final = encode({"format": FORMAT, "version": VERSION})


@dataclass(frozen=True, slots=True)
class Head:
    """An event of a chain that no other event of the log follows."""

    chain: str
    number: int
    digest: str


class EventLog:
    """An immutable set of signed events. Equal logs have equal bytes, whatever the order of arrival."""

    def __init__(self, events: Iterable[SignedEvent] = ()) -> None:
        by_bytes = {signed.encode(): signed for signed in events}
        ordered = sorted(by_bytes.items(), key=_position)
        self._entries = tuple(entry for entry, _ in ordered)
        self._events = tuple(signed for _, signed in ordered)

    @classmethod
    def of_entries(cls, untrusted: Iterable[bytes]) -> EventLog:
        """The log of single entries as a draft keeps them, in any order; raises :class:`core.errors.LogInvalid`."""
        return cls(SignedEvent.decode(entry) for entry in untrusted)

    @classmethod
    def decode(cls, untrusted: bytes) -> EventLog:
        """The log of a canonical file; raises :class:`core.errors.LogInvalid` for any other bytes."""
        if len(untrusted) > LOG_LIMIT:
            raise LogInvalid(reason="limit", where="log")
        header, *lines = untrusted.split(b"\n")
        _check_header(header)
        if not lines or lines[-1]:
            raise LogInvalid(reason="truncated", where="log")
        lines.pop()
        if len(lines) > EVENT_COUNT_LIMIT or any(len(line) > ENTRY_LIMIT for line in lines):
            raise LogInvalid(reason="limit", where="log")
        log = cls.of_entries(lines)
        if list(log.entries) != lines:
            raise LogInvalid(reason="order", where="log")
        return log

    @property
    def events(self) -> tuple[SignedEvent, ...]:
        """All signed events by chain, number, event digest and entry bytes."""
        return self._events

    @property
    def entries(self) -> tuple[bytes, ...]:
        """The canonical bytes of every event in the same order."""
        return self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EventLog) and self._entries == other._entries

    def __hash__(self) -> int:
        return hash(self._entries)

    def encode(self) -> bytes:
        """The one file of this set."""
        return b"".join(line + b"\n" for line in (_HEADER, *self._entries))

    def merge(self, other: EventLog) -> EventLog:
        """The union: commutative, associative, idempotent. Verify it before keeping what came from outside."""
        return EventLog((*self._events, *other._events))

    def digest(self) -> str:
        """The root (hex) over the salted leaves; the SM3 of nothing for an empty log."""
        return self._root

    def heads(self) -> tuple[Head, ...]:
        """The last event of every chain, of a forked chain the last of every branch."""
        followed = {(signed.event.chain, signed.event.previous) for signed in self._events}
        ends = {
            Head(signed.event.chain, signed.event.number, signed.digest)
            for signed in self._events
            if (signed.event.chain, signed.digest) not in followed
        }
        return tuple(sorted(ends, key=lambda head: (head.chain, head.number, head.digest)))

    def verify(
        self,
        project: str,
        *,
        trust: TrustList | None,
        roles: Mapping[str, frozenset[str]] | None,
        now: datetime,
        require_crl: bool = False,
        large: frozenset[str] = LARGE,
    ) -> VerifiedLog:
        """The acts of this log, all genuine; raises :class:`core.errors.LogInvalid` for forgery and broken structure.

        ``roles``: for every session role that may act here the roles of the trust list that may take it; None: each
        role only itself. ``large``: kinds that must be signed by the certificate too. Unknown or unfit certificates
        are verdicts in ``signature_reports``; what is odd but not forged is in ``findings``.
        """
        rules = Verification(
            project=project, trust=trust, roles=roles, now=now, require_crl=require_crl, large=large | LARGE
        )
        return rules.run(self._events, self._root)

    @cached_property
    def _root(self) -> str:
        leaves = [
            sm3(b"\x00" + bytes.fromhex(signed.event.salt) + sm3(entry))
            for signed, entry in zip(self._events, self._entries, strict=True)
        ]
        return (merkle_root(leaves) if leaves else sm3(b"")).hex()


def _position(item: tuple[bytes, SignedEvent]) -> tuple[str, int, str, bytes]:
    entry, signed = item
    return signed.event.chain, signed.event.number, signed.digest, entry


def _check_header(untrusted: bytes) -> None:
    try:
        data = decode_object(untrusted)
    except (NotCanonicalJson, UnicodeError) as error:
        raise LogInvalid(reason="json", where="log") from error
    if data.get("format") != FORMAT:
        raise LogInvalid(reason="format", where="log")
    if untrusted != _HEADER:
        raise LogInvalid(reason="version", where="log")
