"""A clock a test sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class FixedClock:
    moment: datetime
    source: str = "system"

    def now(self) -> datetime:
        self.moment += timedelta(microseconds=1)  # acts of one test are never at the same instant
        return self.moment
