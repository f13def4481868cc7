"""The bidder's self-check: what the committee and the opening would find, found before sealing.

Rules ``bid.B01`` … ``bid.B18``; sentences in the catalogue under ``bid.finding``. Findings about the bill of quantities
have the bill's own rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.bid.model import Bid
from core.boq.model import Boq
from core.errors import DataInvalid
from core.rules.finding import Finding, Severity
from core.tender.model import Chapter, Lot, Tender
from core.values.codes import credit_code_valid
from core.values.money import format_yuan, parse_capitals, round_fen

GENERATED_FORMS = frozenset({"bid_letter", "opening_summary", "boq"})  # chapters made from the bid's own data


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One part of the bid. ``title`` is text of the tender, or a key below ``bid.checklist`` for our own parts."""

    id: str
    title: str
    done: bool
    blocking: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a bid consists of and what is still missing (还差 N 项)."""

    items: tuple[ChecklistItem, ...]

    def missing(self) -> tuple[ChecklistItem, ...]:
        """The blocking parts that are not done."""
        return tuple(item for item in self.items if item.blocking and not item.done)


def checklist(tender: Tender, bid: Bid, tender_boq: Boq) -> Checklist:
    """The completeness list of a bid, in the order of the outline."""
    filed = {attachment.chapter for attachment in bid.attachments}
    items = [_part(chapter, bid, tender_boq, filed) for chapter in tender.chapters]
    return Checklist(tuple(item for item in items if item is not None))


def self_check(tender: Tender, bid: Bid, tender_boq: Boq, boq_findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """All findings of a bid, the bill's findings last."""
    if bid.tender_id != tender.tender_id:
        return (_error("B01", "tender_id", {}), *boq_findings)
    try:
        lot = tender.lot(bid.lot_id)
    except DataInvalid:
        return (_error("B02", "lot_id", {"lot": bid.lot_id}), *boq_findings)
    return (
        *_bidder(bid),
        *_parts(tender, bid, tender_boq),
        *_price(lot, bid),
        *_offer(tender, lot, bid),
        *_files(tender, bid),
        *_answers(lot, bid),
        *boq_findings,
    )


def _part(chapter: Chapter, bid: Bid, tender_boq: Boq, filed: set[str]) -> ChecklistItem | None:
    if chapter.only_consortium and not bid.bidder.is_consortium:
        return None
    if chapter.form == "boq":
        wanted = {item.key for item in tender_boq.priced_items()}
        done = wanted <= {item.key for item in bid.items if item.unit_price is not None}
    elif chapter.form in GENERATED_FORMS:
        done = _letter_complete(bid)
    else:
        done = chapter.id in filed
    return ChecklistItem(chapter.id, chapter.title, done, chapter.required or chapter.only_consortium, chapter.volume)


def _letter_complete(bid: Bid) -> bool:
    letter = bid.letter
    written = (letter.quality, letter.project_manager, letter.project_manager_licence)
    return letter.total > 0 and all(text.strip() for text in written)


def _bidder(bid: Bid) -> Iterator[Finding]:
    for party in (bid.bidder.lead, *bid.bidder.members):
        if not credit_code_valid(party.credit_code):
            yield _error("B03", "bidder", {"name": party.name, "code": party.credit_code}, "GB 32100")


def _parts(tender: Tender, bid: Bid, tender_boq: Boq) -> Iterator[Finding]:
    agreement = {chapter.id for chapter in tender.chapters if chapter.only_consortium}
    attached = {attachment.chapter for attachment in bid.attachments}
    forms = {chapter.id: chapter.form for chapter in tender.chapters}
    for item in checklist(tender, bid, tender_boq).missing():
        if item.id in agreement:
            yield _error("B05", item.id, {}, _basis(tender, "2"))
        elif forms[item.id] not in GENERATED_FORMS:
            yield _error("B04", item.id, {"title": item.title}, _basis(tender, "6"))
    if not bid.bidder.is_consortium and agreement & attached:
        yield _warning("B06", "consortium", {})


def _price(lot: Lot, bid: Bid) -> Iterator[Finding]:
    total = bid.letter.total
    if not total.is_finite() or total <= 0:
        yield _error("B08", "letter.total", {"total": str(total)[:40]})
        return
    if total > lot.price_limit:
        params = {"total": format_yuan(total), "limit": format_yuan(lot.price_limit)}
        yield _error("B07", "letter.total", params)
    try:
        agrees = parse_capitals(bid.letter.total_in_words) == round_fen(total)
    except DataInvalid:
        agrees = False
    if not agrees:
        params = {"words": bid.letter.total_in_words, "total": format_yuan(total)}
        yield _error("B09", "letter.total_in_words", params)


def _offer(tender: Tender, lot: Lot, bid: Bid) -> Iterator[Finding]:
    letter = bid.letter
    if not 0 < letter.duration_days <= lot.duration_days:
        params = {"offered": str(letter.duration_days), "required": str(lot.duration_days)}
        yield _error("B10", "letter.duration_days", params, _basis(tender, "6"))
    if letter.validity_days < tender.schedule.bid_validity_days:
        params = {"offered": str(letter.validity_days), "required": str(tender.schedule.bid_validity_days)}
        yield _error("B11", "letter.validity_days", params, _basis(tender, "6"))
    if letter.deposit < lot.deposit:
        params = {"offered": format_yuan(letter.deposit), "required": format_yuan(lot.deposit)}
        yield _error("B12", "letter.deposit", params, _basis(tender, "6"))
    written = (
        ("B13", "quality", letter.quality),
        ("B17", "project_manager", letter.project_manager),
        ("B18", "project_manager_licence", letter.project_manager_licence),
    )
    for rule, name, text in written:
        if not text.strip():
            yield _error(rule, f"letter.{name}", {})


def _files(tender: Tender, bid: Bid) -> Iterator[Finding]:
    chapters = {chapter.id for chapter in tender.chapters}
    paths: set[str] = set()
    for attachment in bid.attachments:
        if attachment.chapter not in chapters:
            yield _error("B14", attachment.path, {"title": attachment.title, "chapter": attachment.chapter})
        if attachment.path in paths:
            yield _error("B16", attachment.path, {"path": attachment.path})
        paths.add(attachment.path)


def _answers(lot: Lot, bid: Bid) -> Iterator[Finding]:
    answered = {answer.item for answer in bid.answers}
    for factor in lot.factors:
        if factor.group != "price" and factor.id not in answered:
            yield Finding("bid.B15", Severity.NOTE, factor.id, {"title": factor.title}, factor.clause)


def _basis(tender: Tender, code: str) -> str:
    """The tender's own clause for a statutory reason of rejection."""
    return next((clause.clause for clause in tender.rejection_clauses if clause.code == code), "")


def _error(number: str, where: str, params: Mapping[str, str], clause: str = "") -> Finding:
    return Finding(f"bid.{number}", Severity.ERROR, where, params, clause)


def _warning(number: str, where: str, params: Mapping[str, str], clause: str = "") -> Finding:
    return Finding(f"bid.{number}", Severity.WARNING, where, params, clause)
