"""One line of typing that is never disturbed: by a new state, by a pause, or while an input method composes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from apps.shell.forms.editors.editor import Editor, Reports, Showing, tone_of
from apps.shell.theme.style import mark

PAUSE = 700  # ms without a key after which an edit counts as made


class EntryLine(QLineEdit):
    """A line edit that reports typing at once and an edit after a pause or on leaving.

    While it is being edited the text belongs to the user; a state only replaces it where the state itself changed.
    """

    def __init__(self, reports: Reports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports = reports
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settle)
        self._composing = False
        self._edited = False
        self._last = ""
        self._waiting: tuple[str, str] | None = None
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self.settle)

    def show_text(self, entry: str, tidy: str) -> None:
        """Shows an entry: as typed while it is edited, tidy otherwise; the caret stays."""
        if self._composing:
            self._waiting = (entry, tidy)
            return
        stale = entry == self._last
        self._last = entry
        if self._edited:
            if entry != self.text() and not stale:
                self._put(entry)
        elif self.text() != tidy:
            self._put(tidy)

    def settle(self) -> None:
        """Reports the edit now, if there is one."""
        self._pause.stop()
        if self._edited and not self._composing:
            self._last = self.text()
            self._reports.committed(self.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Text an input method is still composing is no entry yet."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._pause.stop()
            return
        if self._edited and self.text() != self._last:
            self._on_edited(self.text())
        self._show_waiting()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The field has the keyboard."""
        super().focusInEvent(event)
        self._reports.entered()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Leaving settles; a menu of the line itself is no leaving."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self._composing = False
        was, self._edited = self._edited, False
        self._pause.stop()
        if was:
            self._last = self.text()
            self._reports.committed(self.text())
        self._show_waiting()

    def event(self, event: QEvent) -> bool:
        """Undo belongs to the line while it is edited, to the window otherwise."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not self._edited
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        ):
            event.ignore()
            return False
        return super().event(event)

    def _on_edited(self, text: str) -> None:
        self._edited = True
        if self._composing:
            return  # what the composing replaces is told once it is done
        self._last = text
        self._pause.start()
        self._reports.typed(text)

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            if not self._edited:
                self.show_text(*waiting)

    def _put(self, text: str) -> None:
        place = self.cursorPosition()
        self.setText(text)
        self.setCursorPosition(min(place, len(text)))


class LineEditor(Editor):
    """The editor of a field with one line: text, numbers, codes; numbers stand at the right edge where asked."""

    def __init__(self, reports: Reports, *, placeholder: str = "", read_only: bool = False) -> None:
        super().__init__()
        self.line = EntryLine(reports)
        self.line.setPlaceholderText(placeholder)
        self.line.setReadOnly(read_only)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)

    def show_entry(self, showing: Showing) -> None:
        """Shows text, tone and name."""
        self.line.show_text(str(showing.entry), str(showing.tidy))
        mark(self.line, state=tone_of(showing.faults))
        self.line.setAccessibleName(showing.name)
        self.line.setAccessibleDescription(showing.said)

    def inputs(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self.line,)

    def flush(self) -> None:
        """Reports what waits for a pause."""
        self.line.settle()
