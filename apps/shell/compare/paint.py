"""Draws cells and the two headers of a comparison."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from apps.shell.compare.model import CompareModel
from apps.shell.compare.state import Difference
from apps.shell.compare.wording import ICONS, TONES, cell_text, difference_word
from apps.shell.icons import paint as paint_icon
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.wrapped import draw_wrapped
from core.messages import Catalogue

TEXT_LINES = 2


class CellDelegate(QStyledItemDelegate):
    """Text in at most two lines, the difference below it as icon and words; the whole text stands in the detail."""

    def __init__(self, words: Catalogue, view: QTableView) -> None:
        super().__init__(view)
        self._words, self._view = words, view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        model = index.model()
        assert isinstance(model, CompareModel)  # noqa: S101 - this delegate serves no other model
        row, column, px = model.row(index), index.column(), look_of().px
        kind, cell = row.differences[column], row.cells[column]
        box: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        if kind not in {Difference.BASE, Difference.SAME}:
            painter.fillRect(box, color("err_bg" if kind is Difference.MISSING else "warn_bg"))
        painter.setPen(color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        inner = box.adjusted(px(12), px(8), -px(12), -px(8))
        said = difference_word(row, column, self._words)
        missing = cell is None or not cell.text.strip()
        tone = color("muted" if missing else "text")
        draw_wrapped(painter, inner, cell_text(cell, self._words), font(px(14)), tone, TEXT_LINES)
        if said:
            self._mark(painter, inner, ICONS[kind], said, TONES[kind])
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("focus" if self._view.hasFocus() else "line2"), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -2, -2), px(4), px(4))
        painter.restore()

    def _mark(self, painter: QPainter, inner: QRect, icon: str, said: str, token: str) -> None:
        px = look_of().px
        made = font(px(13))
        metrics = QFontMetrics(made)
        top = inner.bottom() - metrics.height() + 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, icon, QRectF(inner.left(), top + px(1), px(16), px(16)), token)
        painter.setFont(made)
        painter.setPen(color(token))
        room = inner.width() - px(20)
        text = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner.left() + px(20), top + metrics.ascent(), text)


class TitleHeader(QHeaderView):
    """Titles in bold with a note below: things across, criteria down; it stays in sight while the cells scroll."""

    def __init__(self, words: Catalogue, orientation: Qt.Orientation, model: CompareModel) -> None:
        super().__init__(orientation)
        self._words, self._compare = words, model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """One title."""
        across = self.orientation() == Qt.Orientation.Horizontal
        table, px = self._compare.state.table, look_of().px
        note = ""
        if across and section < len(table.subjects):
            subject = table.subjects[section]
            base = self._words.text("shell.compare.base") if subject.id == table.reference else ""
            title, note = subject.title, " · ".join(part for part in (base, subject.note) if part)
        elif not across and section < len(self._compare.rows):
            title, note = self._compare.rows[section].criterion.title, self._compare.rows[section].criterion.note
        else:
            return
        painter.save()
        painter.fillRect(rect, color("surface2"))
        painter.setPen(color("line2" if across else "line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(color("line" if across else "line2"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(px(12), px(8), -px(12), -px(6))
        bold, small = font(px(14), bold=True), font(px(13))
        lines = 1 if across else TEXT_LINES
        draw_wrapped(painter, inner, title, bold, color("text"), lines)
        if note:
            below = QFontMetrics(bold).height()
            if not across and QFontMetrics(bold).horizontalAdvance(title) > inner.width():
                below *= 2
            draw_wrapped(painter, inner.adjusted(0, below, 0, 0), note, small, color("muted"), 1)
        painter.restore()
