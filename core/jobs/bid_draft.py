"""What bid jobs share: the draft's records and the bid they add up to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.bid.answers import BidAnswers
from core.bid.model import BID_DATA_VERSION, Attachment, Bid, BidLetter, FactorAnswer, PricedItem, PricedRow
from core.bid.pricing import bid_total
from core.checks.boq_bid import check_bid_boq
from core.errors import DraftInvalid, StepNotAllowed
from core.formats.tender_package import OpenedTender, open_tender_package
from core.ports.drafts import DraftPort
from core.ports.services import Services
from core.rules.finding import Finding
from core.values.codec import from_plain, to_plain
from core.values.money import capitals

TENDER = "tender.tbz"
ANSWERS, LOT, ITEMS, ROWS, FILES, LINKS, IDENTITY = "answers", "lot", "items", "rows", "files", "links", "bid_id"


@dataclass(frozen=True, slots=True)
class BidDraft:
    """An open bid draft and the tender it answers."""

    draft: DraftPort
    tender: OpenedTender
    lot_id: str

    def answers(self) -> BidAnswers:
        """What the bidder filled in."""
        return from_plain(BidAnswers, self.draft.get(ANSWERS))

    def items(self) -> tuple[PricedItem, ...]:
        """The priced items, empty before pricing."""
        return from_plain(tuple[PricedItem, ...], self.draft.get(ITEMS) or [])

    def rows(self) -> tuple[PricedRow, ...]:
        """The priced rows, empty before pricing."""
        return from_plain(tuple[PricedRow, ...], self.draft.get(ROWS) or [])

    def files(self) -> tuple[Attachment, ...]:
        """The attached files."""
        return from_plain(tuple[Attachment, ...], self.draft.get(FILES) or [])

    def links(self) -> tuple[FactorAnswer, ...]:
        """Where review items and factors are answered."""
        return from_plain(tuple[FactorAnswer, ...], self.draft.get(LINKS) or [])

    def bid(self) -> Bid:
        """The bid as it stands; raises StepNotAllowed before pricing."""
        items, rows, answers = self.items(), self.rows(), self.answers()
        if not items:
            raise StepNotAllowed(step="bid", reason="not_priced")
        lot = self.tender.lot(self.lot_id)
        total = bid_total(items, rows)
        letter = BidLetter(
            total=total,
            total_in_words=capitals(total),
            duration_days=answers.duration_days,
            quality=answers.quality,
            validity_days=answers.validity_days,
            project_manager=answers.project_manager,
            project_manager_licence=answers.project_manager_licence,
            deposit=lot.deposit,
            statement=answers.statement,
        )
        return Bid(
            version=BID_DATA_VERSION,
            bid_id=str(self.draft.get(IDENTITY)),
            tender_id=self.tender.tender.tender_id,
            tender_digest=self.tender.digest,
            lot_id=self.lot_id,
            bidder=answers.bidder,
            letter=letter,
            items=items,
            rows=rows,
            attachments=self.files(),
            answers=self.links(),
        )

    def boq_findings(self, bid: Bid) -> tuple[Finding, ...]:
        """The bill rules C01 … on this bid."""
        return check_bid_boq(
            self.tender.boq(self.lot_id),
            bid.items,
            bid.rows,
            price_limit=self.tender.lot(self.lot_id).price_limit,
            letter_total=bid.letter.total,
            letter_words=bid.letter.total_in_words,
        )


@contextmanager
def open_bid_draft(path: Path, services: Services) -> Iterator[BidDraft]:
    """The draft with its tender, given back at the end."""
    draft = services.drafts.open(path, "bid")
    try:
        lot = draft.get(LOT)
        if not isinstance(lot, str):
            raise DraftInvalid(path=path, reason="content")
        with tempfile.TemporaryDirectory(prefix="tenderbox-") as folder:
            file = Path(folder) / TENDER
            file.write_bytes(draft.attachment(TENDER))
            opened = open_tender_package(file)
        yield BidDraft(draft, opened, lot)
    finally:
        draft.close()


def keep(draft: DraftPort, key: str, value: object) -> None:
    """Puts a dataclass or tuple of them as a record."""
    draft.put(key, to_plain(value))
