"""Draws a heat map: depth of one hue and the number; what is to be looked at bears a sign besides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor

from apps.shell.charts.geometry import Box
from apps.shell.charts.heat_layout import HeatLayout
from apps.shell.charts.ink import Ink, mixed
from apps.shell.charts.reading import alarmed
from apps.shell.charts.state import HeatMap
from apps.shell.charts.ticks import number_text
from apps.shell.theme.style import color


def paint_heat(ink: Ink, chart: HeatMap, layout: HeatLayout) -> None:
    """Names, cells, numbers."""
    for column, name in enumerate(chart.columns):
        if layout.cells:
            box = layout.cells[0][column]
            ink.text(Box(box.x, 0.0, box.width, layout.head - ink.metrics.px(4)), name, "muted", "centre")
    for row, name in enumerate(chart.rows):
        first = layout.cells[row][0] if layout.cells[row] else Box(0, 0, 0, 0)
        ink.text(Box(0.0, first.y, layout.names + 1, first.height), name, "muted", "right")
        for column, box in enumerate(layout.cells[row]):
            _cell(ink, chart, layout, (row, column), box)


def tint(heat: float, look_up: Callable[[str], QColor] = color) -> QColor:
    """The ground of a cell that is not to be looked at especially: from pale to half of the alarm's colour."""
    return mixed(look_up("warn_bg"), look_up("err"), 0.06 + 0.44 * heat)


def ink_on(ground: QColor) -> QColor:
    """Black or white, whichever reads better on a ground (WCAG relative luminance)."""
    light = _luminance(ground)
    return QColor("#FFFFFF") if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else QColor("#101010")


def _cell(ink: Ink, chart: HeatMap, layout: HeatLayout, at: tuple[int, int], box: Box) -> None:
    row, column = at
    values = chart.values[row]
    value = values[column] if column < len(values) else None
    heat = layout.heats[row][column] if column < len(values) else None
    if value is None or heat is None:
        ink.fill(box, "surface2", 4)
        return
    loud = alarmed(chart, value)
    ground = ink.color("err") if loud else tint(heat, ink.color)
    ink.fill(box, ground, 4)
    ink.text(box, number_text(value, chart.places), ink_on(ground), "centre", bold=loud)
    if loud:
        _sign(ink, box, ink_on(ground))


def _sign(ink: Ink, box: Box, tone: QColor) -> None:
    """A mark in the upper right corner: the alarm does not rest on colour."""
    size = ink.metrics.px(9)
    corner = Box(box.right - size - ink.metrics.px(4), box.y + ink.metrics.px(3), size, size)
    ink.text(corner, "!", tone, "centre", bold=True)


def _luminance(tone: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(tone.redF()) + 0.7152 * linear(tone.greenF()) + 0.0722 * linear(tone.blueF())
