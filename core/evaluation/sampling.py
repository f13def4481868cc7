"""Sampled numbers for dry runs: the same seed gives the same numbers on every machine. Never used for a real draw."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

STEPS = 10_000  # a range is cut into so many equal steps
T = TypeVar("T")


class Sampler:
    """SHA-256 over seed and counter, eight bytes a number."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode("utf-8")
        self._counter = 0
        self._pool = b""

    def whole(self, below: int) -> int:
        """A whole number from 0 to ``below`` - 1; the bias of the remainder is under 2^-40 for our ranges."""
        if len(self._pool) < 8:
            self._pool = hashlib.sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        number, self._pool = int.from_bytes(self._pool[:8], "big"), self._pool[8:]
        return number % below

    def between(self, low: Decimal, high: Decimal) -> Decimal:
        """A number of the range, both ends possible."""
        return low + (high - low) * self.whole(STEPS + 1) / STEPS

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.whole(len(items))]

    def order(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in a sampled order (Fisher-Yates)."""
        mixed = list(items)
        for at in range(len(mixed) - 1, 0, -1):
            other = self.whole(at + 1)
            mixed[at], mixed[other] = mixed[other], mixed[at]
        return tuple(mixed)
