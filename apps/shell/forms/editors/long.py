"""Several lines of typing; Tab leaves, the text is never disturbed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from apps.shell.forms.editors.editor import Editor, Reports, Showing, tone_of
from apps.shell.forms.editors.line import PAUSE
from apps.shell.theme.style import look_of, mark


class EntryText(QPlainTextEdit):
    """As :class:`EntryLine`, for several lines."""

    def __init__(self, reports: Reports) -> None:
        super().__init__()
        self._reports = reports
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settle)
        self._composing = False
        self._edited = False
        self._last = ""
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_changed)

    def show_text(self, entry: str) -> None:
        """Shows an entry unless the user is at it; the caret stays."""
        stale, self._last = entry == self._last, entry
        if self._composing or entry == self.toPlainText() or (self._edited and stale):
            return
        place = self.textCursor().position()
        self.blockSignals(True)
        self.setPlainText(entry)
        self.blockSignals(False)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(entry)))
        self.setTextCursor(cursor)

    def settle(self) -> None:
        """Reports the edit now, if there is one."""
        self._pause.stop()
        if self._edited and not self._composing:
            self._last = self.toPlainText()
            self._reports.committed(self._last)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Text an input method is still composing is no entry yet."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._pause.stop()
        else:
            self._on_changed()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The field has the keyboard."""
        super().focusInEvent(event)
        self._reports.entered()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Leaving settles."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._composing = False
            self.settle()
            self._edited = False

    def _on_changed(self) -> None:
        text = self.toPlainText()
        if self._composing or text == self._last:
            return
        self._edited = True
        self._last = text
        self._pause.start()
        self._reports.typed(text)


class LongEditor(Editor):
    """The editor of long text."""

    def __init__(self, reports: Reports, *, lines: int, read_only: bool = False) -> None:
        super().__init__()
        self.text = EntryText(reports)
        self.text.setReadOnly(read_only)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + look_of().px(22))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_entry(self, showing: Showing) -> None:
        """Shows text, tone and name."""
        self.text.show_text(str(showing.entry))
        mark(self.text, state=tone_of(showing.faults))
        self.text.setAccessibleName(showing.name)
        self.text.setAccessibleDescription(showing.said)

    def inputs(self) -> tuple[QWidget, ...]:
        """The text."""
        return (self.text,)

    def flush(self) -> None:
        """Reports what waits for a pause."""
        self.text.settle()
