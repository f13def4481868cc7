"""Labels of one part of the catalogue, and how its language writes times and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.messages import Catalogue
from core.values.times import beijing_parts


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences below one prefix (``opening.record``), called by the rest of their key."""

    catalogue: Catalogue
    prefix: str

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence of ``<prefix>.<key>`` with its slots filled."""
        return self.catalogue.text(f"{self.prefix}.{key}", **params)

    def time(self, value: datetime) -> str:
        """A Beijing time to the minute as the language writes it."""
        return self.catalogue.text("data.time", **beijing_parts(value))

    def date(self, value: datetime) -> str:
        """A day in Beijing as the language writes it."""
        return self.catalogue.text("data.date", **beijing_parts(value))

    def yes_no(self, value: bool) -> str:
        """Yes or no."""
        return self.catalogue.text("data.yes" if value else "data.no")

    def none(self) -> str:
        """What stands where a list is empty."""
        return self.catalogue.text("data.none")
