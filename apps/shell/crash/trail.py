"""Keeps where the person is while they move: one durable write at a time, always of the newest place. No Qt.

A move costs the window nothing: it is noted, and a worker writes it; what moves meanwhile is written together after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from apps.shell.crash.place import PlaceFile, PlaceKeeper
from apps.shell.tasks import Starter
from core.ports.progress import JobContext


class Trail:
    """The place of one running program. Close it at the ordinary end, after the runner: nothing is left behind then."""

    def __init__(self, file: PlaceFile, starter: Starter, now: Callable[[], datetime]) -> None:
        self._file, self._starter, self._now = file, starter, now
        self._keeper = PlaceKeeper(file)
        self._writing = self._again = self._closed = False
        self._lock = Lock()

    def move(self, *, project: str | None = None, page: str | None = None, field: str | None = None) -> None:
        """Notes where the person went; None leaves a part as it was."""
        if not self._closed and self._keeper.move(self._now(), project=project, page=page, field=field):
            self._write()

    def close(self) -> None:
        """An ordinary end: the file goes, and no late worker writes it again."""
        with self._lock:
            self._closed = True
            self._file.remove()

    def _write(self) -> None:
        if self._writing:
            self._again = True
            return
        self._writing, self._again = True, False
        self._starter.start(self._work, done=self._written, failed=self._written, cancelled=lambda: self._written(None))

    def _work(self, _context: JobContext) -> None:
        with self._lock:
            if not self._closed:
                self._keeper.write()

    def _written(self, _nothing: object) -> None:
        self._writing = False
        if self._again:
            self._write()
