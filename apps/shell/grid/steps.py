"""Work in small steps: a generator that yields between pieces of a few milliseconds and returns its result.

The event loop runs pieces between events (:mod:`apps.shell.grid.slicer`); tests and small tables run it through.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[None, None, T]
PIECE = 4_000  # rows handled between two yields: 1 to 8 ms


def run(steps: Steps[T]) -> T:
    """The result of all steps, run through without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def pieces(count: int, size: int = PIECE) -> list[tuple[int, int]]:
    """``range(count)`` cut into (start, stop) of at most ``size``."""
    return [(start, min(start + size, count)) for start in range(0, count, size)]
