"""Charts with neutral figures: a library's quotations, visitors and loans."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.charts.state import (
    Bar,
    BarChart,
    Chart,
    HeatMap,
    LineChart,
    Reference,
    Series,
    SpreadChart,
    SpreadGroup,
)
from apps.shell.charts.view import ChartView
from apps.shell.gallery.specimen import Specimen
from apps.shell.theme.style import look_of
from core.messages import Catalogue

_K = "shell.charts.demo."
_PRICES = ("186.43", "201.70", "174.05", None, "192.88")
_VISITORS = (
    "412 398 455 431 476 502 389 441 467 820",
    "233 251 198 276 240 262 229 255 247 238",
    "310 342 298 377 365 331 120 352 340 328",
    "",
)
_LOANS = (
    "42.1 40.8 44.6 45.2 43.9 47.3 51.0 52.4 48.8 46.1 45.5 47.0",
    "31.5 33.0 32.2 35.8 36.1 41.7 44.9 46.2 - 37.3 36.0 38.4",
    "12.0 12.9 14.1 15.6 17.2 18.0 20.3 21.9 23.4 24.8 26.6 28.1",
)
_ALIKE = ("- 12 91 8 20", "12 - 15 31 10", "91 15 - 7 22", "8 31 7 - 41", "20 10 22 41 -")


def _bars(words: Catalogue) -> QWidget:
    limit = Decimal("195.00")
    bars = tuple(
        Bar(
            words.text(f"{_K}firm_{number}"),
            None if price is None else Decimal(price),
            remark=words.text(f"{_K}over") if over else "",
            flagged=over,
        )
        for number, price in enumerate(_PRICES, 1)
        for over in (price is not None and Decimal(price) > limit,)
    )
    reference = Reference(words.text(f"{_K}limit"), limit)
    return _shown(words, BarChart(words.text(f"{_K}bars"), bars, words.text(f"{_K}unit_money"), 2, reference))


def _spread(words: Catalogue) -> QWidget:
    groups = tuple(
        SpreadGroup(words.text(f"{_K}house_{number}"), tuple(Decimal(value) for value in line.split()))
        for number, line in enumerate(_VISITORS, 1)
    )
    reference = Reference(words.text(f"{_K}average"), Decimal(330))
    return _shown(
        words, SpreadChart(words.text(f"{_K}spread"), groups, words.text(f"{_K}unit_people"), None, reference)
    )


def _line(words: Catalogue) -> QWidget:
    months = tuple(words.text(f"{_K}month", number=number) for number in range(1, 13))
    series = tuple(
        Series(words.text(f"{_K}line_{number}"), tuple(_known(value) for value in line.split()))
        for number, line in enumerate(_LOANS, 1)
    )
    plan = Reference(words.text(f"{_K}plan"), Decimal(45))
    return _shown(words, LineChart(words.text(f"{_K}line"), months, series, words.text(f"{_K}unit_books"), 1, plan))


def _heat(words: Catalogue) -> QWidget:
    names = ("A", "B", "C", "D", "E")
    values = tuple(tuple(_known(value) for value in line.split()) for line in _ALIKE)
    return _shown(
        words,
        HeatMap(
            words.text(f"{_K}heat"), names, names, values, "%", None, Decimal(60), words.text(f"{_K}heat_note")
        ),
    )  # fmt: skip


def _table(words: Catalogue) -> QWidget:
    page = _spread(words)
    for chart in page.findChildren(ChartView):
        chart.presenter.toggle_table()
    return page


def _empty(words: Catalogue) -> QWidget:
    return _shown(words, BarChart(words.text(f"{_K}empty"), ()))


def _known(value: str) -> Decimal | None:
    return None if value == "-" else Decimal(value)


def _shown(words: Catalogue, chart: Chart) -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.addWidget(ChartView(words, chart))
    return page


SPECIMENS = (
    Specimen("charts.bars", f"{_K}bars", _bars, (720, 380)),
    Specimen("charts.spread", f"{_K}spread", _spread, (720, 380)),
    Specimen("charts.line", f"{_K}line", _line, (720, 420)),
    Specimen("charts.heat", f"{_K}heat", _heat, (460, 440)),
    Specimen("charts.table", "shell.charts.as_table", _table, (860, 340)),
    Specimen("charts.empty", f"{_K}empty", _empty, (480, 300)),
)
