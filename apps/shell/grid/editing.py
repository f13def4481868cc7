"""Editing in place: checked while it is typed; Enter and Tab commit and move, and stay where something is wrong."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from apps.shell.grid.columns import Align, Kind
from apps.shell.grid.entry import TEXT_LIMIT, Refusal
from apps.shell.grid.model import GridModel
from apps.shell.grid.paint import CellPainter
from apps.shell.theme.style import look_of, mark

LINE_BREAK = "\u23ce"  # stands for a line break while a cell is edited on one line; Alt+Enter types it
AnyIndex = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """``moved`` (rows, columns) after a commit by key; ``said`` with a refusal while typing, None when it is gone."""

    moved = Signal(int, int)
    said = Signal(object)

    def __init__(self, model: GridModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.painter = CellPainter(model)
        self._cell = (-1, -1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """One cell."""
        painter.save()
        self.painter.paint(painter, option, index)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:  # noqa: N802
        """A line of text, or a list of choices."""
        self._cell = self._model.cell(index)
        column = self._model.sheet.columns[self._cell[1]]
        editor: QWidget
        if column.kind is Kind.CHOICE:
            editor = QComboBox(parent)
            mark(editor, cell=True)
            editor.addItem("", "")
            for choice in column.choices:
                editor.addItem(choice.caption(self._model.words), choice.value)
        else:
            editor = self._line(parent, end=column.alignment is Align.END)
        caption = column.caption(self._model.words)
        name = self._model.words.text("shell.grid.speech.with_unit", value=caption, unit=column.unit)
        editor.setAccessibleName(name if column.unit else caption)
        editor.setAutoFillBackground(True)
        return editor

    def _line(self, parent: QWidget, *, end: bool) -> QLineEdit:
        line = QLineEdit(parent)
        line.setMaxLength(TEXT_LIMIT)
        line.setFrame(False)
        mark(line, cell=True)
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        line.setAlignment(Qt.AlignmentFlag.AlignVCenter | side)
        line.textChanged.connect(lambda: self._check(line))
        return line

    def _check(self, line: QLineEdit) -> None:
        why = self._refusal(line)
        mark(line, state="error" if why else "")
        self.said.emit(why)

    def _refusal(self, editor: QWidget) -> Refusal | None:
        """Why what stands in the editor would not be taken."""
        found = self._model.sheet.type_in(*self._cell, self._text(editor))
        return found if isinstance(found, Refusal) else None

    @staticmethod
    def _text(editor: QWidget) -> str:
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return cast("QLineEdit", editor).text().replace(LINE_BREAK, "\n")

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:  # noqa: N802
        """All digits of a number, the whole of a text."""
        row, number = self._model.cell(index)
        if isinstance(editor, QComboBox):
            place = editor.findData(self._model.sheet.store.value(row, number) or "")
            editor.setCurrentIndex(max(place, 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)).replace("\n", LINE_BREAK))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:  # noqa: N802
        """Commits; what is refused is told and the cell stays as it was."""
        model.setData(index, self._text(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:  # noqa: N802
        """The cell, and never narrower than can be typed in."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        least = look_of().px(96 if isinstance(editor, QLineEdit) else 132)
        if rect.width() < least:
            rect.setWidth(least)
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter and Tab; a wrong entry keeps the editor open with its reason in words."""
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget) and isinstance(event, QKeyEvent):
            step = self._step(event)
            if step is not None:
                if isinstance(editor, QLineEdit) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    editor.insert(LINE_BREAK)
                    return True
                why = self._refusal(editor)
                if why is not None:
                    self.said.emit(why)
                    return True
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.moved.emit(*step)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.said.emit(None)
        return super().eventFilter(editor, event)

    @staticmethod
    def _step(event: QKeyEvent) -> tuple[int, int] | None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return (-1 if back else 1), 0
            case Qt.Key.Key_Tab:
                return 0, 1
            case Qt.Key.Key_Backtab:
                return 0, -1
            case _:
                return None
