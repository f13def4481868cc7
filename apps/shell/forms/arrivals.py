"""Files as they arrive by drop or dialog: looked at once, then taken or refused with the next step."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from apps.shell.forms.entries import FileEntry, Files
from apps.shell.forms.faults import Fault, fault
from apps.shell.forms.limits import show_size
from apps.shell.forms.schema import FilesField


@dataclass(frozen=True, slots=True)
class Arrival:
    """One path with what the disk says of it; ``size`` None = not a readable file."""

    path: str
    name: str
    size: int | None
    folder: bool = False


def look_at(untrusted_path: str) -> Arrival:
    """What lies at a path, without opening it."""
    path = Path(untrusted_path)
    try:
        found = path.stat()
    except (OSError, ValueError):
        return Arrival(untrusted_path, path.name or untrusted_path, None)
    if stat.S_ISDIR(found.st_mode):
        return Arrival(untrusted_path, path.name or untrusted_path, None, folder=True)
    return Arrival(untrusted_path, path.name, found.st_size if stat.S_ISREG(found.st_mode) else None)


def take(
    field: FilesField, entry: Files, arrivals: Iterable[Arrival]
) -> tuple[tuple[FileEntry, ...], tuple[Fault, ...]]:
    """The arrivals that fit, and a fault for each of the others."""
    taken: list[FileEntry] = []
    refused: list[Fault] = []
    known = {file.path for file in entry.files}
    for arrival in arrivals:
        reason = _reason(field, arrival, known, room=field.max_count - len(entry.files) - len(taken))
        if reason is not None:
            refused.append(reason)
        else:
            known.add(arrival.path)
            taken.append(FileEntry(arrival.path, arrival.name, arrival.size or 0))
    return tuple(taken), tuple(refused)


def _reason(field: FilesField, arrival: Arrival, known: set[str], room: int) -> Fault | None:
    name, size = _short(arrival.name), arrival.size
    ending = Path(arrival.name).suffix.removeprefix(".").lower()
    kinds = " / ".join(kind.upper() for kind in field.types)
    checks = (
        (arrival.folder, fault("file_folder", name=name)),
        (not arrival.folder and size is None, fault("file_unreadable", name=name)),
        (ending not in field.types, fault("file_type", name=name, types=kinds)),
        (arrival.path in known, fault("file_twice", name=name)),
        (size == 0, fault("file_empty", name=name)),
        ((size or 0) > field.max_bytes,
         fault("file_large", name=name, size=show_size(size or 0), limit=show_size(field.max_bytes))),
        (room <= 0, fault("file_room", name=name, limit=str(field.max_count))),
    )  # fmt: skip
    return next((found for broken, found in checks if broken), None)


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:24]}…{name[-12:]}"
