"""Rectangles of seen cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Area(NamedTuple):
    """Visible positions, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left + 1

    @property
    def cells(self) -> int:
        """How many cells."""
        return self.height * self.width


def bounding(areas: Sequence[Area]) -> Area | None:
    """The smallest rectangle around all of them."""
    if not areas:
        return None
    return Area(
        min(area.top for area in areas),
        min(area.left for area in areas),
        max(area.bottom for area in areas),
        max(area.right for area in areas),
    )


def each_cell(areas: Sequence[Area]) -> Iterator[tuple[int, int]]:
    """(row, column) of every cell once, row by row within each rectangle."""
    if len(areas) == 1:
        only = areas[0]
        for row in range(only.top, only.bottom + 1):
            for column in range(only.left, only.right + 1):
                yield row, column
        return
    seen: set[tuple[int, int]] = set()
    for area in areas:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) not in seen:
                    seen.add((row, column))
                    yield row, column
