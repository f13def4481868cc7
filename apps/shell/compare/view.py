"""The comparison as a card: counts, 'only differences', the table, the cell in full."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget

from apps.shell.compare.detail import CellDetail
from apps.shell.compare.model import CompareModel
from apps.shell.compare.presenter import ComparePresenter
from apps.shell.compare.state import CompareState
from apps.shell.compare.table import CompareTableView
from apps.shell.compare.wording import against_text, count_text
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.text import label
from core.messages import Catalogue


class CompareView(Card):
    """Arrow keys walk through the cells; Ctrl+C copies the cell, Ctrl+Shift+C the table."""

    def __init__(self, words: Catalogue, presenter: ComparePresenter, title: str = "") -> None:
        super().__init__(title or words.text("shell.compare.title"))
        self._words, self._presenter = words, presenter
        self._count = Chip("", "warn")
        self._copy = button(words, "shell.compare.copy", kind="quiet", icon="copy")
        self._copy.clicked.connect(presenter.copy_table)
        self.header.addWidget(self._count)
        self.header.addStretch(1)
        self.header.addWidget(self._copy)
        self._against = label("", "small", wrap=True)
        self._only = QCheckBox(words.text("shell.compare.only"))
        self._only.toggled.connect(presenter.show_only_differences)
        row = QHBoxLayout()
        row.setSpacing(look_of().px(14))
        row.addWidget(self._against, 1)
        row.addWidget(self._only)
        self._model = CompareModel(words, presenter.state)
        self._table = CompareTableView(words, self._model)
        self._table.setAccessibleName(title or words.text("shell.compare.title"))
        self._table.selectionModel().currentChanged.connect(self._moved)
        text = words.text
        self._none = EmptyState("check-circle", text("shell.compare.no_rows"), text("shell.compare.no_rows_hint"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._none)
        self._detail = CellDetail(words)
        self.body.addLayout(row)
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self._detail)
        self._keys = tuple(
            self._key(*pair) for pair in (("Ctrl+C", presenter.copy_cell), ("Ctrl+Shift+C", presenter.copy_table))
        )
        self.show_state(presenter.state)

    @property
    def table(self) -> CompareTableView:
        """The cells: where the focus belongs."""
        return self._table

    def show_state(self, state: CompareState) -> None:
        """Shows a state."""
        if self._model.set_state(state):
            self._table.fit()
        place = QModelIndex() if state.current is None else self._model.place_of(*state.current)
        if place != self._table.currentIndex():
            self._table.setCurrentIndex(place)
        self._table.viewport().update()
        differs = any(row.differs for row in state.rows)
        self._count.show_chip(count_text(state, self._words), "warn" if differs else "ok")
        self._against.setText(against_text(state, self._words))
        with QSignalBlocker(self._only):
            self._only.setChecked(state.only_differences)
        self._pages.setCurrentWidget(self._table if state.shown else self._none)
        self._detail.show_state(state)
        self._detail.setVisible(bool(state.shown))

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            subject = self._model.state.table.subjects[current.column()]
            self._presenter.stand_on(self._model.row(current).criterion.id, subject.id)

    def _key(self, key: str, action: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._table)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)
        return shortcut
