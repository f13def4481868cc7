"""A message across the width of what it speaks of; it stays until its cause is gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.picture import Picture
from apps.shell.widgets.text import label

_ICONS = {"ok": "check-circle", "warn": "warning", "err": "x-circle", "info": "info"}
_TOKENS = {"ok": "ok", "warn": "warn", "err": "err", "info": "primary"}


class Band(QFrame):
    """``tone`` is ok, warn, err or info; buttons stand at the right."""

    def __init__(self, tone: str, text: str, buttons: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        px = look_of().px
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(14), px(8), px(10), px(8))
        layout.setSpacing(px(10))
        self._picture = Picture()
        self._text = label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._picture)
        layout.addWidget(self._text, 1)
        for one in buttons:
            layout.addWidget(one)
        self.show_message(tone, text)

    def show_message(self, tone: str, text: str) -> None:
        """Shows another message."""
        mark(self, band=tone)
        self._picture.show_icon(_ICONS[tone], _TOKENS[tone])
        self._text.setText(text)
        self.setAccessibleName(text)
