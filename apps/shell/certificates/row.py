"""Draws one certificate: medium, name, organisation and role, its state as icon and words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from apps.shell.certificates.model import CertificateModel
from apps.shell.certificates.state import CertificateChoice, Medium
from apps.shell.certificates.wording import ICONS, TONES, condition_word, verdict_of
from apps.shell.icons import paint as paint_icon
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from core.messages import Catalogue


class CertificateRow(QStyledItemDelegate):
    """Rows of three lines; what cannot be used is muted but can be stood on, to read why."""

    def __init__(self, words: Catalogue, view: QListView) -> None:
        super().__init__(view)
        self._words, self._view = words, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All rows alike."""
        px = look_of().px
        small = QFontMetrics(font(px(13))).height()
        return QSize(0, px(16) + QFontMetrics(font(px(14))).height() + 2 * small + px(4))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        model = index.model()
        assert isinstance(model, CertificateModel)  # noqa: S101 - this delegate serves no other model
        choice, px = model.choice(index), look_of().px
        verdict = verdict_of(model.state, choice)
        row: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(QPen(color("focus"), 2) if self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(color("primary_bg"))
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), px(6), px(6))
        left, top, room = row.left() + px(42), row.top() + px(8), row.width() - px(54)
        medium = "usb" if choice.medium is Medium.TOKEN else "file"
        paint_icon(
            painter, medium, QRectF(row.left() + px(12), top, px(20), px(20)), "text" if verdict.usable else "faint"
        )
        top += self._name(painter, QRect(left, top, room, 0), choice, usable=verdict.usable)
        who = self._words.text("shell.certificates.join").join(
            part for part in (choice.organisation, choice.role) if part
        )
        who = who or choice.place
        top += _line(painter, QRect(left, top, room, 0), who, "muted") + px(2)
        paint_icon(
            painter, ICONS[verdict.condition], QRectF(left, top + px(1), px(16), px(16)), TONES[verdict.condition]
        )
        said = condition_word(verdict, choice, self._words)
        _line(painter, QRect(left + px(22), top, room - px(22), 0), said, TONES[verdict.condition])
        painter.restore()

    def _name(self, painter: QPainter, box: QRect, choice: CertificateChoice, *, usable: bool) -> int:
        """The name, and behind it the mark of an emulator."""
        px = look_of().px
        made = font(px(14), bold=True)
        metrics = QFontMetrics(made)
        badge = self._words.text("shell.certificates.emulator") if choice.emulator else ""
        small = QFontMetrics(font(px(12)))
        wide = small.horizontalAdvance(badge) + px(16) if badge else 0
        shown = metrics.elidedText(choice.subject, Qt.TextElideMode.ElideRight, box.width() - wide - px(8))
        painter.setFont(made)
        painter.setPen(color("text" if usable else "muted"))
        painter.drawText(box.left(), box.top() + metrics.ascent(), shown)
        if badge:
            field = QRectF(
                box.left() + metrics.horizontalAdvance(shown) + px(8), box.top() + px(1), wide, small.height()
            )  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("warn_bg"))
            painter.drawRoundedRect(field, field.height() / 2, field.height() / 2)
            painter.setPen(color("warn"))
            painter.setFont(font(px(12)))
            painter.drawText(field, int(Qt.AlignmentFlag.AlignCenter), badge)
        return metrics.height()


def _line(painter: QPainter, box: QRect, text: str, token: str) -> int:
    made = font(look_of().px(13))
    metrics = QFontMetrics(made)
    painter.setFont(made)
    painter.setPen(color(token))
    painter.drawText(
        box.left(), box.top() + metrics.ascent(), metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    )
    return metrics.height()
