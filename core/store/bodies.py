"""Attachments and the contents they name: each content is kept once, in pieces, as long as somebody names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from sqlalchemy import Connection, delete, insert, select

from core.errors import InputTooLarge
from core.ports.drafts import Attachment
from core.store.cells import Damaged, blob, number, text
from core.store.schema import ATTACHMENT_LIMIT, ATTACHMENTS, BODIES, CHUNK_SIZE, CHUNKS
from signing.cms.digest import Sm3

_KNOWN = select(ATTACHMENTS.c.name, ATTACHMENTS.c.media_type, BODIES.c.id, BODIES.c.size, BODIES.c.sm3).outerjoin(
    BODIES, ATTACHMENTS.c.body == BODIES.c.id
)


def keep_body(connection: Connection, name: str, pieces: Iterable[bytes]) -> tuple[int, int, str]:
    """Keeps a content unless it is here already; returns its id, size and SM3. Raises InputTooLarge with ``name``."""
    body = connection.execute(insert(BODIES).values(size=0, sm3="")).lastrowid
    digest, size = Sm3(), 0
    for place, piece in zip(count(), pieces):
        size += len(piece)
        if size > ATTACHMENT_LIMIT:
            raise InputTooLarge(what=name, size=size, limit=ATTACHMENT_LIMIT)
        digest.update(piece)
        connection.execute(insert(CHUNKS).values(body=body, number=place, content=piece))
    sm3 = digest.digest().hex()
    known = connection.execute(select(BODIES.c.id).where(BODIES.c.sm3 == sm3)).scalar_one_or_none()
    if known is not None:
        drop_body(connection, body)
        return known, size, sm3
    connection.execute(BODIES.update().where(BODIES.c.id == body).values(size=size, sm3=sm3))
    return body, size, sm3


def name_body(connection: Connection, name: str, media_type: str, body: int) -> None:
    """Gives a content a name, taking it from an older one."""
    connection.execute(delete(ATTACHMENTS).where(ATTACHMENTS.c.name == name))
    connection.execute(insert(ATTACHMENTS).values(name=name, media_type=media_type, body=body))


def set_attachment(connection: Connection, name: str, wanted: Attachment | None) -> None:
    """Makes ``name`` mean this content, or nothing; the content must be here."""
    if wanted is None:
        connection.execute(delete(ATTACHMENTS).where(ATTACHMENTS.c.name == name))
        return
    body = connection.execute(select(BODIES.c.id).where(BODIES.c.sm3 == wanted.sm3)).scalar_one_or_none()
    if body is None:
        raise Damaged
    name_body(connection, name, wanted.media_type, body)


def attachments(connection: Connection) -> tuple[Attachment, ...]:
    """All attachments, by name."""
    return tuple(
        _known(row.name, row.media_type, row.size, row.sm3)
        for row in connection.execute(_KNOWN.order_by(ATTACHMENTS.c.name))
    )


def find(connection: Connection, name: str) -> tuple[Attachment, int] | None:
    """An attachment and the id of its content."""
    row = connection.execute(_KNOWN.where(ATTACHMENTS.c.name == name)).one_or_none()
    return None if row is None else (_known(row.name, row.media_type, row.size, row.sm3), row.id)


def find_body(connection: Connection, sm3: str) -> tuple[Attachment, int] | None:
    """A content without regard to its name, and its id."""
    row = connection.execute(select(BODIES).where(BODIES.c.sm3 == sm3)).one_or_none()
    return None if row is None else (_known("", "", row.size, row.sm3), row.id)


def chunk(connection: Connection, body: int, place: int) -> bytes:
    """One piece of a content."""
    where = (CHUNKS.c.body == body) & (CHUNKS.c.number == place)
    return blob(connection.execute(select(CHUNKS.c.content).where(where)).scalar_one_or_none())


def unnamed(connection: Connection) -> dict[int, str]:
    """Contents no attachment names, with their digests."""
    named = select(ATTACHMENTS.c.body)
    rows = connection.execute(select(BODIES.c.id, BODIES.c.sm3).where(BODIES.c.id.not_in(named)))
    return {row.id: text(row.sm3) for row in rows}


def drop_body(connection: Connection, body: int) -> None:
    """Removes a content nobody names."""
    connection.execute(delete(CHUNKS).where(CHUNKS.c.body == body))
    connection.execute(delete(BODIES).where(BODIES.c.id == body))


def pieces_of(source: BinaryIO) -> Iterator[bytes]:
    """Full pieces of a stream, also of one that returns less than asked for."""
    pending = bytearray()
    while block := source.read(CHUNK_SIZE):
        pending += block
        while len(pending) >= CHUNK_SIZE:
            yield bytes(pending[:CHUNK_SIZE])
            del pending[:CHUNK_SIZE]
    if pending:
        yield bytes(pending)


def _known(name: object, media_type: object, size: object, sm3: object) -> Attachment:
    return Attachment(text(name), text(media_type), number(size, ATTACHMENT_LIMIT), text(sm3))
