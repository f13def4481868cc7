"""The opening record (``.tbk``) opened: log, summary and rendered record, the summary being a function of the log."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from core.errors import PackageInvalid
from core.formats.package import Package, read_package
from core.opening.state import OpeningState
from core.values.codec import from_plain
from signing.canonical_json import decode_object

OPENING_VERSION = 0
SUMMARY_MEMBER = "opening.json"
LOG_MEMBER = "log.ndjson"
RECORD_MEMBER = "record.pdf"


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One opened bid: SM3 (hex) of the sealed file, who, and the price announced (yuan)."""

    bid: str
    bidder: str
    credit_code: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class LotSummary:
    """One lot: how many bids were received, all their digests, what was opened. A returned lot has no opened bids."""

    lot: str
    received: int
    minimum: int
    returned: bool
    bids: tuple[str, ...]
    opened: tuple[OpenedLine, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpeningSummary:
    """What the opening came to; a pure function of the log."""

    version: int
    tender_id: str
    tender_digest: str
    lots: tuple[LotSummary, ...]


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A ``.tbk`` whose layout and digests hold; its log is still to be verified."""

    package: Package
    summary: OpeningSummary
    log: bytes
    record_pdf: bytes


def summary_of(tender_digest: str, state: OpeningState) -> OpeningSummary:
    """The summary of a state."""
    lots = tuple(
        LotSummary(
            count.lot,
            count.received,
            count.minimum,
            any(item.lot == count.lot for item in state.returned),
            count.bids,
            tuple(OpenedLine(bid.bid, bid.bidder, bid.credit_code, bid.total) for bid in state.opened_in(count.lot)),
            tuple(bid.bid for bid in state.failed_in(count.lot)),
        )
        for count in state.counts
    )
    return OpeningSummary(OPENING_VERSION, state.begun().tender_id, tender_digest, lots)


def open_opening_package(path: Path) -> OpenedRecord:
    """Reads a ``.tbk``; raises PackageInvalid or DataInvalid."""
    package = read_package(path, "opening")
    summary = from_plain(OpeningSummary, decode_object(package.member(SUMMARY_MEMBER)))
    if summary.version != OPENING_VERSION:
        raise PackageInvalid(path=path, layer="content", reason="version")
    return OpenedRecord(package, summary, package.member(LOG_MEMBER), package.member(RECORD_MEMBER))
