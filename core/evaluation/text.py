"""The evaluation report (评标报告): a pure function of log, tender, method and opening facts.

Contents: 评标委员会和评标方法暂行规定 §42 as listed in the project's reference (its text was not read), with the
additions usual since: clarifications, dissent, score sheets with trace, signature page.
"""

from __future__ import annotations

from core.evaluation.report import ReportInputs
from core.evaluation.text_comparison import criteria, members_scores, price_comparison, ranking
from core.messages import Catalogue
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
    )


def _facts(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    tender, lot, started = inputs.tender, inputs.lot, inputs.state.begun()
    began = inputs.state.started_at
    rows = [
        (words("project"), f"{tender.project.name} ({tender.project.code})"),
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
    return (table([(words("matter"), 26), (words("content"), 74)], rows),)


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
        (words("name"), 18),
        (words("role"), 22),
        (words("specialty"), 22),
        (words("duty"), 12),
        (words("commitment"), 18),
    ]
    blocks: list[Block] = [table(titles, rows)]
    blocks += [Paragraph(words("departed", name=gone.member.name, reason=gone.reason)) for gone in state.departed]
    return tuple(blocks)


def _opening(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    facts = inputs.opening
    rows = [
        (
            str(number),
            row.bidder,
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
        (words("bidder"), 28),
        (words("price"), 16),
        (words("duration_days"), 9),
        (words("quality"), 16),
        (words("manager"), 10),
        (words("note"), 14),
    ]
    note = words("opening_text", at=words.time(facts.opened_at), host=facts.host, digest=facts.digest)
    return (Paragraph(note), table(titles, rows))


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
    rows = []
    for row in inputs.result.ranking()[: inputs.method.candidates]:
        figure = row.total if row.total is not None else row.evaluated_price
        rows.append((str(row.rank), inputs.bidder(row.bid), format_yuan(row.price), str(figure)))
    titles = [(words("rank"), 12), (words("bidder"), 48), (words("price"), 22), (words("figure"), 18)]
    blocks: list[Block] = [table(titles, rows), Paragraph(words("candidates_text", lot=inputs.lot.name))]
    blocks += [Paragraph(words.catalogue.text(f"evaluation.warning.{key}")) for key in inputs.result.warnings]
    if inputs.state.tie is not None:
        blocks.append(Paragraph(words("tie_text", reason=inputs.state.tie.reason)))
    return tuple(blocks)


def _clarifications(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    items = inputs.state.clarifications
    if not items:
        return (Paragraph(words.none()),)
    rows = [
        (inputs.bidder(item.bid), words.time(item.asked_at), item.question, item.answer or words("unanswered"))
        for item in items
    ]
    titles = [(words("bidder"), 22), (words("time"), 18), (words("question"), 30), (words("answer"), 30)]
    return (table(titles, rows),)


def _signatures(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    rows = [(str(number), member.name, "") for number, member in enumerate(inputs.state.committee, start=1)]
    notes = (words("signature_note"), words("consent_note"))
    return (
        *(Numbered(str(number), note) for number, note in enumerate(notes, start=1)),
        table([(words("number"), 10), (words("name"), 30), (words("signature"), 60)], rows),
    )
