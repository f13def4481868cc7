"""The opening record (开标记录): a pure function of the tender and the opening's state."""

from __future__ import annotations

from core.messages import Catalogue
from core.opening.bodies import Counted, OpenedBid, Outcome
from core.opening.state import OpeningState
from core.tender.host import host_words
from core.tender.model import Tender
from core.tender.slots import policy_words
from core.values.document import Block, DocumentChapter, DocumentText, Heading, Paragraph, table
from core.values.money import format_yuan
from core.values.words import Words


def compose_record(tender: Tender, state: OpeningState, catalogue: Catalogue) -> DocumentText:
    """The record of an opening that has at least begun; bids are named only where they were opened."""
    words = Words(catalogue, "opening.record")
    sections = (
        ("facts", _facts(tender, state, words)),
        ("counts", _counts(tender, state, words)),
        ("release", _release(tender, state, words)),
        ("summary", _summaries(tender, state, words)),
        ("failures", _failures(tender, state, words)),
        ("objections", _objections(state, words)),
    )
    chapters = tuple(DocumentChapter(name, words(name), blocks) for name, blocks in sections)
    return DocumentText(
        title=words("title"),
        subtitle=tender.project.name,
        meta=(
            (words("tender_id"), tender.tender_id),
            (words("tenderer"), tender.tenderer.name),
            (words("agency"), tender.agency.name),
            (words("opening_at"), words.time(tender.schedule.opening_at)),
        ),
        footer_note=catalogue.text("data.demo_time") if tender.time_source == "demo" else "",
        chapters=chapters,
        language=catalogue.language,
    )


def _facts(tender: Tender, state: OpeningState, words: Words) -> tuple[Block, ...]:
    started = state.begun()
    project = words.catalogue.text("data.with_code", name=tender.project.name, code=tender.project.code)
    facts = (
        (words("project"), project),
        (words("host"), host_words(tender, state.host, words.catalogue)),
        (words("started_at"), words.time(state.started_at) if state.started_at else words.none()),
        (words("closed_at"), words.time(state.closed_at) if state.closed_at else words.none()),
        (words("tender_digest"), started.tender_digest),
        (words("policy"), policy_words(tender, words.catalogue)),
    )
    pairs = [(*left, *right) for left, right in zip(facts[::2], facts[1::2], strict=True)]
    return (table([("", 10), ("", 45), ("", 8), ("", 37)], pairs), Paragraph(words("facts_note")))


def _counts(tender: Tender, state: OpeningState, words: Words) -> tuple[Block, ...]:
    returned = {item.lot for item in state.returned}
    rows = [
        (
            tender.lot(count.lot).name,
            str(count.received),
            str(count.minimum),
            words(f"outcome_{count.outcome.value}"),
            _handling(count, returned, words),
        )
        for count in state.counts
    ]
    titles = [(words("lot"), 34), (words("received"), 14), (words("minimum"), 14), (words("outcome"), 18)]
    blocks: list[Block] = [table([*titles, (words("handling"), 20)], rows)]
    for count in state.counts:
        if count.outcome is Outcome.RETURNED:
            name = tender.lot(count.lot).name
            blocks.append(Paragraph(words("returned_text", lot=name, received=count.received, minimum=count.minimum)))
            blocks += [Paragraph(words("sealed_digest", sm3=bid)) for bid in count.bids]
    return tuple(blocks)


def _handling(count: Counted, returned: set[str], words: Words) -> str:
    if count.outcome is Outcome.PROCEEDS:
        return words("handling_opened")
    return words("returned_done") if count.lot in returned else words.none()


def _release(tender: Tender, state: OpeningState, words: Words) -> tuple[Block, ...]:
    if not state.proceeding():
        return (Paragraph(words.none()),)
    names = {holder.id: holder.name for holder in tender.policy.holders}
    rows = [
        (
            tender.lot(count.lot).name,
            bid,
            words.yes_no(bool(state.bidder_leaves(bid))),
            words.catalogue.text("data.between").join(names.get(name, name) for name in sorted(state.holders_of(bid)))
            or words.none(),
        )
        for count in state.proceeding()
        for bid in count.bids
    ]
    titles = [(words("lot"), 21), (words("bid_digest"), 46), (words("bidder_released"), 10), (words("holders"), 23)]
    mark = state.cut_off
    note = words("cut_off", at=words.time(mark.at), sm3=mark.id) if mark else words("no_cut_off")
    return (Paragraph(note), table(titles, rows))


def _summaries(tender: Tender, state: OpeningState, words: Words) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for count in state.proceeding():
        blocks += _summary(tender, state, count, words)
    return tuple(blocks) or (Paragraph(words.none()),)


def _summary(tender: Tender, state: OpeningState, count: Counted, words: Words) -> list[Block]:
    lot = tender.lot(count.lot)
    when = {item.what.bid: words.time(item.at) for item in state.confirmations}
    rows = [
        (
            str(number),
            _bidder(item, words),
            format_yuan(item.total),
            item.total_in_words,
            str(item.duration_days),
            item.quality,
            item.project_manager,
            format_yuan(item.deposit),
            when.get(item.bid, words("not_confirmed")),
        )
        for number, item in enumerate(state.opened_in(count.lot), start=1)
    ]
    titles = [
        (words("number"), 4),
        (words("bidder"), 20),
        (words("price"), 10),
        (words("in_words"), 17),
        (words("duration"), 6),
        (words("quality"), 15),
        (words("manager"), 7),
        (words("deposit"), 9),
        (words("confirmed_at"), 12),
    ]
    head = words("lot_limit", lot=lot.name, limit=format_yuan(lot.price_limit))
    return [Heading(head), table(titles, rows)]


def _bidder(item: OpenedBid, words: Words) -> str:
    if not item.members:
        return item.bidder
    members = words.catalogue.text("data.between").join(item.members)
    return words.catalogue.text("bid.consortium_name", lead=item.bidder, members=members)


def _failures(tender: Tender, state: OpeningState, words: Words) -> tuple[Block, ...]:
    if not state.failed:
        return (Paragraph(words.none()),)
    rows = [
        (
            tender.lot(item.lot).name,
            item.bidder or words("unknown_bidder"),
            words.catalogue.text(f"opening.failure.{item.reason}"),
            words.catalogue.text(f"opening.attribution.{item.attribution.value}"),
        )
        for item in state.failed
    ]
    titles = [(words("lot"), 24), (words("bidder"), 24), (words("reason"), 30), (words("attribution"), 22)]
    return (table(titles, rows),)


def _objections(state: OpeningState, words: Words) -> tuple[Block, ...]:
    if not state.objections:
        return (Paragraph(words.none()),)
    names = {item.bid: item.bidder for item in state.opened}
    rows = [
        (names.get(item.said.bid, item.by), words.time(item.at), item.said.text, item.answer or words("unanswered"))
        for item in state.objections
    ]
    titles = [(words("bidder"), 22), (words("time"), 18), (words("objection"), 30), (words("answer"), 30)]
    return (table(titles, rows),)
