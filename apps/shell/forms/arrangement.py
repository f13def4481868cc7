"""Where fields stand: lines of one to three columns, in reading order. Arithmetic only, no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NARROWEST = 236  # px at scale 1.0 below which a column is no column
MOST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Line, first column and columns taken of one field."""

    key: str
    line: int
    column: int
    span: int


def columns_in(width: int, narrowest: int, gap: int) -> int:
    """How many columns a width holds: 1 to 3."""
    return max(1, min(MOST, (width + gap) // (narrowest + gap)))


def arranged(fields: Iterable[tuple[str, int]], columns: int) -> tuple[Place, ...]:
    """Places for (key, span) in reading order; span 0 is a whole line."""
    places: list[Place] = []
    line = column = 0
    for key, span in fields:
        wanted = columns if span == 0 else min(span, columns)
        if column + wanted > columns:
            line, column = line + 1, 0
        places.append(Place(key, line, column, wanted))
        column += wanted
        if column >= columns:
            line, column = line + 1, 0
    return tuple(places)
