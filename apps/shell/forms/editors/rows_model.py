"""The rows of a small table as Qt sees them; every change goes out as a new entry, nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from apps.shell.forms.editors.editor import Showing
from apps.shell.forms.entries import Rows
from apps.shell.forms.faults import Fault
from apps.shell.forms.foot import label_text
from apps.shell.forms.schema import ComputedField, Field, NumberField, TableField, YesNoField
from apps.shell.forms.tables import with_cell
from apps.shell.forms.values import Judges, tidy
from apps.shell.icons import icon
from apps.shell.theme.style import color
from apps.shell.widgets.text import tip
from core.messages import Catalogue

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class RowsModel(QAbstractTableModel):
    """Shows cells tidily, gives them raw for editing, and names faults by icon, ground and words."""

    def __init__(
        self, words: Catalogue, field: TableField, judges: Judges, changed: Callable[[Rows], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._field = field
        self._changed = changed
        self._judges = judges
        self._showing = Showing(Rows(), Rows())
        self.rows = Rows()

    def show_rows(self, showing: Showing) -> None:
        """Shows the rows of a state; where the number of rows stays, cells being edited stay open."""
        if showing == self._showing:
            return
        rows = showing.entry if isinstance(showing.entry, Rows) else Rows()
        same = self._count(rows) == self._count(self.rows)
        if same:
            self._showing, self.rows = showing, rows
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self._showing, self.rows = showing, rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One blank row where there is none yet."""
        return 0 if parent is not None and parent.isValid() else self._count(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The columns of the field."""
        return 0 if parent is not None and parent.isValid() else len(self._field.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed cells can be reached, not changed."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found if self._field.columns[index.column()].read_only else found | Qt.ItemFlag.ItemIsEditable

    def cell(self, row: int, column: int) -> str:
        """The text of a cell as typed."""
        cells = self.rows.rows[row] if row < len(self.rows.rows) else ()
        return cells[column] if column < len(cells) else ""

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Text, fault and spoken name of a cell."""
        row, place = index.row(), index.column()
        column = self._field.columns[place]
        if role == _Role.DisplayRole:
            return self._shown(row, place, column)
        if role == _Role.EditRole:
            return self.cell(row, place)
        if role == _Role.AccessibleTextRole:
            said = self._shown(row, place, column) or self._words.text("shell.forms.cell_empty")
            return self._words.text("shell.forms.cell", row=str(row + 1), column=self._title(place), text=said)
        if role == _Role.TextAlignmentRole:
            return _side(column)
        if role == _Role.ForegroundRole:
            return color("muted") if column.read_only else None
        return self._fault_data(role, self._faults(row, column))

    def _fault_data(self, role: int, found: list[Fault]) -> object:
        if not found:
            return None
        if role == _Role.BackgroundRole:
            return color("err_bg")
        if role == _Role.DecorationRole:
            return icon("x-circle", "err")
        spoken = role in {_Role.ToolTipRole, _Role.AccessibleDescriptionRole}
        said = " ".join(each.text(self._words) for each in found)
        return (tip(said) if role == _Role.ToolTipRole else said) if spoken else None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:  # noqa: N802
        """One edit for a cell that changed."""
        text = str(value)
        if role != _Role.EditRole or text == self.cell(index.row(), index.column()):
            return False
        self._changed(with_cell(self._field, self.rows, index.row(), index.column(), text))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:  # noqa: N802
        """Labels with units and the required mark; row numbers."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == _Role.DisplayRole else None
        column = self._field.columns[section]
        if role == _Role.DisplayRole:
            star = self._words.text("shell.forms.star") if column.required else ""
            return self._title(section) + star
        if role == _Role.TextAlignmentRole:
            return _side(column)
        return None

    def options(self, column: int) -> list[tuple[str, str]]:
        """Value and label of the options of a column that has some."""
        field = self._field.columns[column]
        if isinstance(field, YesNoField):
            return [(each, self._words.text(f"shell.forms.{each}")) for each in ("yes", "no")]
        return [(each.value, self._words.text(each.label)) for each in getattr(field, "options", ())]

    def _title(self, place: int) -> str:
        return label_text(self._field.columns[place], self._words)

    def _shown(self, row: int, place: int, column: Field) -> str:
        if isinstance(column, ComputedField):
            return self._showing.table.computed.get((row, place), "") if self._showing.table else ""
        raw = self.cell(row, place)
        named = dict(self.options(place)).get(raw)
        return named if named is not None else str(tidy(column, raw, self._judges))

    def _faults(self, row: int, column: Field) -> list[Fault]:
        return [each for each in self._showing.faults if each.row == row and each.part == column.key]

    @staticmethod
    def _count(rows: Rows) -> int:
        return max(1, len(rows.rows))


def _side(column: Field) -> int:
    figure = isinstance(column, NumberField | ComputedField)
    side = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
