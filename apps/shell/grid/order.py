"""Which rows are seen and in which order: our own index array over the store; no proxy model.

``sequence`` holds every row once: sorted among siblings, each row before what hangs below it. ``visible`` is the part
of it that the filter and the expand state leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.shell.grid.columns import Kind
from apps.shell.grid.problems import Problems
from apps.shell.grid.sorting import sorted_steps
from apps.shell.grid.steps import Steps, pieces
from apps.shell.grid.store import RowKind, SortValue, Store, needle

DEEP = 1 << 30


@dataclass(frozen=True, slots=True)
class SortKey:
    """Sort by one column."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What the user asked to see. Every word of ``text`` must occur in a row; no columns: the searched ones."""

    text: str = ""
    columns: tuple[str, ...] = ()
    only_problems: bool = False
    sort: tuple[SortKey, ...] = ()

    @property
    def filters(self) -> bool:
        """Whether rows are left out."""
        return bool(self.text.strip()) or self.only_problems


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A worked-out order, not yet in force."""

    query: Query
    sequence: list[int]
    visible: list[int]
    kept: bytearray | None
    hits: int


class Order:
    """The order in force, and the working out of the next one."""

    def __init__(self, store: Store, problems: Problems) -> None:
        self.store = store
        self.problems = problems
        self.query = Query()
        self.sequence: list[int] = []
        self.visible: list[int] = []
        self.hits = 0
        self.collapsed: set[int] = set()
        self._folded_in_filter: set[int] = set()
        self._kept: bytearray | None = None
        self._positions: list[int] | None = None
        self._ranks: list[int] | None = None

    def arrange_steps(self, query: Query, *, resort: bool = True, reveal: int = -1) -> Steps[Arrangement]:
        """Works out the order for a query. ``resort`` False keeps the sequence of before where the sort is the same.

        ``reveal``: a row to be shown though the filter leaves it out. An unchanged filter keeps the folded groups.
        """
        same_sort = query.sort == self.query.sort and not resort and len(self.sequence) == len(self.store)
        sequence = self.sequence if same_sort else (yield from self._sequence_steps(query.sort))
        kept, hits = yield from self._kept_steps(query)
        if reveal >= 0 and kept is not None:
            self._keep_with_ancestors(kept, reveal)
        visible = yield from self._visible_steps(sequence, kept, self._folded(query))
        return Arrangement(query, sequence, visible, kept, hits)

    def take(self, arrangement: Arrangement) -> None:
        """Puts a worked-out order in force."""
        if self._filter_of(arrangement.query) != self._filter_of(self.query):
            self._folded_in_filter.clear()
        self.query = arrangement.query
        self.sequence = arrangement.sequence
        self.visible = arrangement.visible
        self.hits = arrangement.hits
        self._kept = arrangement.kept
        self._positions = None
        self._ranks = None

    @staticmethod
    def _filter_of(query: Query) -> tuple[str, tuple[str, ...], bool]:
        return query.text, query.columns, query.only_problems

    def _folded(self, query: Query) -> set[int]:
        """The folded groups that count for a query: a new filter opens all."""
        if not query.filters:
            return self.collapsed
        return self._folded_in_filter if self._filter_of(query) == self._filter_of(self.query) else set()

    # the sequence

    def _sequence_steps(self, sort: Sequence[SortKey]) -> Steps[list[int]]:
        rows: list[int] = list(range(len(self.store)))
        for key in reversed(sort):  # the sort is stable: the most important key last
            number = self.store.number_of_column.get(key.column)
            if number is None:
                continue
            values = yield from self._values_steps(number)
            rows = yield from sorted_steps(rows, values, descending=key.descending)
        if self.store.is_tree or (sort and RowKind.TOTAL in self.store.kinds):
            rows = yield from self._tree_steps(rows, totals_last=bool(sort))
        return rows

    def _values_steps(self, column: int) -> Steps[list[SortValue | None]]:
        if self.store.columns[column].kind is not Kind.STATUS:
            return (yield from self.store.sort_values_steps(column))
        values: list[SortValue | None] = []
        worst, ids = self.problems.worst, self.store.ids
        for start, stop in pieces(len(ids)):
            found = [worst(ids[row]) for row in range(start, stop)]
            values.extend(3 - severity.rank if severity else 3 for severity in found)
            yield
        return values

    def _tree_steps(self, rows: Sequence[int], *, totals_last: bool) -> Steps[list[int]]:
        """Brings sorted rows back below their parents."""
        parents, kinds = self.store.parents, self.store.kinds
        children: dict[int, list[int]] = {}
        totals: dict[int, list[int]] = {}
        for start, stop in pieces(len(rows)):
            for row in rows[start:stop]:
                last = totals_last and kinds[row] is RowKind.TOTAL
                (totals if last else children).setdefault(parents[row], []).append(row)
            yield
        for parent, feet in totals.items():
            children.setdefault(parent, []).extend(sorted(feet))
        sequence: list[int] = []
        waiting = children.get(-1, [])[::-1]
        while waiting:
            for _ in range(min(len(waiting), 4_000)):
                row = waiting.pop()
                sequence.append(row)
                below = children.get(row)
                if below:
                    waiting.extend(reversed(below))
                if not waiting:
                    break
            yield
        return sequence

    # the filter

    def _kept_steps(self, query: Query) -> Steps[tuple[bytearray | None, int]]:
        """A flag for each row that stays (None: all), ancestors of hits among them, and the number of hits."""
        if not query.filters:
            return None, len(self.store)
        rows: Iterable[int] = range(len(self.store))
        if query.only_problems:
            index = self.store.index
            rows = sorted(index[row_id] for row_id in self.problems.rows() if row_id in index)
            yield
        words = needle(query.text).split()
        if words:
            haystack = yield from self.store.haystack_steps(self._columns_searched(query))
            first, *others = words
            rows = [row for row in rows if first in haystack[row]]
            for word in others:
                rows = [row for row in rows if word in haystack[row]]
            yield
        kept = bytearray(len(self.store))
        hits = 0
        for row in rows:
            hits += 1
            kept[row] = 1
            parent = self.store.parents[row]
            if parent >= 0 and not kept[parent]:
                self._keep_with_ancestors(kept, parent)
        return kept, hits

    def _columns_searched(self, query: Query) -> tuple[int, ...]:
        known = self.store.number_of_column
        chosen = tuple(known[key] for key in query.columns if key in known)
        return chosen or tuple(known[column.key] for column in self.store.columns if column.searched)

    def _keep_with_ancestors(self, kept: bytearray, row: int) -> None:
        while row >= 0 and not kept[row]:
            kept[row] = 1
            row = self.store.parents[row]

    def _visible_steps(self, sequence: list[int], kept: bytearray | None, folded: set[int]) -> Steps[list[int]]:
        if not folded:
            yield
            return list(sequence) if kept is None else [row for row in sequence if kept[row]]
        visible: list[int] = []
        levels = self.store.levels
        below = DEEP
        for start, stop in pieces(len(sequence)):
            for row in sequence[start:stop]:
                if levels[row] > below or not (kept is None or kept[row]):
                    continue
                below = levels[row] if row in folded else DEEP
                visible.append(row)
            yield
        return visible

    # one group opened or folded

    def is_open(self, row: int) -> bool:
        """Whether the rows below this one are shown."""
        return row not in self._folded(self.query)

    def end_below(self, row: int) -> int:
        """The visible position after the last row that hangs below a visible row."""
        after = self.position(row) + 1
        levels, level = self.store.levels, self.store.levels[row]
        while after < len(self.visible) and levels[self.visible[after]] > level:
            after += 1
        return after

    def fold(self, row: int) -> None:
        """Folds a visible group."""
        after = self.end_below(row)
        first = self.position(row) + 1
        self._folded(self.query).add(row)
        del self.visible[first:after]
        self._positions = None

    def rows_below(self, row: int) -> list[int]:
        """The rows that would be seen below a folded group if it were open, in order."""
        levels, level = self.store.levels, self.store.levels[row]
        folded = self._folded(self.query)
        found: list[int] = []
        below = DEEP
        for place in range(self.rank(row) + 1, len(self.sequence)):
            other = self.sequence[place]
            if levels[other] <= level:
                break
            if levels[other] > below or not (self._kept is None or self._kept[other]):
                continue
            below = levels[other] if other in folded else DEEP
            found.append(other)
        return found

    def open(self, row: int, below: Sequence[int]) -> None:
        """Opens a folded group, given its :meth:`rows_below`."""
        at = self.position(row) + 1
        self._folded(self.query).discard(row)
        self.visible[at:at] = below
        self._positions = None

    def fold_all(self, *, folded: bool) -> None:
        """Folds or opens every group; takes effect with the next arrangement."""
        groups = self._folded(self.query)
        groups.clear()
        if folded:
            groups.update(self.store.groups())

    def open_ancestors(self, row: int) -> None:
        """Marks every group above a row open; takes effect with the next arrangement."""
        parent = self.store.parents[row]
        while parent >= 0:
            self._folded(self.query).discard(parent)
            parent = self.store.parents[parent]

    # places

    def position(self, row: int) -> int:
        """Where a row is seen; -1 where it is not."""
        if self._positions is None:
            positions = [-1] * len(self.store)
            for place, visible in enumerate(self.visible):
                positions[visible] = place
            self._positions = positions
        return self._positions[row]

    def rank(self, row: int) -> int:
        """Where a row stands in the whole sequence, seen or not."""
        if self._ranks is None:
            ranks = [0] * len(self.sequence)
            for place, sequenced in enumerate(self.sequence):
                ranks[sequenced] = place
            self._ranks = ranks
        return self._ranks[row]
