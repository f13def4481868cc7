"""The one clock, injected at the composition root."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where times come from."""

    @property
    def source(self) -> str:
        """``system``, ``platform`` or ``demo`` (演示时间); written into every artefact."""

    def now(self) -> datetime:
        """The aware UTC time."""
