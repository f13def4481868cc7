"""What differs: against the reference, or against what most say."""

from __future__ import annotations

import unicodedata
from collections import Counter
from decimal import Decimal

from apps.shell.charts.plottable import ordinary
from apps.shell.compare.state import Cell, CompareRow, CompareTable, Criterion, Difference

_Essence = tuple[str, str | Decimal]


def rows_of(table: CompareTable) -> tuple[CompareRow, ...]:
    """Every criterion with its differences."""
    return tuple(_row(table, criterion) for criterion in table.criteria)


def essence(cell: Cell | None) -> _Essence | None:
    """What counts when cells are compared: the number, else the text without width, case, spacing; None: missing."""
    if cell is None:
        return None
    value = ordinary(cell.value)
    if value is not None:
        return "number", value
    if not cell.text.strip():
        return None
    return "text", " ".join(unicodedata.normalize("NFKC", cell.text).casefold().split())


def _row(table: CompareTable, criterion: Criterion) -> CompareRow:
    cells = tuple(table.cells.get((criterion.id, subject.id)) for subject in table.subjects)
    told = tuple(essence(cell) for cell in cells)
    ids = [subject.id for subject in table.subjects]
    if table.reference in ids:
        place = ids.index(table.reference)
        base, known = cells[place], told[place]
        differences = tuple(
            Difference.BASE if index == place else _against(cell, what, base, known)
            for index, (cell, what) in enumerate(zip(cells, told, strict=True))
        )
        return CompareRow(criterion, cells, differences, base)
    common = _common(told)
    base = next((cell for cell, what in zip(cells, told, strict=True) if what == common), None) if common else None
    differences = tuple(_among(what, common, told) for what in told)
    return CompareRow(criterion, cells, differences, base)


def _against(cell: Cell | None, what: _Essence | None, base: Cell | None, known: _Essence | None) -> Difference:
    if what == known:
        return Difference.SAME
    if what is None:
        return Difference.MISSING
    if known is None or base is None:
        return Difference.EXTRA
    value, held = None if cell is None else ordinary(cell.value), ordinary(base.value)
    if value is not None and held is not None:
        return Difference.ABOVE if value > held else Difference.BELOW
    return Difference.DIFFERENT


def _among(what: _Essence | None, common: _Essence | None, told: tuple[_Essence | None, ...]) -> Difference:
    if what is None:
        return Difference.MISSING if any(told) else Difference.SAME
    return Difference.SAME if what == common else Difference.DIFFERENT


def _common(told: tuple[_Essence | None, ...]) -> _Essence | None:
    """What more than one says and more say than anything else; what a single thing says where it is the only one."""
    counts = Counter(what for what in told if what is not None).most_common(2)
    if not counts:
        return None
    if len(counts) == 1:
        return counts[0][0]
    return counts[0][0] if counts[0][1] > counts[1][1] else None
