"""Progress on its way home: only the newest step waits, so a worker can report as often as it likes. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from apps.shell.tasks import Progress


class Steps:
    """One slot between a worker and the window. ``wake`` is called from the worker when the slot fills.

    The window empties the slot with :meth:`take` when it pleases; what was overwritten meanwhile is never sent.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = Lock()
        self._newest: Progress | None = None

    def put(self, step: Progress) -> None:
        """Keeps the newest step; wakes the window once until it has taken it."""
        with self._lock:
            waiting, self._newest = self._newest is not None, step
        if not waiting:
            self._wake()

    def take(self) -> Progress | None:
        """The newest step, once; None where there is no new one."""
        with self._lock:
            newest, self._newest = self._newest, None
        return newest
