"""The picture of a chart: drawn by hand, walked through by arrow keys, read out cell by cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from apps.shell.charts.geometry import Mark, mark_at
from apps.shell.charts.heat_layout import heat_height, lay_heat
from apps.shell.charts.ink import Ink, metrics_of
from apps.shell.charts.line_layout import lay_line
from apps.shell.charts.paint_heat import paint_heat
from apps.shell.charts.paint_line import paint_line
from apps.shell.charts.paint_rows import paint_bars, paint_spread
from apps.shell.charts.presenter import Step
from apps.shell.charts.rows_layout import lay_bars, lay_spread, rows_height
from apps.shell.charts.state import BarChart, Chart, ChartState, HeatMap, LineChart, SpreadChart
from apps.shell.theme.look import Look
from apps.shell.theme.style import look_of
from core.messages import Catalogue

_KEYS = {
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Home: Step.FIRST,
    Qt.Key.Key_End: Step.LAST,
}


class Canvas(QWidget):
    """Shows a :class:`ChartState`; ``step`` and ``focus_cell`` report what keys and mouse ask for."""

    def __init__(
        self, words: Catalogue, state: ChartState, *, step: Callable[[Step], None],
        focus_cell: Callable[[tuple[int, int]], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._words, self._state, self._step, self._focus_cell = words, state, step, focus_cell
        self._marks: tuple[Mark, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_state(self, state: ChartState, spoken: str) -> None:
        """Shows a state; ``spoken`` is what a screen reader says of it."""
        self._state = state
        self.setMinimumHeight(round(_least_height(state.chart)))
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.updateGeometry()
        self.update()

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell of the table whose mark lies at a point of the picture last drawn."""
        return mark_at(self._marks, x, y)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide, and as tall as the content asks."""
        return QSize(look_of().px(480), max(look_of().px(220), self.minimumHeight()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draws the chart in the look of the moment."""
        look = look_of()
        wanted = (self._state.chart, look, self.size().toTuple(), self.devicePixelRatioF())
        if wanted != self._drawn:
            self._drawn = wanted
            self._picture = self._draw_picture(look)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self.hasFocus():
            for mark in self._marks:
                if (mark.row, mark.column) == self._state.focus:
                    Ink(painter, look).ring(mark.box)
        painter.end()

    def _draw_picture(self, look: Look) -> QPixmap:
        """The chart without the focus ring, at the resolution of the screen; drawn again only for another chart, size
        or look.
        """
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        width, height = float(self.width()), float(self.height())
        try:
            self._marks = _draw(Ink(painter, look), self._state.chart, width, height, self._words)
        finally:  # a pixmap that goes while it is painted on ends the process
            painter.end()
        return picture

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows, Home and End move the focus."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Coming by keyboard lands on the first cell, so that there is something to hear."""
        super().focusInEvent(event)
        if self._state.focus is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._step(Step.FIRST)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click focuses what it hits."""
        cell = self.cell_at(event.position().x(), event.position().y())
        if cell is not None:
            self._focus_cell(cell)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look: other sizes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.setMinimumHeight(round(_least_height(self._state.chart)))


def _least_height(chart: Chart) -> float:
    metrics = metrics_of(look_of())
    match chart:
        case BarChart():
            return rows_height(len(chart.bars), metrics, reference=chart.reference is not None)
        case SpreadChart():
            return rows_height(len(chart.groups), metrics, reference=chart.reference is not None)
        case LineChart():
            return max(metrics.px(160), metrics.line * (len(chart.series) + 1))
        case HeatMap():
            return heat_height(chart, metrics)


def _draw(ink: Ink, chart: Chart, width: float, height: float, words: Catalogue) -> tuple[Mark, ...]:
    match chart:
        case BarChart():
            bars = lay_bars(chart, width, height, ink.metrics, words.text("shell.charts.none"))
            paint_bars(ink, chart, bars, words)
            return bars.marks
        case SpreadChart():
            spread = lay_spread(chart, width, height, ink.metrics, words.text("shell.charts.none"))
            paint_spread(ink, chart, spread, words)
            return spread.marks
        case LineChart():
            lines = lay_line(chart, width, height, ink.metrics)
            paint_line(ink, chart, lines)
            return lines.marks
        case HeatMap():
            heat = lay_heat(chart, width, height, ink.metrics)
            paint_heat(ink, chart, heat)
            return heat.marks
