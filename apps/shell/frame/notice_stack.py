"""Notices at the bottom right: they say what happened and never take the focus; F6 goes to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from apps.shell.frame.glyph import TONE_ICONS, TONE_TOKENS, Glyph, Toned
from apps.shell.frame.notices import Notice, Notices
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.text import label
from core.messages import Catalogue

_WIDTH = 380


class NoticeCard(QWidget):
    """One notice with its button and a way to close it."""

    def __init__(
        self, words: Catalogue, notice: Notice, run: Callable[[int], None], close: Callable[[int], None]
    ) -> None:
        super().__init__()
        tone, said, px = notice.tone.value, notice.said.text(words), look_of().px
        self._tone = tone
        heading = words.text(f"shell.frame.tone.{tone}")
        self.setAccessibleName(words.text("shell.frame.notice.spoken", tone=heading, said=said))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.setFixedWidth(px(_WIDTH))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(12), px(8), px(12))
        row.setSpacing(px(10))
        row.addWidget(Glyph(TONE_ICONS[tone], TONE_TOKENS[tone], 18), 0, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setSpacing(px(4))
        title = Toned(13, bold=True)
        title.show_words(heading, TONE_TOKENS[tone])
        middle.addWidget(title)
        middle.addWidget(label(said, wrap=True))
        if notice.action and notice.action_title is not None:
            act = button(words, notice.action_title.key, kind="link")
            act.setText(notice.action_title.text(words))
            act.clicked.connect(partial(run, notice.number))
            line = QHBoxLayout()
            line.setContentsMargins(-px(7), 0, 0, 0)  # the words of a link stand under the words above it
            line.addWidget(act)
            line.addStretch(1)
            middle.addLayout(line)
        row.addLayout(middle, 1)
        shut = button(words, "", kind="quiet", icon="x", name_key="shell.frame.notice.close")
        shut.clicked.connect(partial(close, notice.number))
        row.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card with a bar in the colour of its tone."""
        look = look_of()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(ground, look.px(8), look.px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(TONE_TOKENS[self._tone]))
        painter.drawRoundedRect(QRectF(look.px(4), look.px(10), look.px(4), self.height() - 2 * look.px(10)), 2, 2)
        painter.end()


class NoticeStack(QWidget):
    """Lies over the window's bottom right corner; hidden while there is nothing to say."""

    def __init__(
        self,
        words: Catalogue,
        parent: QWidget,
        *,
        run: Callable[[int], None],
        close: Callable[[int], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._words, self._run, self._close, self._leave = words, run, close, leave
        self._cards: dict[int, NoticeCard] = {}
        self._bottom = 0
        self.setAccessibleName(words.text("shell.frame.notice.stack"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._more = Chip("", "plain", "bell")
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()

    def show_notices(self, notices: Notices) -> None:
        """Adds and removes cards; what is new is announced to readers."""
        wanted = {one.number: one for one in notices.shown}
        for number in [number for number in self._cards if number not in wanted]:
            self._remove(self._cards.pop(number))
        for number, notice in wanted.items():
            if number not in self._cards:
                self._add(notice)
        waiting = len(notices.waiting)
        self._more.show_chip(self._words.text("shell.frame.notice.more", n=waiting), "plain", "bell")
        self._more.setVisible(waiting > 0)
        self.setVisible(bool(self._cards))
        self.place()

    def fit(self) -> None:
        """Makes the cards anew in the sizes of the present look."""
        for card in self._cards.values():
            self._remove(card)
        self._cards.clear()

    def place(self, *, above: int | None = None) -> None:
        """Moves into the corner; ``above`` is what stays free below (the status bar)."""
        parent, px = self.parentWidget(), look_of().px
        self._bottom = self._bottom if above is None else above
        self._column.setSpacing(px(8))
        if parent is None or not self._cards:
            return
        self._column.activate()
        width = px(_WIDTH)
        height = min(self._height(width), parent.height() - self._bottom - 2 * px(12))
        self.setGeometry(
            parent.width() - width - px(16), parent.height() - self._bottom - height - px(12), width, height
        )
        self.raise_()

    def _height(self, width: int) -> int:
        heights = [card.heightForWidth(width) for card in self._cards.values()]
        more = self._more.sizeHint().height() + self._column.spacing() if self._more.isVisibleTo(self) else 0
        return sum(heights) + self._column.spacing() * (len(heights) - 1) + more

    def _add(self, notice: Notice) -> None:
        card = NoticeCard(self._words, notice, self._run, self._close)
        self._cards[notice.number] = card
        self._column.addWidget(card)
        card.show()
        QAccessible.updateAccessibility(QAccessibleEvent(card, QAccessible.Event.Alert))

    def _remove(self, card: NoticeCard) -> None:
        here = self.window().focusWidget()
        if here is not None and card.isAncestorOf(here):
            self._leave()
        card.hide()
        self._column.removeWidget(card)
        card.deleteLater()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As tall as its cards."""
        width = look_of().px(_WIDTH)
        return QSize(width, self._height(width) if self._cards else 0)
