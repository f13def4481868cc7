"""Making a bid: from a verified tender to a draft with prices, files and links, checked like the committee will."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from core.bid.answers import BidAnswers
from core.bid.model import Attachment, FactorAnswer
from core.bid.pricing import bid_total, price_from_workbook
from core.checks.bid_check import self_check
from core.errors import DocumentInvalid, UsageError
from core.jobs.bid_draft import ANSWERS, FILES, IDENTITY, ITEMS, LINKS, LOT, ROWS, TENDER, keep, open_bid_draft
from core.jobs.findings import FindingsReport, refuse_errors, report
from core.jobs.tender_new import read_answers, read_bill
from core.jobs.tender_trust import open_trusted_tender
from core.jobs.verify import read_trust
from core.ports.inputs import DOCUMENT_LIMIT, read_input
from core.ports.progress import JobContext
from core.ports.services import Services
from core.values.codec import decimal_text
from signing.cms.digest import sm3

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class NewBid:
    """A bid for one lot of a tender package; ``answers`` is a JSON file (docs/spec/bid-data.md)."""

    tender: Path
    lot: str
    answers: Path
    out: Path
    trust: Path | None = None


@dataclass(frozen=True, slots=True)
class NewBidDraft:
    """The draft made."""

    path: str
    lot: str
    bidder: str


@dataclass(frozen=True, slots=True)
class PriceBid:
    """Takes the prices of a workbook that answers the lot's bill."""

    draft: Path
    workbook: Path


@dataclass(frozen=True, slots=True)
class PricedBid:
    """The prices taken over; ``total`` in yuan."""

    draft: str
    items: int
    total: str
    warnings: int


@dataclass(frozen=True, slots=True)
class AttachFile:
    """A PDF for a chapter of the outline. ``answers`` entries are ``ITEM=PAGE``: where a review item is answered."""

    draft: Path
    file: Path
    chapter: str
    title: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """The file taken over."""

    draft: str
    path: str
    pages: int


@dataclass(frozen=True, slots=True)
class CheckBid:
    """The draft to check."""

    draft: Path


def new_bid(request: NewBid, services: Services, context: JobContext) -> NewBidDraft:
    """Creates ``request.out`` from a tender that passed verification; on any error it does not exist."""
    context.raise_if_cancelled()
    opened = open_trusted_tender(request.tender, read_trust(request.trust), now=services.clock.now())
    lot = opened.lot(request.lot)
    answers = read_answers(BidAnswers, request.answers)
    draft = services.drafts.create(request.out, "bid")
    try:
        draft.attach(TENDER, "application/zip", request.tender.read_bytes())
        draft.put(LOT, lot.id)
        draft.put(IDENTITY, secrets.token_hex(16))
        keep(draft, ANSWERS, answers)
    except BaseException:
        draft.close()
        request.out.unlink(missing_ok=True)
        raise
    draft.close()
    return NewBidDraft(str(request.out), lot.id, answers.bidder.lead.name)


def price_bid(request: PriceBid, services: Services, context: JobContext) -> PricedBid:
    """Matches the workbook's prices to the tender's items by key; errors leave the draft as it was."""
    context.progress(0, 0, "bid.progress.pricing")
    workbook = read_bill(request.workbook)
    with open_bid_draft(request.draft, services) as bid:
        items, rows, findings = price_from_workbook(bid.tender.boq(bid.lot_id), workbook)
        refuse_errors(findings)
        keep(bid.draft, ITEMS, items)
        keep(bid.draft, ROWS, rows)
    return PricedBid(str(request.draft), len(items), decimal_text(bid_total(items, rows)), len(findings))


def attach_file(request: AttachFile, services: Services, context: JobContext) -> AttachedFile:
    """Takes a PDF into a chapter; the file itself is kept byte for byte."""
    context.raise_if_cancelled()
    content = read_input(request.file, DOCUMENT_LIMIT)
    pages = services.renderer.page_count(content)
    with open_bid_draft(request.draft, services) as bid:
        chapters = {chapter.id: chapter.title for chapter in bid.tender.tender.chapters}
        if request.chapter not in chapters:
            raise UsageError(detail=f"--chapter {' | '.join(sorted(chapters))}")
        files = bid.files()
        path = f"files/{len(files) + 1:03d}-{request.chapter}.pdf"
        links = tuple(_link(entry, path, pages) for entry in request.answers)
        bid.draft.attach(path, PDF, content)
        title = request.title or chapters[request.chapter]
        attachment = Attachment(path, request.chapter, title, PDF, len(content), sm3(content).hex())
        keep(bid.draft, FILES, (*files, attachment))
        keep(bid.draft, LINKS, (*bid.links(), *links))
    return AttachedFile(str(request.draft), path, pages)


def check_bid(request: CheckBid, services: Services, context: JobContext) -> FindingsReport:
    """The self-check: the same rules the committee and the opening apply."""
    context.progress(0, 0, "bid.progress.checking")
    with open_bid_draft(request.draft, services) as draft:
        bid = draft.bid()
        tender = draft.tender.tender
        findings = self_check(tender, bid, draft.tender.boq(draft.lot_id), draft.boq_findings(bid))
    return report(bid.bidder.lead.name, findings)


def _link(entry: str, path: str, pages: int) -> FactorAnswer:
    item, separator, page = entry.rpartition("=")
    if not separator or not page.isdigit() or not item:
        raise UsageError(detail=f"--answers {entry}")
    if not 1 <= int(page) <= pages:
        raise DocumentInvalid(where=entry, reason="page")
    return FactorAnswer(item, path, int(page))
