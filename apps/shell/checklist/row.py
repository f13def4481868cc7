"""Draws one item: icon, title, state in words, how it stands, 'go there'."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from apps.shell.checklist.model import ChecklistModel
from apps.shell.checklist.state import ChecklistItem, ItemState
from apps.shell.checklist.wording import ICONS, TONES, source_line, state_word
from apps.shell.icons import paint as paint_icon
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.wrapped import draw_wrapped, wrapped_height
from core.messages import Catalogue


class ChecklistRow(QStyledItemDelegate):
    """``jump`` gets the key of the item whose link was clicked."""

    def __init__(self, words: Catalogue, view: QListView, jump: Callable[[str], None]) -> None:
        super().__init__(view)
        self._words, self._view, self._jump = words, view, jump

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """As tall as the words ask at the list's width."""
        width = self._view.viewport().width()
        parts = self._parts(QRect(0, 0, width, 10_000), self._item(index))
        return QSize(0, parts["clause"].bottom() + 1 + look_of().px(8))

    def link_rect(self, row: QRect, item: ChecklistItem) -> QRect:
        """Where the link of a row lies."""
        return self._parts(row, item)["link"]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        item, px = self._item(index), look_of().px
        parts = self._parts(option.rect, item)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        paint_icon(painter, ICONS[item.state], QRectF(parts["icon"]), TONES[item.state])
        urgent = item.state in {ItemState.BLOCKING, ItemState.REMINDER}
        tone = color("muted" if item.state is ItemState.WAITING else "text")
        draw_wrapped(painter, parts["title"], item.title, font(px(14), bold=urgent), tone)
        tone = color(TONES[item.state] if urgent else "muted")
        draw_wrapped(painter, parts["detail"], self._detail(item), font(px(13)), tone)
        draw_wrapped(painter, parts["clause"], source_line(item, self._words), font(px(13)), color("muted"))
        if item.offers_jump:
            painter.setFont(font(px(14)))
            painter.setPen(color("primary"))
            painter.drawText(
                parts["link"], int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._link()
            )
        painter.restore()

    def editorEvent(  # noqa: N802
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:  # fmt: skip
        """A click on the link goes there."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            item = self._item(index)
            row: QRect = option.rect  # type: ignore[attr-defined]
            if item.offers_jump and self.link_rect(row, item).contains(event.position().toPoint()):
                self._jump(item.key)
                return True
        return False

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        px, rect = look_of().px, QRectF(option.rect).adjusted(1, 1, -1, -1)  # type: ignore[attr-defined]
        flags = option.state  # type: ignore[attr-defined]
        if flags & QStyle.StateFlag.State_Selected:
            focused = self._view.hasFocus()
            painter.setPen(QPen(color("focus"), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(color("primary_bg"))
            painter.drawRoundedRect(rect, px(6), px(6))

    def _parts(self, row: QRect, item: ChecklistItem) -> dict[str, QRect]:
        px = look_of().px
        top, left = row.top() + px(8), row.left() + px(10)
        wide = QFontMetrics(font(px(14))).horizontalAdvance(self._link()) + px(12) if item.offers_jump else 0
        x = left + px(32)
        room = max(px(60), row.right() - px(10) - wide - x)
        urgent = item.state in {ItemState.BLOCKING, ItemState.REMINDER}
        title = QRect(x, top, room, wrapped_height(item.title, font(px(14), bold=urgent), room))
        small, source = font(px(13)), source_line(item, self._words)
        detail = QRect(x, title.bottom() + 1, room, wrapped_height(self._detail(item), small, room))
        clause = QRect(x, detail.bottom() + 1, room, wrapped_height(source, small, room))
        return {
            "icon": QRect(left - px(2), top, px(20), px(20)),
            "title": title,
            "detail": detail,
            "clause": clause,
            "link": QRect(row.right() - px(8) - wide, top, wide, clause.bottom() - top + 1),
        }

    def _detail(self, item: ChecklistItem) -> str:
        return item.detail or state_word(item, self._words)

    def _link(self) -> str:
        return self._words.text("shell.checklist.jump")

    def _item(self, index: QModelIndex | QPersistentModelIndex) -> ChecklistItem:
        model = index.model()
        assert isinstance(model, ChecklistModel)  # noqa: S101 - this delegate serves no other model
        return model.item(index)
