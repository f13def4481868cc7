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
        self._last = 0.0
        self.longest = 0.0
        self.count = 0

    def __enter__(self) -> TickRecorder:
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        self.count += 1
