"""Moves through a chart by keys: one cell of its table after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from apps.shell.charts.plottable import plottable
from apps.shell.charts.reading import reading, table_of
from apps.shell.charts.state import Chart, ChartState
from apps.shell.screen import Presenter
from core.messages import Catalogue


class Step(StrEnum):
    """A key's wish."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    FIRST = "first"
    LAST = "last"


class ChartPresenter(Presenter[ChartState]):
    """Keeps the focus inside the chart's table and says what stands there."""

    def __init__(self, words: Catalogue, show: Callable[[ChartState], None], chart: Chart) -> None:
        super().__init__(show, ChartState(plottable(chart)))
        self._words = words

    def set_chart(self, chart: Chart) -> None:
        """Shows other data; the focus stays where that cell still exists. What cannot be drawn becomes 'no data'."""
        chart = plottable(chart)
        rows, columns = self._extent(chart)
        focus = self.state.focus
        kept = focus if focus is not None and focus[0] < rows and focus[1] < columns else None
        self._show(replace(self.state, chart=chart, focus=kept))

    def toggle_table(self) -> None:
        """Picture to table and back."""
        self._show(replace(self.state, as_table=not self.state.as_table))

    def step(self, step: Step) -> None:
        """One step; at the edge the focus stays. The first step of all lands on the first cell."""
        rows, columns = self._extent(self.state.chart)
        if not rows or not columns:
            return
        if self.state.focus is None:
            self.focus((rows - 1, columns - 1) if step is Step.LAST else (0, 0))
            return
        row, column = self.state.focus
        match step:
            case Step.UP | Step.DOWN:
                row += 1 if step is Step.DOWN else -1
            case Step.LEFT | Step.RIGHT:
                column += 1 if step is Step.RIGHT else -1
            case Step.FIRST:
                row, column = 0, 0
            case Step.LAST:
                row, column = rows - 1, columns - 1
        self.focus((min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)))

    def focus(self, cell: tuple[int, int]) -> None:
        """Stands on one cell; one that does not exist is passed over."""
        rows, columns = self._extent(self.state.chart)
        if 0 <= cell[0] < rows and 0 <= cell[1] < columns:
            self._show(replace(self.state, focus=cell))

    def reading(self) -> str:
        """What stands at the focus; "" where it stands nowhere."""
        return "" if self.state.focus is None else reading(self.state.chart, self.state.focus, self._words)

    def _extent(self, chart: Chart) -> tuple[int, int]:
        table = table_of(chart, self._words)
        return len(table.rows), len(table.columns)
