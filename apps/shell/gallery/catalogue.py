"""All specimens, by the room they show."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass

from apps.shell.gallery.specimen import Specimen

ROOMS = (
    "controls", "frame", "forms", "lists", "grid", "pages", "compare", "charts",
    "dialogs", "settings", "editing", "doctor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the gallery; its specimens are loaded when they are asked for."""

    name: str

    @property
    def specimens(self) -> tuple[Specimen, ...]:
        """What the room shows."""
        found: tuple[Specimen, ...] = importlib.import_module(f"apps.shell.gallery.{self.name}").SPECIMENS
        return found


def rooms() -> tuple[Room, ...]:
    """Every room."""
    return tuple(Room(name) for name in ROOMS if importlib.util.find_spec(f"apps.shell.gallery.{name}") is not None)


def specimens() -> dict[str, Specimen]:
    """Every specimen by its name."""
    return {specimen.name: specimen for room in rooms() for specimen in room.specimens}
