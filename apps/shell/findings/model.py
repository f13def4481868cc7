"""Group heads and findings as a list for Qt."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from apps.shell.findings.state import FindingRow, GroupLine, Line
from apps.shell.findings.wording import spoken
from core.messages import Catalogue

Index = QModelIndex | QPersistentModelIndex


class FindingsModel(QAbstractListModel):
    """One row a line; heads of groups cannot be stood on."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._lines: tuple[Line, ...] = ()
        self._rows: dict[int, int] = {}

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """Shows other lines."""
        if lines is self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self._rows = {line.number: row for row, line in enumerate(lines) if isinstance(line, FindingRow)}
        self.endResetModel()

    def line(self, index: Index) -> Line:
        """The line of a row."""
        return self._lines[index.row()]

    def row_of(self, number: int) -> int:
        """Where a finding is shown, -1 where it is not."""
        return self._rows.get(number, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are passed over by the arrow keys."""
        if not index.isValid() or isinstance(self._lines[index.row()], GroupLine):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The sentence to see, all of it to hear."""
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        line = self._lines[index.row()]
        if isinstance(line, GroupLine):
            return self._words.text("shell.findings.group", title=line.title, count=line.count)
        return line.sentence if role == Qt.ItemDataRole.DisplayRole else spoken(line, self._words)
