"""The comparison as a table for Qt."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from apps.shell.compare.state import CompareRow, CompareState
from apps.shell.compare.wording import cell_text, spoken
from apps.shell.widgets.text import tip
from core.messages import Catalogue

Index = QModelIndex | QPersistentModelIndex


class CompareModel(QAbstractTableModel):
    """One row a criterion, one column a thing."""

    def __init__(self, words: Catalogue, state: CompareState) -> None:
        super().__init__()
        self._words, self.state = words, state
        self.rows = state.shown

    def set_state(self, state: CompareState) -> bool:
        """Shows another state; says whether rows or columns are others now."""
        shown = state.shown
        if shown == self.rows and state.table is self.state.table:
            self.state = state
            return False
        self.beginResetModel()
        self.state, self.rows = state, shown
        self.endResetModel()
        return True

    def row(self, index: Index) -> CompareRow:
        """The criterion of a cell."""
        return self.rows[index.row()]

    def place_of(self, criterion: str, subject: str) -> QModelIndex:
        """The index of a cell, invalid where it is not shown."""
        for row, one in enumerate(self.rows):
            if one.criterion.id == criterion:
                for column, thing in enumerate(self.state.table.subjects):
                    if thing.id == subject:
                        return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Criteria shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Things."""
        return 0 if parent.isValid() else len(self.state.table.subjects)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Text to see, with criterion, thing and difference to hear."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(row.cells[index.column()], self._words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.state, row, index.column(), self._words)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Titles."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Vertical:
            title = self.rows[section].criterion.title if section < len(self.rows) else None
        else:
            subjects = self.state.table.subjects
            title = subjects[section].title if section < len(subjects) else None
        return tip(title) if title is not None and role == Qt.ItemDataRole.ToolTipRole else title
