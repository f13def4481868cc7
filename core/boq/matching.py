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


def match_by_key(tender: Sequence[T], bid: Sequence[B]) -> Matching[T, B]:
    """Pairs equal keys; a key that the bid repeats is extra from the second time on."""
    wanted = {item.key: item for item in tender}
    pairs, extra = [], []
    for line in bid:
        item = wanted.pop(line.key, None)
        if item is None:
            extra.append(line)
        else:
            pairs.append((item, line))
    return Matching(tuple(pairs), tuple(wanted.values()), tuple(extra))


def match_bills(tender: Sequence[T], bid: Sequence[B]) -> Matching[T, B]:
    """Pairs lines of two workbooks.

    Equal codes within one unit work and role are paired by equal content first and by order then, so that a deleted
    line does not shift its namesakes. A line left over on both sides whose content is equal and unique there is the
    same line with a changed code.
    """
    found: dict[int, T] = {}
    left_tender, left_bid = list(tender), list(bid)
    for identity in (_stem_and_content, _stem, _scope_and_content):
        left_tender, left_bid = _pair(left_tender, left_bid, identity, found)
    pairs = tuple((found[id(line)], line) for line in bid if id(line) in found)
    return Matching(pairs, tuple(left_tender), tuple(left_bid))


class _Identity(Protocol):
    def __call__(self, line: BillLine, /) -> tuple[str, ...]: ...


def _pair(tender: list[T], bid: list[B], identity: _Identity, found: dict[int, T]) -> tuple[list[T], list[B]]:
    """One pass: lines of equal identity are paired in order. Returns what is left."""
    waiting: dict[tuple[str, ...], list[T]] = {}
    for item in reversed(tender):
        waiting.setdefault(identity(item), []).append(item)
    left_bid: list[B] = []
    for line in bid:
        candidates = waiting.get(identity(line))
        if candidates:
            found[id(line)] = candidates.pop()
        else:
            left_bid.append(line)
    taken = {id(item) for item in found.values()}
    return [item for item in tender if id(item) not in taken], left_bid


def _stem(line: BillLine) -> tuple[str, ...]:
    return (line.key.rsplit("/", 1)[0],)


def _content(line: BillLine) -> tuple[str, ...]:
    quantity = "" if line.quantity is None else format(line.quantity.normalize(), "f")
    return comparable(line.name), comparable(line.feature), unit_key(line.unit), quantity


def _stem_and_content(line: BillLine) -> tuple[str, ...]:
    return (*_stem(line), *_content(line))


def _scope_and_content(line: BillLine) -> tuple[str, ...]:
    return (_stem(line)[0].removesuffix("/" + (line.code or line.name)), *_content(line))
