"""How one answer of the palette is drawn: icon, title with what was typed shown strong, group, key; or why not."""

from __future__ import annotations

from itertools import groupby
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from apps.shell.frame.actions import Hit
from apps.shell.frame.key_names import key_name
from apps.shell.icons import paint
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from core.messages import Catalogue

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class PaletteRows(QStyledItemDelegate):
    """Draws :class:`Hit` values."""

    def __init__(self, words: Catalogue, parent: QListWidget) -> None:
        super().__init__(parent)
        self._words = words

    def sizeHint(  # noqa: N802
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One row of a table."""
        return QSize(0, look_of().px(34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One answer; what cannot be done now is muted and says why at the right."""
        hit = cast("Hit | None", index.data(HIT_ROLE))
        if hit is None:
            return
        px, rect = look_of().px, cast("QRect", option.rect)  # type: ignore[attr-defined]
        state = cast("QStyle.StateFlag", option.state)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("selection"))
            painter.drawRoundedRect(rect.adjusted(px(4), 1, -px(4), -1), px(6), px(6))
        able = hit.action.reason is None
        side = px(16)
        if hit.action.icon:
            place = QRectF(rect.left() + px(14), rect.center().y() - side / 2 + 1, side, side)
            paint(painter, hit.action.icon, place, "muted" if able else "faint")
        right = self._right(painter, hit, rect)
        self._title(painter, hit, rect.adjusted(px(42), 0, right - rect.right(), 0), able=able)
        painter.restore()

    def _right(self, painter: QPainter, hit: Hit, rect: QRect) -> int:
        """Draws key or reason, and gives the column where the room for the title ends."""
        px = look_of().px
        small = font(px(13))
        painter.setFont(small)
        if hit.action.reason is not None:
            said, token = (
                self._words.text("shell.frame.palette.refused", reason=hit.action.reason.text(self._words)),
                "muted",
            )
        elif hit.action.shortcut:
            said, token = key_name(hit.action.shortcuts[0]), "muted"
        else:
            said, token = hit.group, "muted"
        metrics = QFontMetrics(small)
        said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, rect.width() // 2)
        width = metrics.horizontalAdvance(said)
        painter.setPen(color(token))
        place = QRect(rect.right() - px(14) - width, rect.top(), width + 1, rect.height())
        painter.drawText(place, _MIDDLE, said)
        return place.left() - px(12)

    def _title(self, painter: QPainter, hit: Hit, rect: QRect, *, able: bool) -> None:
        px, left = look_of().px, rect.left()
        plain, strong = font(px(14)), font(px(14), bold=True)
        title = QFontMetrics(strong).elidedText(hit.title, Qt.TextElideMode.ElideRight, rect.width())
        for marked, run in groupby(range(len(title)), hit.marks.__contains__):
            part = "".join(title[number] for number in run)
            shown = strong if marked else plain
            painter.setFont(shown)
            painter.setPen(color("primary" if marked and able else "text" if able else "muted"))
            width = QFontMetrics(shown).horizontalAdvance(part)
            painter.drawText(QRect(left, rect.top(), width + px(4), rect.height()), _MIDDLE, part)
            left += width
