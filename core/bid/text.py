"""What a bid's letter says: 投标函 and 开标一览表, from the bid's data alone."""

from __future__ import annotations

from core.bid.model import Bid
from core.messages import Catalogue
from core.tender.model import Tender
from core.values.document import Block, DocumentChapter, DocumentText, Form, Paragraph, Table, table
from core.values.money import format_yuan
from core.values.words import Words


def compose_letter(tender: Tender, bid: Bid, catalogue: Catalogue) -> DocumentText:
    """The bid letter with its summary and the list of attachments, in the catalogue's language."""
    words = Words(catalogue, "bid.letter")
    lot = tender.lot(bid.lot_id)
    chapters = [
        DocumentChapter("letter", words("title"), (_letter(tender, bid, words),)),
        DocumentChapter("summary", words("summary"), (_summary(tender, bid, words),)),
    ]
    if bid.bidder.is_consortium:
        chapters.append(DocumentChapter("consortium", words("consortium"), (_members(bid, words),)))
    chapters.append(DocumentChapter("attachments", words("attachments"), _attachments(tender, bid, words)))
    return DocumentText(
        title=words("document", project=tender.project.name),
        subtitle=lot.name,
        meta=(
            (words("tender_id"), tender.tender_id),
            (words("bidder"), bidder_name(bid, words)),
            (words("tender_digest"), bid.tender_digest),
        ),
        footer_note=catalogue.text("data.demo_time") if tender.time_source == "demo" else "",
        chapters=tuple(chapters),
        language=catalogue.language,
    )


def bidder_name(bid: Bid, words: Words) -> str:
    """The firm's name, or the lead's with the members' of a consortium."""
    if not bid.bidder.is_consortium:
        return bid.bidder.lead.name
    members = words.catalogue.text("data.between").join(member.name for member in bid.bidder.members)
    return words.catalogue.text("bid.consortium_name", lead=bid.bidder.lead.name, members=members)


def _letter(tender: Tender, bid: Bid, words: Words) -> Form:
    letter = bid.letter
    lines = [
        words("to", tenderer=tender.tenderer.name),
        "",
        words(
            "offer",
            project=tender.project.name,
            lot=tender.lot(bid.lot_id).name,
            words=letter.total_in_words,
            total=format_yuan(letter.total),
            days=letter.duration_days,
            quality=letter.quality,
        ),
        words("validity", days=letter.validity_days),
        words("deposit", deposit=format_yuan(letter.deposit)),
        words("manager", name=letter.project_manager, licence=letter.project_manager_licence),
        words("award"),
        words("true"),
    ]
    if letter.statement:
        lines.append(words("statement", statement=letter.statement))
    return Form((*lines, "", *_signed(bid, words)))


def _signed(bid: Bid, words: Words) -> list[str]:
    """The lead signs for a consortium; each other member stands on a line of its own."""
    if not bid.bidder.is_consortium:
        return [words("signed", bidder=bid.bidder.lead.name)]
    members = [words("signed_member", name=member.name) for member in bid.bidder.members]
    return [words("signed_lead", bidder=bid.bidder.lead.name), *members]


def _summary(tender: Tender, bid: Bid, words: Words) -> Table:
    letter = bid.letter
    rows = (
        ("lot", tender.lot(bid.lot_id).name),
        ("bidder", bidder_name(bid, words)),
        ("credit_code", bid.bidder.lead.credit_code),
        ("total", format_yuan(letter.total)),
        ("in_words", letter.total_in_words),
        ("duration", words("days", days=letter.duration_days)),
        ("quality", letter.quality),
        ("validity_days", words("days", days=letter.validity_days)),
        ("deposit_amount", format_yuan(letter.deposit)),
        ("project_manager", letter.project_manager),
        ("licence", letter.project_manager_licence),
    )
    return table([(words("matter"), 30), (words("content"), 70)], [(words(key), value) for key, value in rows])


def _members(bid: Bid, words: Words) -> Table:
    parties = [(words("lead"), bid.bidder.lead), *((words("member"), member) for member in bid.bidder.members)]
    return table(
        [(words("part"), 16), (words("name"), 54), (words("credit_code"), 30)],
        [(part, party.name, party.credit_code) for part, party in parties],
    )


def _attachments(tender: Tender, bid: Bid, words: Words) -> tuple[Block, ...]:
    titles = {chapter.id: chapter.title for chapter in tender.chapters}
    if not bid.attachments:
        return (Paragraph(words.none()),)
    rows = [
        (str(number), titles.get(item.chapter, item.chapter), item.title, item.sm3)
        for number, item in enumerate(bid.attachments, start=1)
    ]
    columns = [(words("number"), 8), (words("chapter"), 26), (words("name"), 26), (words("sm3"), 40)]
    return (Paragraph(words("attachments_note")), table(columns, rows))
