"""The bill of a bid against the bill of the tender: rules ``boq.C01`` to ``C06``, ``C11`` and ``C12``.

Source: docs/spec/boq.md, rules. A finding points to the tender's item (sheet!row); a line the tender does not have
points to itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.bid.model import PricedItem, PricedRow
from core.bid.pricing import bid_total
from core.boq.compare import compare_items, compare_rows
from core.boq.matching import match_by_key
from core.boq.model import Boq, BoqItem, TableRole
from core.boq.pricing import CENT, amount, totals_of
from core.boq.text import folded
from core.errors import DataInvalid
from core.rules.boq_headers import reading_rules
from core.rules.finding import Finding, Severity
from core.values.codec import decimal_text
from core.values.money import parse_capitals

_HALF = Decimal("0.005")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """What the tender says about prices. ``unit_caps`` are highest unit prices by item key, in yuan."""

    zero_forbidden: bool = False
    blank_is_error: bool = False  # else a blank price is deemed included in others
    unit_caps: Mapping[str, Decimal] | None = None
    clause: str = ""


def check_bid_boq(
    tender_boq: Boq,
    bid_items: Sequence[PricedItem],
    bid_rows: Sequence[PricedRow] = (),
    *,
    price_limit: Decimal | None = None,
    letter_total: Decimal | None = None,
    letter_words: str | Decimal | None = None,
    terms: PriceTerms | None = None,
) -> tuple[Finding, ...]:
    """All findings of the bill rules on one bid, in the order of the rules.

    ``price_limit`` (最高投标限价), ``letter_total`` and ``letter_words`` (人民币大写, or its amount) may be left out.
    """
    used = terms or PriceTerms()
    tender_items = tender_boq.priced_items()
    matching = match_by_key(tender_items, tuple(bid_items))
    total = bid_total(bid_items, bid_rows)
    findings = compare_items(tender_items, matching, {}) + compare_rows(tender_boq.rows, bid_rows)
    for item, line in matching.pairs:
        findings += _filled(item, line, used)
    for item, line in matching.pairs:
        findings += _arithmetic(item, line)
    findings += _summary(bid_items, bid_rows)
    findings += _limits(matching.pairs, total, price_limit, used)
    findings += _letter(total, letter_total, letter_words)
    return tuple(sorted(findings, key=lambda finding: finding.rule))


def _filled(item: BoqItem, line: PricedItem, terms: PriceTerms) -> list[Finding]:
    """C04: prices are there, not negative, and not zero where the tender forbids it."""
    findings = []
    for field, value in (("unit_price", line.unit_price), ("amount", line.amount)):
        if value is None:
            severity, problem = (Severity.ERROR if terms.blank_is_error else Severity.WARNING), "blank"
        elif value < 0:
            severity, problem = Severity.ERROR, "negative"
        elif value == 0:
            severity, problem = (Severity.ERROR if terms.zero_forbidden else Severity.WARNING), "zero"
        else:
            continue
        params = _item(item) | {"field": f"boq.field.{field}", "problem": f"boq.problem.{problem}"}
        findings.append(Finding("boq.C04", severity, item.source.text(), params, terms.clause))
    return findings


def _arithmetic(item: BoqItem, line: PricedItem) -> list[Finding]:
    """C05: amount = tender quantity times unit price; another way of rounding is a warning."""
    if item.quantity is None or line.unit_price is None or line.amount is None:
        return []
    expected = amount(item.quantity, line.unit_price)
    if line.amount == expected:
        return []
    exact = item.quantity * line.unit_price
    severity = Severity.WARNING if _is_rounding(exact, item.quantity, line.amount) else Severity.ERROR
    params = _item(item) | {
        "quantity": decimal_text(item.quantity), "price": decimal_text(line.unit_price),
        "expected": decimal_text(expected), "amount": decimal_text(line.amount),
    }  # fmt: skip
    return [Finding("boq.C05", severity, item.source.text(), params)]


def _is_rounding(exact: Decimal, quantity: Decimal, written: Decimal) -> bool:
    """Whether a rounding habit explains the amount: down, up, fewer places, or a unit price rounded for display."""
    habits = {exact.quantize(places, rounding=mode)
              for places in (Decimal(1), Decimal("0.1"), CENT)
              for mode in (ROUND_FLOOR, ROUND_CEILING, "ROUND_HALF_UP")}  # fmt: skip
    return written in habits or abs(written - exact) <= abs(quantity) * _HALF + CENT


def _summary(items: Sequence[PricedItem], rows: Sequence[PricedRow]) -> list[Finding]:
    """C06: every line of the summary table equals what it sums."""
    rules = reading_rules().amounts
    item_total = sum((item.amount for item in items if item.amount is not None), Decimal(0))
    totals = totals_of(item_total, rows)
    findings = []
    for row in rows:
        if row.role != TableRole.SUMMARY or row.amount is None:
            continue
        for pattern, value in (
            (rules.summary_items, totals.items), (rules.summary_measures, totals.measures),
            (rules.summary_other, totals.other), (rules.summary_tax, totals.tax), (rules.summary_total, totals.grand),
        ):  # fmt: skip
            if pattern.search(folded(row.name)):
                if abs(row.amount - value) >= CENT:
                    params = {"sum": row.name[:_SHOWN], "written": decimal_text(row.amount),
                              "computed": decimal_text(value)}  # fmt: skip
                    findings.append(Finding("boq.C06", Severity.ERROR, f"{row.role}/{row.code}", params))
                break
    return findings


def _limits(
    pairs: Sequence[tuple[BoqItem, PricedItem]], total: Decimal, price_limit: Decimal | None, terms: PriceTerms
) -> list[Finding]:
    """C11: the total is above zero and not above the limit; unit prices keep their caps."""
    findings = []
    if total <= 0:
        params = {"problem": "boq.problem.no_total", "value": decimal_text(total), "limit": "0"}
        findings.append(Finding("boq.C11", Severity.ERROR, "", params, terms.clause))
    elif price_limit is not None and total > price_limit:
        params = {"problem": "boq.problem.over_limit", "value": decimal_text(total), "limit": decimal_text(price_limit)}
        findings.append(Finding("boq.C11", Severity.ERROR, "", params, terms.clause))
    for item, line in pairs:
        cap = (terms.unit_caps or {}).get(item.key)
        if cap is not None and line.unit_price is not None and line.unit_price > cap:
            params = {"problem": "boq.problem.over_cap", "value": decimal_text(line.unit_price),
                      "limit": decimal_text(cap)}  # fmt: skip
            findings.append(Finding("boq.C11", Severity.ERROR, item.source.text(), params, terms.clause))
    return findings


def _letter(total: Decimal, figures: Decimal | None, words: str | Decimal | None) -> list[Finding]:
    """C12: the total of the bill is the total of the letter, in figures and in words."""
    findings = []
    if figures is not None and figures != total:
        findings.append(_c12("figures", decimal_text(figures), total))
    if isinstance(words, str):
        try:
            value: Decimal | None = parse_capitals(words)
        except DataInvalid:
            return [*findings, _c12("words_unreadable", words[:_SHOWN], total)]
    else:
        value = words
    if value is not None and value != total:
        findings.append(_c12("words", decimal_text(value), total))
    return findings


def _c12(problem: str, written: str, total: Decimal) -> Finding:
    params = {"problem": f"boq.problem.{problem}", "written": written, "total": decimal_text(total)}
    return Finding("boq.C12", Severity.ERROR, "", params)


def _item(item: BoqItem) -> dict[str, str]:
    return {"code": item.code, "name": item.name[:_SHOWN]}
