"""One sentence to the user about what was done or refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """``tone`` is ok, info, warn or err; an empty text takes the last notice away."""

    tone: str = "info"
    text: str = ""
