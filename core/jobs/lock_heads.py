"""Whether the locks of an evaluation hold: what they name is in the log, what they ended is among what they name.

A lock is signed by the chair's certificate and names the last event of every chain, the host's too. So nobody, not
the host either, can afterwards change, drop or slip in an act the locked review or marks rest on.
"""

from __future__ import annotations

from core.errors import LogInvalid
from core.evaluation.bodies import Head, Kind, MarksLocked, ReviewLocked
from core.journal.verification import VerifiedEvent, VerifiedLog, place_of
from core.values.codec import from_plain, time_text

LOCKED_KINDS = frozenset({Kind.REVIEW_VOTED.value, Kind.MARKS_GIVEN.value})


def must_cover_their_acts(verified: VerifiedLog) -> None:
    """Raises LogInvalid ``head_missing`` for a named event that is gone, ``not_covered`` for an act slipped in."""
    by_digest = {signed.digest: signed for signed in verified.events}
    before: list[VerifiedEvent] = []
    for signed in verified.events:
        heads = _heads(signed)
        if heads is not None:
            covered = _covered(heads, by_digest, signed)
            for act in before:
                if act.event.number > covered.get(act.event.chain, -1):
                    raise _invalid("not_covered", act)
        elif signed.event.kind in LOCKED_KINDS:
            before.append(signed)


def _heads(signed: VerifiedEvent) -> tuple[Head, ...] | None:
    if signed.event.kind == Kind.REVIEW_LOCKED.value:
        return from_plain(ReviewLocked, signed.event.body).heads
    if signed.event.kind == Kind.MARKS_LOCKED.value:
        return from_plain(MarksLocked, signed.event.body).heads
    return None


def _covered(heads: tuple[Head, ...], by_digest: dict[str, VerifiedEvent], lock: VerifiedEvent) -> dict[str, int]:
    """The last number covered of each chain."""
    covered: dict[str, int] = {}
    for head in heads:
        found = by_digest.get(head.sm3)
        if found is None or found.event.chain != head.chain:
            raise _invalid("head_missing", lock)
        covered[head.chain] = max(found.event.number, covered.get(head.chain, -1))
    return covered


def _invalid(reason: str, signed: VerifiedEvent) -> LogInvalid:
    event = signed.event
    return LogInvalid(reason=reason, where=place_of(event), member=event.actor, at=time_text(event.at))
