"""Ties an edit session to a window: undo and redo as actions, retries by a timer, one signal for every new state."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from apps.shell.editing.session import EditSession
from apps.shell.editing.state import EditState, Saving
from apps.shell.editing.wording import redo_text, undo_text
from apps.shell.icons import icon
from apps.shell.widgets.text import tip
from core.messages import Catalogue

FIRST_RETRY_MS = 2_000
LAST_RETRY_MS = 30_000


class EditBinding(QObject):
    """``show_state`` is what the session shows to; ``changed`` hands states on. Actions act in the whole window."""

    changed = Signal(object)

    def __init__(self, words: Catalogue, window: QWidget) -> None:
        super().__init__(window)
        self._words = words
        self._session: EditSession | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._try_again)
        self._pause = FIRST_RETRY_MS
        self.undo = self._action(window, "undo", QKeySequence.StandardKey.Undo, "Ctrl+Z")
        self.redo = self._action(window, "redo", QKeySequence.StandardKey.Redo, "Ctrl+Y")
        self.undo.triggered.connect(self._undo)
        self.redo.triggered.connect(self._redo)

    def bind(self, session: EditSession) -> None:
        """Takes a session; another one may follow after it is closed."""
        self._session = session
        self.show_state(session.state)

    def show_state(self, state: EditState) -> None:
        """Brings actions and retries up to a state."""
        open_ = state.saving is not Saving.CLOSED
        for action, line, text in (
            (self.undo, state.undo, undo_text(self._words, state)),
            (self.redo, state.redo, redo_text(self._words, state)),
        ):
            action.setEnabled(open_ and line is not None)
            action.setText(text)
            action.setToolTip(tip(f"{text} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"))
        if state.saving is Saving.NOT_SAVED:
            if not self._retry.isActive():
                self._retry.start(self._pause)
                self._pause = min(2 * self._pause, LAST_RETRY_MS)
        elif state.saving is not Saving.SAVING:
            self._retry.stop()
            self._pause = FIRST_RETRY_MS
        self.changed.emit(state)

    def retry_now(self) -> None:
        """Tries at once what the timer would try later."""
        self._pause = FIRST_RETRY_MS
        self._try_again()

    def _try_again(self) -> None:
        self._retry.stop()
        if self._session is not None:
            self._session.retry()

    def _undo(self) -> None:
        if self._session is not None:
            self._session.undo()

    def _redo(self) -> None:
        if self._session is not None:
            self._session.redo()

    def _action(self, window: QWidget, name: str, key: QKeySequence.StandardKey, also: str) -> QAction:
        action = QAction(icon(name), self._words.text(f"shell.editing.{name}"), window)
        keys = [*QKeySequence.keyBindings(key), QKeySequence(also)]
        action.setShortcuts(list({one.toString(): one for one in keys}.values()))
        action.setEnabled(False)
        window.addAction(action)
        return action
