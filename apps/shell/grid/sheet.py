"""The table without a window: rows, order, problems, set-up, and the actions of a user as edits.

Every action is one :class:`Edit`. It is put into the store, then handed to ``on_edit`` so that the program can save it;
if that raises, the store is as before, nothing is remembered for undo and the error goes up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from apps.shell.grid.area import Area, bounding, each_cell
from apps.shell.grid.clipboard import Copied
from apps.shell.grid.columns import Column, Kind, Value, plain
from apps.shell.grid.edits import Change, Edit, EditKind, History
from apps.shell.grid.entry import Refusal, Spelling, read
from apps.shell.grid.order import Order
from apps.shell.grid.paste import PasteTarget
from apps.shell.grid.problems import CellKey, Problem, Problems
from apps.shell.grid.setup import Setup
from apps.shell.grid.steps import Steps
from apps.shell.grid.store import Row, Store
from core.messages import Catalogue

_CHANGES_A_PIECE = 4_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An action worked out: its edit and how many cells do not take it, with the first reason."""

    edit: Edit
    refused: int = 0
    why: Refusal | None = None


def _saves_nowhere(edit: Edit) -> None:
    """A table nobody listens to."""


class Sheet:
    """One table."""

    def __init__(
        self,
        words: Catalogue,
        columns: Sequence[Column],
        *,
        on_edit: Callable[[Edit], None] = _saves_nowhere,
        setup: Setup | None = None,
    ) -> None:
        self.words = words
        self.columns = tuple(columns)
        self.spelling = Spelling.of(words)
        self.store = Store(self.columns, words)
        self.problems = Problems()
        self.order = Order(self.store, self.problems)
        self.history = History()
        self.on_edit = on_edit
        self.setup = setup or Setup.of(self.columns)
        self.shown: tuple[int, ...] = ()
        self.use_setup(self.setup)

    def load_steps(self, rows: Sequence[Row], problems: Mapping[CellKey, Problem]) -> Steps[Sheet]:
        """A sheet like this one with other rows, arranged by the same query; this one is not touched."""
        fresh = Sheet(self.words, self.columns, on_edit=self.on_edit, setup=self.setup)
        yield from fresh.store.load_steps(rows)
        fresh.set_problems(problems)
        yield
        fresh.order.take((yield from fresh.order.arrange_steps(self.order.query)))
        return fresh

    # columns

    def use_setup(self, setup: Setup) -> None:
        """Shows columns as set up."""
        self.setup = setup
        self.shown = tuple(self.store.number_of_column[column.key] for column in setup.shown)

    @property
    def frozen(self) -> int:
        """How many of the shown columns, from the first, are frozen."""
        return sum(1 for column in self.setup.shown if column.frozen)

    @property
    def tree_place(self) -> int:
        """The shown column that is indented and opens groups."""
        return next((place for place, number in enumerate(self.shown) if self.columns[number].tree), 0)

    def column(self, place: int) -> Column:
        """The shown column at a place."""
        return self.columns[self.shown[place]]

    # problems

    def set_problems(self, found: Mapping[CellKey, Problem]) -> None:
        """Replaces all problems."""
        self.problems = Problems(found)
        self.order.problems = self.problems

    # actions

    def type_in(self, row: int, column: int, untrusted_text: str) -> Edit | Refusal | None:
        """The edit of typing into one cell (numbers of the store); None where nothing changes."""
        why = self.store.protection(row, column)
        if why is not None:
            return why
        spec = self.columns[column]
        found = read(spec, untrusted_text, self.words, self.spelling)
        if isinstance(found, Refusal):
            return found
        old = self.store.value(row, column)
        if _identical(found.value, old):
            return None
        return Edit(EditKind.TYPE, (Change(self.store.ids[row], spec.key, old, found.value),))

    def clear_steps(self, areas: Sequence[Area], kind: EditKind = EditKind.CLEAR) -> Steps[Prepared]:
        """Empties the cells of a selection, as far as they are not protected."""
        changes: list[Change] = []
        refused, first = 0, None
        for count, (position, place) in enumerate(each_cell(areas), 1):
            row, number = self.order.visible[position], self.shown[place]
            why = self.store.protection(row, number)
            old = self.store.value(row, number)
            if why is not None:
                refused, first = refused + 1, first or why
            elif old is not None:
                changes.append(Change(self.store.ids[row], self.columns[number].key, old, None))
            if count % _CHANGES_A_PIECE == 0:
                yield
        return Prepared(Edit(kind, tuple(changes)), refused, first)

    def fill_down_steps(self, areas: Sequence[Area]) -> Steps[Prepared]:
        """Copies the top row of the selection into the rows below it; a single row takes what stands above it."""
        area = bounding(areas)
        if area is None:
            return Prepared(Edit(EditKind.FILL, ()))
        if area.height == 1 and area.top > 0:
            area = area._replace(top=area.top - 1)
        changes: list[Change] = []
        refused, first, count = 0, None, 0
        for place in range(area.left, area.right + 1):
            number = self.shown[place]
            value = self.store.value(self.order.visible[area.top], number)
            for position in range(area.top + 1, area.bottom + 1):
                row = self.order.visible[position]
                why = self.store.protection(row, number)
                old = self.store.value(row, number)
                if why is not None:
                    refused, first = refused + 1, first or why
                elif not _identical(old, value):
                    changes.append(Change(self.store.ids[row], self.columns[number].key, old, value))
                count += 1
                if count % _CHANGES_A_PIECE == 0:
                    yield
        return Prepared(Edit(EditKind.FILL, tuple(changes)), refused, first)

    def copy_steps(self, areas: Sequence[Area]) -> Steps[Copied]:
        """The cells of the rectangle around a selection as they go to the clipboard."""
        area = bounding(areas)
        if area is None:
            return Copied([], ())
        specs = [(number, self.columns[number]) for number in self.shown[area.left : area.right + 1]]
        rows: list[tuple[str, ...]] = []
        for position in range(area.top, area.bottom + 1):
            row = self.order.visible[position]
            rows.append(tuple([self.copied_text(row, number, spec) for number, spec in specs]))
            if position % 1_000 == 0:
                yield
        return Copied(rows, tuple(_number_format(spec) for _, spec in specs))

    def copied_text(self, row: int, number: int, spec: Column) -> str:
        """The text of one cell for the clipboard."""
        if spec.kind is Kind.STATUS:
            return "; ".join(problem.text for _, problem in self.problems.of_row(self.store.ids[row]))
        return plain(spec, self.store.value(row, number), self.words)

    def paste_target(self, areas: Sequence[Area]) -> PasteTarget:
        """Where a paste on a selection goes: only rows and columns that are seen."""
        hidden = len(self.order.visible) < len(self.store)
        return PasteTarget(self.order.visible, self.shown, tuple(areas), hidden)

    # doing

    def do_steps(self, edit: Edit) -> Steps[None]:
        """Makes a new edit. Nothing is changed if the program cannot save it (the error of ``on_edit`` goes up)."""
        yield from self._apply_steps(edit)
        self._report(edit)
        self.history.push(edit)

    def undo_steps(self) -> Steps[Edit | None]:
        """Takes the newest action back and returns what was done."""
        last = self.history.next_undo()
        if last is None:
            return None
        edit = last.undone()
        yield from self._apply_steps(edit)
        self._report(edit)
        self.history.undid()
        return edit

    def redo_steps(self) -> Steps[Edit | None]:
        """Does the action undone last again and returns what was done."""
        last = self.history.next_redo()
        if last is None:
            return None
        edit = last.redone()
        yield from self._apply_steps(edit)
        self._report(edit)
        self.history.redid()
        return edit

    def _apply_steps(self, edit: Edit) -> Steps[None]:
        """Puts the values in; a run that is given up takes back what it had put in."""
        done = 0
        try:
            for change in edit.changes:
                self._put(change.row, change.column, change.new)
                done += 1
                if done % _CHANGES_A_PIECE == 0:
                    yield
        except GeneratorExit:
            for change in reversed(edit.changes[:done]):
                self._put(change.row, change.column, change.old)
            raise

    def _report(self, edit: Edit) -> None:
        """Hands the edit to the program; takes it back before the error goes up."""
        try:
            self.on_edit(edit)
        except Exception:
            for change in reversed(edit.changes):
                self._put(change.row, change.column, change.old)
            raise

    def _put(self, row_id: str, column: str, value: Value) -> None:
        self.store.put(self.store.index[row_id], self.store.number_of_column[column], value)


def _identical(one: Value, other: Value) -> bool:
    """Equal and written alike: 1.0 and 1.00 differ."""
    return one == other and str(one) == str(other)


def _number_format(column: Column) -> str:
    """The spreadsheet's format of a numeric column; "" for texts."""
    if not column.numeric:
        return ""
    places = column.places
    return "#,##0" if places == 0 else "#,##0." + "0" * (places if places is not None else 2)
