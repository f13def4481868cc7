"""A field for a PIN that holds no PIN: the line edit sees fillers, the bytes lie in one buffer that is zeroed.

What Qt cannot avoid: each key arrives as a one-character string, and while the eye is open the line edit draws the
real text, so its memory holds it until the eye closes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_LIMIT = 64  # characters; no token takes more
_FILLER = "\N{BULLET}"


class PinEdit(QLineEdit):
    """Typing appends, Backspace takes the last character away, select-all and typing begins anew."""

    pin_changed = Signal()
    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._buffer = bytearray(_LIMIT * 4)
        self._ends: list[int] = []  # where each character ends in the buffer
        self._revealed = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setDragEnabled(False)

    @property
    def length(self) -> int:
        """How many bytes the PIN has."""
        return self._ends[-1] if self._ends else 0

    def take(self) -> bytearray:
        """Gives the PIN away and forgets it."""
        taken = self._buffer[: self.length]
        self.wipe()
        return taken

    def wipe(self) -> None:
        """Zeroes the buffer and empties the field."""
        for index in range(len(self._buffer)):
            self._buffer[index] = 0
        self._ends.clear()
        self._redraw()

    def reveal(self, shown: bool) -> None:
        """Opens or closes the eye."""
        self._revealed = shown
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Everything that would change the text goes to the buffer instead."""
        if self.isReadOnly():
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._append(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._take_away(everything=bool(self.selectedText() or event.modifiers()))
        elif _types(event):
            self._watch_caps(event)
            self._append(event.text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """What an on-screen keyboard commits is typed, too; nothing is ever composed here."""
        if event.commitString() and not self.isReadOnly():
            self._append(event.commitString())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keeps this field's Paste from becoming somebody's shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _types(event):
            event.accept()
            return True
        return super().event(event)

    def _append(self, text: str) -> None:
        if self.selectedText():
            self._take_away(everything=True)
        for character in text:
            if not character.isprintable() or len(self._ends) == _LIMIT:
                continue
            start, encoded = self.length, character.encode("utf-8", "replace")
            self._buffer[start : start + len(encoded)] = encoded
            self._ends.append(start + len(encoded))
        self._redraw()

    def _take_away(self, *, everything: bool) -> None:
        if everything or not self._ends:
            self.wipe()
            return
        end = self._ends.pop()
        for index in range(self.length, end):
            self._buffer[index] = 0
        self._redraw()

    def _redraw(self) -> None:
        shown = self._buffer[: self.length].decode("utf-8", "replace") if self._revealed else _FILLER * len(self._ends)
        self.setText(shown)
        self.pin_changed.emit()

    def _watch_caps(self, event: QKeyEvent) -> None:
        """Qt does not tell whether caps lock is on; a capital without Shift (or the reverse) does."""
        text = event.text()
        if text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(text.isupper() != shifted)


def _types(event: QKeyEvent) -> bool:
    """Whether a key writes a character. Alt alone is a mnemonic's, Ctrl and Alt together are AltGr on Windows."""
    held = event.modifiers()
    control = bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier))
    alt = bool(held & Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and control == alt
