"""The numbers of the report: criteria, prices with their trace, marks per member and the ranking."""

from __future__ import annotations

from decimal import Decimal

from core.evaluation.outcome import marked_factors
from core.evaluation.report import ReportInputs
from core.evaluation.result import ResultRow
from core.evaluation.trace import Step
from core.rules.method_text import describe_method
from core.values.codec import decimal_text
from core.values.document import Block, Heading, Paragraph, Table, table
from core.values.money import format_yuan, round_half_up
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
        titles = [(words("group"), 16), (words("factor"), 24), (words("full_score"), 10), (words("standard"), 50)]
        blocks += [Heading(words("factors")), table(titles, rows)]
    items = [
        (catalogue.text(f"tender.review_group.{item.group}"), item.title, item.standard) for item in lot.review_items
    ]
    titles = [(words("group"), 16), (words("factor"), 28), (words("standard"), 56)]
    return (*blocks, Heading(words("review_items")), table(titles, items))


def price_comparison(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    """Prices, deviations and price scores (or evaluated prices), then every step of the computation."""
    if inputs.result is None:
        return (Paragraph(words("all_rejected")),)
    scored = inputs.result.base is not None
    figures = [
        (
            inputs.bidder(row.bid),
            format_yuan(row.price),
            _text(row.deviation) if scored else _text(row.evaluated_price),
            _text(row.price_score) if scored else str(row.rank),
        )
        for row in inputs.result.rows
    ]
    third, fourth = ("deviation", "price_score") if scored else ("evaluated_price", "rank")
    titles = [(words("bidder"), 40), (words("price"), 22), (words(third), 20), (words(fourth), 18)]
    blocks: list[Block] = [table(titles, figures)]
    if inputs.result.trace:
        blocks += [Heading(words("base_trace")), _steps(inputs, inputs.result.trace, words)]
    factors = {factor.id for factor in inputs.lot.factors}
    for row in inputs.result.rows:
        steps = tuple(step for step in row.trace if step.name not in factors)  # those stand in the score sheets
        blocks += [Heading(words("bid_trace", bidder=inputs.bidder(row.bid)), 3), _steps(inputs, steps, words)]
    return tuple(blocks)


def _steps(inputs: ReportInputs, steps: tuple[Step, ...], words: Words) -> Table:
    rows = [
        (
            _step_name(inputs, step, words),
            words.catalogue.text(f"method.formula.{step.formula}"),
            _inputs(inputs, step, words),
            _shown(step),
            words("rounded", places=step.places) if step.places is not None else words("not_rounded"),
        )
        for step in steps
    ]
    titles = [(words("step"), 16), (words("formula"), 24), (words("inputs"), 34), (words("result"), 14)]
    return table([*titles, (words("rounding"), 12)], rows)


def _shown(step: Step) -> str:
    """Results that are not rounded are shown with at most 8 places."""
    if step.places is not None:
        return decimal_text(step.result)
    return decimal_text(round_half_up(step.result, 8).normalize())


def _step_name(inputs: ReportInputs, step: Step, words: Words) -> str:
    titles = {factor.id: factor.title for factor in inputs.lot.factors}
    if step.name in titles:
        return titles[step.name]
    key = f"method.step.{step.name}"
    return words.catalogue.text(key) if words.catalogue.has(key) else step.name


def _inputs(inputs: ReportInputs, step: Step, words: Words) -> str:
    lines = [_named(inputs, item.name, item.value, words) for item in step.inputs]
    lines += [words("left_out", text=_named(inputs, item.name, item.value, words)) for item in step.left_out]
    return "\n".join(lines)


def _named(inputs: ReportInputs, name: str, value: object, words: Words) -> str:
    titles = {factor.id: factor.title for factor in inputs.lot.factors}
    stem, _, number = name.rpartition("_")
    key = f"method.input.{name}"
    if inputs.state.bid(name) is not None:
        label = inputs.bidder(name)
    elif name in titles:
        label = titles[name]
    elif words.catalogue.has(key):
        label = words.catalogue.text(key)
    elif number.isdigit() and words.catalogue.has(f"method.input.{stem}_n"):
        label = words.catalogue.text(f"method.input.{stem}_n", n=number)
    else:
        label = name
    return words("named", name=label, value=format(value, "f"))


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
    titles = [(words("bidder"), 30), *((words.catalogue.text(f"tender.factor_group.{group}"), 15) for group in groups)]
    titles += [(words("price_score"), 13), (words("total"), 12)]
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
        titles = [(words("factor"), 24), (words("full_score"), 8), *((member.name, 10) for member in members)]
        sheets.append(table([*titles, (words("combined"), 12)], rows))
    return sheets


def ranking(inputs: ReportInputs, words: Words) -> tuple[Block, ...]:
    """All evaluated bids from the first rank on."""
    if inputs.result is None:
        return (Paragraph(words("all_rejected")),)
    rows = [
        (
            str(row.rank),
            inputs.bidder(row.bid),
            format_yuan(row.price),
            _text(row.total if row.total is not None else row.evaluated_price),
        )
        for row in inputs.result.ranking()
    ]
    return (table([(words("rank"), 12), (words("bidder"), 48), (words("price"), 22), (words("figure"), 18)], rows),)


def _text(value: object) -> str:
    return "" if value is None else format(value, "f")
