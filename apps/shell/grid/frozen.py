"""The frozen columns: a second view of the same model, laid over the left of the first; same selection, same scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from apps.shell.grid.headers import ColumnHeader
from apps.shell.theme.style import color

if TYPE_CHECKING:
    from apps.shell.grid.table import GridTable


class FrozenPane(QTableView):
    """Takes the mouse; the keyboard stays with the table below it."""

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._table = table
        self._titles = ColumnHeader(table.grid, self)
        self.setHorizontalHeader(self._titles)
        self.verticalHeader().hide()
        self.setItemDelegate(table.make_delegate(self))
        self.setModel(table.grid)
        self.setSelectionModel(table.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("grid", "pane")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(table.editTriggers())
        self.setSelectionMode(table.selectionMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        table.verticalScrollBar().valueChanged.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self._titles.sectionResized.connect(lambda place, _old, width: table.setColumnWidth(place, width))
        self.setAccessibleName("")

    def covered(self) -> int:
        """How many pixels of the table below are covered."""
        return sum(self._table.columnWidth(place) for place in range(self._table.grid.sheet.frozen))

    def lay_out(self) -> None:
        """Shows just the frozen columns, as wide as below."""
        frozen = self._table.grid.sheet.frozen
        self._titles.blockSignals(True)
        for place in range(self._table.grid.columnCount()):
            self.setColumnHidden(place, place >= frozen)
            if place < frozen:
                self.setColumnWidth(place, self._table.columnWidth(place))
        self._titles.blockSignals(False)
        self.setVisible(frozen > 0)
        self.place()

    def place(self) -> None:
        """Lies exactly over the columns below it, headers included."""
        table = self._table
        left = table.viewport().x()
        top = table.viewport().y() - table.horizontalHeader().height()
        height = table.viewport().height() + table.horizontalHeader().height()
        self.setGeometry(left, top, min(self.covered(), table.viewport().width()), height)
        self._follow(table.verticalScrollBar().value())

    def _follow(self, value: int) -> None:
        """Scrolls as the table below does; its own range may not have been worked out yet."""
        if self.verticalScrollBar().maximum() != self._table.verticalScrollBar().maximum():
            self.updateGeometries()
        self.verticalScrollBar().setValue(value)

    def open_editor(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:
        """Opens the editor of a frozen cell here, where it can be seen."""
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]  # null is allowed

    def edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:  # type: ignore[override]
        """As in the table: a protected cell says why."""
        return self._table.may_edit(index, trigger, event) and self.open_editor(index, trigger, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Selects, and gives the keyboard to the table."""
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._table.toggled_at(self, event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A drag that leaves the frozen columns goes on in the table below."""
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton or point.x() < self.viewport().width():
            super().mouseMoveEvent(event)
            return
        below = self._table.viewport().mapFromGlobal(event.globalPosition().toPoint())
        end, start = self._table.indexAt(below), self.currentIndex()
        if end.isValid() and start.isValid():
            corner = self._table.grid.index(min(start.row(), end.row()), min(start.column(), end.column()))
            other = self._table.grid.index(max(start.row(), end.row()), max(start.column(), end.column()))
            chosen = QItemSelection(corner, other)
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A firmer line at its right edge says that what is beyond it scrolls."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        rows = self.verticalHeader().length() - self.verticalHeader().offset()
        height = min(rows, self.viewport().height())
        painter.fillRect(self.viewport().width() - 1, 0, 1, height, color("line2"))
        painter.end()
