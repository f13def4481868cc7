"""The page: headline and progress, the checks failed first, buttons to run, export and copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from apps.shell.doctor_page.row import CheckRow
from apps.shell.doctor_page.state import DoctorState, Note
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.text import heading, label
from core.jobs.doctor import wording
from core.jobs.doctor.result import Outcome
from core.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Intents:
    """What a person can ask of the page."""

    run_all: Callable[[], None]
    stop: Callable[[], None]
    recheck: Callable[[str], None]
    mend: Callable[[str], None]
    copy: Callable[[], None]
    export: Callable[[], None]


class DoctorView(QWidget):
    """Shows :class:`DoctorState`. F5 runs all, Ctrl+S exports, up and down go from check to check."""

    def __init__(self, words: Catalogue, names: Sequence[str], intents: Intents) -> None:
        super().__init__()
        self._words, self._intents = words, intents
        self._state: DoctorState | None = None
        self.rows = {
            name: CheckRow(words, name, fix=intents.mend, recheck=intents.recheck, step=self._step) for name in names
        }
        self._headline = label("", "muted", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(look_of().px(8))
        self._progress.setAccessibleName(words.text("shell.doctor.progress"))
        self.run_button = button(words, "shell.doctor.run", kind="primary", icon="play")
        self.stop_button = button(words, "shell.doctor.stop")
        self.copy_button = button(words, "shell.doctor.copy", icon="copy")
        self.export_button = button(words, "shell.doctor.export", icon="download")
        self._note = Band("info", "")
        self._list, self._scroll = QVBoxLayout(), QScrollArea()
        self._lines: list[QWidget] = []
        self._lay_out()
        self._wire()

    def show_state(self, state: DoctorState) -> None:
        """Shows a state; the same twice changes nothing."""
        if state == self._state:
            return
        before, self._state = self._state, state
        if before is None or [row.name for row in before.rows] != [row.name for row in state.rows]:
            self._order(state)
        for row in state.rows:
            self.rows[row.name].show_row(row, enabled=not state.running)
        if state.running and state.current:
            self._scroll.ensureWidgetVisible(self.rows[state.current], 0, look_of().px(60))
        self._headline.setText(self._headline_of(state))
        self._progress.setMaximum(len(state.rows))
        self._progress.setValue(state.done)
        self._progress.setVisible(state.running)
        had_focus = self.run_button.hasFocus() or self.stop_button.hasFocus()
        self.run_button.setVisible(not state.running)
        self.stop_button.setVisible(state.running)
        if had_focus:
            (self.stop_button if state.running else self.run_button).setFocus()
        self.run_button.setText(self._words.text("shell.doctor.run_again" if state.results else "shell.doctor.run"))
        for one in (self.copy_button, self.export_button):
            one.setEnabled(bool(state.results) and not state.running)
        self._show_note(state.note)

    def _step(self, name: str, step: int) -> None:
        """The focus goes to the check above or below."""
        shown = [row.name for row in self._state.rows] if self._state is not None else [name]
        place = max(0, min(len(shown) - 1, shown.index(name) + step))
        there = self.rows[shown[place]]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(there)

    def _headline_of(self, state: DoctorState) -> str:
        text = self._words.text
        if state.running:
            title = wording.title(self._words, state.current) if state.current else ""
            return text("shell.doctor.headline.running", done=state.done, total=len(state.rows), title=title)
        counts = {one.value: state.count(one) for one in Outcome}
        if not state.finished:
            return text("shell.doctor.headline.partial" if state.results else "shell.doctor.headline.fresh", **counts)
        worst = next((one for one in (Outcome.FAIL, Outcome.WARN) if state.count(one)), Outcome.OK)
        return text(f"shell.doctor.headline.{worst.value}", **counts)

    def _show_note(self, note: Note | None) -> None:
        self._note.setVisible(note is not None)
        if note is not None:
            self._note.show_message(note.tone, self._words.text(note.key, value=note.value))

    def _order(self, state: DoctorState) -> None:
        focused = next((row for row in self.rows.values() if row.isAncestorOf(self.focusWidget() or self)), None)
        for place, row in enumerate(state.rows):
            self._list.insertWidget(2 * place, self.rows[row.name])
        for place, line in enumerate(self._lines):
            self._list.insertWidget(2 * place + 1, line)
        before: QWidget = self.export_button
        for shown in (self.rows[row.name] for row in state.rows):
            for one in (shown, shown.fix_button, shown.recheck_button, shown.facts_button):
                QWidget.setTabOrder(before, one)
                before = one
        if focused is None:
            self._scroll.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        px = look_of().px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        titles = QVBoxLayout()
        titles.setSpacing(px(4))
        titles.addWidget(heading(self._words, "shell.doctor.title", level=1))
        titles.addWidget(self._headline)
        head.addLayout(titles, 1)
        for one in (self.run_button, self.stop_button, self.copy_button, self.export_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self._fill_list()
        card = Card()
        card.layout().setContentsMargins(px(1), px(6), px(1), px(6))  # type: ignore[union-attr]
        card.body.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(20))
        outer.setSpacing(px(14))
        outer.addLayout(head)
        outer.addWidget(self._progress)
        outer.addWidget(self._note)
        outer.addWidget(card, 1)

    def _fill_list(self) -> None:
        self._list.setSpacing(0)
        self._list.setContentsMargins(0, 0, 0, 0)
        for place, row in enumerate(self.rows.values()):
            self._list.addWidget(row)
            if place < len(self.rows) - 1:
                self._lines.append(_Line())
                self._list.addWidget(self._lines[-1])
        self._list.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        for ground in (inside, self._scroll.viewport()):  # the card's own shows through
            ground.setAutoFillBackground(False)

    def _wire(self) -> None:
        for one, intent in (
            (self.run_button, self._intents.run_all),
            (self.stop_button, self._intents.stop),
            (self.copy_button, self._intents.copy),
            (self.export_button, self._intents.export),
        ):
            one.clicked.connect(lambda _=False, do=intent: do())
        for keys, one in (("F5", self.run_button), ("Escape", self.stop_button), ("Ctrl+S", self.export_button)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(one.click)


class _Line(QWidget):
    """A hairline between two checks, in the colour of the theme of the moment."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """One colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("line"))
        painter.end()
