"""The arithmetic all charts share: boxes, the axis, the room for labels. Lengths are logical pixels. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.shell.charts.labels import Measure
from apps.shell.charts.ticks import decimal_places, nice_ticks, number_text


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the cell (row, column) of the chart's table lies in the picture."""

    row: int
    column: int
    box: Box


@dataclass(frozen=True, slots=True)
class Metrics:
    """The font and the scale a chart is drawn with."""

    measure: Measure
    line: float  # height of a line of text
    scale: float

    def px(self, value: float) -> float:
        """A length written at scale 1.0."""
        return value * self.scale


@dataclass(frozen=True, slots=True)
class Axis:
    """Values to positions, linear; ``start`` is where the first tick lies (for a vertical axis below the end)."""

    ticks: tuple[Decimal, ...]
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """The position of a value."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.start + float((value - low) / (high - low)) * (self.end - self.start)

    def texts(self) -> tuple[str, ...]:
        """The ticks' labels, all with the same number of digits after the point."""
        places = decimal_places(self.ticks)
        return tuple(number_text(tick, places) for tick in self.ticks)


def axis_over(values: Sequence[Decimal], start: float, end: float, label: float, *, zero: bool) -> Axis:
    """An axis that covers the values with as many ticks as labels of size ``label`` have room, at most 8."""
    known = [*values, Decimal(0)] if zero or not values else list(values)
    room = int(abs(end - start) / max(label, 1.0)) + 1
    return Axis(nice_ticks(min(known), max(known), max(3, min(8, room))), start, end)


def mark_at(marks: Sequence[Mark], x: float, y: float) -> tuple[int, int] | None:
    """The cell under a point, the one drawn last where two overlap."""
    for mark in reversed(marks):
        if mark.box.holds(x, y):
            return mark.row, mark.column
    return None


def names_width(names: Sequence[str], metrics: Metrics, room: float) -> float:
    """How wide a column of names is: as the longest asks, at most ``room``."""
    return min(max((metrics.measure(name) for name in names), default=0.0), room)
