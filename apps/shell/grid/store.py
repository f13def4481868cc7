"""The rows: values by row number and column number, the tree they form, and what is derived from them and cached."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from apps.shell.grid.collation import collation_key
from apps.shell.grid.columns import Column, Kind, Value, shown
from apps.shell.grid.entry import Refusal
from apps.shell.grid.steps import Steps, pieces
from core.messages import Catalogue

SortValue = str | Decimal | int


class RowKind(StrEnum):
    """What a row is in the tree."""

    ITEM = "item"
    GROUP = "group"
    TOTAL = "total"  # stands at the foot of its siblings, takes no entry, is left out of sums


@dataclass(frozen=True, slots=True)
class Row:
    """One row from the program: a value for each column in their order (missing ones are empty).

    ``parent`` is the id of a row that came before. ``locked_key`` protects the whole row and says why.
    """

    id: str
    values: tuple[Value, ...]
    parent: str = ""
    kind: RowKind = RowKind.ITEM
    locked_key: str = ""


class Store:
    """All rows of one table. Row numbers count from 0 in the order the rows were given and never change."""

    def __init__(self, columns: Sequence[Column], words: Catalogue) -> None:
        self.columns = tuple(columns)
        self.words = words
        self.number_of_column = {column.key: number for number, column in enumerate(self.columns)}
        if len(self.number_of_column) != len(self.columns):
            msg = "two columns have the same key"
            raise ValueError(msg)
        self.ids: list[str] = []
        self.index: dict[str, int] = {}
        self.kinds: list[RowKind] = []
        self.parents: list[int] = []
        self.levels: list[int] = []
        self.is_tree = False
        self._cells: list[tuple[Value, ...]] = []  # tuples: the garbage collector need not look into them
        self._locked: dict[int, str] = {}
        self._with_children: set[int] = set()
        self._haystacks: dict[tuple[int, ...], list[str | None]] = {}
        self._sort_values: dict[int, list[SortValue | None]] = {}
        self._totals: dict[int, Decimal] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def load_steps(self, rows: Sequence[Row]) -> Steps[None]:
        """Takes the rows in; a store is filled once. Raises ValueError for a doubled id or an unknown parent."""
        for start, stop in pieces(len(rows)):
            self._load(rows[start:stop])
            yield
        if len(self.index) != len(self.ids):
            msg = "two rows have the same id"
            raise ValueError(msg)
        for number, column in enumerate(self.columns):
            if column.total:
                self._totals[number] = yield from self._sum_steps(number)

    def _load(self, rows: Sequence[Row]) -> None:
        first, width = len(self.ids), len(self.columns)
        self.ids.extend([row.id for row in rows])
        self.index.update(zip(self.ids[first:], range(first, first + len(rows)), strict=True))
        self.kinds.extend([row.kind for row in rows])
        self._cells.extend([row.values if len(row.values) == width else _fitted(row.values, width) for row in rows])
        self._locked.update({first + place: row.locked_key for place, row in enumerate(rows) if row.locked_key})
        if not any(row.parent for row in rows):
            self.parents.extend([-1] * len(rows))
            self.levels.extend([0] * len(rows))
            return
        self.is_tree = True
        for number, row in enumerate(rows, first):
            parent = self.index.get(row.parent, number) if row.parent else -1
            if parent >= number:
                msg = f"row {row.id}: its parent {row.parent} does not stand before it"
                raise ValueError(msg)
            self.parents.append(parent)
            self.levels.append(self.levels[parent] + 1 if parent >= 0 else 0)
            if parent >= 0:
                self._with_children.add(parent)

    def _sum_steps(self, column: int) -> Steps[Decimal]:
        total = Decimal(0)
        for start, stop in pieces(len(self)):
            for row in range(start, stop):
                total += self._summand(row, self._cells[row][column])
            yield
        return total

    def _summand(self, row: int, value: Value) -> Decimal | int:
        counted = self.kinds[row] is RowKind.ITEM and isinstance(value, Decimal | int)
        return value if counted and isinstance(value, Decimal | int) else 0

    def has_children(self, row: int) -> bool:
        """Whether other rows hang below this one."""
        return row in self._with_children

    def groups(self) -> frozenset[int]:
        """All rows with children."""
        return frozenset(self._with_children)

    def value(self, row: int, column: int) -> Value:
        """The value of one cell."""
        return self._cells[row][column]

    def put(self, row: int, column: int, value: Value) -> None:
        """Sets one cell; everything derived from it is brought up to date."""
        cells = self._cells[row]
        if column in self._totals:
            self._totals[column] += self._summand(row, value) - self._summand(row, cells[column])
        self._cells[row] = (*cells[:column], value, *cells[column + 1 :])
        for columns, haystack in self._haystacks.items():
            if column in columns:
                haystack[row] = None
        if column in self._sort_values:
            self._sort_values[column][row] = self._sort_value(column, value)

    def total(self, column: int) -> Decimal | None:
        """The sum over item rows of a column that keeps one."""
        return self._totals.get(column)

    def text(self, row: int, column: int) -> str:
        """The text of one cell on screen."""
        return shown(self.columns[column], self._cells[row][column], self.words)

    def protection(self, row: int, column: int) -> Refusal | None:
        """Why this cell takes no entry; None where it does."""
        spec = self.columns[column]
        if self.kinds[row] is RowKind.TOTAL:
            return Refusal("shell.grid.refused.total")
        if spec.kind is Kind.STATUS:
            return Refusal("shell.grid.refused.status")
        if not spec.editable:
            key = spec.reason_key or "shell.grid.refused.protected"
            return Refusal(key, (("column", spec.caption(self.words)),))
        if row in self._locked:
            return Refusal(self._locked[row])
        return None

    def haystack_steps(self, columns: tuple[int, ...]) -> Steps[list[str]]:
        """The text of each row to search in, of the given columns; only rows changed since the last time are built."""
        cached = self._haystacks.setdefault(columns, [None] * len(self))
        seen: dict[str, str] = {}
        for start, stop in pieces(len(self), 2_000):
            missing = [row for row in range(start, stop) if cached[row] is None]
            if missing:
                for row, text in zip(missing, self._searchable(missing, columns, seen), strict=True):
                    cached[row] = text
                yield
        return [text or "" for text in cached]

    def _searchable(self, rows: Sequence[int], columns: tuple[int, ...], seen: dict[str, str]) -> list[str]:
        """The texts of rows as the filter compares them; ``seen`` keeps what was folded, for texts repeat often."""
        parts: list[list[str]] = []
        for number in columns:
            spec = self.columns[number]
            if spec.kind is Kind.TEXT:
                texts = [str(self._cells[row][number] or "") for row in rows]
            else:
                texts = [shown(spec, self._cells[row][number], self.words) for row in rows]
            seen.update((text, needle(text)) for text in set(texts) if text not in seen)
            parts.append([seen[text] for text in texts])
        return list(map("\n".join, zip(*parts, strict=True))) if parts else [""] * len(rows)

    def sort_values_steps(self, column: int) -> Steps[list[SortValue | None]]:
        """What each row is sorted by in this column; None for empty cells."""
        known = self._sort_values.get(column)
        if known is None:
            known = []
            seen: dict[str, str] = {}
            for start, stop in pieces(len(self), 2_000):
                for row in range(start, stop):
                    value = self._cells[row][column]
                    if isinstance(value, str) and self.columns[column].kind is not Kind.CHOICE:
                        key = seen.get(value)
                        if key is None:
                            key = seen[value] = collation_key(value)
                        known.append(key)
                    else:
                        known.append(self._sort_value(column, value))
                yield
            self._sort_values[column] = known
        return known

    def _sort_value(self, column: int, value: Value) -> SortValue | None:
        if not isinstance(value, str):
            return value
        spec = self.columns[column]
        if spec.kind is Kind.CHOICE:  # in the order the choices are listed, not by their names
            places = [number for number, choice in enumerate(spec.choices) if choice.value == value]
            return places[0] if places else len(spec.choices)
        return collation_key(value)


def _fitted(values: tuple[Value, ...], width: int) -> tuple[Value, ...]:
    return (*values[:width], *[None] * (width - len(values)))


def needle(text: str) -> str:
    """A text as it is compared by the filter: width and case do not matter."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
