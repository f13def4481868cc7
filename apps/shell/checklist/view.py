"""The checklist as a card: headline, progress, items, the action with its reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QProgressBar

from apps.shell.checklist.item_list import ItemList
from apps.shell.checklist.model import ChecklistModel
from apps.shell.checklist.row import ChecklistRow
from apps.shell.checklist.state import ChecklistState, ItemState
from apps.shell.checklist.wording import headline, reason, summary
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.text import label
from core.messages import Catalogue


class ChecklistView(Card):
    """Up and down walk through the items, Enter goes to where the item is dealt with."""

    def __init__(
        self, words: Catalogue, state: ChecklistState, *, jump: Callable[[str], None], stand_on: Callable[[str], None],
        act: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(headline(state, words))
        self._words, self._jump, self._stand_on = words, jump, stand_on
        self.header.addStretch(1)
        self.title.setWordWrap(True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._summary = label("", "small", wrap=True)
        self._model = ChecklistModel(words)
        self._list = ItemList(self._enter)
        self._list.setModel(self._model)
        self._list.setAccessibleName(words.text("shell.checklist.list"))
        self._row = ChecklistRow(words, self._list, jump)
        self._list.setItemDelegate(self._row)
        self._list.selectionModel().currentChanged.connect(self._moved)
        self._action = button(words, state.goal.action_key, kind="primary")
        self._action.clicked.connect(act)
        self._reason = label("", "small", wrap=True)
        for widget in (self._progress, self._summary):
            self.body.addWidget(widget)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._action)
        self.body.addWidget(self._reason)
        self.show_state(state)

    @property
    def list(self) -> ItemList:
        """The items: where the focus belongs."""
        return self._list

    def show_state(self, state: ChecklistState) -> None:
        """Shows a state."""
        title = headline(state, self._words)
        self.title.setText(title)
        self.setAccessibleName(title)
        self._progress.setMaximum(max(len(state.items), 1))
        self._progress.setValue(state.count(ItemState.DONE))
        self._progress.setAccessibleName(self._words.text("shell.checklist.progress"))
        said = summary(state, self._words)
        self._progress.setAccessibleDescription(said)
        self._summary.setText(said)
        for widget in (self._progress, self._summary):
            widget.setVisible(bool(state.items))
        self._model.set_items(state.items)
        row = self._model.row_of(state.current)
        if row >= 0 and row != self._list.currentIndex().row():
            self._list.setCurrentIndex(self._model.index(row))
        self._list.viewport().update()
        self._list.scheduleDelayedItemsLayout()
        why = reason(state, self._words)
        self._action.setEnabled(state.can_act)
        self._action.setAccessibleDescription(why)
        self._reason.setText(why)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self._stand_on(self._model.item(current).key)

    def _enter(self, index: QModelIndex) -> None:
        self._jump(self._model.item(index).key)
