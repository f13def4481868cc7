"""What the user does with the table, from keys, buttons and menus alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from apps.shell.grid.area import Area
from apps.shell.grid.board import clip_of, mime_of
from apps.shell.grid.clipboard import PASTE_CELLS, Clip, PasteTooLarge, read_clip_steps, write_steps
from apps.shell.grid.commands import Command
from apps.shell.grid.edits import Edit, EditKind
from apps.shell.grid.entry import Refusal
from apps.shell.grid.jump import Found, next_problem
from apps.shell.grid.model import GridModel
from apps.shell.grid.notice import Notice
from apps.shell.grid.order import SortKey
from apps.shell.grid.paste import PastePlan, plan_steps
from apps.shell.grid.preview import PasteDialog
from apps.shell.grid.problems import Problem
from apps.shell.grid.sheet import Prepared
from apps.shell.grid.speech import severity_words
from apps.shell.grid.steps import Steps
from apps.shell.grid.table import GridTable

_TOO_LARGE = Refusal("shell.grid.refused.too_large", (("limit", f"{PASTE_CELLS:,}"),))
_NOTHING = Refusal("shell.grid.refused.nothing")


class GridActions(QObject):
    """Every command of the table; ``notify`` shows a sentence, ``find`` puts the caret into the filter."""

    def __init__(
        self,
        model: GridModel,
        table: GridTable,
        notify: Callable[[Notice], None],
        find: Callable[[], None],
    ) -> None:
        super().__init__(table)
        self._model, self._table = model, table
        self._words = model.words
        self._notify = notify
        self._going: Found | None = None
        self.dialog: QWidget | None = None
        self._commands: dict[Command, Callable[[], None]] = {
            Command.COPY: self.copy,
            Command.CUT: self.cut,
            Command.PASTE: self.paste,
            Command.CLEAR: self.clear,
            Command.FILL: self.fill_down,
            Command.UNDO: self.undo,
            Command.REDO: self.redo,
            Command.NEXT: self.next_problem,
            Command.PREVIOUS: lambda: self.next_problem(backward=True),
            Command.FIND: find,
            Command.OPEN: lambda: self.toggle(opened=True),
            Command.FOLD: lambda: self.toggle(opened=False),
            Command.SORT_UP: lambda: self.sort_current(descending=False),
            Command.SORT_DOWN: lambda: self.sort_current(descending=True),
            Command.SORT_NONE: self.unsort,
        }
        table.commanded.connect(self.perform)
        table.refused.connect(self.refuse)
        model.refused.connect(self.refuse)
        model.edited.connect(self._edited)
        model.arranged.connect(self._arranged)

    def perform(self, command: Command) -> None:
        """Does what was asked."""
        self._commands[command]()

    def refuse(self, why: Refusal | None) -> None:
        """Says why something was not done; None takes the sentence away."""
        self._notify(Notice("warn", why.text(self._words)) if why else Notice())

    # clipboard

    def copy(self, then: Callable[[], None] | None = None) -> None:
        """Copies the rectangle around the selection in both forms."""
        areas = self._table.areas()
        if not areas:
            return

        def steps() -> Steps[tuple[Clip, int, int]]:
            copied = yield from self._model.sheet.copy_steps(areas)
            clip = yield from write_steps(copied)
            return clip, len(copied.rows), len(copied.formats)

        def done(result: tuple[Clip, int, int]) -> None:
            clip, height, width = result
            QGuiApplication.clipboard().setMimeData(mime_of(clip))
            text = self._words.text("shell.grid.done.copied", rows=f"{height:,}", columns=width)
            self._notify(Notice("ok", text))
            if then:
                then()

        self._model.slicer.start(steps, done)

    def cut(self) -> None:
        """Copies, then empties what is not protected."""
        areas = self._table.areas()
        if self._free():
            self.copy(lambda: self._queue(lambda: self._model.sheet.clear_steps(areas, EditKind.CUT)))

    def clear(self) -> None:
        """Empties the selection."""
        areas = self._table.areas()
        self._prepare(lambda: self._model.sheet.clear_steps(areas))

    def fill_down(self) -> None:
        """Copies the top row of the selection down."""
        areas = self._table.areas()
        self._prepare(lambda: self._model.sheet.fill_down_steps(areas))

    def _prepare(self, steps: Callable[[], Steps[Prepared]]) -> None:
        if self._free():
            self._queue(steps)

    def _queue(self, steps: Callable[[], Steps[Prepared]]) -> None:
        def done(prepared: Prepared) -> None:
            self._model.do(prepared.edit)
            if prepared.why is not None:
                reason = prepared.why.text(self._words)
                key = "shell.grid.refused.some" if prepared.edit.changes else "shell.grid.refused.all"
                self._notify(Notice("warn", self._words.text(key, count=f"{prepared.refused:,}", reason=reason)))

        self._model.slicer.start(steps, done)

    def _free(self) -> bool:
        """Whether no earlier work is under way; says so if there is."""
        if self._model.slicer.busy:
            self.refuse(Refusal("shell.grid.refused.busy"))
        return not self._model.slicer.busy

    def paste(self) -> None:
        """Reads the clipboard and shows what a paste would do; one cell that fits is pasted at once."""
        areas = self._table.areas()
        if not areas or not self._free():
            return
        try:
            clip = clip_of(QGuiApplication.clipboard().mimeData())
        except PasteTooLarge:
            self.refuse(_TOO_LARGE)
            return
        self._model.slicer.start(lambda: self._plan_steps(clip, areas), self._show_plan)

    def _plan_steps(self, clip: Clip, areas: tuple[Area, ...]) -> Steps[PastePlan | Refusal]:
        sheet = self._model.sheet
        try:
            block = yield from read_clip_steps(clip)
        except PasteTooLarge:
            return _TOO_LARGE
        if block is None:
            return _NOTHING
        target = sheet.paste_target(areas)
        if block.cells == 1 and sum(area.cells for area in areas) > PASTE_CELLS:
            return _TOO_LARGE
        return (yield from plan_steps(sheet.store, block, target, sheet.spelling))

    def _show_plan(self, plan: PastePlan | Refusal) -> None:
        if isinstance(plan, Refusal):
            self.refuse(plan)
            return
        if plan.single and len(plan.changes) == 1 and not plan.respelled:
            self._model.do(plan.edit(clear_blanks=False))
            return
        if plan.single and plan.refused and plan.refused[0].why is not None:
            self.refuse(plan.refused[0].why)
            return
        dialog = PasteDialog(self._words, plan, self._table.window())
        dialog.chosen.connect(lambda clear: self._model.do(plan.edit(clear_blanks=clear)))
        self.dialog = dialog
        dialog.open()

    # undo

    def undo(self) -> None:
        """Takes the newest action back."""
        if self._model.sheet.history.next_undo() is None:
            self._notify(Notice("info", self._words.text("shell.grid.done.nothing_to_undo")))
        elif self._free():
            self._model.undo()

    def redo(self) -> None:
        """Does it again."""
        if self._model.sheet.history.next_redo() is None:
            self._notify(Notice("info", self._words.text("shell.grid.done.nothing_to_redo")))
        elif self._free():
            self._model.redo()

    def _edited(self, edit: Edit) -> None:
        """Says what was done, and shows where an undo or redo took place."""
        count = f"{len(edit.changes):,}"
        if edit.of is not None:
            act = self._words.text(f"shell.grid.act.{edit.of}")
            self._notify(Notice("ok", self._words.text(f"shell.grid.done.{edit.kind}", act=act, count=count)))
            self._show_change(edit)
        elif edit.kind is EditKind.TYPE:
            self._notify(Notice())
        else:
            act = self._words.text(f"shell.grid.act.{edit.kind}")
            self._notify(Notice("ok", self._words.text("shell.grid.done.edited", act=act, count=count)))

    def _show_change(self, edit: Edit) -> None:
        sheet = self._model.sheet
        index = self._model.index_of(sheet.store.index[edit.changes[0].row], edit.changes[0].column)
        if index.isValid():
            self._table.setCurrentIndex(index)

    # problems

    def next_problem(self, *, backward: bool = False) -> None:
        """Goes to the next problem, also to one the filter or a folded group hides."""
        sheet, current = self._model.sheet, self._table.currentIndex()
        row, key = -1, ""
        if current.isValid():
            row = sheet.order.visible[current.row()]
            key = sheet.column(current.column()).key
        found = next_problem(sheet, row, key, backward=backward)
        if found is None:
            self._notify(Notice("ok", self._words.text("shell.grid.done.no_problem")))
            return
        self.go_to(found)

    def go_to(self, found: Found) -> None:
        """Makes a cell current, brings its row to sight, and says what is wrong with it."""
        order = self._model.sheet.order
        hidden = order.position(found.row) < 0
        self._going = found
        if hidden:
            order.open_ancestors(found.row)
            self._model.arrange(self._model.wanted, reveal=found.row)
        else:
            self._arranged()
        self._say(found, revealed=hidden and self._model.wanted.filters)

    def _arranged(self) -> None:
        if self._going is None:
            return
        index = self._model.index_of(self._going.row, self._going.column)
        if index.isValid():
            self._going = None
            self._table.setCurrentIndex(index)

    def _say(self, found: Found, *, revealed: bool) -> None:
        sheet = self._model.sheet
        problem: Problem | None = sheet.problems.at(sheet.store.ids[found.row], found.column)
        if problem is None:
            return
        number = sheet.store.number_of_column.get(found.column)
        column = sheet.columns[number].caption(self._words) if number is not None else ""
        text = severity_words(self._words, problem)
        key = "shell.grid.done.problem" if column else "shell.grid.done.problem_of_row"
        said = [self._words.text(key, row=found.row + 1, column=column, text=text)]
        if found.wrapped:
            said.append(self._words.text("shell.grid.done.wrapped"))
        if revealed:
            said.append(self._words.text("shell.grid.done.revealed"))
        self._notify(Notice("err" if problem.severity == "error" else "warn", " ".join(said)))

    # tree and sort

    def toggle(self, *, opened: bool) -> None:
        """Opens or folds the group of the current row; a row inside goes up to its group when folding."""
        current = self._table.currentIndex()
        if not current.isValid():
            return
        sheet = self._model.sheet
        row = sheet.order.visible[current.row()]
        if self._model.toggle(row, opened=opened) or opened or sheet.store.parents[row] < 0:
            return
        above = self._model.index_of(sheet.store.parents[row], sheet.column(current.column()).key)
        if above.isValid():
            self._table.setCurrentIndex(above)

    def sort_current(self, *, descending: bool) -> None:
        """Sorts by the current column alone."""
        current = self._table.currentIndex()
        if current.isValid():
            self.sort_by((SortKey(self._model.sheet.column(current.column()).key, descending),))

    def sort_title(self, place: int, *, add: bool) -> None:
        """A click on a title: up, down, not at all; with ``add`` as a further key behind those there are."""
        key = self._model.sheet.column(place).key
        sort = self._model.wanted.sort
        here = next((one for one in sort if one.column == key), None)
        following = SortKey(key) if here is None else None if here.descending else SortKey(key, descending=True)
        if add:
            kept = tuple(following if one.column == key else one for one in sort)
            fresh = (*kept, following) if here is None else kept
            self.sort_by(tuple(one for one in fresh if one is not None))
        else:
            self.sort_by((following,) if following else ())

    def sort_by(self, sort: tuple[SortKey, ...]) -> None:
        """Sorts anew, also by the same keys after values have changed."""
        self._model.arrange(replace(self._model.wanted, sort=sort), resort=True)

    def unsort(self) -> None:
        """Back to the order the rows were given in."""
        self.sort_by(())
