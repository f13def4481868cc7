"""The demonstration's clock (演示时间): set by the plan, moving on by itself, never later than the real now."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class DemoClock:
    """Runs in the past and says so in every artefact. Does not exist in frozen builds."""

    def __init__(self, start: datetime) -> None:
        self._base = start
        self._started = time.monotonic()

    @property
    def source(self) -> str:
        """``demo``."""
        return "demo"

    def now(self) -> datetime:
        """The set time plus what has really passed since, at most the real now."""
        moment = self._base + timedelta(seconds=time.monotonic() - self._started)
        return min(moment, datetime.now(UTC))

    def move_to(self, moment: datetime) -> None:
        """Sets the clock forward; a time already passed leaves it running."""
        if moment > self.now():
            self._base = moment
            self._started = time.monotonic()
