"""A bid's prices: from the bidder's workbook onto the tender's bill, and their total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.bid.model import PricedItem, PricedRow
from core.boq.compare import compare_items, compare_rows
from core.boq.matching import match_bills
from core.boq.model import Boq, BoqItem, BoqRow
from core.boq.pricing import totals_of
from core.rules.finding import Finding, Severity

# What the reader says of sums that do not close becomes the bidder's error C06 here.
_SUM_RULES = frozenset({"boq.R01", "boq.R02", "boq.R03"})


def price_from_workbook(
    tender_boq: Boq, priced_boq: Boq
) -> tuple[tuple[PricedItem, ...], tuple[PricedRow, ...], tuple[Finding, ...]]:
    """The prices of a workbook by the tender's keys, in the workbook's order.

    Lines are matched by unit work, role, code and content (:mod:`core.boq.matching`), never by position. Lines the
    tender does not have stay in the result under their own key, so that the checks see them. The findings are rules
    C01 to C03, C06 for sums the workbook states wrongly, and the reader's own warnings.
    """
    tender_items = tender_boq.priced_items()
    matching = match_bills(tender_items, priced_boq.priced_items())
    taken = {key for key in matching.keys if key is not None}
    items = tuple(
        priced_item(line, key or _free_key(line.key, taken))
        for line, key in zip(priced_boq.priced_items(), matching.keys, strict=True)
    )
    rows = to_priced_rows(priced_boq)
    sources = {line.key: line.source.text() for line in priced_boq.items}
    findings = compare_items(tender_items, matching, sources) + compare_rows(tender_boq.rows, priced_boq.rows)
    findings += [_as_bid_finding(finding) for finding in priced_boq.findings]
    return items, rows, tuple(findings)


def to_priced_items(boq: Boq) -> tuple[PricedItem, ...]:
    """The items that count, under their own keys."""
    return tuple(priced_item(item, item.key) for item in boq.priced_items())


def to_priced_rows(boq: Boq) -> tuple[PricedRow, ...]:
    """All lines without a unit price."""
    return tuple(_priced_row(row) for row in boq.rows)


def priced_item(item: BoqItem, key: str) -> PricedItem:
    """A bid's item with the prices of a bill's item; an empty quantity is zero, which no tender item equals."""
    quantity = Decimal(0) if item.quantity is None else item.quantity
    return PricedItem(
        key, item.code, item.name, item.feature, item.unit, quantity, item.unit_price, item.amount
    )  # fmt: skip


def bid_total(items: Sequence[PricedItem], rows: Sequence[PricedRow]) -> Decimal:
    """The price in yuan: items, measures, other items, fees and tax. Empty amounts count as nothing."""
    item_total = sum((item.amount for item in items if item.amount is not None), Decimal(0))
    return totals_of(item_total, rows).grand


def _priced_row(row: BoqRow) -> PricedRow:
    return PricedRow(row.role.value, row.unit_work, row.code, row.name, row.rate, row.amount)


def _free_key(key: str, taken: set[str]) -> str:
    """A key for a line the tender does not have: its own, with a higher occurrence where a tender item took it."""
    stem, count = key.rsplit("/", 1)
    number = int(count)
    while f"{stem}/{number}" in taken:
        number += 1
    taken.add(f"{stem}/{number}")
    return f"{stem}/{number}"


def _as_bid_finding(finding: Finding) -> Finding:
    if finding.rule not in _SUM_RULES:
        return finding
    return Finding("boq.C06", Severity.ERROR, finding.where, {"sum": f"boq.sum.{finding.rule[4:]}", **finding.params})
