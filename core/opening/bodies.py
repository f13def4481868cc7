"""Bodies of the opening's events. JSON by core.values.codec; format: docs/spec/opening-and-evaluation-events.md.

``bid`` is always the SM3 (hex) of the sealed file, ``lot`` the id of the lot. Money in yuan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of event of an opening."""

    STARTED = "opening.started"
    COUNTED = "opening.counted"
    LOT_RETURNED = "opening.lot_returned"
    SHARE_RECEIVED = "opening.share_received"
    CUT_OFF = "opening.cut_off"
    HOLDER_RELEASED = "opening.holder_released"
    BID_OPENED = "opening.bid_opened"
    BID_FAILED = "opening.bid_failed"
    ANNOUNCED = "opening.announced"
    CONFIRMED = "opening.confirmed"
    OBJECTED = "opening.objected"
    OBJECTION_ANSWERED = "opening.objection_answered"
    CLOSED = "opening.closed"


class Outcome(StrEnum):
    """What follows from the count of a lot."""

    PROCEEDS = "proceeds"
    RETURNED = "returned"  # fewer than the minimum: stays sealed and goes back


class Attribution(StrEnum):
    """Whose the failure to open a bid is. Source: 电子招标投标办法 §31 (second-hand)."""

    BIDDER = "bidder"  # 视为撤销
    OTHER = "other"  # 视为撤回
    DISPUTED = "disputed"  # undecided, never charged to the bidder by default


@dataclass(frozen=True, slots=True)
class LotMinimum:
    """A lot and how many bids it needs to be opened."""

    lot: str
    minimum: int


@dataclass(frozen=True, slots=True)
class Started:
    """The opening begins: which tender, when it was due, which lots, and the release policy in words."""

    tender_id: str
    tender_digest: str
    opening_at: datetime
    lots: tuple[LotMinimum, ...]
    policy: str


@dataclass(frozen=True, slots=True)
class Counted:
    """One lot counted before any share: all bids validly received, by digest in ascending order."""

    lot: str
    received: int
    minimum: int
    outcome: Outcome
    bids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LotReturned:
    """The sealed bids of a lot that does not proceed went back unopened."""

    lot: str
    bids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Share:
    """One released share, re-encrypted to the opening's key: base64 of the DER and its SM3 (hex)."""

    bid: str
    leaf: int
    sealed: str
    sm3: str


@dataclass(frozen=True, slots=True)
class ShareReceived:
    """A bidder released the share of one of his leaves."""

    lot: str
    share: Share


@dataclass(frozen=True, slots=True)
class ShareDigest:
    """A share named without its content."""

    bid: str
    leaf: int
    sm3: str


@dataclass(frozen=True, slots=True)
class CutOff:
    """No bidder's share counts after this; ``shares`` names every share received, by bid and leaf ascending."""

    shares: tuple[ShareDigest, ...]


@dataclass(frozen=True, slots=True)
class HolderReleased:
    """A holder released his shares against the cut-off record; ``cut_off`` is that event's SM3 (hex)."""

    holder: str
    cut_off: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class PartDigest:
    """One decrypted part of a bid: id, SM3 (hex) and length in bytes."""

    id: str
    sm3: str
    length: int


@dataclass(frozen=True, slots=True)
class OpenedBid:
    """A bid decrypted and read: who bids, what is announced, and the digests of its parts."""

    lot: str
    bid: str
    bidder: str
    credit_code: str
    members: tuple[str, ...]
    total: Decimal
    total_in_words: str
    duration_days: int
    quality: str
    validity_days: int
    project_manager: str
    deposit: Decimal
    parts: tuple[PartDigest, ...]


@dataclass(frozen=True, slots=True)
class BidFailed:
    """A bid that could not be opened. ``reason`` is a key of ``opening.failure``; ``bidder`` as far as known."""

    lot: str
    bid: str
    bidder: str
    reason: str
    attribution: Attribution
    detail: str


@dataclass(frozen=True, slots=True)
class Announced:
    """Names, prices and the other main contents of a lot were read out; ``bids`` as counted."""

    lot: str
    bids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A bidder confirms what was announced about his bid; ``record`` is the SM3 (hex) of the event that opened it.

    So nobody can put another price under a confirmation.
    """

    lot: str
    bid: str
    record: str


@dataclass(frozen=True, slots=True)
class Objected:
    """A bidder objects at the opening. ``objection`` is an id unique in this opening."""

    lot: str
    bid: str
    objection: str
    text: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """The tenderer's answer given on the spot. Source: 招标投标法实施条例 §44."""

    objection: str
    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The opening ends."""

    remark: str
