"""The certificates as a list for Qt."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from apps.shell.certificates.state import CertificateChoice, PickerState
from apps.shell.certificates.wording import spoken
from core.messages import Catalogue

Index = QModelIndex | QPersistentModelIndex


class CertificateModel(QAbstractListModel):
    """One row a certificate; rows are only ever added, so focus and choice stay."""

    def __init__(self, words: Catalogue, state: PickerState) -> None:
        super().__init__()
        self._words, self.state = words, state

    def set_state(self, state: PickerState) -> None:
        """Shows other facts."""
        before, after = [one.id for one in self.state.choices], [one.id for one in state.choices]
        if after[: len(before)] == before:
            if len(after) > len(before):
                self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
                self.state = state
                self.endInsertRows()
            self.state = state
            if after:
                self.dataChanged.emit(self.index(0), self.index(len(after) - 1))
            return
        self.beginResetModel()
        self.state = state
        self.endResetModel()

    def choice(self, index: Index) -> CertificateChoice:
        """The certificate of a row."""
        return self.state.choices[index.row()]

    def row_of(self, identity: str) -> int:
        """The row of a certificate, -1 where there is none."""
        return next((row for row, one in enumerate(self.state.choices) if one.id == identity), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many certificates."""
        return 0 if parent.isValid() else len(self.state.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The name to see, all of it to hear."""
        if not index.isValid():
            return None
        choice = self.state.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.subject
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.state, choice, self._words)
        return None
