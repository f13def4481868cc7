"""Words on a window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.messages import Catalogue


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label; ``role`` is one of h1, h2, strong, muted, small, error, warn, mono or "". Never reads markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(text)
    return made


def heading(words: Catalogue, key: str, *, level: int = 2) -> QLabel:
    """A heading of level 1 or 2 from the catalogue."""
    return label(words.text(key), "h1" if level == 1 else "h2")
