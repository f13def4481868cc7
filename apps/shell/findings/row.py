"""Draws one finding: icon, sentence in at most two lines, place and source, the link to its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from apps.shell.findings.model import FindingsModel
from apps.shell.findings.state import FindingRow, GroupLine, Line
from apps.shell.findings.wording import ICONS, TONES, meta
from apps.shell.icons import paint as paint_icon
from apps.shell.theme.fonts import font
from apps.shell.theme.look import Look
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.wrapped import draw_wrapped
from core.messages import Catalogue

_MOST_LINES = 2


class FindingDelegate(QStyledItemDelegate):
    """``jump`` gets the number of the finding whose link was clicked."""

    def __init__(self, words: Catalogue, view: QListView, jump: Callable[[int], None]) -> None:
        super().__init__(view)
        self._words, self._view, self._jump = words, view, jump
        self._measured: _Measured | None = None

    def measure(self, width: int) -> None:
        """Takes the look of the moment and the width of a row; called before the list is laid out."""
        self._measured = _Measured(look_of(), width, self._words.text("shell.findings.jump"), self._measured)

    def forget(self) -> None:
        """Other findings: what was measured of the old ones no longer holds."""
        if self._measured is not None:
            self._measured.widths.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """One or two lines of sentence: measured once a width, so that thousands of rows are laid out at once."""
        return self._now().size_of(_line(index))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One line."""
        row: QRect = option.rect  # type: ignore[attr-defined]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        line = _line(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, GroupLine):
            self._paint_head(painter, row, line)
        else:
            self._paint_finding(painter, row, line, selected=selected)
        painter.restore()

    def editorEvent(  # noqa: N802
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:  # fmt: skip
        """A click on the link goes there."""
        line = _line(index)
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        row: QRect = option.rect  # type: ignore[attr-defined]
        if isinstance(line, FindingRow) and self.link_rect(row).contains(event.position().toPoint()):
            self._jump(line.number)
            return True
        return False

    def link_rect(self, row: QRect) -> QRect:
        """Where the link of a row lies."""
        wide = self._now().link
        return QRect(row.right() - look_of().px(8) - wide, row.top(), wide, row.height())

    def _now(self) -> _Measured:
        if self._measured is None:
            self.measure(self._view.viewport().width())
        assert self._measured is not None  # noqa: S101 - measured the line before
        return self._measured

    def _paint_head(self, painter: QPainter, row: QRect, line: GroupLine) -> None:
        px = look_of().px
        painter.setFont(font(px(13), bold=True))
        painter.setPen(color("muted"))
        text = self._words.text("shell.findings.group", title=line.title, count=line.count)
        box = row.adjusted(px(10), px(6), -px(10), 0)
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_finding(self, painter: QPainter, row: QRect, line: FindingRow, *, selected: bool) -> None:
        px, now = look_of().px, self._now()
        if selected:
            painter.setPen(QPen(color("focus"), 2) if self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(color("primary_bg"))
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), px(6), px(6))
        severity = line.finding.severity
        icon = QRectF(row.left() + px(10), row.top() + px(8), px(18), px(18))
        paint_icon(painter, ICONS[severity], icon, TONES[severity])
        left, top = row.left() + px(40), row.top() + px(7)
        lines = now.lines_of(line)
        box = QRect(left, top, now.room, lines * now.sentence_line)
        draw_wrapped(painter, box, line.sentence, now.body, color("text"), _MOST_LINES)
        below = QRect(left, box.bottom() + 1, now.room, now.meta_line)
        draw_wrapped(painter, below, meta(line, self._words), now.small, color("muted"), 1)
        if line.finding.where:
            painter.setFont(now.body)
            painter.setPen(color("primary"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.link_rect(row), int(flags), self._words.text("shell.findings.jump"))


class _Measured:
    """Sizes at one look and width; the width of each sentence is measured once a look."""

    def __init__(self, look: Look, width: int, link: str, before: _Measured | None) -> None:
        self.look = look
        self.body, self.small = font(look.px(14)), font(look.px(13))
        self._metrics = QFontMetrics(self.body)
        self.sentence_line, self.meta_line = self._metrics.height(), QFontMetrics(self.small).height()
        self.link = self._metrics.horizontalAdvance(link) + look.px(12)
        self.room = max(look.px(60), width - look.px(40) - look.px(12) - self.link)
        self.widths: dict[int, int] = before.widths if before is not None and before.look == look else {}
        self._head = QSize(0, look.px(34))
        padding = look.px(15)
        self._sizes = tuple(QSize(0, count * self.sentence_line + self.meta_line + padding) for count in (0, 1, 2))

    def size_of(self, line: Line) -> QSize:
        """The height of a line."""
        return self._head if isinstance(line, GroupLine) else self._sizes[self.lines_of(line)]

    def lines_of(self, line: FindingRow) -> int:
        """1 or 2 lines of sentence."""
        if "\n" in line.sentence:
            return _MOST_LINES
        narrowest, widest = self._bounds(line.sentence)
        if widest <= self.room or narrowest > self.room:
            return 1 if widest <= self.room else _MOST_LINES
        width = self.widths.get(line.number)
        if width is None:
            width = self.widths[line.number] = self._metrics.horizontalAdvance(line.sentence)
        return 1 if width <= self.room else _MOST_LINES

    def _bounds(self, text: str) -> tuple[float, float]:
        """Between which widths a text lies, for a hundredth of the price of measuring it.

        A Chinese character is as wide as the type is tall, a Latin one between a quarter of that and all of it.
        """
        wide = (len(text.encode("utf-8", "replace")) - len(text)) // 2
        em = self.body.pixelSize()
        return (wide + 0.25 * (len(text) - wide)) * em * 0.98, len(text) * em * 1.02


def _line(index: QModelIndex | QPersistentModelIndex) -> Line:
    model = index.model()
    assert isinstance(model, FindingsModel)  # noqa: S101 - this delegate serves no other model
    return model.line(index)
