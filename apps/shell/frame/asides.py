"""The frame's own pages: about the program, keys at a glance, all notices. Escape leads back from them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from apps.shell.frame.about import AboutState, SelfTest, about_text, facts
from apps.shell.frame.actions import Action
from apps.shell.frame.glyph import TONE_ICONS, TONE_TOKENS, Toned
from apps.shell.frame.key_names import key_name
from apps.shell.frame.notices import Notice
from apps.shell.icons import icon
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.text import fact_name, heading, label
from core.messages import Catalogue
from core.values.times import BEIJING


class AboutView(QWidget):
    """Program, provider, self-test, log, libraries; everything can be copied as text."""

    def __init__(self, words: Catalogue, state: AboutState) -> None:
        super().__init__()
        self._words, self._state = words, state
        px = look_of().px
        column = _page(self)
        top = QHBoxLayout()
        top.addWidget(heading(words, "shell.frame.about.title"))
        top.addStretch(1)
        self._copied = Toned()
        copy = button(words, "shell.frame.about.copy", icon="copy")
        copy.clicked.connect(self.copy)
        top.addWidget(self._copied)
        top.addWidget(copy)
        column.addLayout(top)
        card, grid = Card(), QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(facts(state, words)):
            grid.addWidget(fact_name(name), row, 0, Qt.AlignmentFlag.AlignTop)
            shown = label(value, wrap=True, selectable=True)
            shown.setAccessibleName(words.text("shell.frame.about.line", name=name, value=value))
            if row == 3:
                shown.setProperty(
                    "role", {SelfTest.FAILED: "error", SelfTest.NOT_RUN: "muted"}.get(state.self_test, "")
                )
            grid.addWidget(shown, row, 1)
        card.body.addLayout(grid)
        column.addWidget(card)
        names = [words.text(f"shell.frame.about.{name}") for name in ("library", "version", "licence")]
        rows = [(one.name, one.version, one.licence) for one in state.libraries]
        libraries = Card(words.text("shell.frame.about.libraries"))
        libraries.body.addWidget(_table(words.text("shell.frame.about.libraries"), names, rows))
        column.addWidget(libraries)
        column.addStretch(1)

    def copy(self) -> None:
        """Everything on the page goes to the clipboard."""
        QGuiApplication.clipboard().setText(about_text(self._state, self._words))
        self._copied.show_words(self._words.text("shell.frame.about.copied"), "ok")


class ShortcutsView(QWidget):
    """Every action that has a key, a table a group."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._shown: tuple[tuple[str, str], ...] = ()
        column = _page(self)
        column.addWidget(heading(words, "shell.frame.shortcuts.title"))
        column.addWidget(label(words.text("shell.frame.shortcuts.hint"), "muted"))
        sides = QHBoxLayout()
        sides.setSpacing(look_of().px(14))
        self._sides = (QVBoxLayout(), QVBoxLayout())
        for side in self._sides:
            side.setSpacing(look_of().px(14))
            sides.addLayout(side, 1)
        column.addLayout(sides)
        column.addStretch(1)

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Shows the keys of these actions; made anew only where a word or key changed."""
        keyed = [one for one in actions if one.shortcut]
        lines = tuple((one.title.text(self._words), one.shortcut) for one in keyed)
        if lines == self._shown:
            return
        self._shown = lines
        for side in self._sides:
            while side.count():
                if (old := side.takeAt(0).widget()) is not None:
                    old.deleteLater()
        heights = [0, 0]
        names = [self._words.text(f"shell.frame.shortcuts.{name}") for name in ("action", "key")]
        for group, members in groupby(keyed, lambda one: one.group.text(self._words)):
            rows = [(one.title.text(self._words), self._keys(one)) for one in members]
            card = Card(group)
            card.body.addWidget(_table(self._words.text("shell.frame.shortcuts.table", group=group), names, rows))
            shorter = heights.index(min(heights))
            heights[shorter] += len(rows) + 3  # heading, header and gap are as tall as three rows
            self._sides[shorter].addWidget(card)
        for side in self._sides:
            side.addStretch(1)

    def _keys(self, action: Action) -> str:
        names = [key_name(key) for key in action.shortcuts]
        if len(names) == 1:
            return names[0]
        return self._words.text("shell.frame.shortcuts.or", first=names[0], second=names[1])


class NoticesView(QWidget):
    """Every notice of this run, newest first."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._shown: tuple[Notice, ...] | None = None
        column = _page(self)
        column.addWidget(heading(words, "shell.frame.notice.history"))
        column.addWidget(label(words.text("shell.frame.notice.history_hint"), "muted"))
        self._list = QListWidget()
        self._list.setIconSize(QSize(look_of().px(16), look_of().px(16)))
        self._list.setAccessibleName(words.text("shell.frame.notice.history"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._list)
        none, hint = words.text("shell.frame.notice.none"), words.text("shell.frame.notice.none_hint")
        self._stack.addWidget(EmptyState("bell", none, hint))
        column.addLayout(self._stack, 1)

    def show_history(self, history: tuple[Notice, ...]) -> None:
        """Shows the history; the chosen line stays chosen."""
        if history == self._shown:
            return
        before, self._shown = self._shown or (), history
        fresh = len(history) - len(before) if history[-len(before) :] == before or not before else len(history)
        if fresh == len(history):
            self._list.clear()
        for place, notice in enumerate(history[:fresh]):
            self._list.insertItem(place, self._item(notice))
        self._stack.setCurrentIndex(0 if history else 1)

    def _item(self, notice: Notice) -> QListWidgetItem:
        tone = notice.tone.value
        said = self._words.text(
            "shell.frame.notice.line",
            clock=f"{notice.at.astimezone(BEIJING):%H:%M:%S}",
            tone=self._words.text(f"shell.frame.tone.{tone}"),
            said=notice.said.text(self._words),
        )
        return QListWidgetItem(icon(TONE_ICONS[tone], TONE_TOKENS[tone]), said)


def _page(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look_of().px(14))
    return column


def _table(name: str, heads: list[str], rows: Sequence[tuple[str, ...]]) -> QTableWidget:
    """A quiet table as tall as its rows, walked by arrows, left by Tab."""
    px = look_of().px
    table = QTableWidget(len(rows), len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(heads)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(px(34))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for row, cells in enumerate(rows):
        for place, text in enumerate(cells):
            table.setItem(row, place, QTableWidgetItem(text))
    table.setFixedHeight(px(34) * len(rows) + px(36) + 4)
    return table
