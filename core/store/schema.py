"""The tables of a draft and the marks by which its file is known (version 1): docs/spec/draft.md."""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
)

APPLICATION_ID: Final = 0x54424454  # "TBDT", of every version; SQLite header, offset 68
VERSION: Final = 0  # SQLite user_version; 0 until the format is frozen
KINDS: Final = frozenset({"tender", "bid", "opening", "evaluation"})
CHUNK_SIZE: Final = 1 << 20
ATTACHMENT_LIMIT: Final = 2 << 30
STEP_LIMIT: Final = 200
SHARED_LIMIT: Final = 256  # states of one item

METADATA: Final = MetaData()

ABOUT: Final = Table(
    "about",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("work", String, nullable=False),
)
RECORDS: Final = Table(
    "records",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),  # canonical JSON
)
BODIES: Final = Table(
    "bodies",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("sm3", String, nullable=False, unique=True),
)
CHUNKS: Final = Table(
    "chunks",
    METADATA,
    Column("body", Integer, ForeignKey("bodies.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
ATTACHMENTS: Final = Table(
    "attachments",
    METADATA,
    Column("name", String, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("body", Integer, ForeignKey("bodies.id"), nullable=False),
)
EVENTS: Final = Table(
    "events",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
STEPS: Final = Table(
    "steps",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("undone", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # canonical JSON
)
SHARED: Final = Table(
    "shared",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("item", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("state", LargeBinary, nullable=False),  # canonical JSON
    UniqueConstraint("item", "digest"),
)


def schema_of(connection: Connection) -> frozenset[tuple[str, ...]]:
    """Everything a database defines: tables, indexes, views, triggers, as their texts."""
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return frozenset(tuple(str(column) for column in row) for row in rows)


@cache
def expected_schema() -> frozenset[tuple[str, ...]]:
    """What a draft of this version defines, and nothing else: a trigger in a colleague's file would be code."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            return schema_of(connection)
    finally:
        engine.dispose()
