"""Drafts (``.tbd``): one crash-safe SQLite file per piece of work, attachments inside, held by one program at a time.

Implements :mod:`core.ports.drafts`. Every write is one transaction, synced before the call returns; after a crash the
next opening rolls a half transaction back. While a draft is open a ``-journal`` file may lie beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import RLock
from typing import BinaryIO, Self

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select

from core.errors import DraftInvalid, FileMissing, InputTooLarge
from core.ports.drafts import Attachment
from core.store.connection import told
from core.store.schema import ATTACHMENT_LIMIT, ATTACHMENTS, CHUNK_SIZE, CHUNKS, EVENTS, RECORDS
from signing.canonical_json import Json, NotCanonicalJson, decode, encode
from signing.cms.digest import Sm3


class Draft:
    """An open draft; see :class:`core.ports.drafts.DraftPort`. Safe to use from several threads, one call at a time."""

    def __init__(self, path: Path, kind: str, engine: Engine) -> None:
        self._path = path
        self._kind = kind
        self._engine: Engine | None = engine
        self._lock = RLock()

    @property
    def kind(self) -> str:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._kind

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._path

    def get(self, key: str) -> Json:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._transaction() as connection:
            found = connection.execute(select(RECORDS.c.value).where(RECORDS.c.key == key)).scalar_one_or_none()
        if found is None:
            return None
        try:
            return decode(self._blob(found))
        except NotCanonicalJson as error:
            raise DraftInvalid(path=self._path, reason="damaged") from error

    def put(self, key: str, value: Json) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        content = None if value is None else encode(value)
        with self._transaction() as connection:
            connection.execute(delete(RECORDS).where(RECORDS.c.key == key))
            if content is not None:
                connection.execute(insert(RECORDS).values(key=key, value=content))

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._transaction() as connection:
            found = connection.execute(select(RECORDS.c.key).order_by(RECORDS.c.key)).scalars().all()
        if not all(isinstance(key, str) for key in found):
            raise DraftInvalid(path=self._path, reason="damaged")
        return tuple(key for key in found if key.startswith(prefix))

    def attach(self, name: str, media_type: str, content: bytes) -> Attachment:
        """See :class:`core.ports.drafts.DraftPort`."""
        pieces = (content[start : start + CHUNK_SIZE] for start in range(0, len(content), CHUNK_SIZE))
        return self._attach(name, media_type, pieces)

    def attach_stream(self, name: str, media_type: str, source: BinaryIO) -> Attachment:
        """See :class:`core.ports.drafts.DraftPort`."""
        return self._attach(name, media_type, _pieces(source))

    def attachment(self, name: str) -> bytes:
        """See :class:`core.ports.drafts.DraftPort`."""
        return b"".join(self.attachment_chunks(name))

    def attachment_chunks(self, name: str) -> Iterator[bytes]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._transaction() as connection:
            row = connection.execute(select(ATTACHMENTS).where(ATTACHMENTS.c.name == name)).one_or_none()
        if row is None:
            raise FileMissing(path=name)
        known, digest = self._known(row), Sm3()
        for number in range(-(-known.size // CHUNK_SIZE)):
            piece = self._chunk(row.id, number)
            digest.update(piece)
            yield piece
        if digest.digest().hex() != known.sm3:
            raise DraftInvalid(path=self._path, reason="damaged")

    def attachments(self) -> tuple[Attachment, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._transaction() as connection:
            rows = connection.execute(select(ATTACHMENTS).order_by(ATTACHMENTS.c.name)).all()
        return tuple(self._known(row) for row in rows)

    def detach(self, name: str) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._transaction() as connection:
            if not _remove(connection, name):
                raise FileMissing(path=name)

    def append_event(self, event: bytes) -> int:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._transaction() as connection:
            position = int(connection.execute(select(func.coalesce(func.max(EVENTS.c.position) + 1, 0))).scalar_one())
            connection.execute(insert(EVENTS).values(position=position, content=event))
        return position

    def events(self, start: int = 0) -> tuple[bytes, ...]:
        """See :class:`core.ports.drafts.DraftPort`."""
        query = select(EVENTS.c.content).where(EVENTS.c.position >= start).order_by(EVENTS.c.position)
        with self._transaction() as connection:
            return tuple(self._blob(found) for found in connection.execute(query).scalars())

    def close(self) -> None:
        """See :class:`core.ports.drafts.DraftPort`."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._lock, told(self._path):
            if self._engine is None:
                raise DraftInvalid(path=self._path, reason="closed")
            with self._engine.begin() as connection:
                yield connection

    def _attach(self, name: str, media_type: str, pieces: Iterator[bytes]) -> Attachment:
        digest, size = Sm3(), 0
        with self._transaction() as connection:
            _remove(connection, name)
            blank = insert(ATTACHMENTS).values(name=name, media_type=media_type, size=0, sm3="")
            attachment = connection.execute(blank).lastrowid
            for number, piece in zip(count(), pieces):
                size += len(piece)
                if size > ATTACHMENT_LIMIT:
                    raise InputTooLarge(what=name, size=size, limit=ATTACHMENT_LIMIT)
                digest.update(piece)
                connection.execute(insert(CHUNKS).values(attachment=attachment, number=number, content=piece))
            kept = Attachment(name, media_type, size, digest.digest().hex())
            known = ATTACHMENTS.update().where(ATTACHMENTS.c.id == attachment)
            connection.execute(known.values(size=kept.size, sm3=kept.sm3))
        return kept

    def _chunk(self, attachment: int, number: int) -> bytes:
        place = (CHUNKS.c.attachment == attachment) & (CHUNKS.c.number == number)
        with self._transaction() as connection:
            found = connection.execute(select(CHUNKS.c.content).where(place)).scalar_one_or_none()
        return self._blob(found)

    def _blob(self, untrusted: object) -> bytes:
        """SQLite columns hold any type; a draft of somebody else may use that."""
        if not isinstance(untrusted, bytes):
            raise DraftInvalid(path=self._path, reason="damaged")
        return untrusted

    def _known(self, untrusted: Row[tuple[int, str, str, int, str]]) -> Attachment:
        name, media_type, size, digest = untrusted.name, untrusted.media_type, untrusted.size, untrusted.sm3
        if not isinstance(size, int) or not 0 <= size <= ATTACHMENT_LIMIT:
            raise DraftInvalid(path=self._path, reason="damaged")
        if not all(isinstance(text, str) for text in (name, media_type, digest)):
            raise DraftInvalid(path=self._path, reason="damaged")
        return Attachment(name, media_type, size, digest)


def _remove(connection: Connection, name: str) -> bool:
    known = connection.execute(select(ATTACHMENTS.c.id).where(ATTACHMENTS.c.name == name)).scalar_one_or_none()
    if known is None:
        return False
    connection.execute(delete(CHUNKS).where(CHUNKS.c.attachment == known))
    connection.execute(delete(ATTACHMENTS).where(ATTACHMENTS.c.id == known))
    return True


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    """Full pieces of a stream, also of one that returns less than asked for."""
    pending = bytearray()
    while block := source.read(CHUNK_SIZE):
        pending += block
        while len(pending) >= CHUNK_SIZE:
            yield bytes(pending[:CHUNK_SIZE])
            del pending[:CHUNK_SIZE]
    if pending:
        yield bytes(pending)
