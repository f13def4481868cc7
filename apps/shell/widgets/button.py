"""Buttons that always have a name."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from apps.shell.icons import icon as named_icon
from core.messages import Catalogue

_ICON_TOKENS = {"primary": "on_primary", "danger": "err", "link": "primary", "quiet": "muted"}


def button(words: Catalogue, key: str, *, kind: str = "", icon: str = "", name_key: str = "") -> QPushButton:
    """A button with the catalogue's text; with ``key`` "" an icon alone, whose ``name_key`` becomes name and tip.

    ``kind`` is primary, danger, quiet, link or "" (secondary).
    """
    if not key and not name_key:
        message = "a button without text needs a name"
        raise ValueError(message)
    made = QPushButton(words.text(key) if key else "")
    if kind:
        made.setProperty("kind", kind)
    if icon:
        made.setIcon(named_icon(icon, _ICON_TOKENS.get(kind, "text")))
    if not key:
        made.setProperty("bare", True)
    if name_key:
        made.setAccessibleName(words.text(name_key))
        made.setToolTip(words.text(name_key))
    made.setAutoDefault(False)
    return made
