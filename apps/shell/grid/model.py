"""The table for Qt: a thin view of a :class:`~apps.shell.grid.sheet.Sheet`; it holds no data of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from apps.shell.grid.columns import Align, Kind, plain
from apps.shell.grid.edits import Edit
from apps.shell.grid.entry import Refusal
from apps.shell.grid.order import Arrangement, Query
from apps.shell.grid.problems import CellKey, Problem
from apps.shell.grid.setup import Setup
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.slicer import Slicer
from apps.shell.grid.speech import cell_speech, column_speech, row_speech, status_text
from apps.shell.grid.store import Row
from core.messages import Catalogue

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ALIGN = {
    Align.START: Qt.AlignmentFlag.AlignLeft,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.END: Qt.AlignmentFlag.AlignRight,
}


class GridModel(QAbstractTableModel):
    """Signals: ``arranged`` after a new order, ``edited`` after an edit, ``refused`` with the reason of a refusal."""

    arranged = Signal()
    edited = Signal(object)
    refused = Signal(object)
    problems_changed = Signal()

    def __init__(self, words: Catalogue, sheet: Sheet, slicer: Slicer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.sheet = sheet
        self.slicer = slicer
        self.wanted = sheet.order.query

    # what Qt asks

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        """Seen rows."""
        return 0 if parent.isValid() else len(self.sheet.order.visible)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        """Shown columns."""
        return 0 if parent.isValid() else len(self.sheet.shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell in one role."""
        if not index.isValid():
            return None
        row, number = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, number)
            case Qt.ItemDataRole.EditRole:
                return plain(self.sheet.columns[number], self.sheet.store.value(row, number), self.words)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[self.sheet.columns[number].alignment] | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell_speech(self.sheet, row, number)
            case _:
                return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Takes what was typed into one cell; a refusal is told by ``refused``."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not isinstance(value, str):
            return False
        found = self.sheet.type_in(*self.cell(index), value)
        if isinstance(found, Refusal):
            self.refused.emit(found)
            return False
        if found is not None:
            self.do(found)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Protected cells can be selected and copied, not edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.sheet.store.protection(*self.cell(index)) is None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of columns; numbers of rows as the rows were given."""
        along = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (len(self.sheet.shown) if along else len(self.sheet.order.visible)):
            return None
        if along:
            column = self.sheet.column(section)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[column.alignment] | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return column_speech(self.sheet, column)
            return column.caption(self.words) if role == Qt.ItemDataRole.DisplayRole else None
        row = self.sheet.order.visible[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_speech(self.sheet, row)
        return str(row + 1) if role == Qt.ItemDataRole.DisplayRole else None

    # what the view asks

    def cell(self, index: AnyIndex) -> tuple[int, int]:
        """(row, column) numbers in the store."""
        return self.sheet.order.visible[index.row()], self.sheet.shown[index.column()]

    def text(self, row: int, number: int) -> str:
        """The text on screen of one cell, numbers of the store."""
        if self.sheet.columns[number].kind is Kind.STATUS:
            return status_text(self.sheet, row)
        return self.sheet.store.text(row, number)

    def index_of(self, row: int, column: str) -> QModelIndex:
        """The index of a row of the store; the first shown column where the wanted one is hidden; invalid if unseen."""
        position = self.sheet.order.position(row)
        places = [place for place in range(len(self.sheet.shown)) if self.sheet.column(place).key == column]
        return self.index(position, places[0] if places else 0) if position >= 0 else QModelIndex()

    # orders

    def arrange(self, query: Query, *, resort: bool = False, reveal: int = -1) -> None:
        """Works out a new order and puts it in force; a newer query replaces one still at work."""
        self.wanted = query
        self.slicer.start(
            lambda: self.sheet.order.arrange_steps(query, resort=resort, reveal=reveal), self._take, replaces="arrange"
        )

    def _take(self, arrangement: Arrangement) -> None:
        self.beginResetModel()
        self.sheet.order.take(arrangement)
        self.endResetModel()
        self.arranged.emit()

    def toggle(self, row: int, *, opened: bool) -> bool:
        """Opens or folds one group; False where there is nothing to do."""
        order = self.sheet.order
        if not self.sheet.store.has_children(row) or order.is_open(row) == opened or self.slicer.busy:
            return False
        position = order.position(row)
        if position < 0:
            return False
        if opened:
            below = order.rows_below(row)
            if below:
                self.beginInsertRows(QModelIndex(), position + 1, position + len(below))
            order.open(row, below)
            if below:
                self.endInsertRows()
        else:
            end = order.end_below(row)
            if end > position + 1:
                self.beginRemoveRows(QModelIndex(), position + 1, end - 1)
            order.fold(row)
            if end > position + 1:
                self.endRemoveRows()
        self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))
        self.arranged.emit()
        return True

    def fold_all(self, *, folded: bool) -> None:
        """Folds or opens all groups."""
        self.sheet.order.fold_all(folded=folded)
        self.arrange(self.wanted)

    # columns, rows, problems

    def use_setup(self, setup: Setup) -> None:
        """Shows columns as set up."""
        self.beginResetModel()
        self.sheet.use_setup(setup)
        self.endResetModel()

    def load(self, rows: Sequence[Row], problems: Mapping[CellKey, Problem]) -> None:
        """Shows other rows; what was done before cannot be undone any more."""
        self.slicer.start(lambda: self.sheet.load_steps(rows, problems), self._take_sheet, replaces="load")

    def _take_sheet(self, sheet: Sheet) -> None:
        self.beginResetModel()
        sheet.use_setup(self.sheet.setup)
        self.sheet = sheet
        self.endResetModel()
        if self.wanted != sheet.order.query:
            self.arrange(self.wanted)
        self.problems_changed.emit()
        self.arranged.emit()

    def change_problems(self, changed: Mapping[CellKey, Problem | None]) -> None:
        """Sets or removes (None) the problems of some cells."""
        for cell, problem in changed.items():
            self.sheet.problems.put(cell, problem)
        self._all_changed()

    def set_problems(self, found: Mapping[CellKey, Problem]) -> None:
        """Replaces all problems."""
        self.sheet.set_problems(found)
        self._all_changed()

    def _all_changed(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        if self.rowCount():
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
        self.problems_changed.emit()

    # edits

    def do(self, edit: Edit) -> None:
        """Makes an edit, reports it to the program, shows it."""
        if edit.changes:
            self.slicer.start(lambda: self.sheet.do_steps(edit), lambda _: self._show_edit(edit))

    def undo(self) -> None:
        """Takes the newest action back."""
        self.slicer.start(self.sheet.undo_steps, self._show_edit)

    def redo(self) -> None:
        """Does the action undone last again."""
        self.slicer.start(self.sheet.redo_steps, self._show_edit)

    def _show_edit(self, edit: Edit | None) -> None:
        if edit is None:
            return
        order, index = self.sheet.order, self.sheet.store.index
        rows = [position for c in edit.changes if (position := order.position(index[c.row])) >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), self.columnCount() - 1))
        self.edited.emit(edit)
