"""The long work of the example: how much paint each room needs, written as a list. No Qt, no sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from pathlib import Path

from apps.shell.example.state import Room
from core.ports.files import new_file
from core.ports.progress import JobContext

_LITRES_PER_M2 = Decimal("0.35")  # two coats of emulsion on walls of 2.8 m
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class PaintList:
    """Where the list was written and how much paint it names, in litres."""

    path: Path
    litres: Decimal


def write_paint_list(rooms: tuple[Room, ...], target: Path, ctx: JobContext) -> PaintList:
    """Writes one line a room. On any error, and when it is stopped, ``target`` is as it was before."""
    total = Decimal(0)
    with new_file(target) as out:
        for done, room in enumerate(rooms, start=1):
            ctx.raise_if_cancelled()
            litres = ((room.area or Decimal(0)) * _LITRES_PER_M2).quantize(_TENTH, ROUND_UP)
            out.write(f"{room.name}\t{room.area}\t{litres}\n".encode())
            total += litres
            ctx.progress(done, len(rooms), "shell.example.step")
    return PaintList(target, total)
