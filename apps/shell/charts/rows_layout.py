"""Where bars and boxes lie: one row each, names on the left, exact values on the right, the axis below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.shell.charts.geometry import Axis, Box, Mark, Metrics, axis_over, names_width
from apps.shell.charts.quartiles import Spread, spread_of
from apps.shell.charts.state import BarChart, Reference, SpreadChart
from apps.shell.charts.ticks import number_text

ROW_LEAST, ROW_MOST = 26.0, 44.0
_BOLD = 1.1  # how much wider a text may get in bold


@dataclass(frozen=True, slots=True)
class Frame:
    """What bars and boxes share: the rows, the axis over ``plot``, where names end and printed values begin."""

    plot: Box
    axis: Axis
    rows: tuple[Box, ...]
    names: float
    values: float
    reference: float | None


@dataclass(frozen=True, slots=True)
class BarsLayout:
    """Bars; None where there is no data."""

    frame: Frame
    bars: tuple[Box | None, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class BoxShape:
    """One box: quartiles as a box, whiskers to the values within the fences, outliers as points. Positions are x."""

    body: Box
    low: float
    high: float
    median: float
    outliers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SpreadLayout:
    """Boxes; None where there is no data."""

    frame: Frame
    boxes: tuple[BoxShape | None, ...]
    spreads: tuple[Spread | None, ...]
    marks: tuple[Mark, ...]


def rows_height(count: int, metrics: Metrics, *, reference: bool) -> float:
    """The least height a chart of so many rows can be read at."""
    return max(count, 1) * metrics.px(ROW_LEAST) + _above(metrics, reference) + _below(metrics)


def lay_bars(chart: BarChart, width: float, height: float, metrics: Metrics, none: str = "") -> BarsLayout:
    """Bars from zero; the exact value (or ``none``) is printed at the right edge."""
    known = tuple(bar.value for bar in chart.bars if bar.value is not None)
    printed = tuple(none if bar.value is None else number_text(bar.value, chart.places) for bar in chart.bars)
    names = tuple(bar.label for bar in chart.bars)
    frame = _frame(names, known, printed, chart.reference, width, height, metrics, zero=True)
    zero = frame.axis.at(Decimal(0))
    thick = min(metrics.px(18), frame.rows[0].height * 0.56) if frame.rows else 0.0
    bars: list[Box | None] = []
    for bar, row in zip(chart.bars, frame.rows, strict=True):
        end = None if bar.value is None else frame.axis.at(bar.value)
        bars.append(None if end is None else Box(min(zero, end), row.middle - thick / 2, abs(end - zero), thick))
    columns = 1 if chart.reference is None else 2
    marks = tuple(Mark(index, column, row) for index, row in enumerate(frame.rows) for column in range(columns))
    return BarsLayout(frame, tuple(bars), tuple(reversed(marks)))


def lay_spread(chart: SpreadChart, width: float, height: float, metrics: Metrics, none: str = "") -> SpreadLayout:
    """Boxes over an axis that need not begin at zero; the printed value is the median."""
    spreads = tuple(spread_of(group.values) for group in chart.groups)
    known = tuple(value for spread in spreads if spread is not None for value in (spread.least, spread.greatest))
    printed = tuple(none if spread is None else number_text(spread.median, chart.places) for spread in spreads)
    names = tuple(group.label for group in chart.groups)
    frame = _frame(names, known, printed, chart.reference, width, height, metrics, zero=False)
    shapes = tuple(
        None if spread is None else _shape(spread, row, frame.axis, metrics)
        for spread, row in zip(spreads, frame.rows, strict=True)
    )
    marks: list[Mark] = []
    for index, (row, spread) in enumerate(zip(frame.rows, spreads, strict=True)):
        marks += _statistics_marks(index, row, spread, frame.axis, metrics)
    return SpreadLayout(frame, shapes, spreads, tuple(marks))


def _shape(spread: Spread, row: Box, axis: Axis, metrics: Metrics) -> BoxShape:
    thick = min(metrics.px(18), row.height * 0.56)
    left, right = axis.at(spread.lower_quartile), axis.at(spread.upper_quartile)
    return BoxShape(
        body=Box(left, row.middle - thick / 2, right - left, thick),
        low=axis.at(spread.low), high=axis.at(spread.high), median=axis.at(spread.median),
        outliers=tuple(axis.at(value) for value in spread.outliers),
    )  # fmt: skip


def _statistics_marks(index: int, row: Box, spread: Spread | None, axis: Axis, metrics: Metrics) -> list[Mark]:
    """The whole row stands for the count, each statistic for a strip around its position."""
    marks = [Mark(index, 6, row)]
    if spread is None:
        return marks + [Mark(index, column, row) for column in range(6)]
    half = metrics.px(7)
    if spread.outliers:
        first, last = axis.at(spread.outliers[0]), axis.at(spread.outliers[-1])
        marks.append(Mark(index, 5, Box(first - half, row.y, last - first + 2 * half, row.height)))
    else:
        marks.append(Mark(index, 5, row))
    places = (spread.least, spread.lower_quartile, spread.median, spread.upper_quartile, spread.greatest)
    return marks + [
        Mark(index, column, Box(axis.at(places[column]) - half, row.y, 2 * half, row.height))
        for column in (0, 4, 1, 3, 2)
    ]


def _frame(
    names: Sequence[str], known: Sequence[Decimal], printed: Sequence[str], reference: Reference | None,
    width: float, height: float, metrics: Metrics, *, zero: bool,
) -> Frame:  # fmt: skip
    gap = metrics.px(12)
    left = names_width(names, metrics, width * 0.36)
    right = max((metrics.measure(text) for text in printed), default=0.0) * _BOLD
    top, bottom = _above(metrics, reference is not None), _below(metrics)
    count = max(len(names), 1)
    row = min(metrics.px(ROW_MOST), max(metrics.px(ROW_LEAST), (height - top - bottom) / count))
    values = [*known, *([reference.value] if reference is not None else [])]
    start, end = left + gap, max(left + gap + 1.0, width - right - gap)
    widest = max((metrics.measure(f"{value:,.0f}") for value in values), default=0.0) + metrics.px(28)
    axis = axis_over(values, start, end, widest, zero=zero)
    return Frame(
        plot=Box(start, top, end - start, row * count), axis=axis,
        rows=tuple(Box(0.0, top + row * index, width, row) for index in range(len(names))),
        names=left, values=end + gap, reference=None if reference is None else axis.at(reference.value),
    )  # fmt: skip


def _above(metrics: Metrics, reference: bool) -> float:
    return metrics.line + metrics.px(6) if reference else metrics.px(4)


def _below(metrics: Metrics) -> float:
    return metrics.line + metrics.px(8)
