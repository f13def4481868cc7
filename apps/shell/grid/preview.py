"""Before a paste: what would change where, what is refused and why, what is read in another spelling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from apps.shell.grid.paste import LISTED, NotedCell, PasteColumn, PastePlan
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

_K = "shell.grid.preview."


class PasteDialog(QDialog):
    """``chosen`` (clear blanks) when the user goes on; nothing happens otherwise."""

    chosen = Signal(bool)

    def __init__(self, words: Catalogue, plan: PastePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._plan = words, plan
        self._grown: list[QTableWidget] = []
        px = look_of().px
        self.setWindowTitle(words.text(_K + "title"))
        self.setModal(True)
        self.resize(px(760), px(540))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(label(words.text(_K + "title"), "h2"))
        layout.addWidget(self._where())
        for band in self._bands():
            layout.addWidget(band)
        layout.addWidget(self._tabs(), 1)
        self.blanks = QCheckBox(words.text(_K + "clear_blanks", count=f"{len(plan.blank_changes):,}"))
        self.blanks.setVisible(bool(plan.blank_changes))
        self.blanks.toggled.connect(self._show_count)
        layout.addWidget(self.blanks)
        layout.addLayout(self._buttons())
        self._show_count()

    def _where(self) -> QLabel:
        plan = self._plan
        where = self._words.text(
            _K + "where", rows=f"{plan.height:,}", columns=plan.width, first=f"{plan.first_number:,}",
            column=plan.columns[0].title if plan.columns else "",
        )  # fmt: skip
        return label(where, "muted", wrap=True)

    def _bands(self) -> list[Band]:
        plan, words = self._plan, self._words
        bands = []
        if plan.refused_count:
            bands.append(Band("warn", words.text(_K + "some_refused", count=f"{plan.refused_count:,}")))
        if plan.beyond_rows or plan.beyond_columns:
            text = words.text(_K + "beyond", rows=f"{plan.beyond_rows:,}", columns=plan.beyond_columns)
            bands.append(Band("warn", text))
        if plan.hidden_between:
            bands.append(Band("info", words.text(_K + "filtered")))
        return bands

    def _tabs(self) -> QTabWidget:
        plan, words = self._plan, self._words
        tabs = QTabWidget()
        tabs.addTab(self._columns_table(), words.text(_K + "tab_columns", count=len(plan.columns)))
        if plan.refused_count:
            tabs.addTab(self._cells_table(plan.refused, refused=True), self._tab("tab_refused", plan.refused_count))
            if not plan.changes:
                tabs.setCurrentIndex(1)
        if plan.respelled_count:
            title = self._tab("tab_respelled", plan.respelled_count)
            tabs.addTab(self._cells_table(plan.respelled, refused=False), title)
        tabs.setAccessibleName(words.text(_K + "title"))
        return tabs

    def _tab(self, key: str, count: int) -> str:
        return self._words.text(_K + key, count=f"{count:,}")

    def _columns_table(self) -> QTableWidget:
        heads = ("column", "taken", "same", "respelled", "blank", "refused", "note")
        table = self._table("columns_name", heads, len(self._plan.columns))
        for row, column in enumerate(self._plan.columns):
            numbers = (column.taken, column.same, column.respelled, column.blank, column.refused)
            texts = [column.title, *(f"{number:,}" if number else "–" for number in numbers), self._note(column)]
            for place, text in enumerate(texts):
                self._put(table, row, place, text, end=0 < place < 6, wrong=place == 5 and column.refused > 0)
        table.setColumnWidth(0, look_of().px(128))
        for place in range(1, 6):
            table.setColumnWidth(place, look_of().px(76))
        table.setWordWrap(True)  # the note is the one sentence here: whole, not elided
        self._grown.append(table)
        return table

    def _note(self, column: PasteColumn) -> str:
        return column.protected.text(self._words) if column.protected and column.refused else ""

    def _cells_table(self, cells: Sequence[NotedCell], *, refused: bool) -> QTableWidget:
        heads = ("row", "column", "text", "why" if refused else "read_as")
        table = self._table("refused_name" if refused else "respelled_name", heads, len(cells))
        for row, cell in enumerate(cells):
            last = cell.why.text(self._words) if cell.why else cell.taken
            shown = cell.text.replace("\n", " ") or self._words.text(_K + "blank_cell")
            for place, text in enumerate((f"{cell.number:,}", cell.column, shown, last)):
                self._put(table, row, place, text)
        table.setWordWrap(True)
        self._grown.append(table)
        table.setColumnWidth(0, look_of().px(56))
        table.setColumnWidth(1, look_of().px(110))
        table.setColumnWidth(2, look_of().px(130))
        return table

    def _table(self, name: str, heads: Sequence[str], rows: int) -> QTableWidget:
        px = look_of().px
        table = QTableWidget(rows, len(heads))
        table.setAccessibleName(self._words.text(_K + name, limit=LISTED))
        table.setHorizontalHeaderLabels([self._words.text(f"{_K}head.{head}") for head in heads])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(px(30))
        table.horizontalHeader().setDefaultSectionSize(px(84))
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        return table

    @staticmethod
    def _put(table: QTableWidget, row: int, place: int, text: str, *, end: bool = False, wrong: bool = False) -> None:
        item = QTableWidgetItem(text)
        if end:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            head = table.horizontalHeaderItem(place)
            if head is not None:
                head.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if wrong:
            item.setForeground(color("warn"))
        item.setToolTip(tip(text) if len(text) > 24 else "")
        table.setItem(row, place, item)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look_of().px(10))
        self.count = label("", "strong")
        self.cancel = button(self._words, _K + "cancel")
        self.cancel.clicked.connect(self.reject)
        self.go = button(self._words, _K + "go", kind="primary", icon="paste")
        self.go.setDefault(True)
        self.go.clicked.connect(self._go)
        row.addWidget(self.count, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _show_count(self) -> None:
        changes = len(self._plan.changes) + (len(self._plan.blank_changes) if self.blanks.isChecked() else 0)
        key = "will_change" if changes else "nothing_changes"
        self.count.setText(self._words.text(_K + key, count=f"{changes:,}"))
        self.go.setEnabled(changes > 0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Reasons are read in full: rows grow with their sentences."""
        super().showEvent(event)
        for table in self._grown:
            table.resizeRowsToContents()

    def _go(self) -> None:
        self.chosen.emit(self.blanks.isChecked())
        self.accept()
