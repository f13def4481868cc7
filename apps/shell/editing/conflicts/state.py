"""What the conflict chooser shows. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whose state is chosen."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class ConflictItem:
    """One item both changed, its states in words; None: there is none. ``base`` is what both last had in common."""

    key: str
    title: str
    mine: str | None
    theirs: str | None
    base: str | None
    choice: Side | None = None


@dataclass(frozen=True, slots=True)
class ConflictState:
    """``colleague`` is the name of the other side; ``current`` the index of the item looked at."""

    items: tuple[ConflictItem, ...]
    colleague: str
    current: int = 0

    @property
    def left(self) -> int:
        """How many are still to be chosen."""
        return sum(item.choice is None for item in self.items)

    @property
    def item(self) -> ConflictItem | None:
        """The item looked at."""
        return self.items[self.current] if self.items else None
