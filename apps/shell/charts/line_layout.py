"""Where the points of a line chart lie, and the names at the ends of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.shell.charts.geometry import Axis, Box, Mark, Metrics, axis_over, names_width
from apps.shell.charts.labels import shown_labels, spread_apart
from apps.shell.charts.state import LineChart

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LineLayout:
    """``points`` has None where a series has no value; ``names`` are the heights of the names right of the plot."""

    plot: Box
    axis: Axis
    positions: tuple[float, ...]
    printed: tuple[int, ...]
    points: tuple[tuple[Place | None, ...], ...]
    names: tuple[float, ...]
    reference: float | None
    marks: tuple[Mark, ...]


def lay_line(chart: LineChart, width: float, height: float, metrics: Metrics) -> LineLayout:
    """Lines over evenly spaced positions; the value axis need not begin at zero."""
    known = [value for line in chart.series for value in line.values if value is not None]
    if chart.reference is not None:
        known.append(chart.reference.value)
    top, bottom = metrics.line, height - metrics.line - metrics.px(10)
    axis = axis_over(known, max(bottom, top + 1.0), top, metrics.line * 2.2, zero=False)
    left = max(metrics.measure(text) for text in axis.texts()) + metrics.px(10)
    labels = [*(line.label for line in chart.series), *([chart.reference.label] if chart.reference is not None else [])]
    right = names_width(labels, metrics, width * 0.28) + metrics.px(16)
    plot = Box(left, axis.end, max(width - left - right, 1.0), axis.start - axis.end)
    xs = _positions(len(chart.positions), plot, metrics)
    points = tuple(
        tuple(
            None if value is None else (x, axis.at(value))
            for x, value in zip(xs, _padded(line.values, len(xs)), strict=True)
        )
        for line in chart.series
    )
    wanted = [_end(row, plot) for row in points]
    reference = None if chart.reference is None else axis.at(chart.reference.value)
    names = spread_apart([*wanted, *([reference] if reference is not None else [])], metrics.line, 0.0, height)
    widths = [metrics.measure(text) for text in chart.positions]
    return LineLayout(
        plot=plot, axis=axis, positions=xs, printed=shown_labels(xs, widths, metrics.px(10)), points=points,
        names=names, reference=reference, marks=_marks(points, xs, plot, metrics),
    )  # fmt: skip


def _positions(count: int, plot: Box, metrics: Metrics) -> tuple[float, ...]:
    inset = min(metrics.px(18), plot.width / 4)
    if count == 1:
        return (plot.x + plot.width / 2,)
    step = (plot.width - 2 * inset) / max(count - 1, 1)
    return tuple(plot.x + inset + step * index for index in range(count))


def _end(row: tuple[Place | None, ...], plot: Box) -> float:
    known = [place for place in row if place is not None]
    return known[-1][1] if known else plot.middle


def _marks(
    points: tuple[tuple[Place | None, ...], ...], xs: tuple[float, ...], plot: Box, metrics: Metrics
) -> tuple[Mark, ...]:
    half = metrics.px(8)
    marks = []
    for row, places in enumerate(points):
        for column, place in enumerate(places):
            x, y = place if place is not None else (xs[column], plot.bottom)
            marks.append(Mark(row, column, Box(x - half, y - half, 2 * half, 2 * half)))
    return tuple(marks)


def _padded(values: tuple[Decimal | None, ...], count: int) -> tuple[Decimal | None, ...]:
    return (values + (None,) * count)[:count]
