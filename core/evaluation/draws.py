"""Draws of K, Q, C, Δ, float and bids: entered by host and witness, or by commit and reveal of the parties.

A draw is locked once it stands and is void only by a recorded act with its reason. Nothing here makes a number up:
values come from people or from what all parties committed to before anyone revealed. Format: docs/spec/method-pack.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.errors import ScoreInvalid
from core.rules.method_model import DrawRule

LABEL = b"tenderbox draw v0"
SECRET_LENGTH = 32  # bytes each party reveals


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands: the values (numbers, or bidders) and who drew, as entered or from the revealed secrets."""

    values: tuple[str, ...]
    how: str  # "entered" or "revealed"
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoidedDraw:
    """A draw that was made void, by whom and why; it stays on record."""

    drawn: Drawn
    by: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class DrawState:
    """One draw. ``parties`` are those who must commit; ``list`` is what can be drawn, as published."""

    id: str
    list: tuple[str, ...]
    count: int
    parties: tuple[str, ...] = ()
    commitments: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    drawn: Drawn | None = None
    voided: tuple[VoidedDraw, ...] = ()


def published(rule: DrawRule, parties: tuple[str, ...] = (), bidders: tuple[str, ...] = ()) -> DrawState:
    """The draw of a pack before anyone has drawn; ``bidders`` for a draw of bids, in an order fixed before."""
    if rule.count:
        return DrawState(rule.id, tuple(sorted(bidders)), min(rule.count, len(bidders)), parties)
    return DrawState(rule.id, tuple(format(value, "f") for value in rule.values), 1, parties)


def enter(state: DrawState, values: tuple[str, ...], host: str, witness: str) -> DrawState:
    """The values two different people saw drawn; raises :class:`ScoreInvalid` where they are not on the list."""
    _must_be_open(state)
    if not host or not witness or host == witness:
        raise _refused(state, "witness", host)
    if len(set(values)) != state.count or not set(values) <= set(state.list):
        raise _refused(state, "draw_foreign", ", ".join(values))
    return replace(state, drawn=Drawn(values, "entered", (host, witness)))


def commitment(draw: str, party: str, secret: bytes) -> str:
    """What a party hands in before anyone reveals: hex of SHA-256 over label, draw, party and secret."""
    return _digest(b"commit", draw.encode(), party.encode(), secret).hex()


def commit(state: DrawState, party: str, value: str) -> DrawState:
    """Takes a party's commitment, once; after the first reveal none is taken any more."""
    _must_be_open(state)
    if party not in state.parties or party in state.commitments or state.secrets:
        raise _refused(state, "not_committed", party)
    return replace(state, commitments={**state.commitments, party: value})


def reveal(state: DrawState, party: str, secret: bytes) -> DrawState:
    """Takes a party's secret when all have committed; the last one locks the draw.

    Raises :class:`ScoreInvalid` for a secret of another length or one that does not fit its commitment.
    """
    _must_be_open(state)
    missing = [name for name in state.parties if name not in state.commitments]
    if missing or party not in state.commitments:
        raise _refused(state, "not_revealed", ", ".join(missing) or party)
    if len(secret) != SECRET_LENGTH or commitment(state.id, party, secret) != state.commitments[party]:
        raise _refused(state, "commitment", party)
    revealed = {**state.secrets, party: secret.hex()}
    opened = replace(state, secrets=revealed)
    if set(revealed) != set(state.parties):
        return opened
    return replace(opened, drawn=Drawn(_from_secrets(opened), "revealed", state.parties))


def void(state: DrawState, by: tuple[str, ...], reason: str) -> DrawState:
    """Makes a locked draw void; a new one starts from nothing, the old one stays on record."""
    if state.drawn is None:
        raise _refused(state, "locked_not", state.id)
    if len(set(by)) < 2 or not reason.strip():
        raise _refused(state, "reason_needed", reason)
    record = VoidedDraw(state.drawn, by, reason)
    return replace(state, drawn=None, commitments={}, secrets={}, voided=(*state.voided, record))


def drawn_value(state: DrawState) -> Decimal:
    """The number that was drawn; raises :class:`ScoreInvalid` before the draw."""
    if state.drawn is None:
        raise _refused(state, "draw_needed", state.id)
    return Decimal(state.drawn.values[0])


def _from_secrets(state: DrawState) -> tuple[str, ...]:
    """The values all secrets together name: each place by rejection sampling, so every value is equally likely."""
    parts = [name.encode() + bytes.fromhex(state.secrets[name]) for name in sorted(state.parties)]
    seed = _digest(b"seed", state.id.encode(), len(state.voided).to_bytes(4, "big"), *parts)
    left, counter = list(state.list), 0
    found: list[str] = []
    while len(found) < state.count:
        limit = 2**64 - 2**64 % len(left)
        number = int.from_bytes(_digest(b"next", seed, counter.to_bytes(4, "big"))[:8], "big")
        counter += 1
        if number < limit:
            found.append(left.pop(number % len(left)))
    return tuple(found)


def _digest(*parts: bytes) -> bytes:
    """SHA-256 over the label and the parts, each with its length before it."""
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in (LABEL, *parts))
    return hashlib.sha256(framed).digest()


def _must_be_open(state: DrawState) -> None:
    if state.drawn is not None:
        raise _refused(state, "void", state.id)


def _refused(state: DrawState, reason: str, detail: str) -> ScoreInvalid:
    return ScoreInvalid(where=f"draws.{state.id}", reason=reason, detail=detail[:80])
