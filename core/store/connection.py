"""One exclusive, durable SQLite connection, and its faults told in our errors.

Exclusive locking is SQLite's own (fcntl or LockFileEx): it vanishes with the process, also on kill -9. Because POSIX
drops such locks when *any* handle of the file closes in the process, nothing else here opens a draft's file.
Durability: rollback journal with synchronous=EXTRA, which also syncs the end of each transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from core.errors import AppError, DraftBusy, DraftInvalid, FileNotWritable

_PRAGMAS = (
    "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA trusted_schema=OFF",  # a draft may come from somebody else
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA foreign_keys=ON",
)
_WRITE_REASONS = {
    sqlite3.SQLITE_FULL: "no_space",
    sqlite3.SQLITE_IOERR: "failed",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "no_permission",
    sqlite3.SQLITE_PERM: "no_permission",
    sqlite3.SQLITE_TOOBIG: "too_large",
}


def connect(path: Path) -> Engine:
    """An engine with one connection to an existing file; nothing is read or locked yet."""
    address = _address(path)

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=open_file, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _durable(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

    return engine


def _address(path: Path) -> str:
    """SQLite's URI of an existing file; ``Path.as_uri`` would make a share's server an authority, which it refuses."""
    posix = path.absolute().as_posix()
    return "file://" + quote(posix if posix.startswith("/") else "/" + posix) + "?mode=rw"


def use_rollback_journal(engine: Engine) -> None:
    """Leaves write-ahead mode, should somebody have put a draft into it. Only after the file is known to be ours."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=DELETE").close()
    finally:
        connection.close()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLite's faults inside the block into DraftBusy, FileNotWritable or DraftInvalid."""
    try:
        yield
    except DBAPIError as error:
        raise _error(path, error.orig) from error
    except sqlite3.Error as error:
        raise _error(path, error) from error


def _error(path: Path, error: BaseException | None) -> AppError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DraftBusy(path=path)
    if code in _WRITE_REASONS:
        return FileNotWritable(path=path, reason=_WRITE_REASONS[code])
    if code == sqlite3.SQLITE_NOTADB:
        return DraftInvalid(path=path, reason="foreign")
    return DraftInvalid(path=path, reason="damaged")
