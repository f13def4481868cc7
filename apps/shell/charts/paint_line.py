"""Draws lines: each series has its own sign and dash, and its name at its end."""

from __future__ import annotations

from apps.shell.charts.geometry import Box
from apps.shell.charts.ink import Ink
from apps.shell.charts.line_layout import LineLayout, Place
from apps.shell.charts.state import LineChart

SERIES_TOKENS = ("primary", "warn", "muted", "ok", "err")
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3), (1, 2))


def paint_line(ink: Ink, chart: LineChart, layout: LineLayout) -> None:
    """Grid, lines, points, names."""
    _grid(ink, chart, layout)
    for index, places in enumerate(layout.points):
        token = SERIES_TOKENS[index % len(SERIES_TOKENS)]
        for run in _runs(places):
            ink.stroke(run, token, 2.0, _DASHES[index % len(_DASHES)])
        for place in _signs(places, ink.metrics.px(12)):
            ink.point(place[0], place[1], index, token)
    _names(ink, chart, layout)


def _signs(places: tuple[Place | None, ...], gap: float) -> list[Place]:
    """The points that bear a sign: all where there is room; else one every ``gap``, and each that stands alone."""
    chosen: list[Place] = []
    padded = (None, *places, None)
    for before, place, after in zip(padded, places, padded[2:], strict=False):
        if place is not None and ((before is None and after is None) or not chosen or place[0] - chosen[-1][0] >= gap):
            chosen.append(place)
    return chosen


def _runs(places: tuple[Place | None, ...]) -> list[list[Place]]:
    """The stretches without a gap."""
    runs: list[list[Place]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _grid(ink: Ink, chart: LineChart, layout: LineLayout) -> None:
    plot, line = layout.plot, ink.metrics.line
    for tick, text in zip(layout.axis.ticks, layout.axis.texts(), strict=True):
        y = layout.axis.at(tick)
        ink.hairline(plot.x, y, plot.right, y, "line2" if not tick else "line")
        ink.text(Box(0.0, y - line / 2, plot.x - ink.metrics.px(8), line), text, "muted", "right")
    for index in layout.printed:
        x, width = layout.positions[index], ink.metrics.measure(chart.positions[index])
        ink.text(
            Box(x - width / 2, plot.bottom + ink.metrics.px(6), width + 1, line),
            chart.positions[index],
            "muted",
            "centre",
        )
    if layout.reference is not None:
        ink.stroke([(plot.x, layout.reference), (plot.right, layout.reference)], "text", 1.4, (4, 3))


def _names(ink: Ink, chart: LineChart, layout: LineLayout) -> None:
    labels = [line.label for line in chart.series]
    if chart.reference is not None:
        labels.append(chart.reference.label)
    line, left = ink.metrics.line, layout.plot.right + ink.metrics.px(16)
    for index, (text, y) in enumerate(zip(labels, layout.names, strict=True)):
        series = index < len(chart.series)
        token = SERIES_TOKENS[index % len(SERIES_TOKENS)] if series else "text"
        if series:
            ink.point(layout.plot.right + ink.metrics.px(6), y, index, token)
        ink.text(Box(left, y - line / 2, 10_000.0, line), text, token)
