"""Setting up the columns: which are seen, in which order, how wide, which stay in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from apps.shell.grid.columns import Column
from apps.shell.grid.setup import NARROWEST, WIDEST, Setup
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue

_K = "shell.grid.setup."


class ColumnsDialog(QDialog):
    """``chosen`` with the new set-up when the user takes it over."""

    chosen = Signal(object)

    def __init__(
        self, words: Catalogue, columns: tuple[Column, ...], setup: Setup, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._columns = {column.key: column for column in columns}
        self._start = Setup.of(columns)
        self.setup = setup
        self._showing = False
        px = look_of().px
        self.setWindowTitle(words.text(_K + "title"))
        self.resize(px(520), px(480))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(label(words.text(_K + "title"), "h2"))
        layout.addWidget(label(words.text(_K + "hint"), "muted", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(words.text(_K + "title"))
        self.list.itemChanged.connect(self._ticked)
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        middle = QHBoxLayout()
        middle.setSpacing(px(14))
        middle.addWidget(self.list, 1)
        middle.addLayout(self._side())
        layout.addLayout(middle, 1)
        layout.addLayout(self._buttons())
        self._fill(0)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(look_of().px(8))
        self.up = button(self._words, _K + "up", icon="arrow-up")
        self.down = button(self._words, _K + "down", icon="arrow-down")
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.frozen = QCheckBox(self._words.text(_K + "frozen"))
        self.frozen.toggled.connect(self._freeze)
        self.width_box = QSpinBox()
        self.width_box.setRange(NARROWEST, WIDEST)
        self.width_box.setSingleStep(10)
        self.width_box.setAccessibleName(self._words.text(_K + "width"))
        self.width_box.valueChanged.connect(self._widen)
        caption = QLabel(self._words.text(_K + "width"))
        caption.setBuddy(self.width_box)
        for widget in (self.up, self.down, self.frozen, caption, self.width_box):
            side.addWidget(widget)
        side.addStretch(1)
        return side

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look_of().px(10))
        self.reset = button(self._words, _K + "reset", kind="quiet")
        self.reset.clicked.connect(self._reset)
        self.cancel = button(self._words, _K + "cancel")
        self.cancel.clicked.connect(self.reject)
        self.take = button(self._words, _K + "take", kind="primary")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        row.addWidget(self.reset)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.take)
        return row

    def _fill(self, current: int) -> None:
        self._showing = True
        self.list.clear()
        for column in self.setup.placed:
            title = self._columns[column.key].caption(self._words)
            if column.frozen:
                title = self._words.text(_K + "frozen_title", column=title)
            item = QListWidgetItem(title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if column.hidden else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(current)
        self._showing = False
        self._show_current()

    def _show_current(self) -> None:
        row = self.list.currentRow()
        if self._showing or row < 0:
            return
        self._showing = True
        column = self.setup.placed[row]
        self.frozen.setChecked(column.frozen)
        self.width_box.setValue(column.width)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(row < len(self.setup.placed) - 1)
        self._showing = False

    def _change(self, setup: Setup) -> None:
        key = self.setup.placed[self.list.currentRow()].key
        self.setup = setup
        self._fill(next(place for place, column in enumerate(setup.placed) if column.key == key))

    def _ticked(self, item: QListWidgetItem) -> None:
        if not self._showing:
            row = self.list.row(item)
            self.list.setCurrentRow(row)
            hidden = item.checkState() != Qt.CheckState.Checked
            self._change(self.setup.changed(self.setup.placed[row].key, hidden=hidden))

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._change(self.setup.moved(self.setup.placed[row].key, row + by))

    def _freeze(self, frozen: bool) -> None:
        if not self._showing:
            self._change(self.setup.changed(self.setup.placed[self.list.currentRow()].key, frozen=frozen))

    def _widen(self, width: int) -> None:
        if not self._showing:
            self.setup = self.setup.changed(self.setup.placed[self.list.currentRow()].key, width=width)

    def _reset(self) -> None:
        self.setup = self._start
        self._fill(0)

    def _take(self) -> None:
        self.chosen.emit(self.setup)
        self.accept()
