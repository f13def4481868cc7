"""A stable sort in small steps: pieces are sorted, then merged pair by pair (the list sort merges runs in C)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from apps.shell.grid.steps import Steps

RUN = 8_192  # rows sorted at once: up to 10 ms


def sorted_steps(
    rows: Sequence[int], values: Sequence[str | Decimal | int | None], *, descending: bool
) -> Steps[list[int]]:
    """``rows`` sorted by ``values[row]``; equal ones keep their order, empty ones come last either way."""
    filled: list[int] = []
    empty: list[int] = []
    for start in range(0, len(rows), RUN):
        for row in rows[start : start + RUN]:
            (empty if values[row] is None else filled).append(row)
        yield
    runs = [filled[start : start + RUN] for start in range(0, len(filled), RUN)]
    for run in runs:
        run.sort(key=values.__getitem__, reverse=descending)  # type: ignore[arg-type]  # no None among these
        yield
    while len(runs) > 1:
        merged: list[list[int]] = []
        for first in range(0, len(runs), 2):
            pair = [row for run in runs[first : first + 2] for row in run]
            if first + 1 < len(runs):
                pair.sort(key=values.__getitem__, reverse=descending)  # type: ignore[arg-type]
            merged.append(pair)
            yield
        runs = merged
    return [*(runs[0] if runs else []), *empty]
