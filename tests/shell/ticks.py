"""A recorder of event-loop stalls: a 10 ms timer notes the longest gap between two of its ticks."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer


class TickRecorder(QObject):
    """``with TickRecorder() as ticks: …; ticks.longest`` in seconds; the loop must run inside the block."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)
        self._last = self._last_busy = 0.0
        self.longest = 0.0  # by the wall clock: also what other programs took
        self.longest_busy = 0.0  # processor time of the window's own thread
        self.count = 0

    def __enter__(self) -> TickRecorder:
        self._last, self._last_busy = time.perf_counter(), time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.longest_busy = max(self.longest_busy, busy - self._last_busy)
        self._last, self._last_busy = now, busy
        self.count += 1
