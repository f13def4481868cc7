"""Keys as the system of the moment writes them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence


def key_name(portable: str) -> str:
    """``Ctrl+K`` as this system shows it (on a Mac by signs)."""
    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)
