"""A list view whose rows wrap their words and whose Enter key acts on the current row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from apps.shell.theme.style import look_of


class ItemList(QListView):
    """``enter`` gets the current row when Return or Enter is pressed."""

    def __init__(self, enter: Callable[[QModelIndex], None]) -> None:
        super().__init__()
        self._enter = enter
        self.setProperty("plain", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(look_of().px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter acts; everything else is the list's own."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._enter(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Coming by keyboard stands on the first row, so that there is something to see and hear."""
        super().focusInEvent(event)
        model = self.model()
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.currentIndex().isValid() and model is not None and model.rowCount():
            self.setCurrentIndex(model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width wraps the words otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
