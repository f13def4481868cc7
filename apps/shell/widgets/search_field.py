"""The one field to search with: a magnifying glass before the words, a cross that empties it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from apps.shell.icons import icon, paint
from apps.shell.theme.style import look_of
from core.messages import Catalogue


class SearchField(QLineEdit):
    """``hint_key`` says what is searched, ``name_key`` is heard by a screen reader (the hint, where it is left out)."""

    def __init__(self, words: Catalogue, hint_key: str, name_key: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(words.text(hint_key))
        self.setAccessibleName(words.text(name_key or hint_key))
        self.setClearButtonEnabled(True)
        for cross in self.findChildren(QToolButton):
            cross.setObjectName("qt_clear")  # Qt's own inner part, for the mouse: the keyboard has Delete
            cross.setAccessibleName(words.text("shell.frame.clear_search"))
        for emptying in self.findChildren(QAction):
            emptying.setIcon(icon("x", "muted"))
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger type needs more room for the glass."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    def _make_room(self) -> None:
        self.setTextMargins(look_of().px(20), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The glass is a picture, not one more button for a screen reader."""
        super().paintEvent(event)
        px = look_of().px
        side = px(16)
        painter = QPainter(self)
        place = QRectF(px(10), (self.height() - side) / 2, side, side)
        paint(painter, "search", place, "muted" if self.isEnabled() else "faint")
        painter.end()
