"""The numbers of the report: criteria, prices with their trace, marks per member and the ranking."""

from __future__ import annotations

from decimal import Decimal

from core.evaluation.outcome import marked_factors
from core.evaluation.report import ReportInputs
from core.evaluation.result import ResultRow
from core.evaluation.text_trace import steps_table
from core.rules.method_text import describe_method
from core.values.codec import decimal_text
from core.values.document import Block, Heading, Paragraph, Table, table
from core.values.money import format_yuan
from core.values.words import Words

MEMBERS_ABREAST = 7  # members' marks side by side in one score sheet


def criteria(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    """The method in words, the factors and the review items."""
    catalogue, lot = words.catalogue, inputs.lot
    method = table([(words("matter"), 26), (words("rule"), 74)], describe_method(inputs.method, catalogue))
    blocks: list[Block] = [Heading(words("method")), method]
    if lot.factors:
        rows = [
            (
                catalogue.text(f"tender.factor_group.{item.group}"),
                item.title,
                decimal_text(item.full_score),
                item.standard,
            )
            for item in lot.factors
        ]
        titles = [(words("group"), 17), (words("factor"), 24), (words("full_score"), 8), (words("standard"), 51)]
        blocks += [Heading(words("factors")), table(titles, rows)]
    items = [
        (catalogue.text(f"tender.review_group.{item.group}"), item.title, item.standard) for item in lot.review_items
    ]
    titles = [(words("group"), 14), (words("factor"), 31), (words("standard"), 55)]
    return (*blocks, Heading(words("review_items")), table(titles, items))


def price_comparison(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    """Prices, deviations and price scores (or evaluated prices), then every step of the computation."""
    if inputs.result is None:
        return (Paragraph(words("all_rejected")),)
    scored = inputs.result.base is not None
    figures = [
        (
            inputs.bidder(row.bid),
            _yuan(row.price),
            _text(row.deviation) if scored else _text(row.evaluated_price),
            _text(row.price_score) if scored else str(row.rank),
        )
        for row in inputs.result.rows
    ]
    third, fourth = ("deviation", "price_score") if scored else ("evaluated_price", "rank")
    titles = [(words("bidder"), 40), (words("price"), 22), (words(third), 20), (words(fourth), 18)]
    blocks: list[Block] = [table(titles, figures)]
    if inputs.result.trace:
        blocks += [Heading(words("base_trace")), steps_table(inputs, inputs.result.trace, words)]
    factors = {factor.id for factor in inputs.lot.factors}
    for row in inputs.result.rows:
        steps = tuple(step for step in row.trace if step.name not in factors)  # those stand in the score sheets
        blocks += [Heading(words("bid_trace", bidder=inputs.bidder(row.bid)), 3), steps_table(inputs, steps, words)]
    return tuple(blocks)


def members_scores(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    """Each bid's marks by member and factor, the combined factor scores, and the totals of all bids."""
    factors = marked_factors(inputs.lot, inputs.method)
    if inputs.result is None or not factors:
        return (Paragraph(words("no_marks")),)
    blocks: list[Block] = []
    for row in inputs.result.rows:
        blocks.append(Heading(inputs.bidder(row.bid)))
        blocks += _score_sheets(inputs, row, words)
    groups = tuple(dict.fromkeys(factor.group for factor in factors))
    rows = [
        (
            inputs.bidder(row.bid),
            *(_text(_group_score(inputs, row, group)) for group in groups),
            _text(row.price_score),
            _text(row.total),
        )
        for row in inputs.result.rows
    ]
    titles = [(words("bidder"), 60), *((words.catalogue.text(f"tender.factor_group.{group}"), 33) for group in groups)]
    titles += [(words("price_score"), 24), (words("total"), 20)]
    return (*blocks, Heading(words("score_summary")), table(titles, rows))


def _group_score(inputs: ReportInputs, row: ResultRow, group: str) -> Decimal:
    members = {factor.id for factor in inputs.lot.factors if factor.group == group}
    return sum((score.score for score in row.factor_scores if score.factor in members), Decimal(0))


def _score_sheets(inputs: ReportInputs, row: ResultRow, words: Words) -> list[Block]:
    """The members' marks for one bid, so many members side by side as a page holds."""
    committee = inputs.state.committee
    combined = {score.factor: score.score for score in row.factor_scores}
    sheets: list[Block] = []
    for start in range(0, len(committee), MEMBERS_ABREAST):
        members = committee[start : start + MEMBERS_ABREAST]
        rows = []
        for factor in marked_factors(inputs.lot, inputs.method):
            marks = inputs.state.member_marks(row.bid, factor.id)[start : start + MEMBERS_ABREAST]
            cells = (decimal_text(mark) for mark in marks)
            rows.append((factor.title, decimal_text(factor.full_score), *cells, _text(combined[factor.id])))
        titles = [(words("factor"), 30), (words("full_score"), 7), *((member.name, 9) for member in members)]
        sheets.append(table([*titles, (words("combined"), 11)], rows))
    return sheets


def ranking(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    """All evaluated bids from the first rank on."""
    if inputs.result is None:
        return (Paragraph(words("all_rejected")),)
    return (ranked(inputs, inputs.result.ranking(), words),)


def ranked(inputs: ReportInputs, rows: tuple[ResultRow, ...], words: Words) -> Table:
    """Bids with what ranks them: the total, or the evaluated price."""
    figure = "evaluated_price" if any(row.total is None for row in rows) else "total"
    cells = [
        (
            str(row.rank),
            full_name(inputs, row.bid, words),
            _yuan(row.price),
            _text(row.evaluated_price if row.total is None else row.total),
        )
        for row in rows
    ]
    return table([(words("rank"), 10), (words("bidder"), 50), (words("price"), 22), (words(figure), 18)], cells)


def full_name(inputs: ReportInputs, bid: str, words: Words) -> str:
    """The bidder as announced: a consortium with all its members."""
    lead = inputs.bidder(bid)
    members = next((row.members for row in inputs.opening.rows if row.bidder == lead), ())
    return consortium(lead, members, words)


def consortium(lead: str, members: tuple[str, ...], words: Words) -> str:
    """A bidder's name, with the members' where there are any."""
    if not members:
        return lead
    listed = words.catalogue.text("data.between").join(members)
    return words.catalogue.text("bid.consortium_name", lead=lead, members=listed)


def _yuan(value: Decimal | None) -> str:
    return "" if value is None else format_yuan(value)


def _text(value: object) -> str:
    return "" if value is None else format(value, ",f")
