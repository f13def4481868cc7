"""What a paste would do, worked out before it is done: which cells change, which are refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apps.shell.grid.area import Area, each_cell
from apps.shell.grid.columns import Column, Value, plain, shown
from apps.shell.grid.edits import Change, Edit, EditKind
from apps.shell.grid.entry import Entry, Refusal, Spelling, read
from apps.shell.grid.html_table import Block
from apps.shell.grid.steps import Steps
from apps.shell.grid.store import Store

LISTED = 500  # refused and respelled cells kept for showing; all are counted
_CELLS_A_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class NotedCell:
    """One cell worth showing before the paste. ``number`` is the row as numbered in the table, from 1."""

    number: int
    column: str
    text: str
    taken: str = ""
    why: Refusal | None = None


@dataclass(slots=True)
class PasteColumn:
    """One target column: what is about to happen in it, in cells."""

    title: str
    protected: Refusal | None = None
    taken: int = 0
    same: int = 0
    respelled: int = 0
    refused: int = 0
    blank: int = 0


@dataclass(slots=True)
class PastePlan:
    """The whole paste. ``blank_changes``: cells a blank would clear, done only if the user wants that."""

    columns: list[PasteColumn]
    height: int
    width: int
    first_number: int
    hidden_between: bool
    beyond_rows: int = 0
    beyond_columns: int = 0
    changes: list[Change] = field(default_factory=list)
    blank_changes: list[Change] = field(default_factory=list)
    refused: list[NotedCell] = field(default_factory=list)
    respelled: list[NotedCell] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """Whether just one cell is the target."""
        return self.height == self.width == 1 and len(self.columns) == 1

    @property
    def refused_count(self) -> int:
        """All refused cells."""
        return sum(column.refused for column in self.columns)

    @property
    def respelled_count(self) -> int:
        """All cells taken in another spelling."""
        return sum(column.respelled for column in self.columns)

    @property
    def same_count(self) -> int:
        """Cells that already hold the pasted value."""
        return sum(column.same for column in self.columns)

    def edit(self, *, clear_blanks: bool) -> Edit:
        """The edit to make."""
        return Edit(EditKind.PASTE, (*self.changes, *(self.blank_changes if clear_blanks else ())))


@dataclass(frozen=True, slots=True)
class PasteTarget:
    """Where a paste goes: the seen rows and columns (their numbers in the store) and the selection."""

    rows: Sequence[int]
    columns: Sequence[int]
    areas: tuple[Area, ...]
    filtered: bool


def plan_steps(store: Store, block: Block, target: PasteTarget, spelling: Spelling) -> Steps[PastePlan]:
    """Works the plan out. A single copied cell, or one that tiles the selection, fills the whole selection."""
    cells, height, width = _extent(block, target)
    corner = target.areas[0]
    specs = [store.columns[number] for number in target.columns[corner.left : corner.left + width]]
    plan = PastePlan(
        [PasteColumn(spec.caption(store.words)) for spec in specs],
        height, width, target.rows[corner.top] + 1, target.filtered,
        max(0, corner.top + height - len(target.rows)), max(0, corner.left + width - len(target.columns)),
    )  # fmt: skip
    column_of = dict(zip(target.columns[corner.left :], plan.columns, strict=False))
    for count, (row, column, source_row, source_column) in enumerate(cells, 1):
        source = block.rows[source_row]
        if source_column < len(source) and row < len(target.rows) and column < len(target.columns):
            number = target.columns[column]
            text, exact = source[source_column], block.exact.get((source_row, source_column))
            if number not in column_of:
                column_of[number] = PasteColumn(store.columns[number].caption(store.words))
                plan.columns.append(column_of[number])
            _judge(store, plan, column_of[number], target.rows[row], number, text, exact, spelling)
        if count % _CELLS_A_PIECE == 0:
            yield
    return plan


def _extent(block: Block, target: PasteTarget) -> tuple[Iterator[tuple[int, int, int, int]], int, int]:
    """(target row, target column, source row, source column) of every cell, and the size of the target."""
    height, width = len(block.rows), block.width
    first = target.areas[0]
    if (height, width) == (1, 1) and len(target.areas) > 1:
        return ((row, column, 0, 0) for row, column in each_cell(target.areas)), first.height, first.width
    tiles = len(target.areas) == 1 and first.height % height == 0 and first.width % width == 0
    rows, columns = (first.height, first.width) if tiles else (height, width)
    cells = (
        (first.top + row, first.left + column, row % height, column % width)
        for row in range(min(rows, len(target.rows) - first.top))  # a ragged block may reach far beyond the table
        for column in range(min(columns, len(target.columns) - first.left))
    )
    return cells, rows, columns


def _judge(
    store: Store, plan: PastePlan, column: PasteColumn, row: int, number: int, text: str, exact: str | None,
    spelling: Spelling,
) -> None:  # fmt: skip
    """Puts one cell where it belongs in the plan."""
    spec, old = store.columns[number], store.value(row, number)
    untrusted = exact if exact is not None and spec.numeric else text
    why = store.protection(row, number)
    found = read(spec, untrusted, store.words, spelling)
    if why is not None:
        if not text.strip() or _same(spec, old, text, found, store):
            column.same += 1
            return
        column.protected = why
        found = why
    if isinstance(found, Refusal):
        column.refused += 1
        if len(plan.refused) < LISTED:
            plan.refused.append(NotedCell(row + 1, column.title, text[:80], why=found))
        return
    if found.value is None:
        column.blank += 1
        if old is not None:
            plan.blank_changes.append(Change(store.ids[row], spec.key, old, None))
        return
    if found.value == old and str(found.value) == str(old):
        column.same += 1
        return
    column.taken += 1
    plan.changes.append(Change(store.ids[row], spec.key, old, found.value))
    if found.respelled:
        column.respelled += 1
        if len(plan.respelled) < LISTED:
            plan.respelled.append(NotedCell(row + 1, column.title, text[:80], plain(spec, found.value, store.words)))


def _same(spec: Column, old: Value, text: str, found: Entry | Refusal, store: Store) -> bool:
    """Whether a text pasted onto a protected cell only repeats what stands there."""
    if isinstance(found, Entry) and found.value == old:
        return True
    return text.strip() in {shown(spec, old, store.words).strip(), plain(spec, old, store.words).strip()}
