"""A short state in a coloured field, always in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from apps.shell.icons import pixmap
from apps.shell.theme.style import look_of, mark

_ICONS = {"ok": "check-circle", "warn": "warning", "err": "x-circle", "info": "info", "plain": ""}
_TOKENS = {"ok": "ok", "warn": "warn", "err": "err", "info": "primary", "plain": "muted"}


class Chip(QLabel):
    """``tone`` is ok, warn, err, info or plain; an icon stands before the words ("none" for no icon)."""

    def __init__(self, text: str, tone: str = "plain", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._icon = ""
        self.show_chip(text, tone, icon)

    def show_chip(self, text: str, tone: str, icon: str = "") -> None:
        """Shows other words or another tone."""
        self._icon = "" if icon == "none" else icon or _ICONS[tone]
        self._tone = tone
        self.setText(text)
        self.setAccessibleName(text)
        mark(self, chip=tone)
        self.setIndent(look_of().px(18) if self._icon else 0)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger type needs more room for the icon."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIndent(look_of().px(18) if self._icon else 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Field and words by the style sheet, the icon by hand."""
        super().paintEvent(event)
        if self._icon:
            size = look_of().px(14)
            painter = QPainter(self)
            painter.drawPixmap(
                look_of().px(8), (self.height() - size) // 2, pixmap(self._icon, size, _TOKENS[self._tone])
            )
            painter.end()
