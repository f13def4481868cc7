"""The state of an opening: everything the record, the screens and the next step need. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import StepNotAllowed
from core.opening.bodies import (
    BidFailed,
    Confirmed,
    Counted,
    HolderReleased,
    LotReturned,
    Objected,
    OpenedBid,
    Outcome,
    ShareReceived,
    Started,
)


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection raised at the opening and its answer ("" while open)."""

    by: str
    at: datetime
    said: Objected
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed which bid's announcement when."""

    by: str
    at: datetime
    what: Confirmed


@dataclass(frozen=True, slots=True)
class CutOffMark:
    """The cut-off record: its event's SM3 (hex) and time."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpeningState:
    """An opening so far; tuples are in the order of the events."""

    host: str = ""
    started: Started | None = None
    started_at: datetime | None = None
    counts: tuple[Counted, ...] = ()
    returned: tuple[LotReturned, ...] = ()
    shares: tuple[ShareReceived, ...] = ()
    cut_off: CutOffMark | None = None
    releases: tuple[HolderReleased, ...] = ()
    opened: tuple[OpenedBid, ...] = ()
    opened_events: Mapping[str, str] = field(default_factory=dict)  # SM3 (hex) of the event that opened a bid
    failed: tuple[BidFailed, ...] = ()
    announced: tuple[str, ...] = ()  # lot ids
    confirmations: tuple[Confirmation, ...] = ()
    objections: tuple[Objection, ...] = ()
    closed_at: datetime | None = None

    def begun(self) -> Started:
        """The start; raises :class:`StepNotAllowed` before it."""
        if self.started is None:
            raise StepNotAllowed(step="opening", reason="not_started")
        return self.started

    def count(self, lot: str) -> Counted | None:
        """The count of a lot, None while it is not counted."""
        return next((count for count in self.counts if count.lot == lot), None)

    def proceeding(self) -> tuple[Counted, ...]:
        """The counts of the lots that are opened."""
        return tuple(count for count in self.counts if count.outcome is Outcome.PROCEEDS)

    def lot_of(self, bid: str) -> str | None:
        """The lot a bid was counted in, None for an unknown bid."""
        return next((count.lot for count in self.counts if bid in count.bids), None)

    def bidder_leaves(self, bid: str) -> frozenset[int]:
        """The leaves whose shares the bidder released."""
        return frozenset(item.share.leaf for item in self.shares if item.share.bid == bid)

    def holders_of(self, bid: str) -> frozenset[str]:
        """The holders who released a share of this bid."""
        return frozenset(item.holder for item in self.releases if any(share.bid == bid for share in item.shares))

    def settled(self, bid: str) -> bool:
        """Whether a bid was opened or recorded as failed."""
        return any(item.bid == bid for item in self.opened) or any(item.bid == bid for item in self.failed)

    def opened_in(self, lot: str) -> tuple[OpenedBid, ...]:
        """The opened bids of a lot."""
        return tuple(item for item in self.opened if item.lot == lot)

    def failed_in(self, lot: str) -> tuple[BidFailed, ...]:
        """The bids of a lot that could not be opened."""
        return tuple(item for item in self.failed if item.lot == lot)
