"""Snapshots of a draft in a folder beside it: taken once a day where something changed, read back, ten kept.

Specification: docs/spec/draft.md §4.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

from core.errors import DraftInvalid
from core.ports.drafts import Progress, Snapshot
from core.ports.files import beside, new_file, publish, sync_folder, writing
from core.store.draft import Draft
from core.store.schema import APPLICATION_ID, VERSION
from signing.canonical_json import encode
from signing.cms.digest import Sm3, sm3

LIMIT = 10
_BEIJING = timezone(timedelta(hours=8))
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)_\d{6}")
_COPY_BYTES = 1 << 20


def folder_of(draft: Path) -> Path:
    """Where the snapshots of a draft lie."""
    return draft.with_name(draft.name + ".snapshots")


def listed(draft: Path) -> tuple[Snapshot, ...]:
    """All snapshots, newest first, unread."""
    found: list[Snapshot] = []
    with suppress(OSError):
        entries = [one for one in folder_of(draft).iterdir() if one.suffix == ".tbd" and _NAME.fullmatch(one.stem)]
        found += (Snapshot(one.stem, one, one.stat().st_size) for one in entries if one.is_file())
    return tuple(sorted(found, key=lambda snapshot: snapshot.name, reverse=True))


def is_taken(draft: Path, now: datetime) -> bool:
    """Whether there is a snapshot of this day in Beijing."""
    day = now.astimezone(_BEIJING).strftime("%Y-%m-%d")
    return any(snapshot.name.startswith(day) for snapshot in listed(draft))


def take(draft: Draft, now: datetime, progress: Progress | None, keep: int = LIMIT) -> Snapshot | None:
    """A new snapshot, or None where the newest good one holds the same; then the oldest go."""
    before = listed(draft.path)
    current = digest(draft)
    if before and digest_of(before[0].path, whole=False) == current:
        return None
    folder = folder_of(draft.path)
    name = now.astimezone(_BEIJING).strftime("%Y-%m-%d_%H%M%S")
    target = folder / f"{name}.tbd"
    with writing(target):
        folder.mkdir(mode=0o700, exist_ok=True)
        temporary = beside(target)
        temporary.touch(mode=0o600, exist_ok=False)
    try:
        draft.copy_to(temporary, progress)
        if digest_of(temporary) != current:
            raise DraftInvalid(path=draft.path, reason="damaged")
        with writing(target):
            _sync(temporary)
        publish(temporary, target, replace=True)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    for old in superseded((snapshot.name for snapshot in listed(draft.path)), keep):
        with suppress(OSError):  # an antivirus program may hold it; it goes next time
            (folder / f"{old}.tbd").unlink()
    with suppress(OSError):
        sync_folder(folder)
    return Snapshot(name, target, target.stat().st_size)


def superseded(names: Iterable[str], keep: int = LIMIT) -> tuple[str, ...]:
    """What to remove so that ``keep`` stay: of days past the last, of the newest day the first and the last two."""
    newest_first = sorted(names, reverse=True)
    if not newest_first:
        return ()
    days: dict[str, list[str]] = {}
    for name in newest_first:
        days.setdefault(name[:10], []).append(name)
    (_, today), *others = days.items()
    kept = [*today[:2], *today[-1:]] if len(today) > 2 else list(today)
    kept += [of_day[0] for _, of_day in others]
    return tuple(name for name in newest_first if name not in set(kept[:keep]))


def restore(snapshot: Snapshot, out: Path) -> None:
    """Copies a snapshot to a new file; a damaged one is refused and nothing written."""
    if digest_of(snapshot.path) is None:
        raise DraftInvalid(path=snapshot.path, reason="damaged")
    with new_file(out, replace=False) as target, snapshot.path.open("rb") as source:
        shutil.copyfileobj(source, target, _COPY_BYTES)


def digest(draft: Draft) -> str:
    """What the draft holds, the undo history apart: equal for two states a person cannot tell apart."""
    with draft.transaction() as connection:
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise sqlite3.ProgrammingError
        return _digest(raw)


def digest_of(path: Path, *, whole: bool = True) -> str | None:
    """:func:`digest` of a file nobody has open; None where it is no draft. ``whole``: all of it is read."""
    address = "file://" + quote(path.absolute().as_posix()) + "?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                return None
            if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
                return None
            if whole and not _reads_back(connection):
                return None
            return _digest(connection)
    except (sqlite3.Error, TypeError, ValueError):
        return None


def _digest(connection: sqlite3.Connection) -> str:
    records = connection.execute("SELECT key, value FROM records ORDER BY key")
    files = "SELECT name, media_type, sm3, size FROM attachments JOIN bodies ON bodies.id = body ORDER BY name"
    events = connection.execute("SELECT content FROM events ORDER BY position")
    shared = connection.execute("SELECT item, digest FROM shared ORDER BY position")
    return sm3(
        encode({
            "about": [str(one) for one in connection.execute("SELECT kind, work FROM about").fetchone()],
            "events": _running(content for (content,) in events),
            "files": [[str(one) for one in row] for row in connection.execute(files)],
            "records": [[str(key), sm3(value).hex()] for key, value in records],
            "shared": [[str(one) for one in row] for row in shared],
        })
    ).hex()  # fmt: skip


def _running(contents: Iterable[bytes]) -> str:
    digest = Sm3()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.digest().hex()


def _reads_back(connection: sqlite3.Connection) -> bool:
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        return False
    for body, size, expected in connection.execute("SELECT id, size, sm3 FROM bodies").fetchall():
        digest, length = Sm3(), 0
        for (piece,) in connection.execute("SELECT content FROM chunks WHERE body = ? ORDER BY number", (body,)):
            digest.update(piece)
            length += len(piece)
        if (length, digest.digest().hex()) != (size, expected):
            return False
    return True


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
