"""The conflict chooser: items at the left, mine, before and theirs side by side, keys for everything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from apps.shell.editing.conflicts.presenter import ConflictPresenter
from apps.shell.editing.conflicts.side_card import SideCard
from apps.shell.editing.conflicts.state import ConflictItem, ConflictState, Side
from apps.shell.icons import icon
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.text import label
from core.messages import Catalogue

_K = "shell.editing.conflicts."
_ICONS = {None: ("circle", "muted"), Side.MINE: ("user", "primary"), Side.THEIRS: ("users", "primary")}


class ConflictView(Card):
    """1 and 2 choose and go on, F4 goes to the next open item, up and down walk through the list."""

    def __init__(self, words: Catalogue, *, cancel: Callable[[], None]) -> None:
        super().__init__(words.text(_K + "title"))
        self._words = words
        self._presenter: ConflictPresenter | None = None
        px = look_of().px
        self._count = label("", "small")
        self.header.addStretch(1)
        self.header.addWidget(self._count)
        self._list = QListWidget()
        self._list.setAccessibleName(words.text(_K + "list"))
        self._list.setIconSize(QSize(px(18), px(18)))
        self._list.setFixedWidth(px(216))
        self._list.currentRowChanged.connect(self._row_changed)
        self._mine = SideCard(words, _K + "keep_mine", words.text(_K + "absent"))
        self._base = SideCard(words, "", words.text(_K + "unknown"))
        self._theirs = SideCard(words, _K + "take_theirs", words.text(_K + "absent"))
        sides = QHBoxLayout()
        sides.setSpacing(px(14))
        for widget in (self._mine, self._base, self._theirs):
            sides.addWidget(widget, 1)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addLayout(sides, 1)
        right.addWidget(label(words.text(_K + "differs"), "small"))
        middle = QHBoxLayout()
        middle.setSpacing(px(14))
        middle.addWidget(self._list)
        middle.addLayout(right, 1)
        self.body.addWidget(label(words.text(_K + "hint"), "small", wrap=True))
        self.body.addLayout(middle, 1)
        self._finish = button(words, _K + "finish", kind="primary", icon="merge")
        self._reason = label("", "small")
        self.body.addLayout(self._foot(cancel))
        for key, act in (("1", self._choose_mine), ("2", self._choose_theirs), ("F4", self._next)):
            QShortcut(QKeySequence(key), self, act)

    @property
    def list(self) -> QListWidget:
        """The items: where the focus belongs."""
        return self._list

    def obey(self, presenter: ConflictPresenter) -> None:
        """Wires the buttons and shows the presenter's state."""
        self._presenter = presenter
        for card, side in ((self._mine, Side.MINE), (self._theirs, Side.THEIRS)):
            if card.choose is not None:
                card.choose.clicked.connect(lambda _on=False, side=side: presenter.choose(side))
        self._finish.clicked.connect(presenter.finish)
        self.rest_mine.clicked.connect(lambda: presenter.choose_rest(Side.MINE))
        self.rest_theirs.clicked.connect(lambda: presenter.choose_rest(Side.THEIRS))
        presenter.refresh()

    def show_state(self, state: ConflictState) -> None:
        """Shows a state; the same state twice changes nothing."""
        count, left = len(state.items), state.left
        self._count.setText(self._words.text(_K + ("count" if left else "all_chosen"), count=count, open=left))
        self._finish.setEnabled(not left and bool(count))
        self._reason.setText(self._words.text(_K + "finish_reason", count=left) if left else "")
        for widget in (self.rest_mine, self.rest_theirs):
            widget.setEnabled(left > 0)
        with QSignalBlocker(self._list):
            self._show_items(state)
        if state.item is not None:
            self._show_item(state.item, state.colleague)

    def _show_items(self, state: ConflictState) -> None:
        while self._list.count() > len(state.items):
            self._list.takeItem(self._list.count() - 1)
        while self._list.count() < len(state.items):
            self._list.addItem(QListWidgetItem())
        for row, item in enumerate(state.items):
            line = self._list.item(row)
            chosen = self._words.text(_K + (f"chosen_{item.choice.value}" if item.choice else "not_chosen"))
            line.setText(f"{item.title}\n{chosen}")
            line.setIcon(icon(*_ICONS[item.choice]))
            line.setSizeHint(QSize(0, look_of().px(52)))
        self._list.setCurrentRow(state.current)

    def _show_item(self, item: ConflictItem, colleague: str) -> None:
        words = self._words
        theirs = words.text(_K + "theirs", name=colleague)
        mine = item.choice is Side.MINE
        self._mine.show_side(words.text(_K + "mine"), item.title, item.mine, item.base, chosen=mine)
        self._base.show_side(words.text(_K + "base"), item.title, item.base, None, chosen=False)
        taken = item.choice is Side.THEIRS
        self._theirs.show_side(theirs, item.title, item.theirs, item.base, chosen=taken)

    def _foot(self, cancel: Callable[[], None]) -> QHBoxLayout:
        self.rest_mine: QPushButton = button(self._words, _K + "mine_for_rest")
        self.rest_theirs: QPushButton = button(self._words, _K + "theirs_for_rest")
        stop = button(self._words, _K + "cancel", kind="quiet")
        stop.clicked.connect(cancel)
        foot = QHBoxLayout()
        foot.setSpacing(look_of().px(8))
        foot.addWidget(self.rest_mine)
        foot.addWidget(self.rest_theirs)
        foot.addStretch(1)
        for widget in (self._reason, stop, self._finish):
            foot.addWidget(widget)
        return foot

    def _row_changed(self, row: int) -> None:
        if self._presenter is not None:
            self._presenter.look_at(row)

    def _choose_mine(self) -> None:
        if self._presenter is not None:
            self._presenter.choose_and_go_on(Side.MINE)

    def _choose_theirs(self) -> None:
        if self._presenter is not None:
            self._presenter.choose_and_go_on(Side.THEIRS)

    def _next(self) -> None:
        if self._presenter is not None:
            self._presenter.next_open()
