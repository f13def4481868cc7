"""The status bar: statements, each with icon and words, some to be asked more about; facts at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from apps.shell.frame.glyph import TONE_TOKENS, Glyph, Toned
from apps.shell.frame.status import Status, StatusItem, Tone
from apps.shell.icons import paint
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.text import tip
from core.messages import Catalogue

_INK = {Tone.OK: "muted", Tone.PLAIN: "muted", Tone.INFO: "muted", Tone.WARN: "warn", Tone.ERR: "err"}


class StatusButton(QAbstractButton):
    """A statement one can ask more about; drawn as the plain ones, underlined, with a focus ring."""

    def __init__(self, item: StatusItem) -> None:
        super().__init__()
        self._item = item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_item(self, item: StatusItem, text: str, name: str) -> None:
        """Shows another statement."""
        self._item = item
        self.setText(text)
        self.setToolTip(tip(text))
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, gap and words."""
        look = look_of()
        words = QFontMetrics(font(look.px(13))).horizontalAdvance(self.text())
        return QSize(words + look.px(36), look.px(26))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It may give way to an ellipsis; tip and name hold the whole."""
        look = look_of()
        return QSize(look.px(30 + 48), look.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Icon, words, ring."""
        look = look_of()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(16)
        place = QRectF(look.px(6), (self.height() - side) / 2, side, side)
        paint(painter, self._item.icon, place, TONE_TOKENS[self._item.tone.value])
        shown = font(look.px(13))
        shown.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(shown)
        painter.setPen(color(_INK[self._item.tone]))
        room = self.rect().adjusted(look.px(30), 0, -look.px(4), 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.hasFocus():
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(4), look.px(4))
        painter.end()


class StatusBar(QWidget):
    """Shows a status; ``run`` is told the action of a statement that was asked."""

    def __init__(self, words: Catalogue, run: Callable[[str], None]) -> None:
        super().__init__()
        self._words, self._run = words, run
        self._shown: Status | None = None
        self.setAccessibleName(words.text("shell.frame.status_bar"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._items = QHBoxLayout()
        self._row.addLayout(self._items)
        self._row.addStretch(1)
        self._facts = Toned()
        self._row.addWidget(self._facts)
        self.fit()

    def fit(self) -> None:
        """Takes the sizes of the present look."""
        px = look_of().px
        self.setFixedHeight(px(32))
        self._row.setContentsMargins(px(10), 1, px(16), 0)
        self._items.setSpacing(px(14))
        self._facts.fit()
        status, self._shown = self._shown, None
        if status is not None:
            self.show_status(status)

    def show_status(self, status: Status) -> None:
        """Shows a status. A statement whose kind stays keeps its widget and with it the focus."""
        if status == self._shown:
            return
        old = self._shown.items if self._shown else ()
        self._shown = status
        if [(one.name, bool(one.action)) for one in old] != [(one.name, bool(one.action)) for one in status.items]:
            self._fill(status)
        for number, item in enumerate(status.items):
            self._show_item(number, item)
        self._show_facts()

    def _show_facts(self) -> None:
        """As many facts as there is room for; statements come first."""
        facts = [fact.text(self._words) for fact in self._shown.facts] if self._shown else []
        separator = self._words.text("shell.frame.fact_separator")
        room = self.width() - self._items.sizeHint().width() - look_of().px(40)
        while facts and self._facts.fontMetrics().horizontalAdvance(separator.join(facts)) > room:
            facts.pop()
        self._facts.show_words(separator.join(facts), "muted")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Facts come and go with the width."""
        super().resizeEvent(event)
        self._show_facts()

    def _fill(self, status: Status) -> None:
        while self._items.count():
            if (widget := self._items.takeAt(0).widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for item in status.items:
            self._items.addWidget(self._button(item) if item.action else _Statement())

    def _button(self, item: StatusItem) -> StatusButton:
        made = StatusButton(item)
        made.clicked.connect(partial(self._clicked, item.name))
        return made

    def _clicked(self, name: str) -> None:
        for item in self._shown.items if self._shown else ():
            if item.name == name and item.action:
                self._run(item.action)

    def _show_item(self, number: int, item: StatusItem) -> None:
        entry = self._items.itemAt(number)
        widget = entry.widget() if entry is not None else None
        text = item.said.text(self._words)
        if isinstance(widget, StatusButton):
            widget.show_item(item, text, self._words.text("shell.frame.status_item", said=text))
        elif isinstance(widget, _Statement):
            widget.show_item(item, text)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground and the line above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, 0, self.width(), 1, color("line"))
        painter.end()


class _Statement(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        px = look_of().px
        row.setContentsMargins(px(6), 0, px(6), 0)
        row.setSpacing(px(8))
        self._glyph, self._text = Glyph("circle", "muted"), Toned(gives_way=True)
        row.addWidget(self._glyph)
        row.addWidget(self._text)

    def show_item(self, item: StatusItem, text: str) -> None:
        self._glyph.show_glyph(item.icon, TONE_TOKENS[item.tone.value])
        self._text.show_words(text, _INK[item.tone])
