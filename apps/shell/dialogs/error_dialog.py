"""The error dialog: what failed, the cause, the fix as a button; code and details folded away, everything to copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from apps.shell.dialogs.frame import DialogFrame
from apps.shell.dialogs.state import ErrorState, Fix
from apps.shell.icons import icon
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from core.messages import Catalogue

_K = "shell.dialogs."


class ErrorDialog(DialogFrame):
    """Shows one error. The first fix is the preferred button; without a fix that is "close"."""

    def __init__(self, words: Catalogue, state: ErrorState, parent: QWidget | None = None) -> None:
        super().__init__(state.title, state.cause, icon="x-circle", token="err", parent=parent)  # noqa: S106
        self._words, self._state = words, state
        self.details = QPlainTextEdit(state.details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(words.text(f"{_K}details"))
        self.details.setFixedHeight(look_of().px(104))
        self.fold = button(words, f"{_K}details", kind="quiet", icon="chevron-right")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self.show_details)
        self.copy = button(words, f"{_K}copy", kind="quiet", icon="copy")
        self.copy.clicked.connect(self._copy)
        self.body.addWidget(self.details)
        self.buttons.addWidget(self.fold)
        self.buttons.addWidget(self.copy)
        if state.log:
            opener = button(words, f"{_K}open_log", kind="quiet", icon="folder-open")
            opener.clicked.connect(self._open_log)
            self.buttons.addWidget(opener)
        self.buttons.addStretch(1)
        self._add_fixes()
        self.show_details(False)

    def show_details(self, wanted: bool) -> None:
        """Unfolds or folds code and details."""
        self.details.setVisible(wanted)
        self.fold.setChecked(wanted)
        self.fold.setIcon(icon("chevron-down" if wanted else "chevron-right", "primary" if wanted else "muted"))
        self.fit()

    def _add_fixes(self) -> None:
        closing = self.close_with(
            button(self._words, f"{_K}close", kind="" if self._state.fixes else "primary"), accept=False
        )
        self.buttons.addWidget(closing)
        for number, fix in reversed(list(enumerate(self._state.fixes))):
            made = button(self._words, fix.key, kind="primary" if number == 0 else "")
            made.clicked.connect(lambda _checked=False, chosen=fix: self._take(chosen))
            self.buttons.addWidget(made)
        last = self.buttons.itemAt(self.buttons.count() - 1).widget()
        if last is not None:
            last.setFocus()

    def _take(self, fix: Fix) -> None:
        self.accept()
        fix.act()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._state.as_text())
        self.copy.setText(self._words.text(f"{_K}copied"))

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._state.log).parent)))
