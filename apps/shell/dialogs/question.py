"""Questions: an ordinary one with named answers, and a typed confirmation before what cannot be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from apps.shell.dialogs.frame import DialogFrame
from apps.shell.dialogs.state import Confirmation
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue


class Question(DialogFrame):
    """Accepting means the first answer. Answers are verbs from the catalogue, never yes and no."""

    def __init__(
        self,
        words: Catalogue,
        title: str,
        text: str,
        *,
        accept_key: str,
        reject_key: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, text, icon="help", token="primary", parent=parent)  # noqa: S106
        self.reject_button = self.close_with(button(words, reject_key), accept=False)
        self.accept_button = self.close_with(button(words, accept_key, kind="primary"), accept=True)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.reject_button)
        self.buttons.addWidget(self.accept_button)
        self.accept_button.setDefault(True)
        self.accept_button.setFocus()


class TypedConfirmation(DialogFrame):
    """The button works only once the word stands in the field; Enter in the field presses it then."""

    def __init__(self, words: Catalogue, state: Confirmation, parent: QWidget | None = None) -> None:
        super().__init__(state.title, state.text, icon="warning", token="warn", parent=parent)  # noqa: S106
        self._state = state
        self.entry = QLineEdit()
        asked = label(words.text("shell.dialogs.type_word", word=state.word))
        asked.setBuddy(self.entry)
        self.entry.setAccessibleName(asked.text())
        self.body.addWidget(asked)
        self.body.addWidget(self.entry)
        self.reject_button = self.close_with(button(words, "shell.dialogs.cancel"), accept=False)
        self.accept_button = self.close_with(button(words, "shell.dialogs.go_on", kind="danger"), accept=True)
        self.accept_button.setText(state.button)
        self.accept_button.setEnabled(False)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.reject_button)
        self.buttons.addWidget(self.accept_button)
        self.entry.textChanged.connect(lambda typed: self.accept_button.setEnabled(state.allows(typed)))
        self.entry.returnPressed.connect(self._entered)
        self.entry.setFocus()

    def _entered(self) -> None:
        if self._state.allows(self.entry.text()):
            self.accept()
