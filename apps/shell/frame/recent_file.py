"""The file recent projects are kept in: JSON, written whole or not at all; garbage is an empty list, no failure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from apps.shell.frame.recent import KEPT, RecentProject, RecentProjects
from core.ports.files import atomic_write

_LIMIT = 256 * 1024  # bytes
_TEXT_LIMIT = 4096  # characters of one value
_VERSION = 0
_YEARS = range(1970, 9000)  # at the ends of the calendar another time zone is an overflow


def load_recent(path: Path) -> RecentProjects:
    """The list in a file. A file that is missing, too large, of another version or no list of ours gives an empty list;
    single entries that cannot be understood are left out.
    """
    try:
        with path.open("rb") as file:
            untrusted_bytes = file.read(_LIMIT + 1)
        if len(untrusted_bytes) > _LIMIT:
            return RecentProjects()
        untrusted: object = json.loads(untrusted_bytes)
    except (OSError, ValueError, RecursionError):
        return RecentProjects()
    if not isinstance(untrusted, dict) or untrusted.get("version") != _VERSION:
        return RecentProjects()
    untrusted_list = untrusted.get("projects")
    if not isinstance(untrusted_list, list):
        return RecentProjects()
    read = [project for entry in untrusted_list[:KEPT] if (project := _project(entry)) is not None]
    return RecentProjects(tuple({project.path: project for project in reversed(read)}.values())[::-1])


def save_recent(path: Path, recent: RecentProjects) -> None:
    """Writes the list durably; raises :class:`core.errors.FileNotWritable`, and then the old list is still there."""
    entries = [
        {
            "path": one.path,
            "title": one.title,
            "opened_at": one.opened_at.isoformat(),
            "deadline": one.deadline.isoformat() if one.deadline else None,
            "state": one.state_key,
        }
        for one in recent.projects
    ]
    content = json.dumps({"version": _VERSION, "projects": entries}, ensure_ascii=False, indent=1)
    atomic_write(path, content.encode("utf-8", "surrogatepass"))


def missing_files(recent: RecentProjects) -> frozenset[str]:
    """The paths where no file is. Asks the disk (a network drive may be slow): not in the window's thread."""
    return frozenset(one.path for one in recent.projects if not _is_file(one.path))


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _project(untrusted: object) -> RecentProject | None:
    if not isinstance(untrusted, dict):
        return None
    path, title, state = (_text(untrusted, name) for name in ("path", "title", "state"))
    opened_at = _time(untrusted, "opened_at")
    if not path or title is None or opened_at is None:
        return None
    return RecentProject(path, title, opened_at, _time(untrusted, "deadline"), state or "")


def _text(untrusted: Mapping[str, object], name: str) -> str | None:
    value = untrusted.get(name)
    return value if isinstance(value, str) and len(value) <= _TEXT_LIMIT and "\0" not in value else None


def _time(untrusted: Mapping[str, object], name: str) -> datetime | None:
    value = untrusted.get(name)
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if read is None or read.tzinfo is None or read.year not in _YEARS:
        return None
    return read
