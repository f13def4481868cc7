"""Draws bars and boxes."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from apps.shell.charts.geometry import Box
from apps.shell.charts.ink import Ink, mixed
from apps.shell.charts.labels import shown_labels
from apps.shell.charts.rows_layout import BarsLayout, BoxShape, Frame, SpreadLayout
from apps.shell.charts.state import BarChart, Reference, SpreadChart
from apps.shell.charts.ticks import number_text
from apps.shell.icons import paint as paint_icon
from apps.shell.theme.style import color
from core.messages import Catalogue


def paint_bars(ink: Ink, chart: BarChart, layout: BarsLayout, words: Catalogue) -> None:
    """Bars with their exact values; a flagged bar is hatched and bears a sign."""
    frame = layout.frame
    _grid(ink, frame)
    for bar, box, row in zip(chart.bars, layout.bars, frame.rows, strict=True):
        _name(ink, frame, row, bar.label)
        if box is None or bar.value is None:
            _printed(ink, frame, row, words.text("shell.charts.none"), faint=True)
            continue
        if bar.flagged:
            ink.fill(box, "err_bg", 2, border="err", hatch="err")
        else:
            ink.fill(box, "primary", 2)
        if bar.flagged:
            size = ink.metrics.px(15)
            paint_icon(
                ink.painter, "warning", QRectF(box.right + ink.metrics.px(6), row.middle - size / 2, size, size), "err"
            )
        _printed(ink, frame, row, number_text(bar.value, chart.places), flagged=bar.flagged)
    _reference(ink, frame, chart.reference, chart.places)


def paint_spread(ink: Ink, chart: SpreadChart, layout: SpreadLayout, words: Catalogue) -> None:
    """Boxes with whiskers, a bar for the median and hollow diamonds for values far outside."""
    frame = layout.frame
    _grid(ink, frame)
    for group, shape, spread, row in zip(chart.groups, layout.boxes, layout.spreads, frame.rows, strict=True):
        _name(ink, frame, row, group.label)
        if shape is None or spread is None:
            _printed(ink, frame, row, words.text("shell.charts.none"), faint=True)
            continue
        _box(ink, shape, row.middle)
        _printed(ink, frame, row, number_text(spread.median, chart.places))
    _reference(ink, frame, chart.reference, chart.places)


def _box(ink: Ink, shape: BoxShape, middle: float) -> None:
    body = shape.body
    for end, edge in ((shape.low, body.x), (shape.high, body.right)):
        ink.stroke([(end, middle), (edge, middle)], "muted", 1.4)
        ink.stroke([(end, middle - body.height / 4), (end, middle + body.height / 4)], "muted", 1.4)
    tint = mixed(color("surface"), color("primary"), 0.22)
    ink.fill(Box(body.x, body.y, max(body.width, 2.0), body.height), tint, 2, border="primary")
    ink.stroke([(shape.median, body.y), (shape.median, body.bottom)], "text", 2.4)
    for outlier in shape.outliers:
        ink.point(outlier, middle, 3, "warn", 3.6)


def _grid(ink: Ink, frame: Frame) -> None:
    plot, axis = frame.plot, frame.axis
    texts = axis.texts()
    places = [axis.at(tick) for tick in axis.ticks]
    widths = [ink.metrics.measure(text) for text in texts]
    printed = shown_labels(places, widths, ink.metrics.px(8))
    for index, (tick, x) in enumerate(zip(axis.ticks, places, strict=True)):
        ink.hairline(x, plot.y, x, plot.bottom, "line2" if not tick else "line")
        if index in printed:
            box = Box(x - widths[index] / 2, plot.bottom + ink.metrics.px(4), widths[index] + 1, ink.metrics.line)
            ink.text(box, texts[index], "muted", "centre")


def _name(ink: Ink, frame: Frame, row: Box, text: str) -> None:
    ink.text(Box(0.0, row.y, frame.names + 1, row.height), text)


def _printed(ink: Ink, frame: Frame, row: Box, text: str, *, flagged: bool = False, faint: bool = False) -> None:
    token = "err" if flagged else "muted" if faint else "text"
    ink.text(Box(frame.values, row.y, row.right - frame.values, row.height), text, token, "right", bold=flagged)


def _reference(ink: Ink, frame: Frame, reference: Reference | None, places: int | None) -> None:
    if reference is None or frame.reference is None:
        return
    x, plot = frame.reference, frame.plot
    ink.stroke([(x, plot.y), (x, plot.bottom)], "text", 1.4, (4, 3))
    text = f"{reference.label} {number_text(reference.value, places)}"
    width = ink.metrics.measure(text) + 1
    whole = frame.rows[0].right if frame.rows else plot.right
    left = min(max(x - width / 2, 0.0), max(whole - width, 0.0))
    ink.text(Box(left, 0.0, width, ink.metrics.line), text, "text", "centre")
