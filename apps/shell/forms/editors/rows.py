"""A small editable table: typed, filled, moved and pasted into by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from apps.shell.forms.editors.editor import Editor, Reports, Showing
from apps.shell.forms.editors.rows_model import Index, RowsModel
from apps.shell.forms.entries import Rows
from apps.shell.forms.flow import Flow
from apps.shell.forms.schema import NumberField, TableField
from apps.shell.forms.tables import cells_text, moved, with_cell, with_row, without_rows
from apps.shell.forms.values import Judges
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from core.messages import Catalogue

_Key = Qt.Key
_ROWS_SEEN = 7
OnPaste = Callable[[int, int, str], None]


class OptionDelegate(QStyledItemDelegate):
    """Cells with options are chosen from a list, others typed; a faulty cell has its ground under the style's."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The style sheet leaves the ground of cells to us."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            painter.fillRect(option.rect, ground)  # type: ignore[attr-defined]
        super().paint(painter, option, index)

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A list where the column has options."""
        model = index.model()
        options = model.options(index.column()) if isinstance(model, RowsModel) else []
        if not options:
            return super().createEditor(parent, option, index)
        made = QComboBox(parent)
        for value, text in [("", ""), *options]:
            made.addItem(text, value)
        made.activated.connect(lambda _: self.commitData.emit(made))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """The entry as typed."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """The value of the option chosen."""
        if isinstance(editor, QComboBox) and isinstance(model, RowsModel):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class RowsView(QTableView):
    """The cells. Ctrl+Enter adds a row, Ctrl+Delete removes, Alt+arrows move; Tab leaves at the ends."""

    def __init__(self, editor: RowsEditor, entered: Callable[[], None]) -> None:
        super().__init__()
        self._editor = editor
        self._entered = entered
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setItemDelegate(OptionDelegate(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(True)
        self.setIconSize(QSize(look_of().px(16), look_of().px(16)))
        self.verticalHeader().setDefaultSectionSize(look_of().px(34))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setCornerButtonEnabled(False)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The table has the keyboard; a cell is always current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None:
            self.setCurrentIndex(self.model().index(0, 0))
        self._entered()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys of the rows, else those of every table."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        enter = event.key() in {_Key.Key_Return, _Key.Key_Enter}
        done = True
        if control and (enter or event.key() == _Key.Key_Insert):
            self._editor.add_row()
        elif control and event.key() == _Key.Key_Delete:
            self._editor.remove_rows()
        elif alt and event.key() in {_Key.Key_Up, _Key.Key_Down}:
            self._editor.move_row(-1 if event.key() == _Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._editor.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._editor.copy()
        elif event.key() in {_Key.Key_Delete, _Key.Key_Backspace}:
            self._editor.clear_cells()
        elif enter and self.currentIndex().isValid() and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
        else:
            done = False
        if done:
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes from cell to cell and leaves the table at its ends."""
        model, here = self.model(), self.currentIndex()
        last = here.row() == model.rowCount() - 1 and here.column() == model.columnCount() - 1
        first = here.row() <= 0 and here.column() <= 0
        self.setTabKeyNavigation(not (last if forward else first))
        left = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return left


