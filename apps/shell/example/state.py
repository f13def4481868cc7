"""What the rooms screen shows: rooms with areas, what is wrong with them, and the long work under way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from apps.shell.frame.say import Say
from apps.shell.tasks import Progress

AREA_LIMIT = Decimal(500)  # m²
AREA_DIGITS = 2


class Phase(StrEnum):
    """Where the long work stands."""

    IDLE = "idle"
    WORKING = "working"
    STOPPING = "stopping"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Room:
    """A room as typed; ``area`` (m²) is there where the text is one and keeps the limit, else ``problem`` is."""

    name: str
    typed: str = ""
    area: Decimal | None = None
    problem: Say | None = None


@dataclass(frozen=True, slots=True)
class ExampleState:
    """Rooms in order, the chosen one, and the work. ``outcome`` is the sentence about how it ended."""

    rooms: tuple[Room, ...]
    chosen: int = 0
    phase: Phase = Phase.IDLE
    progress: Progress | None = None
    outcome: Say | None = None

    @property
    def missing(self) -> int:
        """How many rooms stand in the way of the work."""
        return sum(room.problem is not None for room in self.rooms)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self.phase in {Phase.WORKING, Phase.STOPPING}


class ExampleIntents(Protocol):
    """What a person does on this screen. The view calls these and nothing else."""

    def choose(self, number: int) -> None:
        """Another room was chosen."""

    def type_area(self, untrusted_text: str) -> None:
        """The area of the chosen room was typed."""

    def next_problem(self) -> None:
        """Go to the next room that is not right."""

    def start(self) -> None:
        """Work out the paint and write the list."""

    def cancel(self) -> None:
        """Stop the work."""
