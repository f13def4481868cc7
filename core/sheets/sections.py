"""The tree of section heads in a table, built from flat rows, with the sums of the items below each head."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.boq.model import BoqSection, Source
from core.boq.text import folded
from core.rules.boq_headers import reading_rules

_CODE_LEVELS = {2: 1, 4: 2, 6: 3, 9: 4}  # digits of a chapter code -> depth


@dataclass(slots=True)
class Head:
    """One section head being filled. ``total`` sums the amounts directly below it, sub-sections excluded."""

    section: BoqSection
    parent: int | None
    level: int | None
    total: Decimal = Decimal(0)
    items: int = 0


def marked_level(seq: str, code: str) -> int | None:
    """The depth a marker tells (``一``, ``(一)``, chapter codes), or None."""
    digits = folded(code)
    if digits.isdigit():
        return _CODE_LEVELS.get(len(digits))
    mark = folded(seq)
    rows = reading_rules().rows
    if rows.marker_first.search(mark):
        return 1
    return 2 if rows.marker_second.search(mark) else None


class SectionTree:
    """The heads of one table in order; :attr:`path` is where the next item belongs."""

    def __init__(self) -> None:
        self.heads: list[Head] = []
        self._stack: list[int] = []
        self.path: tuple[str, ...] = ()
        self.is_measure = False
        self._measure_part = False

    def begin_part(self, label: str) -> None:
        """A named total ends the sections above it; one that names measures may stand above them."""
        self._stack, self.path = [], ()
        self._measure_part = self.is_measure = _is_measure(label)

    def open(self, unit_work: str, name: str, level: int | None, subtotal: Decimal | None, source: Source) -> None:
        """A new head. Without a marker a head directly under an empty head is its child."""
        if level is not None:
            while self._stack and not _above(self.heads[self._stack[-1]].level, level):
                self._stack.pop()
        elif self._stack:
            last = self.heads[self._stack[-1]]
            if last.items or last.level is not None:
                if last.level is None:
                    self._stack.pop()
            elif len(self._stack) > 1 and self.heads[self._stack[-2]].level is None:
                self._promote_last()
        parent = self._stack[-1] if self._stack else None
        path = (*(self.heads[parent].section.path if parent is not None else ()), name)
        self.heads.append(Head(BoqSection(unit_work, path, subtotal, source), parent, level))
        self._stack.append(len(self.heads) - 1)
        self.path = path
        self.is_measure = self._measure_part or any(_is_measure(part) for part in path)

    def is_open(self, name: str) -> bool:
        """Whether the innermost head already has this name (a head repeated after a page break)."""
        return bool(self.path) and self.path[-1] == name

    def add(self, amount: Decimal | None) -> None:
        """Counts an item below the innermost head."""
        if self._stack:
            head = self.heads[self._stack[-1]]
            head.items += 1
            if amount is not None:
                head.total += amount

    def full_totals(self) -> list[Decimal]:
        """Sums of the items below every head, sub-sections included; children always stand behind their parents."""
        totals = [head.total for head in self.heads]
        for index in range(len(self.heads) - 1, -1, -1):
            parent = self.heads[index].parent
            if parent is not None:
                totals[parent] += totals[index]
        return totals

    def _promote_last(self) -> None:
        """An empty head that another head follows was a new group, not a sibling of the sections before it."""
        index = self._stack[-1]
        head = self.heads[index]
        section = head.section
        head.parent = None
        head.section = BoqSection(section.unit_work, section.path[-1:], section.subtotal, section.source)
        self._stack = [index]


def _above(level: int | None, other: int) -> bool:
    return level is not None and level < other


def _is_measure(label: str) -> bool:
    return bool(reading_rules().rows.measure_section.search(folded(label)))
