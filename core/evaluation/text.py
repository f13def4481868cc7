"""The evaluation report (评标报告): a pure function of log, tender, method and opening facts.

Contents: 评标委员会和评标方法暂行规定 §42 as listed in the project's reference (its text was not read), with the
additions usual since: clarifications, dissent, score sheets with trace, signature page.
"""

from __future__ import annotations

from core.evaluation.report import ReportInputs
from core.evaluation.text_comparison import (
    consortium,
    criteria,
    members_scores,
    price_comparison,
    ranked,
    ranking,
)
from core.messages import Catalogue
from core.tender.host import host_words
from core.values.document import Block, DocumentChapter, DocumentText, Numbered, Paragraph, table
from core.values.money import format_yuan
from core.values.words import Words


def compose_report(inputs: ReportInputs, catalogue: Catalogue) -> DocumentText:
    """The report as it is frozen and signed; dissent and refusals follow on the page appended after signing."""
    words = Words(catalogue, "evaluation.report")
    sections = (
        ("facts", _facts(inputs, words)),
        ("committee", _committee(inputs, words)),
        ("opening", _opening(inputs, words)),
        ("responsive", _responsive(inputs, words)),
        ("rejected", _rejected(inputs, words)),
        ("criteria", criteria(inputs, words)),
        ("prices", price_comparison(inputs, words)),
        ("scores", members_scores(inputs, words)),
        ("ranking", ranking(inputs, words)),
        ("candidates", _candidates(inputs, words)),
        ("clarifications", _clarifications(inputs, words)),
        ("dissent", (Paragraph(words("dissent_note")),)),
        ("signatures", _signatures(inputs, words)),
    )
    chapters = tuple(DocumentChapter(name, words(name), blocks) for name, blocks in sections)
    tender = inputs.tender
    return DocumentText(
        title=words("title"),
        subtitle=tender.project.name,
        meta=(
            (words("tender_id"), tender.tender_id),
            (words("lot"), inputs.lot.name),
            (words("tenderer"), tender.tenderer.name),
            (words("agency"), tender.agency.name),
            (words("opening_at"), words.time(tender.schedule.opening_at)),
        ),
        footer_note=catalogue.text("data.demo_time") if tender.time_source == "demo" else "",
        chapters=chapters,
        language=catalogue.language,
    )


def _facts(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    tender, lot, started = inputs.tender, inputs.lot, inputs.state.begun()
    began = inputs.state.started_at
    rows = [
        (
            words("project"),
            words.catalogue.text("data.with_code", name=tender.project.name, code=tender.project.code),
        ),
        (words("location"), tender.project.location),
        (words("lot"), lot.name),
        (words("scope"), lot.scope),
        (words("price_limit"), format_yuan(lot.price_limit)),
        (words("duration"), words("days", days=lot.duration_days)),
        (words("quality"), lot.quality),
        (words("published_at"), words.time(tender.schedule.published_at)),
        (words("method"), inputs.method.name(words.catalogue.language)),
        (words("started_at"), words.time(began) if began else words.none()),
        (words("tender_digest"), started.tender_digest),
        (words("method_digest"), started.method_sm3),
    ]
    return (table([(words("matter"), 24), (words("content"), 76)], rows),)


def _committee(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    state = inputs.state
    rows = [
        (
            str(number),
            member.name,
            words(f"role_{member.role.value}"),
            member.specialty,
            words("chair") if member.id == state.chair else words("member"),
            words("committed") if member.id in state.committed else words.none(),
        )
        for number, member in enumerate(state.committee, start=1)
    ]
    titles = [
        (words("number"), 8),
        (words("name"), 16),
        (words("role"), 18),
        (words("specialty"), 20),
        (words("duty"), 12),
        (words("commitment"), 26),
    ]
    blocks: list[Block] = [table(titles, rows)]
    blocks += [Paragraph(words("departed", name=gone.member.name, reason=gone.reason)) for gone in state.departed]
    return tuple(blocks)


def _opening(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    facts = inputs.opening
    rows = [
        (
            str(number),
            consortium(row.bidder, row.members, words),
            format_yuan(row.price) if row.price is not None else words.none(),
            str(row.duration_days) if row.duration_days is not None else words.none(),
            row.quality or words.none(),
            row.project_manager or words.none(),
            row.note or words.none(),
        )
        for number, row in enumerate(facts.rows, start=1)
    ]
    titles = [
        (words("number"), 7),
        (words("bidder"), 26),
        (words("price"), 15),
        (words("duration_days"), 8),
        (words("quality_offered"), 23),
        (words("manager"), 11),
        (words("note"), 10),
    ]
    host = host_words(inputs.tender, facts.host, words.catalogue)
    note = words("opening_text", at=words.time(facts.opened_at), host=host, digest=facts.digest)
    return (*(Paragraph(line) for line in note.split("\n")), table(titles, rows))


def _responsive(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    rows = [
        (str(number), item.bidder, format_yuan(item.price), words("passed"))
        for number, item in enumerate(inputs.state.passed_bids(), start=1)
    ]
    if not rows:
        return (Paragraph(words("no_responsive")),)
    titles = [(words("number"), 8), (words("bidder"), 48), (words("price"), 24), (words("conclusion"), 20)]
    return (Paragraph(words("review_text", items=len(inputs.state.begun().review_items))), table(titles, rows))


def _rejected(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    rejected = inputs.state.rejected()
    if not rejected:
        return (Paragraph(words("no_rejected")),)
    titles_of = {item.id: item.title for item in inputs.lot.review_items}
    between = words.catalogue.text("data.between")
    rows = [
        (
            inputs.bidder(decision.bid),
            between.join(titles_of.get(item, item) for item in decision.items),
            decision.reason,
            decision.clause,
            words.catalogue.text(f"tender.rejection_basis.{decision.code}"),
        )
        for decision in rejected
    ]
    titles = [
        (words("bidder"), 24),
        (words("failed_items"), 16),
        (words("reason"), 28),
        (words("clause"), 14),
        (words("basis"), 18),
    ]
    return (table(titles, rows),)


def _candidates(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    if inputs.result is None:
        return (Paragraph(words("all_rejected")),)
    candidates = inputs.result.ranking()[: inputs.method.candidates]
    blocks: list[Block] = [ranked(inputs, candidates, words), Paragraph(words("candidates_text", lot=inputs.lot.name))]
    blocks += [Paragraph(words.catalogue.text(f"evaluation.warning.{item.code}")) for item in inputs.result.warnings]
    if inputs.state.tie is not None:
        blocks.append(Paragraph(words("tie_text", reason=inputs.state.tie.reason)))
    return tuple(blocks)


def _clarifications(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    items = inputs.state.clarifications
    if not items:
        return (Paragraph(words("no_clarifications")),)
    rows = [
        (inputs.bidder(item.bid), words.time(item.asked_at), item.question, item.answer or words("unanswered"))
        for item in items
    ]
    titles = [(words("bidder"), 22), (words("time"), 18), (words("question"), 30), (words("answer"), 30)]
    return (table(titles, rows),)


def _signatures(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    where = words("signature_where")
    rows = [(str(number), member.name, where) for number, member in enumerate(inputs.state.committee, start=1)]
    notes = (words("signature_note"), words("consent_note"))
    return (
        *(Numbered(f"{number}.", note) for number, note in enumerate(notes, start=1)),
        table([(words("number"), 10), (words("name"), 30), (words("signature"), 60)], rows),
    )
