"""The table itself: keys, selection that survives sorting, frozen columns as a second view over the first."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from apps.shell.grid.area import Area
from apps.shell.grid.commands import command_of
from apps.shell.grid.editing import CellDelegate
from apps.shell.grid.entry import Refusal
from apps.shell.grid.frozen import FrozenPane
from apps.shell.grid.headers import ColumnHeader, RowHeader
from apps.shell.grid.keeping import Kept, keep, restored
from apps.shell.grid.model import GridModel
from apps.shell.theme.style import look_of

ROW = 34
DENSE_ROW = 28
AnyIndex = QModelIndex | QPersistentModelIndex
_SELECT = QItemSelectionModel.SelectionFlag


class GridTable(QTableView):
    """``commanded``: a key asked for something; ``selected``: the selection changed; ``refused``: a protected cell."""

    commanded = Signal(object)
    selected = Signal()
    refused = Signal(object)
    header_menu_asked = Signal(int)

    def __init__(self, model: GridModel, *, dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self._kept: Kept | None = None
        self._delegate = self.make_delegate(self)
        self._columns, self._rows = ColumnHeader(model, self), RowHeader(model, self)
        self._dress(dense=dense)
        self.setModel(model)
        self.pane = FrozenPane(self)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)  # after both views have dropped the selection they share
        model.arranged.connect(self.selected)
        self._columns.sectionResized.connect(self._resized)
        self._columns.sectionMoved.connect(self._moved)
        self.lay_out()

    def make_delegate(self, view: QTableView) -> CellDelegate:
        """A delegate of its own for each of the two views: an editor belongs to one."""
        delegate = CellDelegate(self.grid, view)
        delegate.moved.connect(self.step)
        delegate.said.connect(self.refused)
        return delegate

    def _dress(self, *, dense: bool) -> None:
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(self._columns)
        self.setVerticalHeader(self._rows)
        self.setProperty("grid", "table")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setCornerButtonEnabled(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._rows.setDefaultSectionSize(look_of().px(DENSE_ROW if dense else ROW))
        self._rows.setMinimumSectionSize(look_of().px(DENSE_ROW))
        self._columns.setSectionsMovable(True)
        self._columns.setStretchLastSection(True)
        self._columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._columns.customContextMenuRequested.connect(
            lambda place: self.header_menu_asked.emit(self._columns.logicalIndexAt(place))
        )

    # columns

    def lay_out(self) -> None:
        """Gives the columns the widths of the set-up and covers the frozen ones."""
        px = look_of().px
        self._columns.blockSignals(True)
        for place, column in enumerate(self.grid.sheet.setup.shown):
            self.setColumnWidth(place, px(column.width))
        self._columns.blockSignals(False)
        self.pane.lay_out()

    def _resized(self, place: int, _old: int, width: int) -> None:
        shown = self.grid.sheet.setup.shown
        if place < len(shown) - 1 and width > 0:  # the last one is stretched
            unscaled = round(width / look_of().scale)
            self.grid.sheet.setup = self.grid.sheet.setup.changed(shown[place].key, width=unscaled)
            self.pane.lay_out()

    def _moved(self, logical: int, _old: int, new: int) -> None:
        """A title was dragged: the set-up changes, the sections themselves stay in line with the model."""
        shown = self.grid.sheet.setup.shown
        if logical == new or not (logical < len(shown) and new < len(shown)):
            return
        placed = [column.key for column in self.grid.sheet.setup.placed if column.key != shown[logical].key]
        before = placed.index(shown[new].key) + (1 if new > logical else 0)
        setup = self.grid.sheet.setup.moved(shown[logical].key, before)

        def settle() -> None:
            self._columns.blockSignals(True)
            self._columns.moveSection(new, logical)
            self._columns.blockSignals(False)
            self.grid.use_setup(setup)

        QTimer.singleShot(0, self, settle)

    # selection

    def areas(self) -> tuple[Area, ...]:
        """The selected rectangles; the current cell where nothing is selected."""
        ranges = self.selectionModel().selection()
        found = tuple(
            Area(r.top(), r.left(), r.bottom(), r.right()) for r in map(ranges.at, range(ranges.count())) if r.isValid()
        )
        current = self.currentIndex()
        if not found and current.isValid():
            return (Area(current.row(), current.column(), current.row(), current.column()),)
        return found

    def select_area(self, area: Area) -> None:
        """Selects one rectangle."""
        first, last = self.grid.index(area.top, area.left), self.grid.index(area.bottom, area.right)
        self.selectionModel().select(QItemSelection(first, last), _SELECT.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Tells the footer."""
        super().selectionChanged(selected, deselected)
        self.selected.emit()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802
        """The row numbers show the current row."""
        super().currentChanged(current, previous)
        self._rows.viewport().update()

    def _keep(self) -> None:
        self._kept = keep(self.grid, self.areas(), self.currentIndex())

    def _restore(self) -> None:
        """After a new order: the same cells are selected and current, by their rows."""
        self.lay_out()
        self._columns.viewport().update()
        if self._kept is not None:
            kept, self._kept = self._kept, None
            selection, current = restored(self.grid, kept)
            if current.isValid():
                self.selectionModel().setCurrentIndex(current, _SELECT.NoUpdate)
            self.selectionModel().select(selection, _SELECT.ClearAndSelect)
            if current.isValid():
                self.scrollTo(current)

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Commands first, then Enter and Tab, then Qt's own moves and typing."""
        command = command_of(event)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if command is not None:
            self.commanded.emit(command)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not control:
            self.step(-1 if back else 1, 0)
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and not control:
            self.step(0, -1 if event.key() == Qt.Key.Key_Backtab else 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keys that windows take for shortcuts belong to the table while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and command_of(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and self.currentIndex().isValid():
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    return self.focusNextPrevChild(key == Qt.Key.Key_Tab)
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def step(self, down: int, right: int) -> None:
        """Moves the current cell; at the end of a row on to the next one."""
        current = self.currentIndex()
        rows, columns = self.grid.rowCount(), self.grid.columnCount()
        if not current.isValid() or not rows:
            return
        row, column = current.row() + down, current.column() + right
        if not 0 <= column < columns:
            row, column = row + (1 if column > 0 else -1), 0 if column > 0 else columns - 1
        if 0 <= row < rows:
            self.setCurrentIndex(self.grid.index(row, column))

    def edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:  # type: ignore[override]
        """Opens the editor in the view that shows the cell; a protected cell says why it does not open."""
        if not self.may_edit(index, trigger, event):
            return False
        if index.isValid() and index.column() < self.grid.sheet.frozen:
            return self.pane.open_editor(index, trigger, event)
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]  # null is allowed

    def may_edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:
        """Whether an attempt to edit goes on; if not the reason has been told."""
        triggers = QAbstractItemView.EditTrigger
        by_user = {triggers.AnyKeyPressed, triggers.EditKeyPressed, triggers.DoubleClicked}
        if not index.isValid() or trigger not in by_user:
            return True
        if trigger == triggers.AnyKeyPressed and isinstance(event, QKeyEvent) and not _types(event):
            return False
        why = self.grid.sheet.store.protection(*self.grid.cell(index))
        if self.grid.slicer.busy:
            why = Refusal("shell.grid.refused.busy")
        if why is not None:
            self.refused.emit(why)
        return why is None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The sign of a group opens and folds it; everything else selects."""
        if not self.toggled_at(self, event):
            super().mousePressEvent(event)

    def toggled_at(self, view: QTableView, event: QMouseEvent) -> bool:
        """Whether a press hit the sign of a group (which is then opened or folded)."""
        index = view.indexAt(event.position().toPoint())
        on_sign = index.isValid() and index.column() == self.grid.sheet.tree_place
        if event.button() != Qt.MouseButton.LeftButton or not on_sign:
            return False
        sheet = self.grid.sheet
        row = sheet.order.visible[index.row()]
        sign = self._delegate.painter.chevron_rect(view.visualRect(index), row)
        if not sheet.store.has_children(row) or not sign.adjusted(-4, -6, 4, 6).contains(event.position().toPoint()):
            return False
        self.grid.toggle(row, opened=not sheet.order.is_open(row))
        return True

    # geometry

    def scrollTo(  # noqa: N802
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """A cell never hides below the frozen columns."""
        super().scrollTo(index, hint)
        if index.isValid() and index.column() >= self.grid.sheet.frozen:
            hidden = self.pane.covered() - self.columnViewportPosition(index.column())
            if hidden > 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The frozen columns keep their place."""
        super().resizeEvent(event)
        if hasattr(self, "pane"):
            self.pane.place()

    def updateGeometries(self) -> None:  # noqa: N802
        """Also when a scroll bar comes or goes."""
        super().updateGeometries()
        if hasattr(self, "pane"):
            self.pane.place()


def _types(event: QKeyEvent) -> bool:
    """Whether a key press puts a character in (a key of an input method comes by another event)."""
    return bool(event.text()) and event.text().isprintable()
