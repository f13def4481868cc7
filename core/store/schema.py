"""The tables of a draft and the marks by which its file is known (version 0)."""

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
    create_engine,
)

APPLICATION_ID: Final = 0x54424454  # "TBDT", of every version; SQLite header, offset 68
VERSION: Final = 0  # SQLite user_version
KINDS: Final = frozenset({"tender", "bid", "opening", "evaluation"})
CHUNK_SIZE: Final = 1 << 20
ATTACHMENT_LIMIT: Final = 2 << 30

METADATA: Final = MetaData()

ABOUT: Final = Table(
    "about",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("kind", String, nullable=False),
)
RECORDS: Final = Table(
    "records",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),  # canonical JSON
)
ATTACHMENTS: Final = Table(
    "attachments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sm3", String, nullable=False),
)
CHUNKS: Final = Table(
    "chunks",
    METADATA,
    Column("attachment", Integer, ForeignKey("attachments.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
EVENTS: Final = Table(
    "events",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
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
