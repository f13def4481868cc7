"""What of a chart can be drawn: no pixel and no column holds NaN, infinity or a number of a million digits. No Qt."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from apps.shell.charts.state import BarChart, Chart, HeatMap, LineChart, Reference, SpreadChart

LARGEST, FINEST = 30, -30  # powers of ten


def plottable(chart: Chart) -> Chart:
    """The chart with every value that is no number of ordinary size made 'no data', in picture and table alike."""
    match chart:
        case BarChart():
            bars = tuple(replace(bar, value=ordinary(bar.value)) for bar in chart.bars)
            return replace(chart, bars=bars, reference=_reference(chart.reference))
        case SpreadChart():
            groups = tuple(
                replace(group, values=tuple(value for value in group.values if ordinary(value) is not None))
                for group in chart.groups
            )
            return replace(chart, groups=groups, reference=_reference(chart.reference))
        case LineChart():
            series = tuple(replace(line, values=tuple(map(ordinary, line.values))) for line in chart.series)
            return replace(chart, series=series, reference=_reference(chart.reference))
        case HeatMap():
            values = tuple(tuple(map(ordinary, row)) for row in chart.values)
            return replace(chart, values=values, alarm=ordinary(chart.alarm))


def _reference(reference: Reference | None) -> Reference | None:
    return None if reference is None or ordinary(reference.value) is None else reference


def ordinary(value: Decimal | None) -> Decimal | None:
    """The value, None where it is no number or one no table can print."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):  # NaN, infinity
        return None
    if not value:
        return value if FINEST <= exponent <= LARGEST else Decimal(0)
    return value if exponent >= FINEST and value.adjusted() <= LARGEST else None
