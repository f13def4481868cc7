"""The way home from worker threads: open while the window's side lives, shut for good before it goes. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

P = TypeVar("P")


class Door(Generic[P]):
    """Workers hold this and never the window's object: that must not end on a worker, nor while one speaks to it."""

    def __init__(self, deliver: Callable[[P], None]) -> None:
        self._deliver: Callable[[P], None] | None = deliver
        self._lock = Lock()

    def send(self, parcel: P) -> None:
        """From any thread; behind a shut door nobody hears."""
        with self._lock:
            if self._deliver is None:
                return
            try:
                self._deliver(parcel)
            except RuntimeError:  # Qt's side went with its parent
                self._deliver = None

    def shut(self) -> None:
        """Returns once no worker is inside any more."""
        with self._lock:
            self._deliver = None
