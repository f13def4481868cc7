"""One use of one PIN: the key gets it whole or never, and it is zeroed either way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from core.errors import Cancelled

Result = TypeVar("Result")


class PinUse:
    """Zeroing a PIN the key is reading would make it a wrong PIN and cost a try: begun work ends before the zeroing."""

    def __init__(self, pin: bytearray) -> None:
        self._pin = pin
        self._lock = threading.Lock()
        self._begun = self._over = False

    def run(self, use: Callable[[bytearray], Result]) -> Result:
        """Calls ``use`` with the PIN and zeroes it; raises Cancelled where it was given up before."""
        with self._lock:
            if self._over:
                raise Cancelled
            self._begun = True
        try:
            return use(self._pin)
        finally:
            self._over = True
            wipe(self._pin)

    def give_up(self) -> None:
        """Zeroes the PIN unless the key has it already; then :meth:`run` zeroes it."""
        with self._lock:
            if not self._begun:
                self._over = True
                wipe(self._pin)


def wipe(secret: bytearray) -> None:
    """Overwrites the bytes with zeros; the length stays, so nothing is copied."""
    for index in range(len(secret)):
        secret[index] = 0
