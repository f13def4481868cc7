"""The platform's own records: tenders, bids and answers in one SQLite file. An answer is durable before it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from core.ports.platform import Answer, ReceivedBid
from core.values.codec import parse_time, time_text

_METADATA = MetaData()
_TENDERS = Table(
    "tenders",
    _METADATA,
    Column("tender_id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("deadline", String, nullable=False),
    Column("lots", String, nullable=False),
    Column("sm3", String, nullable=False),
)
_BIDS = Table(
    "bids",
    _METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("tender_id", String, nullable=False, index=True),
    Column("lot_id", String, nullable=False),
    Column("bidder", String, nullable=False),
    Column("sm3", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received_at", String, nullable=False),
    Column("superseded", Boolean, nullable=False),
)
_ANSWERS = Table(
    "answers",
    _METADATA,
    Column("idempotency_key", String, primary_key=True),
    Column("subject_sm3", String, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    Column("package", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class PublishedTender:
    """What the platform keeps of a tender to judge a submission."""

    tender_id: str
    digest: str
    deadline: datetime
    lots: tuple[str, ...]
    sm3: str


@dataclass(frozen=True, slots=True)
class BidEntry:
    """One bid to be recorded together with its receipt. ``bidder`` is the credit code of the signer."""

    tender_id: str
    lot_id: str
    bidder: str
    sm3: str
    size: int
    received_at: datetime


class Ledger:
    """The records of one platform folder; every write is one durable transaction."""

    def __init__(self, file: Path) -> None:
        self._engine = _engine(file)
        _METADATA.create_all(self._engine)

    def tender(self, tender_id: str) -> PublishedTender | None:
        """The published tender of this id, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_TENDERS).where(_TENDERS.c.tender_id == tender_id)).one_or_none()
        if row is None:
            return None
        return PublishedTender(row.tender_id, row.digest, parse_time(row.deadline), tuple(row.lots.split(" ")), row.sm3)

    def answer(self, key: str) -> tuple[str, Answer] | None:
        """The answer once given to this idempotency key and the SM3 of what it was about, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_ANSWERS).where(_ANSWERS.c.idempotency_key == key)).one_or_none()
        return None if row is None else (row.subject_sm3, Answer(row.accepted, row.reason, row.package))

    def publish(self, key: str, tender: PublishedTender, answer: Answer) -> None:
        """Records a tender and its answer."""
        row = {
            "tender_id": tender.tender_id,
            "digest": tender.digest,
            "deadline": time_text(tender.deadline),
            "lots": " ".join(tender.lots),
            "sm3": tender.sm3,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(_TENDERS).values(**row))
            connection.execute(insert(_ANSWERS).values(**_answer_row(key, tender.sm3, answer)))

    def receive(self, key: str, bid: BidEntry, answer: Answer) -> None:
        """Records a bid with its receipt; an earlier bid of the same bidder for the lot is superseded."""
        same = (_BIDS.c.tender_id == bid.tender_id) & (_BIDS.c.lot_id == bid.lot_id) & (_BIDS.c.bidder == bid.bidder)
        row = {
            "tender_id": bid.tender_id,
            "lot_id": bid.lot_id,
            "bidder": bid.bidder,
            "sm3": bid.sm3,
            "size": bid.size,
            "received_at": time_text(bid.received_at),
            "superseded": False,
        }
        with self._engine.begin() as connection:
            connection.execute(update(_BIDS).where(same).values(superseded=True))
            connection.execute(insert(_BIDS).values(**row))
            connection.execute(insert(_ANSWERS).values(**_answer_row(key, bid.sm3, answer)))

    def refuse(self, key: str, subject_sm3: str, answer: Answer) -> None:
        """Records a refusal or notice."""
        with self._engine.begin() as connection:
            connection.execute(insert(_ANSWERS).values(**_answer_row(key, subject_sm3, answer)))

    def bids(self, tender_id: str) -> tuple[ReceivedBid, ...]:
        """All bids of a tender in order of arrival."""
        query = select(_BIDS).where(_BIDS.c.tender_id == tender_id).order_by(_BIDS.c.position)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            ReceivedBid(row.lot_id, row.sm3, row.size, parse_time(row.received_at), row.superseded) for row in rows
        )

    def close(self) -> None:
        """Gives the file back."""
        self._engine.dispose()


def _answer_row(key: str, subject_sm3: str, answer: Answer) -> dict[str, object]:
    return {
        "idempotency_key": key,
        "subject_sm3": subject_sm3,
        "accepted": answer.accepted,
        "reason": answer.reason,
        "package": answer.package,
    }


def _engine(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _durable(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.close()

    return engine
