"""The table view of a comparison: columns share the width or scroll, rows are as tall as their words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from apps.shell.compare.model import CompareModel
from apps.shell.compare.paint import CellDelegate, TitleHeader
from apps.shell.compare.wording import cell_text
from apps.shell.theme.fonts import font
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import label
from core.messages import Catalogue

_NARROWEST, _TITLES = 168, 176


class CompareTableView(QTableView):
    """First column (the criteria) and header (the things) stay in sight; both are headers of the table."""

    def __init__(self, words: Catalogue, model: CompareModel) -> None:
        super().__init__()
        self._words, self._compare = words, model
        self._corner = label(words.text("shell.compare.criterion"), "small")
        self._corner.setParent(self)
        self.setModel(model)
        self.setHorizontalHeader(TitleHeader(words, Qt.Orientation.Horizontal, model))
        self.setVerticalHeader(TitleHeader(words, Qt.Orientation.Vertical, model))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._cells = CellDelegate(words, self)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        for mode in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def fit(self) -> None:
        """Gives columns and rows their sizes; after other content, another width, another look."""
        px = look_of().px
        body, small = QFontMetrics(font(px(14))), QFontMetrics(font(px(13)))
        self.verticalHeader().setFixedWidth(px(_TITLES))
        self.horizontalHeader().setFixedHeight(px(18) + body.height() + small.height())
        count = self._compare.columnCount()
        room = self.width() - px(_TITLES) - 4 - self.verticalScrollBar().sizeHint().width()
        width = max(px(_NARROWEST), room // max(count, 1))
        for column in range(count):
            self.setColumnWidth(column, width)
        inner, titles = width - px(24), px(_TITLES) - px(24)
        bold = QFontMetrics(font(px(14), bold=True))
        for number, row in enumerate(self._compare.rows):
            long = any(body.horizontalAdvance(cell_text(cell, self._words)) > inner for cell in row.cells)
            height = (2 if long else 1) * body.height() + (small.height() + px(2) if row.differs else 0)
            title = (2 if bold.horizontalAdvance(row.criterion.title) > titles else 1) * bold.height()
            named = title + (small.height() if row.criterion.note else 0)
            self.setRowHeight(number, max(height, named) + px(18))
        self._corner.setGeometry(px(12) + 2, 1, px(_TITLES) - px(24), self.horizontalHeader().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_cells"):
            self.fit()
