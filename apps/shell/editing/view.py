"""The pane of saving and undo: what is saved, what is not and why, and every act to go back to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QStackedLayout, QTreeWidget, QTreeWidgetItem

from apps.shell.editing.memory import UNDO_LIMIT
from apps.shell.editing.state import EditState, HistoryLine, Saving
from apps.shell.editing.wording import act, clock_text, redo_text, save_words, trouble, undo_text
from apps.shell.icons import icon
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

_K = "shell.editing."


class SavingView(Card):
    """Shows an :class:`EditState`; Enter or a double click on an act makes it the last one done."""

    def __init__(
        self, words: Catalogue, *, undo: Callable[[], None], redo: Callable[[], None], go_to: Callable[[int], None],
        retry: Callable[[], None], save_copy: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(words.text(_K + "pane"))
        self._words, self._go_to = words, go_to
        self._shown: tuple[HistoryLine, ...] | None = None
        self._chip = Chip("", "plain")
        self.header.addStretch(1)
        self.header.addWidget(self._chip)
        buttons = (button(words, _K + "retry", icon="refresh"), button(words, _K + "save_copy", icon="download"))
        buttons[0].clicked.connect(retry)
        buttons[1].clicked.connect(save_copy)
        self._band = Band("err", "", buttons)
        self._undo = button(words, _K + "undo", icon="undo")
        self._redo = button(words, _K + "redo", icon="redo")
        self._undo.clicked.connect(undo)
        self._redo.clicked.connect(redo)
        self._next = label("", "small")
        row = QHBoxLayout()
        row.setSpacing(look_of().px(8))
        for widget in (self._undo, self._redo, self._next):
            row.addWidget(widget)
        row.addStretch(1)
        self._list = self._table()
        empty = EmptyState("history", words.text(_K + "no_history"), words.text(_K + "no_history_hint"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._list)
        self._stack.addWidget(empty)
        self.body.addWidget(self._band)
        self.body.addLayout(row)
        self.body.addLayout(self._stack, 1)
        self._foot = label(words.text(_K + "limit", count=UNDO_LIMIT), "small", wrap=True)
        self.body.addWidget(self._foot)

    @property
    def history(self) -> QTreeWidget:
        """The acts, newest first: where the focus belongs."""
        return self._list

    def show_state(self, state: EditState) -> None:
        """Shows a state; the same state twice changes nothing."""
        shown = save_words(self._words, state)
        self._chip.show_chip(shown.text, shown.tone, shown.icon)
        self._band.setVisible(state.error is not None)
        if state.error is not None:
            self._band.show_message("err", trouble(self._words, state))
        open_ = state.saving is not Saving.CLOSED
        for widget, line, text in (
            (self._undo, state.undo, undo_text(self._words, state)),
            (self._redo, state.redo, redo_text(self._words, state)),
        ):
            widget.setEnabled(open_ and line is not None)
            widget.setToolTip(tip(text))
            widget.setAccessibleName(text)
        self._next.setText(undo_text(self._words, state))
        self._stack.setCurrentIndex(0 if state.history else 1)
        self._foot.setVisible(bool(state.history))
        if state.history != self._shown:
            self._fill(state.history)

    def _fill(self, history: tuple[HistoryLine, ...]) -> None:
        self._shown = history
        self._list.clear()
        newest_first = [self._item(line) for line in reversed(history)]
        self._list.addTopLevelItems(newest_first)
        last = next((item for item in newest_first if not item.data(2, Qt.ItemDataRole.UserRole)), None)
        if last is not None:
            self._list.setCurrentItem(last)

    def _item(self, line: HistoryLine) -> QTreeWidgetItem:
        name, picture, token = _look_of(line)
        state = self._words.text(_K + name)
        item = QTreeWidgetItem([clock_text(line.at), act(self._words, line), state])
        item.setData(0, Qt.ItemDataRole.UserRole, line.position)
        item.setData(2, Qt.ItemDataRole.UserRole, line.undone)
        item.setIcon(2, icon(picture, token))
        item.setToolTip(1, tip(item.text(1)))
        for column in range(3):
            if line.undone or column == 0:
                item.setForeground(column, color("muted"))
        return item

    def _table(self) -> QTreeWidget:
        px = look_of().px
        table = QTreeWidget()
        table.setAccessibleName(self._words.text(_K + "history"))
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setIconSize(QSize(px(16), px(16)))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHeaderLabels([self._words.text(f"{_K}column_{name}") for name in ("time", "act", "state")])
        head = table.header()
        head.setAccessibleName(self._words.text(_K + "history"))
        head.setStretchLastSection(False)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, px(104))
        states = (self._words.text(_K + name) for name in ("done", "undone", "waiting"))
        widest = max(table.fontMetrics().horizontalAdvance(text) for text in states)
        table.setColumnWidth(2, widest + px(60))
        table.itemActivated.connect(self._activated)
        return table

    def _activated(self, item: QTreeWidgetItem, _column: int) -> None:
        self._go_to(int(item.data(0, Qt.ItemDataRole.UserRole)))


def _look_of(line: HistoryLine) -> tuple[str, str, str]:
    """The state of an act: key of its words, icon, colour."""
    if not line.saved:
        return "waiting", "clock", "warn"
    return ("undone", "undo", "muted") if line.undone else ("done", "check", "ok")
