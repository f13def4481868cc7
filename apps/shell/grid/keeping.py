"""Selection and current cell across a new order: remembered by row and column, found again by position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex

from apps.shell.grid.area import Area
from apps.shell.grid.model import GridModel

PIECES = 1_000  # a selection scattered into more is given up; the current cell is kept in any case


@dataclass(frozen=True, slots=True)
class Kept:
    """What was selected: rows of the store by the keys of their columns; the current cell."""

    areas: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    current: tuple[str, str] | None
    everything: bool


def keep(model: GridModel, areas: Sequence[Area], current: QModelIndex | QPersistentModelIndex) -> Kept:
    """Remembers a selection before the order changes."""
    sheet = model.sheet
    ids, visible = sheet.store.ids, sheet.order.visible
    everything = len(areas) == 1 and areas[0].height == len(visible) > 1 and areas[0].width == len(sheet.shown)
    kept = []
    for area in [] if everything else areas:
        if area.bottom < len(visible) and area.right < len(sheet.shown):
            rows = tuple(ids[row] for row in visible[area.top : area.bottom + 1])
            kept.append((rows, tuple(sheet.column(place).key for place in range(area.left, area.right + 1))))
    cell = None
    if current.isValid() and current.row() < len(visible) and current.column() < len(sheet.shown):
        cell = ids[visible[current.row()]], sheet.column(current.column()).key
    return Kept(tuple(kept), cell, everything)


def restored(model: GridModel, kept: Kept) -> tuple[QItemSelection, QModelIndex]:
    """The same cells in the order of now."""
    selection = QItemSelection()
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    if kept.everything and last.isValid():
        selection.select(model.index(0, 0), last)
    pieces = [
        (run, place)
        for rows, keys in kept.areas
        for run in _runs(_positions(model, rows))
        for place in _runs(_places(model, keys))
    ]
    if len(pieces) <= PIECES:
        for (top, bottom), (left, right) in pieces:
            selection.select(model.index(top, left), model.index(bottom, right))
    return selection, _current(model, kept.current)


def _current(model: GridModel, cell: tuple[str, str] | None) -> QModelIndex:
    row = model.sheet.store.index.get(cell[0], -1) if cell else -1
    if cell is None or row < 0:
        return QModelIndex()
    while row >= 0:  # folded away: the group above it
        index = model.index_of(row, cell[1])
        if index.isValid():
            return index
        row = model.sheet.store.parents[row]
    return QModelIndex()


def _positions(model: GridModel, rows: Sequence[str]) -> list[int]:
    index, position = model.sheet.store.index, model.sheet.order.position
    return sorted(place for row_id in rows if row_id in index and (place := position(index[row_id])) >= 0)


def _places(model: GridModel, keys: Sequence[str]) -> list[int]:
    wanted = set(keys)
    return [place for place in range(len(model.sheet.shown)) if model.sheet.column(place).key in wanted]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
