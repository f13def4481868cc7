"""The overlays as a list with numbers: everything the mouse can do, without the mouse."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from apps.shell.pages.overlays import Overlay
from apps.shell.pages.page_view import PageView
from apps.shell.pages.pane_table import Index, PaneTable
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

_NO_PARENT = QModelIndex()
_FAR = 5000.0  # mm


class OverlayModel(QAbstractTableModel):
    """One row an overlay."""

    def __init__(self, words: Catalogue, view: PageView) -> None:
        super().__init__()
        self._words = words
        self._view = view
        self.items: tuple[Overlay, ...] = ()

    def renew(self) -> None:
        """Shows the present overlays."""
        items = self._view.board.items
        if [item.key for item in items] != [item.key for item in self.items]:
            self.beginResetModel()
            self.items = items
            self.endResetModel()
        elif items != self.items:
            self.items = items
            self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, 0))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """Overlays."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, page and place."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            item = self.items[index.row()]
            page = self._view.document.table.label(item.page)
            slots = {"x": f"{round(item.x, 1):g}", "y": f"{round(item.y, 1):g}", "page": page, "label": item.label}
            said = self._words.text("shell.pages.overlay.row", **slots)
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None


class OverlayPane(QWidget):
    """List, x and y in mm, and 'same place on pages a to b'."""

    def __init__(self, words: Catalogue, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._view = view
        self._model = OverlayModel(words, view)
        self.list = PaneTable(self._model, words.text("shell.pages.pane.overlays"), 32)
        self.x_box, self.y_box = self._mm("shell.pages.overlay.x"), self._mm("shell.pages.overlay.y")
        self.first, self.last = self._number("shell.pages.overlay.first"), self._number("shell.pages.overlay.last")
        self.repeat = button(words, "shell.pages.overlay.repeat")
        self.repeat.clicked.connect(self._repeat)
        self.hint = label("", "small", wrap=True)
        self._lay_out()
        self.list.chosen.connect(self._choose)
        for box in (self.x_box, self.y_box):
            box.valueChanged.connect(lambda _value: self._typed())
        view.overlays_changed.connect(self._renew)
        view.document.opened.connect(self._renew)
        self._renew()

    def _lay_out(self) -> None:
        look = look_of()
        form = QFormLayout()
        form.setSpacing(look.px(8))
        form.addRow(self._words.text("shell.pages.overlay.x"), self.x_box)
        form.addRow(self._words.text("shell.pages.overlay.y"), self.y_box)
        pages = QHBoxLayout()
        pages.setSpacing(look.px(6))
        pages.addWidget(self.first)
        pages.addWidget(label("–"))
        pages.addWidget(self.last)
        form.addRow(self._words.text("shell.pages.overlay.pages"), pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self.list, 1)
        column.addLayout(form)
        column.addWidget(self.repeat)
        column.addWidget(self.hint)

    def _mm(self, key: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(0, _FAR)
        box.setDecimals(1)
        box.setSingleStep(1.0)
        box.setKeyboardTracking(False)
        box.setAccessibleName(self._words.text(key))
        return box

    def _number(self, key: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(1, 1)
        box.setMinimumWidth(look_of().px(56))
        box.setAccessibleName(self._words.text(key))
        return box

    def _renew(self) -> None:
        self._model.renew()
        count = max(1, self._view.document.page_count)
        for box in (self.first, self.last):
            box.setMaximum(count)
        item = self._view.board.get(self._view.board.selected)
        movable = item is not None and item.movable
        for control in (self.x_box, self.y_box, self.first, self.last, self.repeat):
            control.setEnabled(movable)
        key = "none" if item is None else ("keys" if item.movable else "fixed")
        self.hint.setText(self._words.text(f"shell.pages.overlay.{key}"))
        if item is None:
            self.list.clearSelection()
            return
        width, height = self._view.board.page_mm(item.page)
        _show_number(self.x_box, item.x, width - item.width)
        _show_number(self.y_box, item.y, height - item.height)
        self.list.show_row([shown.key for shown in self._model.items].index(item.key))

    def _choose(self, row: int) -> None:
        item = self._model.items[row]
        self._view.board.select(item.key)
        if item.page not in self._view.visible_pages():
            self._view.go_to_page(item.page)
        self._view.ensure_seen(self._view.overlay_rect(item))

    def _typed(self) -> None:
        self._view.board.move_to(self._view.board.selected, self.x_box.value(), self.y_box.value())

    def _repeat(self) -> None:
        first, last = sorted((self.first.value(), self.last.value()))
        made = self._view.board.repeat(self._view.board.selected, first - 1, last - 1)
        self.hint.setText(self._words.text("shell.pages.overlay.repeated", count=len(made)))


def _show_number(box: QDoubleSpinBox, value: float, most: float) -> None:
    """Shows a number without taking it for one the person typed."""
    box.blockSignals(True)
    box.setMaximum(max(0.0, most))
    box.setValue(value)
    box.blockSignals(False)
