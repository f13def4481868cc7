"""A bill with other unit prices and everything that follows from them: how a price idea becomes a whole bill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from core.boq.model import Boq, BoqItem, BoqRow, BoqSection, TableRole
from core.boq.pricing import (
    BoqTotals,
    amount,
    is_fixed,
    is_tax,
    percentage,
    round_cent,
    top_level_sum,
    totals_of,
)  # fmt: skip
from core.boq.text import folded
from core.rules.boq_headers import reading_rules


def scale_prices(boq: Boq, factor_by_item: Callable[[BoqItem], Decimal]) -> Boq:
    """The bill with every unit price times its factor (two places), and amounts, sums and taxes computed again.

    Measures computed from a rate on the items follow; provisional sums and all other stated amounts stay. Items
    without a price stay without one.
    """
    items = tuple(_scaled(item, factor_by_item) for item in boq.items)
    scaled = replace(boq, items=items, findings=())
    return with_sums(replace(scaled, rows=_measures(boq, scaled)))


def with_sums(boq: Boq) -> Boq:
    """The bill with section subtotals, taxes, summary lines and written totals computed from items and rows."""
    rows = tuple(_taxed(boq, row) if is_tax(row) and row.rate is not None else row for row in boq.rows)
    totals = totals_of(boq.item_total(), rows)
    rows = tuple(_summarised(row, rows, totals) if row.role is TableRole.SUMMARY else row for row in rows)
    summed = replace(boq, rows=rows, sections=_subtotals(boq))
    return replace(summed, written_totals={sheet: _sheet_total(summed, sheet) for sheet in boq.written_totals})


def _scaled(item: BoqItem, factor_by_item: Callable[[BoqItem], Decimal]) -> BoqItem:
    if item.unit_price is None or item.role not in (TableRole.DETAIL, TableRole.UNIT_MEASURE):
        return item
    price = round_cent(item.unit_price * factor_by_item(item))
    return replace(item, unit_price=price, amount=None if item.quantity is None else amount(item.quantity, price))


def _items_under(boq: Boq, unit_work: str) -> Decimal:
    """Item total of a unit work, or of the whole bill where the lines belong to all of it."""
    own = [item for item in boq.priced_items() if item.unit_work == unit_work] or list(boq.priced_items())
    return sum((item.amount for item in own if item.amount is not None), Decimal(0))


def _measures(before: Boq, after: Boq) -> tuple[BoqRow, ...]:
    """Measures that were a percentage of the items are that percentage of the new items."""

    def follow(row: BoqRow) -> BoqRow:
        if row.role is not TableRole.SUM_MEASURE or row.rate is None:
            return row
        if row.amount != percentage(_items_under(before, row.unit_work), row.rate):
            return row
        return replace(row, amount=percentage(_items_under(after, row.unit_work), row.rate))

    return tuple(follow(row) for row in before.rows)


def _taxed(boq: Boq, row: BoqRow) -> BoqRow:
    """A tax line on the sums before tax, of its unit work where the bill is divided so."""
    works = {item.unit_work for item in boq.priced_items()}
    if row.unit_work in works:
        part = tuple(other for other in boq.rows if other.unit_work == row.unit_work)
        base = totals_of(_items_under(boq, row.unit_work), part).before_tax
    else:
        base = totals_of(boq.item_total(), boq.rows).before_tax
    rate = row.rate if row.rate is not None else Decimal(0)
    return replace(row, amount=percentage(base, rate))


def _summarised(row: BoqRow, rows: tuple[BoqRow, ...], totals: BoqTotals) -> BoqRow:
    """A summary line by what its name says; a line that names one row elsewhere repeats it."""
    name, rules = folded(row.name), reading_rules().amounts
    for pattern, value in (
        (rules.summary_items, totals.items), (rules.summary_measures, totals.measures),
        (rules.summary_other, totals.other), (rules.summary_tax, totals.tax), (rules.summary_total, totals.grand),
    ):  # fmt: skip
        if pattern.search(name):
            return replace(row, amount=value)
    same = [other.amount for other in rows if other.role is not TableRole.SUMMARY and folded(other.name) in name]
    return replace(row, amount=same[0] if len(same) == 1 else row.amount if is_fixed(row) else None)


def _subtotals(boq: Boq) -> tuple[BoqSection, ...]:
    """Section subtotals from the items below; a path that occurs twice cannot be told apart and gets none."""
    below: dict[tuple[str, tuple[str, ...]], Decimal] = {}
    for item in boq.items:
        for depth in range(1, len(item.section) + 1):
            place = (item.unit_work, item.section[:depth])
            below[place] = below.get(place, Decimal(0)) + (item.amount or Decimal(0))
    counts = Counter((section.unit_work, section.path) for section in boq.sections)
    return tuple(
        replace(section, subtotal=below.get(place, Decimal(0)) if counts[place] == 1 else None)
        for section in boq.sections
        for place in [(section.unit_work, section.path)]
    )


def _sheet_total(boq: Boq, sheet: str) -> Decimal:
    """What a sheet's total line must say."""
    items = [item.amount or Decimal(0) for item in boq.items if item.source.sheet == sheet]
    if items:
        return sum(items, Decimal(0))
    rows = [row for row in boq.rows if row.source.sheet == sheet]
    if any(row.role is TableRole.SUMMARY for row in rows):
        return totals_of(boq.item_total(), boq.rows).grand
    return top_level_sum(rows)
