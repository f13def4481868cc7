"""A bid as data: what a bidder states and what the sealed container carries. Pure values, no I/O.

Format: docs/spec/bid-data.md, version 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.tender.model import Party

BID_DATA_VERSION = 0


@dataclass(frozen=True, slots=True)
class Bidder:
    """One bidder: a firm alone, or a consortium with its lead. ``members`` is empty for a firm alone."""

    lead: Party
    members: tuple[Party, ...] = ()
    agreement: str = ""  # attachment path of the consortium agreement

    @property
    def is_consortium(self) -> bool:
        """Whether several firms bid together."""
        return bool(self.members)


@dataclass(frozen=True, slots=True)
class BidLetter:
    """The bid letter with its summary (投标函, 开标一览表). Money in yuan, two places."""

    total: Decimal
    total_in_words: str  # 人民币大写
    duration_days: int
    quality: str
    validity_days: int
    project_manager: str
    project_manager_licence: str
    deposit: Decimal
    statement: str = ""


@dataclass(frozen=True, slots=True)
class PricedItem:
    """The bidder's price for one tender item (its ``key``); ``unit_price`` and ``amount`` in yuan."""

    key: str
    code: str
    name: str
    feature: str
    unit: str
    quantity: Decimal
    unit_price: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PricedRow:
    """The bidder's amount for one line without a unit price (measures, provisional sums, fees, tax)."""

    role: str
    unit_work: str
    code: str
    name: str
    rate: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the bid in one chapter. ``path`` inside the bid, ``length`` in bytes, ``sm3`` hex."""

    path: str
    chapter: str
    title: str
    media_type: str
    length: int
    sm3: str


@dataclass(frozen=True, slots=True)
class FactorAnswer:
    """Where in the bid a factor or review item is answered: attachment path and one-based page."""

    item: str
    path: str
    page: int


@dataclass(frozen=True, slots=True)
class Bid:
    """All key data of one bid for one lot. ``tender_digest`` is the SM3 (hex) of the tender's manifest."""

    version: int
    bid_id: str
    tender_id: str
    tender_digest: str
    lot_id: str
    bidder: Bidder
    letter: BidLetter
    items: tuple[PricedItem, ...]
    rows: tuple[PricedRow, ...]
    attachments: tuple[Attachment, ...]
    answers: tuple[FactorAnswer, ...] = ()
