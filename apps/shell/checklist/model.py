"""The items as a list for Qt: what a row shows and what a screen reader says of it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from apps.shell.checklist.state import ChecklistItem
from apps.shell.checklist.wording import spoken
from core.messages import Catalogue

Index = QModelIndex | QPersistentModelIndex


class ChecklistModel(QAbstractListModel):
    """One row an item."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._items: tuple[ChecklistItem, ...] = ()

    def set_items(self, items: tuple[ChecklistItem, ...]) -> None:
        """Shows other items; where the keys are the same the rows stay, and with them focus and scroll position."""
        same = [item.key for item in items] == [item.key for item in self._items]
        if same and items:
            self._items = items
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def item(self, index: Index) -> ChecklistItem:
        """The item of a row."""
        return self._items[index.row()]

    def row_of(self, key: str) -> int:
        """The row of an item, -1 where there is none."""
        return next((row for row, item in enumerate(self._items) if item.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Title to see, all of it to hear."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._items[index.row()].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self._items[index.row()], self._words)
        return None
