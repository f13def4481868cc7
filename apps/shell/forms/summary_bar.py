"""The whole form in one line: what is still to do, and a button to the next of it (F4)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from apps.shell.forms.foot import summary_text
from apps.shell.forms.state import FormState, Summary, summary
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.picture import Picture
from apps.shell.widgets.text import label
from core.messages import Catalogue


class SummaryBar(QWidget):
    """``jump`` gets the key of the next field to fill in or mend, in reading order after the one in hand."""

    def __init__(self, words: Catalogue, jump: Callable[[str], object]) -> None:
        super().__init__()
        self._words = words
        self._jump = jump
        self._state: FormState | None = None
        self._icon = Picture()
        self._text = label("", "strong")
        self.next = button(words, "shell.forms.summary_next", kind="link", icon="arrow-right")
        self.next.setToolTip(words.text("shell.forms.summary_next_key"))
        self.next.clicked.connect(self.go)
        self._shortcut = QShortcut(QKeySequence("F4"), self)
        self._shortcut.activated.connect(self.go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look_of().px(8))
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        layout.addWidget(self.next)
        layout.addStretch(1)
        self.setMinimumHeight(look_of().px(28))

    def show_state(self, state: FormState) -> None:
        """Shows the figures of a state."""
        self._state = state
        found = summary(state)
        tone = "ok" if found.ready and not found.warned else "warn" if not found.wrong else "err"
        name = {"ok": "check-circle", "warn": "warning", "err": "x-circle"}[tone]
        self._icon.show_icon(name, tone)
        self._text.setText(summary_text(found, self._words))
        self.setAccessibleName(self._text.text())
        self.next.setVisible(bool(_open(found)))

    def go(self) -> None:
        """To the next field that is not done."""
        if self._state is None:
            return
        order = [item.key for item in self._state.form.fields()]
        waiting = sorted(_open(summary(self._state)), key=order.index)
        here = order.index(self._state.focus) if self._state.focus in order else -1
        if waiting:
            self._jump(next((key for key in waiting if order.index(key) > here), waiting[0]))


def _open(found: Summary) -> tuple[str, ...]:
    return (*found.missing, *found.wrong, *found.warned)
