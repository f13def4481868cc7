"""What a chart shows, and where the reader stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """A value everything is held against, with its name."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``value`` None: no data. ``remark`` is said after the value; ``flagged`` marks it besides its colour."""

    label: str
    value: Decimal | None
    remark: str = ""
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from zero, one under the other. ``places``: digits after the point, None prints values as they are."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    places: int | None = None
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class SpreadGroup:
    """Values whose distribution one box shows."""

    label: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class SpreadChart:
    """Boxes: extremes, quartiles, outliers."""

    title: str
    groups: tuple[SpreadGroup, ...]
    unit: str = ""
    places: int | None = None
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value (or None) for each position of the chart."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over positions that all series share."""

    title: str
    positions: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    places: int | None = None
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A matrix; None is an empty cell. Values at or above ``alarm`` are marked by colour and by a sign."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Decimal | None, ...], ...]
    unit: str = ""
    places: int | None = None
    alarm: Decimal | None = None
    note: str = ""


Chart = BarChart | SpreadChart | LineChart | HeatMap


@dataclass(frozen=True, slots=True)
class ChartState:
    """The chart, the cell of its table the reader stands on (None: nowhere yet), and which of the two is shown."""

    chart: Chart
    focus: tuple[int, int] | None = None
    as_table: bool = False
