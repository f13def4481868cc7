"""A chart as a table and as spoken sentences: what a reader hears is exactly what the table holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.shell.charts.quartiles import spread_of
from apps.shell.charts.state import BarChart, Chart, HeatMap, LineChart, Reference, SpreadChart
from apps.shell.charts.ticks import number_text
from core.messages import Catalogue

_STATISTICS = ("least", "lower_quartile", "median", "upper_quartile", "greatest")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's name and its cells, as many as the table has columns."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The same facts as the picture; ``corner`` names what the rows are."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def table_of(chart: Chart, words: Catalogue) -> ChartTable:
    """The table of a chart."""
    match chart:
        case BarChart():
            return _bars(chart, words)
        case SpreadChart():
            return _spread(chart, words)
        case LineChart():
            count = len(chart.positions)
            rows = tuple(
                TableRow(line.label, tuple(_value(value, chart.places, words) for value in _padded(line.values, count)))
                for line in chart.series
            )
            return ChartTable(words.text("shell.charts.series"), chart.positions, rows)
        case HeatMap():
            rows = tuple(
                TableRow(label, tuple(_heat(value, chart, words) for value in _padded(values, len(chart.columns))))
                for label, values in zip(chart.rows, chart.values, strict=True)
            )
            return ChartTable("", chart.columns, rows)


def reading(chart: Chart, focus: tuple[int, int], words: Catalogue) -> str:
    """What is said of one cell: row, column, value, unit, and what is remarkable about it."""
    table = table_of(chart, words)
    row, column = focus
    line = table.rows[row]
    value = line.cells[column] + (chart.unit if _measured(chart, row, column) else "")
    text = words.text("shell.charts.reading", row=line.label, column=table.columns[column], value=value)
    if isinstance(chart, BarChart) and chart.bars[row].remark:
        return words.text("shell.charts.reading_remark", reading=text, remark=chart.bars[row].remark)
    return text


def alarmed(chart: HeatMap, value: Decimal | None) -> bool:
    """Whether a value of a heat map is one to look at."""
    return value is not None and chart.alarm is not None and value >= chart.alarm


def title_of(chart: Chart, words: Catalogue) -> str:
    """The title with the unit."""
    if not chart.unit:
        return chart.title
    return words.text("shell.charts.title", title=chart.title, unit=chart.unit)


def difference_text(value: Decimal, reference: Reference, words: Catalogue) -> str:
    """How far a value is from the reference, in per cent with one digit and in words of direction."""
    if value == reference.value:
        return words.text("shell.charts.equal")
    key = "shell.charts.above" if value > reference.value else "shell.charts.below"
    if not reference.value:
        return words.text(key, share=number_text(abs(value)), sign="")
    share = abs(value - reference.value) / abs(reference.value) * 100
    text = number_text(share, 1) if share >= Decimal("0.05") else words.text("shell.charts.trace")
    return words.text(key, share=text, sign="%")


def _bars(chart: BarChart, words: Catalogue) -> ChartTable:
    columns = [words.text("shell.charts.value")]
    if chart.reference is not None:
        columns.append(words.text("shell.charts.against", reference=chart.reference.label))
    rows = []
    for bar in chart.bars:
        cells = [_value(bar.value, chart.places, words)]
        if chart.reference is not None:
            cells.append(_none(words) if bar.value is None else difference_text(bar.value, chart.reference, words))
        rows.append(TableRow(bar.label, tuple(cells)))
    return ChartTable(words.text("shell.charts.item"), tuple(columns), tuple(rows))


def _spread(chart: SpreadChart, words: Catalogue) -> ChartTable:
    columns = tuple(words.text(f"shell.charts.{name}") for name in (*_STATISTICS, "outliers", "count"))
    rows = []
    for group in chart.groups:
        spread = spread_of(group.values)
        if spread is None:
            cells = (_none(words),) * (len(columns) - 1) + ("0",)
        else:
            numbers = (spread.least, spread.lower_quartile, spread.median, spread.upper_quartile, spread.greatest)
            far = words.text("shell.charts.list_mark").join(
                number_text(value, chart.places) for value in spread.outliers
            )
            far = far or words.text("shell.charts.no_outliers")
            cells = (*(number_text(value, chart.places) for value in numbers), far, str(spread.count))
        rows.append(TableRow(group.label, cells))
    return ChartTable(words.text("shell.charts.item"), columns, tuple(rows))


def _heat(value: Decimal | None, chart: HeatMap, words: Catalogue) -> str:
    text = _value(value, chart.places, words)
    return words.text("shell.charts.alarm", value=text) if alarmed(chart, value) else text


def _value(value: Decimal | None, places: int | None, words: Catalogue) -> str:
    return _none(words) if value is None else number_text(value, places)


def _none(words: Catalogue) -> str:
    return words.text("shell.charts.none")


def _measured(chart: Chart, row: int, column: int) -> bool:
    """Whether a cell is a bare number in the chart's unit."""
    match chart:
        case BarChart():
            return column == 0 and chart.bars[row].value is not None
        case SpreadChart():
            return column < len(_STATISTICS) and bool(chart.groups[row].values)
        case LineChart():
            return column < len(chart.series[row].values) and chart.series[row].values[column] is not None
        case HeatMap():
            value = chart.values[row][column]
            return value is not None and not alarmed(chart, value)


def _padded(values: tuple[Decimal | None, ...], count: int) -> tuple[Decimal | None, ...]:
    return (values + (None,) * count)[:count]
