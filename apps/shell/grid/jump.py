"""F4: from a cell to the next problem in reading order, wherever the filter and folded groups have put it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.shell.grid.sheet import Sheet

BEHIND_ALL = 1 << 30


@dataclass(frozen=True, slots=True)
class Found:
    """A problem cell: row number in the store, column key ("" = the row), and whether the search began anew."""

    row: int
    column: str
    wrapped: bool


def next_problem(sheet: Sheet, row: int, column: str, *, backward: bool = False) -> Found | None:
    """The problem after (before) a cell in the order of the sorted sequence and of the columns as set up.

    ``row`` -1 means no cell is current. Rows outside the filter and columns that are hidden count too.
    """
    places = {placed.key: place for place, placed in enumerate(sheet.setup.placed)}
    rank, index = sheet.order.rank, sheet.store.index
    here = (rank(row), places.get(column, -1)) if row >= 0 else (-1, -1)
    spots = [
        ((rank(index[row_id]), places.get(key, -1)), row_id, key)
        for row_id, key in sheet.problems.cells()
        if row_id in index
    ]
    if not spots:
        return None
    pick = max if backward else min
    ahead = [spot for spot in spots if (spot[0] < here if backward else spot[0] > here)]
    _, row_id, key = pick(ahead or spots)
    return Found(index[row_id], key, wrapped=not ahead)