class RowsEditor(Editor):
    """The table with the buttons of its rows under it."""

    def __init__(
        self, words: Catalogue, reports: Reports, field: TableField, judges: Judges, on_paste: OnPaste
    ) -> None:
        super().__init__()
        self._words = words
        self._reports = reports
        self._field = field
        self._on_paste = on_paste
        self._next: tuple[int, int] | None = None
        self._model = RowsModel(words, field, judges, reports.committed, self)
        self.table = RowsView(self, reports.entered)
        self.table.setModel(self._model)
        self._set_columns()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look_of().px(4))
        layout.addWidget(self.table)
        layout.addWidget(self._tools())

    def show_entry(self, showing: Showing) -> None:
        """Shows rows, faults and computed cells; the current cell stays."""
        here = self.table.currentIndex()
        place = self._next or ((here.row(), here.column()) if here.isValid() else None)
        self._next = None
        self._model.show_rows(showing)
        if place is not None and (not self.table.currentIndex().isValid() or place != (here.row(), here.column())):
            row = min(place[0], self._model.rowCount() - 1)
            self.table.setCurrentIndex(self._model.index(row, place[1]))
        corner = self.table.findChildren(QAbstractButton)
        for part in (self.table, self.table.horizontalHeader(), self.table.verticalHeader(), *corner):
            part.setAccessibleName(showing.name)
        self.table.setAccessibleDescription(showing.said or self._words.text("shell.forms.rows.keys"))
        self._set_height()

    def inputs(self) -> tuple[QWidget, ...]:
        """The table."""
        return (self.table,)

    def add_row(self) -> None:
        """A blank row under the current one."""
        here = self.table.currentIndex()
        at = min(len(self._model.rows.rows), here.row() + 1) if here.isValid() else len(self._model.rows.rows)
        rows = self._model.rows if self._model.rows.rows else with_cell(self._field, Rows(), 0, 0, "")
        self._commit(with_row(self._field, rows, max(1, at)), max(1, at), 0)

    def remove_rows(self) -> None:
        """The selected rows, or the current one."""
        here = self.table.currentIndex()
        chosen = {index.row() for index in self.table.selectedIndexes()} | ({here.row()} if here.isValid() else set())
        self._commit(without_rows(self._model.rows, frozenset(chosen)), min(chosen, default=0), here.column())

    def move_row(self, by: int) -> None:
        """The current row up or down."""
        here = self.table.currentIndex()
        rows = moved(self._model.rows, here.row(), by)
        if rows != self._model.rows:
            self._commit(rows, here.row() + by, here.column())

    def clear_cells(self) -> None:
        """Empties the selected cells in one edit."""
        rows = self._model.rows
        for index in self.table.selectedIndexes():
            if index.row() < len(rows.rows) and not self._field.columns[index.column()].read_only:
                rows = with_cell(self._field, rows, index.row(), index.column(), "")
        self._commit(rows, self.table.currentIndex().row(), self.table.currentIndex().column())

    def paste(self) -> None:
        """What lies on the clipboard, from the current cell on."""
        here = self.table.currentIndex()
        untrusted_text = QGuiApplication.clipboard().text()
        if untrusted_text:
            self._on_paste(max(0, here.row()), max(0, here.column()), untrusted_text)

    def copy(self) -> None:
        """The selected cells as text with tabs."""
        chosen: dict[int, list[str]] = {}
        for index in sorted(self.table.selectedIndexes(), key=lambda each: (each.row(), each.column())):
            chosen.setdefault(index.row(), []).append(str(index.data()))
        lines = cells_text(Rows(tuple(tuple(cells) for cells in chosen.values())))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _commit(self, rows: Rows, row: int, column: int) -> None:
        self._next = (max(0, row), max(0, column))
        if rows != self._model.rows:
            self._reports.committed(rows)

    def _tools(self) -> QWidget:
        tools = QWidget()
        layout = Flow(tools, look_of().px(4))
        for name, icon, act in (
            ("add", "plus", self.add_row),
            ("remove", "trash", self.remove_rows),
            ("up", "arrow-up", lambda: self.move_row(-1)),
            ("down", "arrow-down", lambda: self.move_row(1)),
            ("paste", "paste", self.paste),
        ):
            made = button(self._words, f"shell.forms.rows.{name}", kind="quiet", icon=icon)
            made.setToolTip(self._words.text(f"shell.forms.rows.{name}_key"))
            made.clicked.connect(lambda _=False, run=act: run())
            layout.addWidget(made)
        return tools

    def _set_columns(self) -> None:
        header, px = self.table.horizontalHeader(), look_of().px
        header.setMinimumSectionSize(px(72))
        for place, column in enumerate(self._field.columns):
            narrow = isinstance(column, NumberField) or column.read_only
            title = str(self._model.headerData(place, Qt.Orientation.Horizontal))
            self.table.setColumnWidth(place, max(px(120), header.fontMetrics().horizontalAdvance(title) + px(36)))
            if not narrow:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _set_height(self) -> None:
        rows = max(2, min(_ROWS_SEEN, self._model.rowCount()))
        height = self.table.verticalHeader().defaultSectionSize() * rows
        bar = self.table.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + extra + 4)
