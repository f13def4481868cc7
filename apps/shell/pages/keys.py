"""Every key of a page view. What is listed here is listed in the help as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from apps.shell.pages.overlays import LARGE_STEP, STEP

if TYPE_CHECKING:
    from apps.shell.pages.page_view import PageView

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PageKeys:
    """Owned by a page view."""

    def __init__(self, view: PageView) -> None:
        self._view = view

    def pressed(self, event: QKeyEvent) -> bool:
        """Does what a key means; False where it means nothing here."""
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            return self._view.selecting.copy()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._view.selecting.take_page()
            return True
        if key in _ARROWS:
            return self._arrow(*_ARROWS[key], shift=shift, control=control)
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            return False
        return self._command(key, control=control, shift=shift)

    def _arrow(self, across: int, down: int, *, shift: bool, control: bool) -> bool:
        view = self._view
        if view.board.selected:
            step = LARGE_STEP if shift else STEP
            # Arrows follow the eye: on a turned view right is the right of the window.
            for _ in range(-view.turns % 4):
                across, down = -down, across
            return view.board.nudge(across * step, down * step)
        if shift:
            view.selecting.move(characters=across, lines=down)
            return True
        if control and across:
            view.go_to_page(view.page + across)
            return True
        bar = view.verticalScrollBar() if down else view.horizontalScrollBar()
        bar.setValue(bar.value() + (down or across) * bar.singleStep())
        return True

    def _command(self, key: Qt.Key, *, control: bool, shift: bool) -> bool:
        view = self._view
        bar = view.verticalScrollBar()
        screen = max(1, view.viewport().height() - 40)
        plain: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_PageDown: lambda: bar.setValue(bar.value() + screen),
            Qt.Key.Key_PageUp: lambda: bar.setValue(bar.value() - screen),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + (-screen if shift else screen)),
            Qt.Key.Key_Home: lambda: bar.setValue(0),
            Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_R: self._retry,
            Qt.Key.Key_O: lambda: self._next_overlay(forward=not shift),
        }
        action = None if control else plain.get(key)
        if action is None:
            return False
        action()
        return True

    def _escape(self) -> None:
        self._view.board.select("")
        self._view.selecting.clear()

    def _retry(self) -> None:
        for page in self._view.visible_pages():
            if self._view.document.table.fault(page) is not None:
                self._view.retry_wanted.emit(page)

    def _next_overlay(self, *, forward: bool) -> None:
        item = self._view.board.select_next(forward)
        if item is not None:
            if item.page not in self._view.visible_pages():
                self._view.go_to_page(item.page)
            self._view.ensure_seen(self._view.overlay_rect(item))
