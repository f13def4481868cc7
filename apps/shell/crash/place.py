"""Where a person was: one small file a running program, written on every move, gone after an ordinary end.

A file that is left behind by a program no longer running tells of a crash. No Qt here.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_state_path

from core.errors import FileNotWritable
from core.ports.files import atomic_write

VERSION = 0
LIMIT_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Which project (a path or ""), page and field, and when (aware UTC)."""

    project: str
    page: str
    field: str
    at: datetime


def places_folder() -> Path:
    """Where the place files of this user lie."""
    return user_state_path("tenderbox", appauthor=False) / "places"


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """The place file of this process."""

    path: Path

    def write(self, place: Place) -> None:
        """Keeps the place, durably. A folder that cannot be written costs the net, never the work."""
        said = {"version": VERSION, "pid": os.getpid(), "project": place.project, "page": place.page,
                "field": place.field, "at": place.at.isoformat()}  # fmt: skip
        with suppress(FileNotWritable, OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(self.path, json.dumps(said).encode())  # ASCII: a name of a disk need not be text

    def remove(self) -> None:
        """An ordinary end: nothing to come back to."""
        with suppress(OSError):
            self.path.unlink()


def place_file(program: str, folder: Path | None = None) -> PlaceFile:
    """The file of this process of a program."""
    return PlaceFile((folder or places_folder()) / f"{program}-{os.getpid()}.json")


def take_abandoned(program: str, folder: Path | None = None) -> Place | None:
    """The newest place left behind by a program that is gone; all files left behind are removed.

    What is damaged, of a newer version or far too large is removed like the rest and tells nothing.
    """
    newest: Place | None = None
    for path in sorted((folder or places_folder()).glob(f"{program}-*.json")):
        pid = path.stem.rpartition("-")[2]
        if pid.isascii() and pid.isdigit() and int(pid) != os.getpid() and _alive(int(pid)):
            continue
        place = _read(path)
        with suppress(OSError):
            path.unlink()
        if place is not None and (newest is None or place.at > newest.at):
            newest = place
    return newest


def _read(path: Path) -> Place | None:
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT_BYTES + 1)
        untrusted = json.loads(content) if len(content) <= LIMIT_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(untrusted, dict) or untrusted.get("version") != VERSION:
        return None
    texts = [untrusted.get(name) for name in ("project", "page", "field", "at")]
    project, page, field, at = (text if isinstance(text, str) else None for text in texts)
    if project is None or page is None or field is None or at is None:
        return None
    try:
        moment = datetime.fromisoformat(at)
        return Place(project, page, field, moment.astimezone(UTC)) if moment.tzinfo else None
    except (ValueError, OverflowError):  # also the first and the last day of the calendar
        return None


def _alive(pid: int) -> bool:
    """Whether a process of this number runs. On Windows never by a signal: that would end it."""
    if not 0 < pid < 1 << 31:
        return False
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _alive_on_windows(pid: int) -> bool:
    """Not tried here: written from the documentation of OpenProcess and WaitForSingleObject."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy on Linux knows no windll
    synchronize, wait_timeout = 0x00100000, 0x102
    handle = kernel.OpenProcess(synchronize, False, pid)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == wait_timeout)
    finally:
        kernel.CloseHandle(handle)


class PlaceKeeper:
    """Remembers where the person is; ``write`` is handed the newest place once the one before is written."""

    def __init__(self, file: PlaceFile) -> None:
        self._file = file
        self._place = Place("", "", "", datetime.now(UTC))

    @property
    def place(self) -> Place:
        """The newest place."""
        return self._place

    def move(
        self, at: datetime, *, project: str | None = None, page: str | None = None, field: str | None = None
    ) -> bool:
        """Takes over what changed and says whether anything did."""
        moved = replace(
            self._place,
            project=self._place.project if project is None else project,
            page=self._place.page if page is None else page,
            field=self._place.field if field is None else field,
        )
        if moved == self._place:
            return False
        self._place = replace(moved, at=at)
        return True

    def write(self) -> None:
        """Writes the newest place; to be called on a worker."""
        self._file.write(self._place)
