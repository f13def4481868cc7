"""Drafts (``.tbd``): one crash-safe SQLite file per piece of work, attachments inside, held by one program at a time.

Implements :mod:`core.ports.drafts`. Every write is one transaction, synced before the call returns; after a crash the
next opening rolls a half transaction back. While a draft is open a ``-journal`` file may lie beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import BinaryIO, Self

from sqlalchemy import Connection, Engine, func, insert, select

from core.errors import AppError, DraftInvalid, FileMissing
from core.ports.drafts import Attachment, Progress, Shared, Step
from core.store import bodies, history, sharing
from core.store.cells import blob, text, value
from core.store.connection import told
from core.store.lock_note import remove_note
from core.store.schema import CHUNK_SIZE, EVENTS, RECORDS
from signing.canonical_json import Json
from signing.cms.digest import Sm3

_COPY_PAGES = 2048  # 8 MiB between two looks at progress and cancellation


class Draft:
    """An open draft; see :class:`core.ports.drafts.DraftPort`. Safe to use from several threads, one call at a time."""

    def __init__(self, path: Path, kind: str, work: str, engine: Engine) -> None:
        self._path = path
        self._kind = kind
        self._work = work
        self._engine: Engine | None = engine
        self._lock = RLock()

    @property
    def kind(self) -> str:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._kind

    @property
    def work(self) -> str:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._work

    @property
    def path(self) -> Path:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._path

    def get(self, key: str) -> Json:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            found = connection.execute(select(RECORDS.c.value).where(RECORDS.c.key == key)).scalar_one_or_none()
            return None if found is None else value(found)

    def put(self, key: str, value: Json) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            history.set_record(connection, key, value)
            history.forget(connection)

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            found = connection.execute(select(RECORDS.c.key).order_by(RECORDS.c.key)).scalars().all()
            return tuple(key for key in map(text, found) if key.startswith(prefix))

    def attach(self, name: str, media_type: str, content: bytes) -> Attachment:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._attach(name, media_type, _cut(content))

    def attach_stream(self, name: str, media_type: str, source: BinaryIO) -> Attachment:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._attach(name, media_type, bodies.pieces_of(source))

    def attachment(self, name: str) -> bytes:
        """See :class:`core.ports.drafts.DraftPort`."""
        return b"".join(self.attachment_chunks(name))

    def attachment_chunks(self, name: str) -> Iterator[bytes]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            found = bodies.find(connection, name)
        if found is None:
            raise FileMissing(path=name)
        return self._chunks(*found)

    def attachments(self) -> tuple[Attachment, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            return bodies.attachments(connection)

    def detach(self, name: str) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            if bodies.find(connection, name) is None:
                raise FileMissing(path=name)
            bodies.set_attachment(connection, name, None)
            history.forget(connection)

    def append_event(self, event: bytes) -> int:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            position = int(connection.execute(select(func.coalesce(func.max(EVENTS.c.position) + 1, 0))).scalar_one())
            connection.execute(insert(EVENTS).values(position=position, content=event))
        return position

    def events(self, start: int = 0) -> tuple[bytes, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        query = select(EVENTS.c.content).where(EVENTS.c.position >= start).order_by(EVENTS.c.position)
        with self.transaction() as connection:
            return tuple(blob(found) for found in connection.execute(query).scalars())

    def keep_body(self, source: BinaryIO) -> tuple[int, str]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            _, size, sm3 = bodies.keep_body(connection, self._path.name, bodies.pieces_of(source))
        return size, sm3

    def body_chunks(self, sm3: str) -> Iterator[bytes]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            found = bodies.find_body(connection, sm3)
        if found is None:
            raise FileMissing(path=sm3)
        return self._chunks(*found)

    def write(self, step: Step, shared: tuple[Shared, ...] = ()) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            history.write(connection, step)
            sharing.share(connection, shared)

    def mark(self, position: int, *, undone: bool) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            history.mark(connection, position, undone=undone)

    def steps(self) -> tuple[Step, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            return history.steps(connection)

    def share(self, states: tuple[Shared, ...]) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            sharing.share(connection, states)

    def shared(self) -> tuple[Shared, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self.transaction() as connection:
            return sharing.shared(connection)

    def copy_to(self, target: Path, progress: Progress | None = None) -> None:
        """Copies the whole database into an existing empty file, by SQLite's backup interface; not yet synced."""
        with self._lock, told(target):
            raw = self._opened().raw_connection()
            copy = sqlite3.connect(target, isolation_level=None)
            try:
                copy.execute("PRAGMA synchronous=OFF")
                copy.execute("PRAGMA journal_mode=OFF")
                source = raw.driver_connection
                if not isinstance(source, sqlite3.Connection):
                    raise sqlite3.ProgrammingError

                def tell(_status: int, remaining: int, total: int) -> None:
                    if progress is not None:
                        progress(total - remaining, total)

                source.backup(copy, pages=_COPY_PAGES, progress=tell)
            finally:
                copy.close()
                raw.close()

    def close(self) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._lock:
            if self._engine is None:
                return
            with suppress(AppError):  # what cannot be swept now is swept next time
                self._sweep()
            remove_note(self._path)
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One durable transaction, for this room only; its faults are told in our errors."""
        with self._lock, told(self._path), self._opened().begin() as connection:
            yield connection

    def _opened(self) -> Engine:
        if self._engine is None:
            raise DraftInvalid(path=self._path, reason="closed")
        return self._engine

    def _attach(self, name: str, media_type: str, pieces: Iterator[bytes]) -> Attachment:
        with self.transaction() as connection:
            body, size, sm3 = bodies.keep_body(connection, name, pieces)
            bodies.name_body(connection, name, media_type, body)
            history.forget(connection)
        return Attachment(name, media_type, size, sm3)

    def _chunks(self, known: Attachment, body: int) -> Iterator[bytes]:
        digest = Sm3()
        for place in range(-(-known.size // CHUNK_SIZE)):
            with self.transaction() as connection:
                piece = bodies.chunk(connection, body, place)
            digest.update(piece)
            yield piece
        if digest.digest().hex() != known.sm3:
            raise DraftInvalid(path=self._path, reason="damaged")

    def _sweep(self) -> None:
        with self.transaction() as connection:
            candidates = bodies.unnamed(connection)
            if not candidates:
                return
            changes = [file for step in history.steps(connection) for file in step.files]
            needed = {side.sm3 for file in changes for side in (file.old, file.new) if side is not None}
            for body, sm3 in candidates.items():
                if sm3 not in needed:
                    bodies.drop_body(connection, body)


def _cut(content: bytes) -> Iterator[bytes]:
    return (content[start : start + CHUNK_SIZE] for start in range(0, len(content), CHUNK_SIZE))
