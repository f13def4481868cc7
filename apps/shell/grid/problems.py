"""What is wrong with cells, in words; by cell, by row, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

CellKey = tuple[str, str]  # row id, column key; "" as column: the row as a whole


class Severity(StrEnum):
    """How grave a problem is."""

    ERROR = "error"
    WARN = "warn"

    @property
    def rank(self) -> int:
        """Graver is higher."""
        return 2 if self is Severity.ERROR else 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in words a person can act on."""

    severity: Severity
    text: str


class Problems:
    """All problems of a table."""

    def __init__(self, found: Mapping[CellKey, Problem] | None = None) -> None:
        self._by_row: dict[str, dict[str, Problem]] = {}
        self._counts = {Severity.ERROR: 0, Severity.WARN: 0}
        for cell, problem in (found or {}).items():
            self.put(cell, problem)

    def put(self, cell: CellKey, problem: Problem | None) -> None:
        """Sets or (None) removes the problem of one cell."""
        row_id, column = cell
        row = self._by_row.setdefault(row_id, {})
        before = row.pop(column, None)
        if before is not None:
            self._counts[before.severity] -= 1
        if problem is not None:
            row[column] = problem
            self._counts[problem.severity] += 1
        elif not row:
            del self._by_row[row_id]

    def at(self, row_id: str, column: str) -> Problem | None:
        """The problem of one cell."""
        row = self._by_row.get(row_id)
        return row.get(column) if row else None

    def of_row(self, row_id: str) -> tuple[tuple[str, Problem], ...]:
        """(column key, problem) of one row, gravest first."""
        row = self._by_row.get(row_id)
        if not row:
            return ()
        return tuple(sorted(row.items(), key=lambda item: -item[1].severity.rank))

    def worst(self, row_id: str) -> Severity | None:
        """The gravest severity of one row."""
        row = self._by_row.get(row_id)
        return max((problem.severity for problem in row.values()), key=lambda s: s.rank) if row else None

    def rows(self) -> Iterator[str]:
        """Ids of the rows with problems."""
        return iter(self._by_row)

    def cells(self) -> Iterator[CellKey]:
        """All cells with problems, in no order."""
        return ((row_id, column) for row_id, row in self._by_row.items() for column in row)

    def count(self, severity: Severity) -> int:
        """How many problems of this severity."""
        return self._counts[severity]

    def __len__(self) -> int:
        return sum(self._counts.values())
