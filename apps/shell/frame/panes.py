"""F6: the focus goes from pane to pane, and in each to where it last was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


def focusable(root: QWidget) -> list[QWidget]:
    """The widgets below ``root`` (and itself) that Tab reaches now, in the order of the focus chain."""
    found: list[QWidget] = []
    here = root
    while True:
        inside = here is root or root.isAncestorOf(here)
        if inside and here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisible() and here.isEnabled():
            found.append(here)
        following = here.nextInFocusChain()
        if following is None or following is root:
            return found
        here = following


class Panes(QObject):
    """Cycles the focus through panes; a pane that is hidden or has nothing to focus is passed over."""

    def __init__(self, parent: QWidget, panes: Callable[[], tuple[QWidget, ...]]) -> None:
        super().__init__(parent)
        self._panes = panes
        self._last: dict[int, QWidget] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def move(self, step: int) -> None:
        """To the next (1) or previous (-1) pane."""
        panes = [pane for pane in self._panes() if pane.isVisible() and focusable(pane)]
        if not panes:
            return
        here = self._pane_of(QApplication.focusWidget(), panes)
        target = panes[0 if here is None else (panes.index(here) + step) % len(panes)]
        self.enter(target)

    def enter(self, pane: QWidget) -> None:
        """Into one pane, to where the focus last was or to its first stop."""
        stops = focusable(pane)
        last = self._last.get(id(pane))
        if stops:
            (last if last in stops else stops[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        pane = self._pane_of(new, list(self._panes()))
        if pane is not None and new is not None:
            self._last[id(pane)] = new  # compared by identity only: it may be gone by the time it is looked at

    def _pane_of(self, widget: QWidget | None, panes: list[QWidget]) -> QWidget | None:
        if widget is None:
            return None
        return next((pane for pane in panes if pane is widget or pane.isAncestorOf(widget)), None)
