"""The settings page: a search, the groups as cards, one row a setting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from apps.shell.settings_page.row import RowView
from apps.shell.settings_page.state import SettingsState
from apps.shell.theme.style import look_of
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.search_field import SearchField
from apps.shell.widgets.text import heading
from core.messages import Catalogue

_K = "shell.settings."


class SettingsView(QWidget):
    """Shows a :class:`SettingsState`; emits what the person does."""

    changed = Signal(str, str)
    searched = Signal(str)
    reset_all = Signal()
    undo_reset = Signal()

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._rows: dict[str, RowView] = {}
        self._cards: dict[str, Card] = {}
        self._bands: list[Band] = []
        self._told: tuple[object, ...] = ()
        self.setProperty("page", True)
        px = look_of().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(20))
        outer.setSpacing(px(14))
        head = QHBoxLayout()
        head.addWidget(heading(words, f"{_K}title", level=1))
        head.addStretch(1)
        self.search = SearchField(words, f"{_K}search")
        self.search.setFixedWidth(px(240))
        self.search.textChanged.connect(self.searched)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        head.addWidget(self.search)
        self.reset = button(words, f"{_K}reset_all", kind="quiet", icon="undo")
        self.reset.clicked.connect(self.reset_all)
        head.addWidget(self.reset)
        outer.addLayout(head)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(px(8))
        outer.addLayout(self._notes)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(14))
        self._list.setContentsMargins(0, 0, px(6), 0)
        holder = QWidget()
        holder.setLayout(self._list)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setProperty("plain", True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        outer.addWidget(area, 1)
        self._nothing = EmptyState("search", "", "")
        self._list.addWidget(self._nothing)
        self._list.addStretch(1)

    def show_state(self, state: SettingsState) -> None:
        """Shows the state; rows are made once and then only changed."""
        for row in state.rows:
            one = row.setting
            if one.key not in self._rows:
                self._rows[one.key] = RowView(self._words, row, self.changed.emit)
                self._card(one.group).body.addWidget(self._rows[one.key])
            self._rows[one.key].show_row(row)
            self._rows[one.key].setVisible(one.key in state.shown)
        for group, card in self._cards.items():
            card.setVisible(any(row.setting.group == group and row.setting.key in state.shown for row in state.rows))
        self._show_nothing(state)
        self.reset.setEnabled(any(row.changed for row in state.rows))
        if self.search.text() != state.query:
            self.search.setText(state.query)
        self._show_bands(state)

    def _show_nothing(self, state: SettingsState) -> None:
        self._nothing.setVisible(not state.shown)
        if not state.shown:
            self._nothing.say(self._words.text(f"{_K}nothing_found", text=state.query), "")

    def _show_bands(self, state: SettingsState) -> None:
        told = (state.notes, state.not_saved, state.restart, bool(state.undo))
        if told == self._told:
            return
        self._told = told
        for band in self._bands:
            band.hide()
            band.deleteLater()
        text = self._words.text
        self._bands = [
            Band("warn", text(f"{_K}note.{note.code}", key=note.key, value=note.value)) for note in state.notes
        ]
        if state.not_saved:
            self._bands.append(Band("err", state.not_saved))
        if state.undo:
            undo = button(self._words, f"{_K}undo_reset", kind="link")
            undo.clicked.connect(self.undo_reset)
            self._bands.append(Band("info", text(f"{_K}reset_all_text"), (undo,)))
        if state.restart:
            self._bands.append(Band("info", text(f"{_K}restart")))
        for band in self._bands:
            self._notes.addWidget(band)

    def _card(self, group: str) -> Card:
        if group not in self._cards:
            card = Card(self._words.text(f"{_K}group.{group}"))
            self._cards[group] = card
            self._list.insertWidget(self._list.count() - 2, card)
        return self._cards[group]
