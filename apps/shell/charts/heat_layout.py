"""Where the cells of a heat map lie, and how full each is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.shell.charts.geometry import Box, Mark, Metrics, names_width
from apps.shell.charts.state import HeatMap

_LEAST, _MOST = 30.0, 48.0


@dataclass(frozen=True, slots=True)
class HeatLayout:
    """``heats`` are between 0 and 1, None for an empty cell."""

    cells: tuple[tuple[Box, ...], ...]
    heats: tuple[tuple[float | None, ...], ...]
    names: float
    head: float
    marks: tuple[Mark, ...]


def heat_height(chart: HeatMap, metrics: Metrics) -> float:
    """The least height it can be read at."""
    return metrics.line + metrics.px(6) + max(len(chart.rows), 1) * metrics.px(_LEAST)


def lay_heat(chart: HeatMap, width: float, height: float, metrics: Metrics) -> HeatLayout:
    """Even cells with a small gap; wide cells where the room is wide, no taller than they need to be."""
    names = names_width(chart.rows, metrics, width * 0.3)
    head, gap = metrics.line + metrics.px(6), metrics.px(3)
    left = names + metrics.px(10)
    across = (width - left) / max(len(chart.columns), 1)
    down = min(metrics.px(_MOST), max(metrics.px(_LEAST), (height - head) / max(len(chart.rows), 1)))
    across = min(across, metrics.px(_MOST) * 2.0)
    cells = tuple(
        tuple(
            Box(left + across * column, head + down * row, max(across - gap, 1.0), down - gap)
            for column in range(len(chart.columns))
        )
        for row in range(len(chart.rows))
    )
    marks = tuple(Mark(row, column, box) for row, line in enumerate(cells) for column, box in enumerate(line))
    return HeatLayout(cells, heats(chart), names, head, marks)


def heats(chart: HeatMap) -> tuple[tuple[float | None, ...], ...]:
    """Each value between the least and the greatest of the map, at least from zero where none is negative."""
    known = [value for row in chart.values for value in row if value is not None]
    low, high = min([*known, Decimal(0)]), max([*known, Decimal(0)])
    span = high - low
    return tuple(
        tuple(None if value is None else (float((value - low) / span) if span else 0.0) for value in row)
        for row in chart.values
    )
