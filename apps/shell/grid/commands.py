"""What the keys of the table mean."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Command(StrEnum):
    """One thing the user can ask of the table."""

    COPY = "copy"
    CUT = "cut"
    PASTE = "paste"
    CLEAR = "clear"
    FILL = "fill"
    UNDO = "undo"
    REDO = "redo"
    NEXT = "next"
    PREVIOUS = "previous"
    FIND = "find"
    OPEN = "open"
    FOLD = "fold"
    SORT_UP = "sort_up"
    SORT_DOWN = "sort_down"
    SORT_NONE = "sort_none"


_STANDARD = (
    (QKeySequence.StandardKey.Copy, Command.COPY),
    (QKeySequence.StandardKey.Cut, Command.CUT),
    (QKeySequence.StandardKey.Paste, Command.PASTE),
    (QKeySequence.StandardKey.Undo, Command.UNDO),
    (QKeySequence.StandardKey.Redo, Command.REDO),
    (QKeySequence.StandardKey.Find, Command.FIND),
)
_PLAIN = {
    (Qt.Key.Key_Y, _CTRL): Command.REDO,
    (Qt.Key.Key_D, _CTRL): Command.FILL,
    (Qt.Key.Key_Delete, _NONE): Command.CLEAR,
    (Qt.Key.Key_Backspace, _NONE): Command.CLEAR,
    (Qt.Key.Key_F4, _NONE): Command.NEXT,
    (Qt.Key.Key_F4, _SHIFT): Command.PREVIOUS,
    (Qt.Key.Key_Right, _ALT): Command.OPEN,
    (Qt.Key.Key_Left, _ALT): Command.FOLD,
    (Qt.Key.Key_Up, _ALT): Command.SORT_UP,
    (Qt.Key.Key_Down, _ALT): Command.SORT_DOWN,
    (Qt.Key.Key_0, _ALT): Command.SORT_NONE,
}


def command_of(event: QKeyEvent) -> Command | None:
    """The command of a key press; None for keys that move or type."""
    for standard, command in _STANDARD:
        if event.matches(standard):
            return command
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _PLAIN.get((Qt.Key(event.key()), modifiers))
