"""Small drawn things that follow the theme by themselves: an icon, a text cut with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from apps.shell.icons import paint
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.text import tip

TONE_TOKENS = {"ok": "ok", "warn": "warn", "err": "err", "info": "primary", "plain": "muted"}
TONE_ICONS = {"ok": "check-circle", "warn": "warning", "err": "x-circle", "info": "info", "plain": "circle"}


class Glyph(QWidget):
    """An icon that says nothing by itself: words stand beside it."""

    def __init__(self, name: str, token: str, size: int = 16) -> None:
        super().__init__()
        self._name, self._token, self._size = name, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_glyph(self, name: str, token: str) -> None:
        """Shows another icon or colour."""
        self._name, self._token = name, token
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The icon's size in the present look."""
        side = look_of().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draws the icon in the colours of the moment."""
        painter = QPainter(self)
        paint(painter, self._name, QRectF(self.rect()), self._token)
        painter.end()


class Elided(QLabel):
    """One line that gives way: what does not fit ends in an ellipsis and stands whole in the tip and for readers."""

    def __init__(self, role: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._whole, self._mode = "", mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def show_text(self, text: str) -> None:
        """Shows another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cuts anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.ensurePolished()
        shown = self.fontMetrics().elidedText(self._whole, self._mode, max(0, self.contentsRect().width()))
        self.setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")


class Toned(QLabel):
    """Words in a colour of the theme by its token's name, at a size of our own; still a label for readers."""

    def __init__(self, pixels: int = 13, *, bold: bool = False, gives_way: bool = False) -> None:
        super().__init__()
        self._pixels, self._bold, self._gives_way, self._token = pixels, bold, gives_way, "text"
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.fit()

    def fit(self) -> None:
        """Takes the size of the present look."""
        self.setFont(font(look_of().px(self._pixels), bold=self._bold))

    def show_words(self, text: str, token: str) -> None:
        """Shows other words or another colour."""
        if token != self._token:
            self._token = token
            self.update()
        self.setText(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All of it, or, where it gives way, room for an ellipsis; the whole is read out all the same."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), look_of().px(48)), whole.height()) if self._gives_way else whole

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draws the words in the colour of the moment."""
        painter = QPainter(self)
        painter.setPen(color(self._token))
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(self.alignment()), text)
        painter.end()
