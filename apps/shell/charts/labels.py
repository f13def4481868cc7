"""Where labels go so that none covers another: plain arithmetic, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

Measure = Callable[[str], float]  # the width of a text in the font of the chart

LONGEST: Final = 1_000  # characters that are measured: no label has room for more
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


def shown_labels(centres: Sequence[float], widths: Sequence[float], gap: float) -> tuple[int, ...]:
    """Which labels of a row to print: every n-th with the smallest n that lets none touch its neighbour.

    ``centres`` grow from left to right; the first label is always printed.
    """
    for stride in range(1, len(centres) + 1):
        chosen = range(0, len(centres), stride)
        if all(
            centres[left] + widths[left] / 2 + gap <= centres[right] - widths[right] / 2
            for left, right in pairwise(chosen)
        ):
            return tuple(chosen)
    return ()


def spread_apart(wanted: Sequence[float], height: float, low: float, high: float) -> tuple[float, ...]:
    """Centres as near as possible to ``wanted``, ``height`` apart, within ``low`` … ``high``; the order is kept.

    Where the room does not suffice they share it evenly (and then overlap).
    """
    count = len(wanted)
    if not count:
        return ()
    distance = min(height, (high - low) / count)
    first, last = low + distance / 2, high - distance / 2
    order = sorted(range(count), key=lambda index: (wanted[index], index))
    placed: list[float] = []
    for rank, index in enumerate(order):
        lowest = placed[-1] + distance if placed else first
        placed.append(min(max(wanted[index], lowest), last - distance * (count - 1 - rank)))
    result = [0.0] * count
    for rank, index in enumerate(order):
        result[index] = placed[rank]
    return tuple(result)


def cut(text: str, room: float, measure: Measure) -> str:
    """The text, or as much of its beginning as fits in ``room`` with an ellipsis."""
    text = text[:LONGEST]
    if measure(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + _ELLIPSIS) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS
