"""The grid as programs put it on a screen: bars, table, and everything wired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCloseEvent, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from apps.shell.grid.actions import GridActions
from apps.shell.grid.bars import FootBar, TopBar
from apps.shell.grid.columns import Column
from apps.shell.grid.columns_dialog import ColumnsDialog
from apps.shell.grid.edits import Edit
from apps.shell.grid.jump import Found
from apps.shell.grid.menus import cells_menu, fill_scope_menu, title_menu
from apps.shell.grid.model import GridModel
from apps.shell.grid.notice import Notice
from apps.shell.grid.order import Query
from apps.shell.grid.problems import CellKey, Problem
from apps.shell.grid.setup import load_setup
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.slicer import Slicer
from apps.shell.grid.store import Row
from apps.shell.grid.summary import summary_steps
from apps.shell.grid.table import GridTable
from apps.shell.theme.style import look_of
from apps.shell.widgets.band import Band
from core.messages import Catalogue
from signing.errors import CodedError

FILTER_PAUSE_MS = 90


class GridView(QWidget):
    """A table with all that belongs to it. ``setup_changed`` carries the text to keep for the next time."""

    setup_changed = Signal(str)

    def __init__(
        self,
        words: Catalogue,
        columns: Sequence[Column],
        *,
        on_edit: Callable[[Edit], None] = lambda _edit: None,
        setup_text: str = "",
        title: str = "",
        dense: bool = False,
    ) -> None:
        super().__init__()
        self._words = words
        sheet = Sheet(words, columns, on_edit=on_edit, setup=load_setup(setup_text, columns) if setup_text else None)
        self.slicer = Slicer(self._failed, self)
        self.model = GridModel(words, sheet, self.slicer, self)
        self.table = GridTable(self.model, dense=dense, parent=self)
        self.table.setAccessibleName(title or words.text("shell.grid.name"))
        self.top = TopBar(words, sheet, self.table, title)
        self.foot = FootBar(words)
        self.band = Band("info", "")
        self.actions_of_grid = GridActions(self.model, self.table, self.notify, self._find)
        self.menu: QMenu | None = None
        self._lay_out()
        self._wire()
        self._show_all()

    @property
    def sheet(self) -> Sheet:
        """Rows, order, problems, history."""
        return self.model.sheet

    def show_rows(self, rows: Sequence[Row], problems: Mapping[CellKey, Problem] | None = None) -> None:
        """Shows other rows with their problems; undo starts anew."""
        self.model.load(rows, problems or {})

    def show_problems(self, problems: Mapping[CellKey, Problem]) -> None:
        """Replaces all problems."""
        self.model.set_problems(problems)

    def change_problems(self, changed: Mapping[CellKey, Problem | None]) -> None:
        """Sets or removes (None) the problems of some cells: after an edit, of the rows it touched."""
        self.model.change_problems(changed)

    def show_query(self, query: Query) -> None:
        """Filters and sorts."""
        self.top.show_query(self.sheet, query)
        self.model.arrange(query, resort=query.sort != self.model.wanted.sort)

    def go_to(self, row_id: str, column: str) -> None:
        """Makes a cell current wherever it is; nothing happens for an unknown row."""
        row = self.sheet.store.index.get(row_id, -1)
        if row >= 0:
            self.actions_of_grid.go_to(Found(row, column, wrapped=False))

    def ready(self) -> bool:
        """Whether no work is under way."""
        return self.slicer.idle

    def notify(self, notice: Notice) -> None:
        """Shows a sentence and has it read out; confirmations stand in the footer, the rest across the table."""
        loud = notice.tone != "ok" and bool(notice.text)
        self.foot.say("" if loud else notice.text)
        self.band.setVisible(loud)
        if loud:
            self.band.show_message(notice.tone, notice.text)
        if notice.text:
            said = self.band if loud else self.foot.said
            QAccessible.updateAccessibility(QAccessibleEvent(said, QAccessible.Event.Alert))

    # wiring

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look_of().px(10))
        layout.addWidget(self.top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.band)
        layout.addWidget(self.foot)
        self.band.hide()

    def _wire(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._pause.timeout.connect(self._filter)
        self._keep = QTimer(self, singleShot=True, interval=300)
        self._keep.timeout.connect(lambda: self.setup_changed.emit(self.sheet.setup.dump()))
        self.top.field.textChanged.connect(lambda _text: self._pause.start())
        self.top.only.toggled.connect(lambda _on: self._filter())
        acts = self.actions_of_grid
        for made, act in (
            (self.top.next, acts.next_problem), (self.top.undo, acts.undo), (self.top.redo, acts.redo),
            (self.top.columns, self.set_up_columns), (self.top.paste, acts.paste),
        ):  # fmt: skip
            made.clicked.connect(lambda _checked=False, act=act: act())
        self.top.scope_menu.aboutToShow.connect(self._fill_scope)
        for header in (self.table.horizontalHeader(), self.table.pane.horizontalHeader()):
            header.sectionClicked.connect(self._title_clicked)
            header.sectionResized.connect(lambda *_: self._keep.start())
        self.table.header_menu_asked.connect(self._title_menu)
        self.table.selected.connect(self._summarise)
        self.model.arranged.connect(self._show_all)
        self.model.modelReset.connect(self._keep.start)
        self.model.problems_changed.connect(self._show_all)
        self.model.edited.connect(lambda _edit: self._show_all())

    def _show_all(self) -> None:
        self.top.show_problems(self.sheet)
        self.top.show_history(self.sheet)
        self.foot.show_rows(self.sheet)
        self._summarise()

    def _summarise(self) -> None:
        areas = self.table.areas()
        self.slicer.start_background(lambda: summary_steps(self.sheet, areas), self.foot.show_summary)

    def _filter(self) -> None:
        query = replace(self.model.wanted, text=self.top.field.text(), only_problems=self.top.only.isChecked())
        self.model.arrange(query)

    def _fill_scope(self) -> None:
        def choose(columns: tuple[str, ...]) -> None:
            self.top.show_scope(self.sheet, columns)
            self.model.arrange(replace(self.model.wanted, columns=columns))

        fill_scope_menu(self.top.scope_menu, self.sheet.columns, self.model.wanted.columns, self._words, choose)

    def _find(self) -> None:
        self.top.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.field.selectAll()

    def _title_clicked(self, place: int) -> None:
        add = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.actions_of_grid.sort_title(place, add=add)

    def _title_menu(self, place: int) -> None:
        if 0 <= place < len(self.sheet.shown):
            self.menu = title_menu(place, self.actions_of_grid, self.model, self.set_up_columns, self)
            left = self.table.columnViewportPosition(place)
            self.menu.popup(self.table.viewport().mapToGlobal(QPoint(max(0, left), 0)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """By mouse or by the menu key."""
        self.menu = cells_menu(self.actions_of_grid, self.model, self)
        self.menu.popup(event.globalPos())

    def set_up_columns(self) -> None:
        """The dialog for order, width, hiding and freezing."""
        dialog = ColumnsDialog(self._words, self.sheet.columns, self.sheet.setup, self.window())
        dialog.chosen.connect(self.model.use_setup)
        self.actions_of_grid.dialog = dialog
        dialog.open()

    def _failed(self, error: CodedError) -> None:
        self.notify(Notice("err", self._words.text(error.code, **error.params)))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Work under way is dropped."""
        self.slicer.stop()
        super().closeEvent(event)
