"""Shows an :class:`ExampleState` and calls intents; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from apps.shell.example.state import AREA_DIGITS, AREA_LIMIT, ExampleIntents, ExampleState, Phase
from apps.shell.icons import icon
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

_TONES = {Phase.DONE: "ok", Phase.FAILED: "err"}


class ExampleView(QWidget):
    """Rooms at the left, the chosen room and the work at the right."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._intents: ExampleIntents | None = None
        self._shown: ExampleState | None = None
        self._table, self._field = self._make_table(), QLineEdit()
        self._hint = label("", "small", wrap=True)
        self._start = button(words, "shell.example.start", kind="primary", icon="play")
        self._cancel = button(words, "shell.example.cancel")
        self._next = button(words, "shell.example.next_problem", kind="link")
        self._missing, self._reason = Chip("", "err"), label("", "small", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._step = label("", "small")
        self._outcome = Band("info", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look_of().px(14))
        row.addWidget(self._rooms_card(), 3)
        row.addWidget(self._room_card(), 2)

    def attach(self, intents: ExampleIntents) -> None:
        """From now on what a person does goes to ``intents``, which the view keeps alive."""
        self._intents = intents
        self._table.currentCellChanged.connect(lambda row, *_: intents.choose(row))
        self._field.textEdited.connect(intents.type_area)
        self._start.clicked.connect(intents.start)
        self._cancel.clicked.connect(intents.cancel)
        self._next.clicked.connect(self._go_to_problem)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F4), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._go_to_problem)

    def show_state(self, state: ExampleState) -> None:
        """Shows a state; the same state twice changes nothing."""
        if state == self._shown:
            return
        self._shown = state
        self._show_rooms(state)
        self._show_room(state)
        self._show_work(state)

    def _go_to_problem(self) -> None:
        if self._intents is not None:
            self._intents.next_problem()
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._field.selectAll()

    def _show_rooms(self, state: ExampleState) -> None:
        words = self._words
        self._table.setRowCount(len(state.rooms))
        for number, room in enumerate(state.rooms):
            checked = words.text("shell.example.fits") if room.problem is None else room.problem.text(words)
            token, name = ("ok", "check") if room.problem is None else ("err", "x-circle")
            for column, text in enumerate((room.name, room.typed, checked)):
                item = self._table.item(number, column) or QTableWidgetItem()
                item.setText(text)
                item.setToolTip(tip(text))
                if column == 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if column == 2:
                    item.setIcon(icon(name, token))
                self._table.setItem(number, column, item)
        self._table.blockSignals(True)
        self._table.setCurrentCell(state.chosen, max(0, self._table.currentColumn()))
        self._table.blockSignals(False)

    def _show_room(self, state: ExampleState) -> None:
        if not state.rooms:
            self._field.setReadOnly(True)
            return
        words, room = self._words, state.rooms[state.chosen]
        self._name.setText(room.name)
        if self._field.text() != room.typed:
            self._field.setText(room.typed)
        self._field.setReadOnly(state.busy)
        limit = words.text("shell.example.limit", limit=AREA_LIMIT, digits=AREA_DIGITS)
        name = words.text("shell.example.field_name", room=room.name, limit=limit)
        self._field.setAccessibleName(name)
        self._hint.setText(room.problem.text(words) if room.problem else limit)
        mark(self._field, state="error" if room.problem else "")
        mark(self._hint, role="error" if room.problem else "small")

    def _show_work(self, state: ExampleState) -> None:
        words, progress = self._words, state.progress
        self._missing.setVisible(state.missing > 0)
        self._next.setVisible(state.missing > 0)
        self._missing.show_chip(words.text("shell.example.missing", n=state.missing), "err")
        self._start.setEnabled(not state.missing and not state.busy)
        again = "shell.example.again" if state.phase is Phase.FAILED else "shell.example.start"
        self._start.setText(words.text(again))
        reason = "shell.example.reason_missing" if state.missing else ""
        self._reason.setText(words.text(reason, n=state.missing) if reason else "")
        self._reason.setVisible(bool(reason))
        self._cancel.setEnabled(state.phase is Phase.WORKING)
        for widget in (self._bar, self._step, self._cancel):
            widget.setVisible(state.busy)
        self._bar.setRange(0, progress.total if progress else 0)
        self._bar.setValue(progress.done if progress else 0)
        step = words.text(progress.key, done=progress.done, total=progress.total) if progress else ""
        self._step.setText(words.text("shell.example.stopping") if state.phase is Phase.STOPPING else step)
        self._bar.setAccessibleName(self._step.text() or words.text("shell.example.start"))
        self._outcome.setVisible(state.outcome is not None)
        if state.outcome is not None:
            self._outcome.show_message(_TONES.get(state.phase, "info"), state.outcome.text(words))

    def _rooms_card(self) -> Card:
        card = Card(self._words.text("shell.example.rooms"))
        for widget in (self._missing, self._next):
            card.header.addWidget(widget)
        card.header.addStretch(1)
        card.body.addWidget(self._table, 1)
        return card

    def _room_card(self) -> Card:
        card = Card(self._words.text("shell.example.room"))
        self._name = card.title
        caption = label(self._words.text("shell.example.field"))
        caption.setBuddy(self._field)
        for upper in (caption, self._field, self._hint):
            card.body.addWidget(upper)
        card.body.addStretch(1)
        for lower in (self._outcome, self._step, self._bar, self._reason):
            card.body.addWidget(lower)
        buttons = QHBoxLayout()
        buttons.setDirection(QBoxLayout.Direction.RightToLeft)
        buttons.addWidget(self._start)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        return card

    def _make_table(self) -> QTableWidget:
        words, table = self._words, QTableWidget(0, 3)
        table.setAccessibleName(words.text("shell.example.rooms"))
        table.setHorizontalHeaderLabels(
            [words.text(f"shell.example.head_{name}") for name in ("name", "area", "check")]
        )
        if (area := table.horizontalHeaderItem(1)) is not None:
            area.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look_of().px(34))
        table.setColumnWidth(0, look_of().px(140))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        return table
