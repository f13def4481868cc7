"""What stands in the footer about a selection: how many cells hold something, and the sum of the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from apps.shell.grid.area import Area
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.steps import Steps
from apps.shell.grid.store import RowKind

_EXACT = Context(prec=60)
_ROWS_A_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one selection. Rows that are totals themselves are left out of the sum and counted apart."""

    cells: int = 0
    filled: int = 0
    numbers: int = 0
    total: Decimal = Decimal(0)
    totals_left_out: int = 0

    @property
    def mean(self) -> Decimal | None:
        """The mean of the numbers with at most two places more than two; None without numbers."""
        return (self.total / self.numbers).quantize(Decimal("0.01")) if self.numbers else None


def summary_steps(sheet: Sheet, areas: Sequence[Area]) -> Steps[Summary]:
    """Counts and adds up; areas of a selection do not overlap."""
    cells = filled = numbers = left_out = 0
    total = Decimal(0)
    store, visible = sheet.store, sheet.order.visible
    for area in areas:
        columns = sheet.shown[area.left : area.right + 1]
        cells += area.cells
        for start in range(area.top, area.bottom + 1, _ROWS_A_PIECE):
            for row in visible[start : min(start + _ROWS_A_PIECE, area.bottom + 1)]:
                is_total = store.kinds[row] is RowKind.TOTAL
                for column in columns:
                    value = store.value(row, column)
                    if value is None:
                        continue
                    filled += 1
                    if isinstance(value, str):
                        continue
                    if is_total:
                        left_out += 1
                    else:
                        numbers += 1
                        total = _EXACT.add(total, Decimal(value))
            yield
    return Summary(cells, filled, numbers, total, left_out)
