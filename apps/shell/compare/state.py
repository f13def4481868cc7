"""Things, criteria and cells; what differs from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is compared: a column."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question asked of every thing: a row."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one thing says to one criterion. ``value`` makes numbers comparable; ``place`` says where it stands."""

    text: str
    value: Decimal | None = None
    detail: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class CompareTable:
    """Cells by criterion and subject; a cell that is not there is missing. ``reference``: the subject all others are
    held against; "" holds them against what most of them say.
    """

    subjects: tuple[Subject, ...]
    criteria: tuple[Criterion, ...]
    cells: Mapping[tuple[str, str], Cell]
    reference: str = ""


class Difference(StrEnum):
    """How a cell stands to what it is held against."""

    BASE = "base"
    SAME = "same"
    DIFFERENT = "different"
    ABOVE = "above"
    BELOW = "below"
    MISSING = "missing"
    EXTRA = "extra"  # the reference says nothing here


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One criterion with its cells (None: missing), how each differs, and the cell they are held against."""

    criterion: Criterion
    cells: tuple[Cell | None, ...]
    differences: tuple[Difference, ...]
    base: Cell | None

    @property
    def differs(self) -> bool:
        """Whether any cell is not as the others."""
        return any(one not in {Difference.SAME, Difference.BASE} for one in self.differences)


@dataclass(frozen=True, slots=True)
class CompareState:
    """All rows, whether equal ones are hidden, and the cell (criterion's and subject's id) the reader stands on."""

    table: CompareTable
    rows: tuple[CompareRow, ...]
    only_differences: bool = False
    current: tuple[str, str] | None = None

    @property
    def shown(self) -> tuple[CompareRow, ...]:
        """The rows that are shown."""
        return tuple(row for row in self.rows if row.differs) if self.only_differences else self.rows
