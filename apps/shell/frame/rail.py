"""The navigation rail: a page a button, icon above words, in two groups; arrows move, Enter goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from apps.shell.frame.glyph import TONE_TOKENS
from apps.shell.frame.state import NavItem
from apps.shell.icons import paint
from apps.shell.theme.fonts import font
from apps.shell.theme.look import Look
from apps.shell.theme.style import color, look_of
from apps.shell.theme.tokens import Theme
from core.messages import Catalogue

_WIDTH = 92
_WRAP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class RailButton(QAbstractButton):
    """One page; checked while it is shown. Drawn by hand, named for readers with badge and key."""

    def __init__(self, words: Catalogue, item: NavItem, key: str) -> None:
        super().__init__()
        self._words, self._item = words, item
        self.setText(words.text(item.key))
        self.setToolTip(f"{self.text()}  {key}" if key else "")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_item(self, item: NavItem, *, current: bool) -> None:
        """Shows badge and mark."""
        self._item = item
        self.setChecked(current)
        name = self.text()
        if item.badge:
            name = self._words.text("shell.frame.rail_badge", title=name, n=item.badge)
        if current:
            name = self._words.text("shell.frame.rail_current", title=name)
        self.setAccessibleName(name)
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802
        """The presenter decides which page is current, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Only Space is the button's own; arrows and Enter belong to the rail."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Select}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, words on up to two lines, air."""
        look = look_of()
        return QSize(look.px(76), look.px(46) + self._words_height(look))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """With less air where the window is low."""
        look = look_of()
        return QSize(look.px(76), look.px(34) + self._words_height(look))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, mark, icon, words, badge, focus ring."""
        look, t = look_of(), look_of().tokens
        strong = t.surface if look.theme is Theme.LIGHT else t.text
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, look, strong)
        ink = strong if self.isChecked() or self.underMouse() or self.hasFocus() else t.rail_text
        icon_size, words_height = look.px(20), self._words_height(look)
        top = (self.height() - icon_size - look.px(6) - words_height) / 2
        paint(painter, self._item.icon, QRectF((self.width() - icon_size) / 2, top, icon_size, icon_size), ink)
        painter.setPen(QColor(ink))
        painter.setFont(self._font(look))
        below = QRect(look.px(4), round(top) + icon_size + look.px(6), self.width() - 2 * look.px(4), words_height)
        painter.drawText(below, _WRAP, self.text())
        if self._item.badge:
            self._paint_badge(painter, look, top)
        painter.end()

    def _paint_ground(self, painter: QPainter, look: Look, strong: str) -> None:
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = look.px(8)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            tint = QColor(look.tokens.rail_on)
            tint.setAlpha(255 if self.isChecked() else 128)
            painter.setBrush(tint)
            painter.drawRoundedRect(ground, radius, radius)
        if self.isChecked():
            painter.setBrush(QColor(strong))
            bar = QRectF(ground.left(), ground.center().y() - look.px(10), look.px(3), look.px(20))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(strong), 2))
            painter.drawRoundedRect(ground, radius, radius)

    def _paint_badge(self, painter: QPainter, look: Look, top: float) -> None:
        text = str(self._item.badge) if self._item.badge < 100 else "99+"
        badge_font = font(look.px(11), bold=True)
        height = look.px(18)
        width = max(height, QFontMetrics(badge_font).horizontalAdvance(text) + look.px(10))
        corner = QPointF(self.width() / 2 + look.px(6), max(2.0, top - look.px(6)))
        pill = QRectF(corner.x(), corner.y(), width, height)
        painter.setPen(QPen(color("rail_on" if self.isChecked() else "rail"), 2))
        painter.setBrush(color(TONE_TOKENS[self._item.badge_tone.value]))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(badge_font)
        painter.setPen(color("on_primary"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)

    def _font(self, look: Look) -> QFont:
        return font(look.px(13), bold=self.isChecked())

    def _words_height(self, look: Look) -> int:
        metrics = QFontMetrics(font(look.px(13), bold=True))
        asked = metrics.boundingRect(QRect(0, 0, look.px(_WIDTH - 24), 1000), _WRAP, self.text()).height()
        return min(asked, 2 * metrics.lineSpacing())


class Rail(QScrollArea):
    """All pages; scrolls where the window is too low for large type."""

    def __init__(self, words: Catalogue, items: tuple[NavItem, ...], go: Callable[[str], None]) -> None:
        super().__init__()
        self.setAccessibleName(words.text("shell.frame.rail"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._ground = _Ground()
        self._layout = QVBoxLayout(self._ground)
        self.setWidget(self._ground)
        self.buttons: dict[str, RailButton] = {}
        for number, item in enumerate(items, start=1):
            if item.bottom and not any(one.bottom for one in items[: number - 1]):
                self._layout.addStretch(1)
            made = RailButton(words, item, f"Ctrl+{number}" if number <= 9 else "")
            made.clicked.connect(partial(go, item.page))
            self.buttons[item.page] = made
            self._layout.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        if not any(one.bottom for one in items):
            self._layout.addStretch(1)
        self.fit()

    def fit(self) -> None:
        """Takes the sizes of the present look."""
        px = look_of().px
        self.setFixedWidth(px(_WIDTH))
        self._layout.setContentsMargins(0, px(12), 0, px(12))
        self._layout.setSpacing(px(6))
        for made in self.buttons.values():
            made.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air between the pages where the window is low."""
        px = look_of().px
        asked = sum(made.minimumSizeHint().height() for made in self.buttons.values())
        low = asked + px(6) * len(self.buttons) + px(24) > self.height()
        self._layout.setSpacing(px(2 if low else 6))
        self._layout.setContentsMargins(0, px(4 if low else 12), 0, px(4 if low else 12))
        super().resizeEvent(event)

    def show_items(self, items: tuple[NavItem, ...], current: str) -> None:
        """Shows badges and the current page."""
        for item in items:
            self.buttons[item.page].show_item(item, current=item.page == current)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up, Down, Home and End move among the pages; Enter goes to the page."""
        order = list(self.buttons.values())
        at = next((number for number, made in enumerate(order) if made.hasFocus()), None)
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -len(order), Qt.Key.Key_End: len(order)}
        if at is not None and event.key() in moves:
            target = order[max(0, min(len(order) - 1, at + moves[Qt.Key(event.key())]))]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(target)
        elif at is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            order[at].click()
        else:
            super().keyPressEvent(event)


class _Ground(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("rail"))
        painter.end()
