"""Paints what is in sight of a page view: paper, pictures, hits, selection, overlays, messages, focus ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from apps.shell.icons import pixmap
from apps.shell.pages.fault import Fault
from apps.shell.pages.geometry import POINTS_PER_MM
from apps.shell.pages.overlays import Overlay
from apps.shell.pages.selection import rectangles
from apps.shell.pages.source import PageText
from apps.shell.pages.tiles import Band, tiles_of
from apps.shell.theme.style import color, look_of

if TYPE_CHECKING:
    from apps.shell.pages.page_view import PageView

_PAPER = "#FFFFFF"  # a page is paper in every theme
_MESSAGE_WIDTH = 440
_BUTTON = (132, 34)


def paint_pages(view: PageView, area: QRect) -> None:
    """Draws the viewport of a page view."""
    painter = QPainter(view.viewport())
    painter.fillRect(area, color("bg"))
    for page in view.visible_pages():
        rect = view.page_rect(page)
        if not rect.intersects(QRectF(area)):
            continue
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), color("line2"))
        painter.fillRect(rect, QColor(_PAPER))
        fault = view.document.table.fault(page)
        if fault is None:
            _paint_pictures(view, painter, page, rect)
            _paint_marks(view, painter, page)
        else:
            _paint_fault(view, painter, rect, fault)
        for item in view.board.on_page(page):
            _paint_overlay(view, painter, item)
    _paint_snap_lines(view, painter)
    if view.hasFocus():
        painter.setPen(QPen(color("focus"), 2))
        painter.drawRect(QRectF(view.viewport().rect()).adjusted(1, 1, -1, -1))
    painter.end()


def _paint_pictures(view: PageView, painter: QPainter, page: int, rect: QRectF) -> None:
    bars = view.horizontalScrollBar().value(), view.verticalScrollBar().value()
    size = view.viewport().size()
    wishes = list(tiles_of(view.strip, page, Band(bars[0], bars[1], size.width(), size.height())))
    painter.save()
    painter.setClipRect(rect)
    if any(wish not in view.tiles for wish in wishes):
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        small = view.previews.get(view.preview(page))
        if small is not None:
            painter.drawImage(rect, small)
        for wish, picture in view.tiles.of_page(page):
            if wish.region.turns == view.turns and wish.region.scale != view.strip.scale:
                k = view.zoom / wish.region.scale
                area = wish.region
                place = QRectF(rect.x() + area.x * k, rect.y() + area.y * k, area.width * k, area.height * k)
                painter.drawImage(place, picture)
    ratio = view.strip.ratio
    for wish in wishes:
        sharp = view.tiles.get(wish)
        if sharp is not None:
            area = wish.region
            place = QRectF(rect.x() + area.x / ratio, rect.y() + area.y / ratio, area.width / ratio,
                           area.height / ratio)  # fmt: skip
            painter.drawImage(place, sharp)
    painter.restore()


def _paint_marks(view: PageView, painter: QPainter, page: int) -> None:
    """Hits and selection, multiplied into the page so that black stays black."""
    hits = view.document.hits.on_page(page)
    selection = view.selecting.selection
    if not hits and selection is None:
        return
    text = view.document.ask_text(page)
    if text is None:
        return
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    current = view.document.hits.current
    for number, hit in hits:
        tint = _on_paper("hit_current" if number == current else "hit")
        _fill(view, painter, page, text, (hit.start, hit.stop), tint)
    if selection is not None:
        _fill(view, painter, page, text, selection.on_page(page, len(text.text)), QColor("#BBD2FB"))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#9A5B00"), 2))  # the present hit also by its frame, not by colour alone
    for number, hit in hits:
        if number == current:
            for box in rectangles(text, hit.start, hit.stop):
                painter.drawRect(view.box_rect(page, box).adjusted(-2, -2, 2, 2))


def _on_paper(token: str) -> QColor:
    """A marking colour light enough for black letters on white paper, whatever the theme."""
    tint = color(token)
    if tint.lightness() >= 150:
        return tint
    return QColor.fromHsl(max(tint.hslHue(), 0), max(tint.hslSaturation(), 160), 200)


def _fill(view: PageView, painter: QPainter, page: int, text: PageText, part: tuple[int, int], tint: QColor) -> None:
    for box in rectangles(text, *part):
        painter.fillRect(view.box_rect(page, box), tint)


def fault_button(view: PageView, page: int) -> QRectF:
    """Where 'try again' stands on a failed page."""
    look = look_of()
    rect = _seen_part(view, view.page_rect(page))
    width, height = look.px(_BUTTON[0]), look.px(_BUTTON[1])
    return QRectF(rect.center().x() - width / 2, rect.center().y() + look.px(44), width, height)


def _seen_part(view: PageView, rect: QRectF) -> QRectF:
    """The part of a page in sight where the message has room there; else the whole page."""
    seen = rect.intersected(QRectF(view.viewport().rect()))
    return seen if seen.height() >= look_of().px(220) else rect


def _paint_fault(view: PageView, painter: QPainter, rect: QRectF, fault: Fault) -> None:
    look = look_of()
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, color("surface2"))
    side = look.px(28)
    middle = _seen_part(view, rect).center()
    painter.drawPixmap(QPointF(middle.x() - side / 2, middle.y() - look.px(68)), pixmap("warning", side, "warn"))
    width = min(look.px(_MESSAGE_WIDTH), rect.width() - look.px(16))
    box = QRectF(middle.x() - width / 2, middle.y() - look.px(36), width, look.px(64))
    painter.setPen(color("text"))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(box, flags, view.fault_text(fault))
    target = fault_button(view, fault.page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(color("surface"))
    painter.setPen(QPen(color("line2"), 1))
    painter.drawRoundedRect(target, look.px(6), look.px(6))
    painter.setPen(color("text"))
    painter.drawText(target, Qt.AlignmentFlag.AlignCenter, view.words.text("shell.pages.retry_page"))
    painter.restore()


def _paint_overlay(view: PageView, painter: QPainter, item: Overlay) -> None:
    rect = view.overlay_rect(item)
    chosen = item.key == view.board.selected
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    picture: QImage | None = view.overlay_pictures.get(item.key.split("@")[0])
    if picture is not None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(rect.center())
        painter.rotate(90 * view.turns)
        size = rect.size().transposed() if view.turns % 2 else rect.size()
        painter.drawImage(QRectF(QPointF(-size.width() / 2, -size.height() / 2), size), picture)
        painter.restore()
    else:
        tint = QColor("#1F5FD6")
        tint.setAlpha(28)
        painter.setBrush(tint)
        painter.setPen(QPen(QColor("#1F5FD6"), 1))
        painter.drawRoundedRect(rect, 3, 3)
        _paint_tag(painter, rect, item.label)
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#1F5FD6"), 2))
        painter.drawRect(rect)
        painter.setBrush(QColor(_PAPER))
        for corner in (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()):
            painter.drawEllipse(corner, 4, 4)
    painter.restore()


def _paint_tag(painter: QPainter, rect: QRectF, text: str) -> None:
    """The overlay's name in its middle on a plate of its own, so that it is not read into the page's words."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(8, int(rect.width()) - 12))
    plate = QRectF(0, 0, metrics.horizontalAdvance(shown) + 12, metrics.height() + 4)
    plate.moveCenter(rect.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#1F5FD6"))
    painter.drawRoundedRect(plate, 4, 4)
    painter.setPen(QColor(_PAPER))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_snap_lines(view: PageView, painter: QPainter) -> None:
    item = view.board.get(view.board.selected)
    if item is None:
        return
    painter.setPen(QPen(QColor("#C42B1C"), 1, Qt.PenStyle.DashLine))
    width, height = view.board.page_mm(item.page)
    k = POINTS_PER_MM
    for line in view.board.lines:
        at = line.at * k
        box = (at, 0.0, at, height * k) if line.upright else (0.0, at, width * k, at)
        rect = view.box_rect(item.page, box)
        painter.drawLine(rect.topLeft(), rect.bottomRight())
