"""Words on a window."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.messages import Catalogue

TIP_LONGEST = 2_000  # characters


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


def fact_name(text: str) -> QLabel:
    """The name before a selectable value, laid out as that is, so that both stand on one line of writing."""
    made = label(text, "muted")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def tip(text: str) -> str:
    """A text as a tool tip: Qt takes for markup what looks like it, and a file may be named ``<b>.pdf``."""
    short = text if len(text) <= TIP_LONGEST else text[:TIP_LONGEST] + "\N{HORIZONTAL ELLIPSIS}"
    if "<" not in short and "&" not in short:
        return short
    return f'<p style="white-space:pre-wrap">{escape(short.replace(chr(0), ""))}</p>'


def heading(words: Catalogue, key: str, *, level: int = 2) -> QLabel:
    """A heading of level 1 or 2 from the catalogue."""
    return label(words.text(key), "h1" if level == 1 else "h2")
