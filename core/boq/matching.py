"""Which line of a bid answers which item of the tender: by unit work, role and code, never by row position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from core.boq.text import comparable, unit_key


class BillLine(Protocol):
    """What identifies a line, in a tender's bill or a bid's."""

    @property
    def key(self) -> str:
        """``unit work/role/code/occurrence``."""

    @property
    def code(self) -> str:
        """Item code."""

    @property
    def name(self) -> str:
        """Item name."""

    @property
    def feature(self) -> str:
        """Feature description."""

    @property
    def unit(self) -> str:
        """Unit of measurement."""

    @property
    def quantity(self) -> Decimal | None:
        """Quantity."""


T = TypeVar("T", bound=BillLine)
B = TypeVar("B", bound=BillLine)


T_co = TypeVar("T_co", bound=BillLine, covariant=True)
B_co = TypeVar("B_co", bound=BillLine, covariant=True)


@dataclass(frozen=True, slots=True)
class Matching(Generic[T_co, B_co]):
    """Pairs in the bid's order, and what is left over on both sides in their own order."""

    pairs: tuple[tuple[T_co, B_co], ...]
    missing: tuple[T_co, ...]
    extra: tuple[B_co, ...]
    keys: tuple[str | None, ...]  # for every line of the bid, in its order, the tender's key


def match_by_key(tender: Sequence[T], bid: Sequence[B]) -> Matching[T, B]:
    """Pairs equal keys; a key that the bid repeats is extra from the second time on."""
    wanted = {item.key: item for item in tender}
    pairs, extra = [], []
    keys: list[str | None] = []
    for line in bid:
        item = wanted.pop(line.key, None)
        keys.append(None if item is None else item.key)
        if item is None:
            extra.append(line)
        else:
            pairs.append((item, line))
    return Matching(tuple(pairs), tuple(wanted.values()), tuple(extra), tuple(keys))


def match_bills(tender: Sequence[T], bid: Sequence[B]) -> Matching[T, B]:
    """Pairs lines of two workbooks.

    Equal codes within one unit work and role are paired by equal content first and by order then, so that a deleted
    line does not shift its namesakes. A line left over on both sides whose content is equal and unique there is the
    same line with a changed code.
    """
    answers: dict[int, int] = {}  # place in the bid -> place in the tender
    left_tender, left_bid = list(range(len(tender))), list(range(len(bid)))
    for identity in (_stem_and_content, _stem, _scope_and_content):
        waiting: dict[tuple[str, ...], list[int]] = {}
        for place in reversed(left_tender):
            waiting.setdefault(identity(tender[place]), []).append(place)
        for place in left_bid:
            candidates = waiting.get(identity(bid[place]))
            if candidates:
                answers[place] = candidates.pop()
        taken = set(answers.values())
        left_tender = [place for place in left_tender if place not in taken]
        left_bid = [place for place in left_bid if place not in answers]
    return Matching(
        tuple((tender[answers[place]], line) for place, line in enumerate(bid) if place in answers),
        tuple(tender[place] for place in left_tender),
        tuple(bid[place] for place in left_bid),
        tuple(tender[answers[place]].key if place in answers else None for place in range(len(bid))),
    )


def _stem(line: BillLine) -> tuple[str, ...]:
    return (line.key.rsplit("/", 1)[0],)


def _content(line: BillLine) -> tuple[str, ...]:
    quantity = "" if line.quantity is None else format(line.quantity.normalize(), "f")
    return comparable(line.name), comparable(line.feature), unit_key(line.unit), quantity


def _stem_and_content(line: BillLine) -> tuple[str, ...]:
    return (*_stem(line), *_content(line))


def _scope_and_content(line: BillLine) -> tuple[str, ...]:
    return (_stem(line)[0].removesuffix("/" + (line.code or line.name)), *_content(line))
