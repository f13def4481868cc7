"""A chart with its title, its table and a line that says what stands at the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableWidget, QTableWidgetItem

from apps.shell.charts.canvas import Canvas
from apps.shell.charts.presenter import ChartPresenter
from apps.shell.charts.reading import ChartTable, table_of, title_of
from apps.shell.charts.state import Chart, ChartState, HeatMap
from apps.shell.compare.tsv import tsv
from apps.shell.icons import icon
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.text import label
from core.messages import Catalogue


class ChartView(Card):
    """Picture or table of one chart. Arrow keys walk through the picture; Ctrl+C in the table copies it."""

    def __init__(self, words: Catalogue, chart: Chart) -> None:
        super().__init__(title_of(chart, words))
        self._words = words
        self._presenter = ChartPresenter(words, self.show_state, chart)
        self._toggle = button(words, "shell.charts.as_table", kind="quiet", icon="table")
        self._toggle.clicked.connect(self._presenter.toggle_table)
        self.header.addStretch(1)
        self.header.addWidget(self._toggle)
        self._canvas = Canvas(
            words, self._presenter.state, step=self._presenter.step, focus_cell=self._presenter.focus
        )  # fmt: skip
        self._table = _table_widget()
        self._copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._table)
        self._copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._copy.activated.connect(self.copy_table)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._canvas)
        self._pages.addWidget(self._table)
        self._none = EmptyState("chart", words.text("shell.charts.empty"), words.text("shell.charts.empty_hint"))
        self._pages.addWidget(self._none)
        self._line = label("", "small", wrap=True)
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self._line)
        self._shown: Chart | None = None
        self._presenter.refresh()

    @property
    def presenter(self) -> ChartPresenter:
        """What decides; for the screen that owns the chart."""
        return self._presenter

    def set_chart(self, chart: Chart) -> None:
        """Shows other data."""
        self._presenter.set_chart(chart)

    def copy_table(self) -> None:
        """The whole table to the clipboard, as a spreadsheet takes it."""
        table = table_of(self._presenter.state.chart, self._words)
        rows = [(table.corner, *table.columns), *((row.label, *row.cells) for row in table.rows)]
        QGuiApplication.clipboard().setText(tsv(rows))

    def show_state(self, state: ChartState) -> None:
        """Shows a state."""
        title = title_of(state.chart, self._words)
        if state.chart is not self._shown:
            self._shown = state.chart
            self.title.setText(title)
            _fill(self._table, table_of(state.chart, self._words), title)
        empty = not self._table.rowCount() or not self._table.columnCount()
        self._toggle.setVisible(not empty)
        self._line.setVisible(not empty)
        self._pages.setCurrentWidget(self._none if empty else self._table if state.as_table else self._canvas)
        self._toggle.setText(self._words.text("shell.charts.as_picture" if state.as_table else "shell.charts.as_table"))
        self._toggle.setIcon(icon("chart" if state.as_table else "table", "muted"))
        said = self._presenter.reading()
        hint = state.chart.note if isinstance(state.chart, HeatMap) else ""
        self._line.setText(said or hint or self._words.text("shell.charts.hint"))
        self._canvas.show_state(state, said or self._words.text("shell.charts.spoken", title=title))


def _table_widget() -> QTableWidget:
    table = QTableWidget()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    table.verticalHeader().setHighlightSections(False)
    return table


def _fill(table: QTableWidget, content: ChartTable, title: str) -> None:
    table.setAccessibleName(title)
    table.setColumnCount(len(content.columns))
    table.setRowCount(len(content.rows))
    table.setHorizontalHeaderLabels(list(content.columns))
    table.setVerticalHeaderLabels([row.label for row in content.rows])
    table.verticalHeader().setDefaultSectionSize(look_of().px(34))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for row, line in enumerate(content.rows):
        for column, text in enumerate(line.cells):
            item = QTableWidgetItem(text)
            item.setTextAlignment(right)
            table.setItem(row, column, item)
    for column in range(len(content.columns)):
        head = table.horizontalHeaderItem(column)
        if head is not None:
            head.setTextAlignment(right)
