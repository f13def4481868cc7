"""What stands in place of the pages: nothing open, opening, cannot be shown, a password is needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from apps.shell.icons import pixmap
from apps.shell.pages.fault import Cause
from apps.shell.pages.state import Phase, ViewerState
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue

_LOCKED = {Cause.PASSWORD, Cause.PASSWORD_WRONG}


class Notice(QWidget):
    """Quiet words in the middle, with the one thing to do."""

    retry_wanted = Signal()
    password_typed = Signal(str)

    def __init__(self, words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        look = look_of()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        column.setSpacing(look.px(10))
        column.addStretch(2)
        self.icon = QLabel()
        self.title = label("", "strong", wrap=True)
        self.text = label("", "muted", wrap=True)
        for shown in (self.icon, self.title, self.text):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(shown)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaximumWidth(look.px(240))
        self.password.setAccessibleName(words.text("shell.pages.password"))
        self.password.setPlaceholderText(words.text("shell.pages.password"))
        self.unlock = button(words, "shell.pages.unlock", kind="primary")
        self.retry = button(words, "shell.pages.retry", icon="refresh")
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        for control in (self.password, self.unlock, self.retry):
            row.addWidget(control)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self.retry.clicked.connect(self.retry_wanted)
        self.unlock.clicked.connect(self._typed)
        self.password.returnPressed.connect(self._typed)

    def show_state(self, state: ViewerState) -> None:
        """Says what is the matter."""
        fault = state.fault
        locked = fault is not None and fault.cause in _LOCKED
        name = "lock" if locked else {Phase.FAILED: "warning", Phase.OPENING: "clock"}.get(state.phase, "file")
        token = "warn" if state.phase is Phase.FAILED else "faint"
        self.icon.setPixmap(pixmap(name, look_of().px(40), token))
        self.title.setText(self._words.text(f"shell.pages.notice.{state.phase.value}", name=state.name))
        self.text.setText(self._words.text(fault.key, page=fault.page + 1, name=state.name) if fault else "")
        self.password.setVisible(locked)
        self.unlock.setVisible(locked)
        self.retry.setVisible(state.phase is Phase.FAILED and not locked)
        wrong = fault is not None and fault.cause is Cause.PASSWORD_WRONG
        mark(self.password, state="error" if wrong else "")
        if wrong:
            self.password.selectAll()

    def _typed(self) -> None:
        self.password_typed.emit(self.password.text())
