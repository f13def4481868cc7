"""What the mouse does on a page view: selects text, drags overlays, tries failed pages again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from apps.shell.pages.geometry import POINTS_PER_MM
from apps.shell.pages.overlays import Overlay
from apps.shell.pages.painting import fault_button

if TYPE_CHECKING:
    from apps.shell.pages.page_view import PageView


class PageMouse:
    """Owned by a page view."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._selecting = False
        self._dragged = ""
        self._grip = (0.0, 0.0)

    def pressed(self, event: QMouseEvent) -> None:
        """The left button goes down."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        view, point = self._view, event.position()
        page, x, y = self._mm(point)
        if page >= 0 and view.document.table.fault(page) is not None:
            if fault_button(view, page).contains(point):
                view.retry_wanted.emit(page)
            return
        item = view.board.at(page, x, y)
        view.board.select(item.key if item is not None else "")
        if item is not None:
            self._dragged = item.key
            self._grip = (x - item.x, y - item.y)
            return
        self._selecting = True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            view.selecting.extend(point)
        else:
            view.selecting.begin(point)

    def moved(self, event: QMouseEvent) -> None:
        """The mouse moves, with or without a button."""
        view, point = self._view, event.position()
        if self._dragged:
            item = view.board.get(self._dragged)
            if item is not None:
                x, y = self._mm_on(item, point)
                free = event.modifiers() & Qt.KeyboardModifier.AltModifier
                view.board.move_to(item.key, x - self._grip[0], y - self._grip[1], snap=not free)
        elif self._selecting:
            view.selecting.extend(point)
            self._scroll_along(point)
        else:
            page, x, y = self._mm(point)
            over = view.board.at(page, x, y)
            failed = page >= 0 and view.document.table.fault(page) is not None
            shape = Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.IBeamCursor
            view.viewport().setCursor(Qt.CursorShape.ArrowCursor if failed else shape)

    def released(self, event: QMouseEvent) -> None:
        """The button goes up."""
        if event.button() is Qt.MouseButton.LeftButton:
            if self._dragged:
                self._view.board.drop()
            self._dragged, self._selecting = "", False

    def double_clicked(self, event: QMouseEvent) -> None:
        """Selects the word."""
        page, x, y = self._mm(event.position())
        if page >= 0 and self._view.board.at(page, x, y) is None:
            self._view.selecting.take_word(event.position())

    def _mm(self, point: QPointF) -> tuple[int, float, float]:
        page, x, y = self._view.to_page(point)
        return page, x / POINTS_PER_MM, y / POINTS_PER_MM

    def _mm_on(self, item: Overlay, point: QPointF) -> tuple[float, float]:
        """The point in mm of the overlay's own page, also where the mouse has left it."""
        view = self._view
        page, x, y = self._mm(point)
        if page == item.page:
            return x, y
        inside = view.page_rect(item.page)
        kept = QPointF(
            max(inside.left() + 1, min(point.x(), inside.right() - 1)),
            max(inside.top() + 1, min(point.y(), inside.bottom() - 1)),
        )
        _, x, y = self._mm(kept)
        return x, y

    def _scroll_along(self, point: QPointF) -> None:
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        if point.y() < 0:
            bar.setValue(bar.value() - bar.singleStep())
        elif point.y() > height:
            bar.setValue(bar.value() + bar.singleStep())
