"""One check on the page: state in icon and words, cause, remedy, buttons; facts behind a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from apps.shell.doctor_page.icons import CHECK_ICONS, OUTCOME_TONES
from apps.shell.doctor_page.state import Phase, Row
from apps.shell.icons import icon as named_icon
from apps.shell.theme.style import color, look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.picture import Picture
from apps.shell.widgets.text import label
from core.jobs.doctor import wording
from core.jobs.doctor.result import Outcome, Result
from core.messages import Catalogue


class CheckRow(QFrame):
    """Shows one :class:`Row`. The frame takes the focus, so that arrow keys and screen readers go from row to row."""

    def __init__(
        self,
        words: Catalogue,
        name: str,
        *,
        fix: Callable[[str], None],
        recheck: Callable[[str], None],
        step: Callable[[str, int], None],
    ) -> None:
        super().__init__()
        self.name, self._step = name, step
        self._words, self._shown = words, (Row(name, Phase.RUNNING), True)
        self.setObjectName("check-row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        px = look_of().px
        self._picture = Picture(CHECK_ICONS.get(name, "circle"), 20, "muted")
        self._picture.setFixedSize(px(28), px(34))  # as high as a button: icon, title, chip and buttons in one line
        self._chip = Chip(words.text("shell.doctor.phase.waiting"), "plain")
        self._cause = label("", wrap=True)
        self._remedy = label("", "muted", wrap=True)
        self.fix_button = button(words, "shell.doctor.fix")
        self.fix_button.clicked.connect(lambda: fix(self.name))
        title = wording.title(words, name)
        self.recheck_button = button(words, "", kind="quiet", icon="refresh", name_key="shell.doctor.recheck")
        self.recheck_button.setAccessibleName(words.text("shell.doctor.recheck_one", title=title))
        self.recheck_button.clicked.connect(lambda: recheck(self.name))
        self.facts_button = button(words, "", kind="quiet", icon="chevron-down", name_key="shell.doctor.facts")
        self.facts_button.setAccessibleName(words.text("shell.doctor.facts_of", title=title))
        self.facts_button.setCheckable(True)
        keep = self.facts_button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.facts_button.setSizePolicy(keep)
        self.facts_button.toggled.connect(self._toggle_facts)
        self._facts = QWidget()
        self._facts.hide()
        self._lay_out(title)
        self.show_row(Row(name), enabled=True)

    def show_row(self, row: Row, *, enabled: bool) -> None:
        """Shows another state; ``enabled`` is False while checks are being run."""
        if (row, enabled) == self._shown:
            return
        self._shown = (row, enabled)
        result = row.result
        self._show_chip(row)
        self._cause.setText(wording.cause(self._words, result) if result is not None else "")
        self._cause.setVisible(result is not None)
        remedy = wording.fix(self._words, result) if result is not None else ""
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        action = wording.action(self._words, result) if result is not None else ""
        urgent = result is not None and result.verdict in {Outcome.WARN, Outcome.FAIL}
        self.fix_button.setText(action)
        self.fix_button.setAccessibleName(f"{action}: {wording.title(self._words, self.name)}")
        self.fix_button.setVisible(bool(action))
        mark(self.fix_button, kind="" if urgent else "quiet")
        self.recheck_button.setEnabled(enabled)
        self.facts_button.setVisible(result is not None and bool(result.facts))
        self._fill_facts(result)
        self.setAccessibleName(". ".join(part for part in (self._heard(row), self._cause.text(), remedy) if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and down go to the next check; the list around would take them for scrolling."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self.hasFocus():
            super().keyPressEvent(event)
        else:
            self._step(self.name, step)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A ring where the focus is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(3, 2, -3, -2), look_of().px(8), look_of().px(8))
            painter.end()

    def _heard(self, row: Row) -> str:
        return f"{wording.title(self._words, self.name)}: {self._phase_words(row)}"

    def _phase_words(self, row: Row) -> str:
        if row.phase is Phase.DONE and row.result is not None:
            return wording.verdict(self._words, row.result)
        return self._words.text(f"shell.doctor.phase.{row.phase.value}")

    def _show_chip(self, row: Row) -> None:
        done = row.phase is Phase.DONE and row.result is not None
        tone = OUTCOME_TONES[row.result.verdict] if done and row.result is not None else "plain"
        icon = "refresh" if row.phase is Phase.RUNNING else ("minus" if tone == "plain" and done else "")
        self._chip.show_chip(self._phase_words(row), "info" if row.phase is Phase.RUNNING else tone, icon)

    def _lay_out(self, title: str) -> None:
        px = look_of().px
        texts = QVBoxLayout()
        texts.setSpacing(px(2))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(label(title, "strong"))
        head.addWidget(self._chip)
        head.addStretch(1)
        head.addStrut(px(34))
        texts.addLayout(head)
        for one in (self._cause, self._remedy, self._facts):
            texts.addWidget(one)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(18), px(6), px(12), px(8))
        layout.setSpacing(px(8))
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        for one in (self.fix_button, self.recheck_button, self.facts_button):
            layout.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)

    def _toggle_facts(self, shown: bool) -> None:
        self._facts.setVisible(shown)
        self.facts_button.setIcon(named_icon("chevron-up" if shown else "chevron-down", "muted"))

    def _fill_facts(self, result: Result | None) -> None:
        old = self._facts.layout()
        if old is not None:
            QWidget().setLayout(old)  # a layout goes only with a widget
        grid = QGridLayout(self._facts)
        px = look_of().px
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(wording.facts(self._words, result) if result is not None else ()):
            grid.addWidget(label(name, "small"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, "small", wrap=True), place, 1)
