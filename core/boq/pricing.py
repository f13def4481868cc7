"""Sums of a bill: amounts, totals by part, the bill without its prices. Yuan, two places, half up.

Source: GB 50500-2013 and GB/T 50500-2024 composition of the price as described in docs/spec/boq.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from core.boq.model import Boq, BoqItem, BoqRow, TableRole
from core.boq.text import folded
from core.rules.boq_headers import reading_rules

CENT = Decimal("0.01")
_OTHER_DETAILS = (
    TableRole.PROVISIONAL_SUM,
    TableRole.PROVISIONAL_SPECIALTY,
    TableRole.DAYWORK,
    TableRole.MAIN_CONTRACTOR,
)


class AmountLine(Protocol):
    """A line without a unit price, of a tender or of a bid."""

    @property
    def role(self) -> str:
        """The table's role."""

    @property
    def unit_work(self) -> str:
        """The unit work, empty for the whole lot."""

    @property
    def code(self) -> str:
        """Item code or line number."""

    @property
    def name(self) -> str:
        """What the line is."""

    @property
    def rate(self) -> Decimal | None:
        """Percent."""

    @property
    def amount(self) -> Decimal | None:
        """Yuan."""


@dataclass(frozen=True, slots=True)
class BoqTotals:
    """The parts of the price in yuan: items, sum measures, other items, fees and tax, and all together."""

    items: Decimal
    measures: Decimal
    other: Decimal
    tax: Decimal

    @property
    def before_tax(self) -> Decimal:
        """Everything a value added tax is computed on."""
        return self.items + self.measures + self.other

    @property
    def grand(self) -> Decimal:
        """The price."""
        return self.before_tax + self.tax


def round_cent(value: Decimal) -> Decimal:
    """Two places, half up (away from zero)."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def amount(quantity: Decimal, unit_price: Decimal) -> Decimal:
    """The amount of an item: quantity times unit price, two places, half up."""
    return round_cent(quantity * unit_price)


def percentage(base: Decimal, rate: Decimal) -> Decimal:
    """``rate`` percent of ``base``, two places, half up."""
    return round_cent(base * rate / 100)


def top_level_sum(rows: Sequence[AmountLine]) -> Decimal:
    """Sum of the lines of one table, each counted once.

    A line numbered ``2`` stands for ``2.1`` and ``2.2`` below it where it has an amount of its own; lines that only
    repeat a part (``其中…``, materials at provisional prices, which are inside the unit prices) count nowhere.
    """
    memo = reading_rules().amounts.memo
    stated: set[str] = set()
    total = Decimal(0)
    for row in rows:
        if row.amount is None or memo.search(folded(row.name)):
            continue
        parents = {row.code.rsplit(".", depth)[0] for depth in range(1, row.code.count(".") + 1)}
        if not parents & stated:
            total += row.amount
        if row.code:
            stated.add(row.code)
    return total


def rows_total(rows: Iterable[AmountLine], *roles: TableRole) -> Decimal:
    """Sum over the tables of these roles, each table of each unit work on its own."""
    tables: dict[tuple[str, str], list[AmountLine]] = {}
    for row in rows:
        if row.role in roles:
            tables.setdefault((str(row.role), row.unit_work), []).append(row)
    return sum((top_level_sum(lines) for lines in tables.values()), Decimal(0))


def totals_of(item_total: Decimal, rows: Sequence[AmountLine]) -> BoqTotals:
    """The totals of a bill. Other items come from their summary table; only without one from the detail tables."""
    has_summary = any(row.role == TableRole.OTHER for row in rows)
    return BoqTotals(
        items=item_total,
        measures=rows_total(rows, TableRole.SUM_MEASURE),
        other=rows_total(rows, TableRole.OTHER) if has_summary else rows_total(rows, *_OTHER_DETAILS),
        tax=rows_total(rows, TableRole.FEE_TAX),
    )


def boq_totals(boq: Boq) -> BoqTotals:
    """The totals of a bill as it stands; empty amounts count as nothing."""
    return totals_of(boq.item_total(), boq.rows)


def is_fixed(row: AmountLine) -> bool:
    """Whether the tenderer states this amount and no bidder may change it (provisional sums)."""
    return bool(reading_rules().amounts.fixed.search(folded(row.name)))


def is_tax(row: AmountLine) -> bool:
    """Whether this is the value added tax."""
    return row.role == TableRole.FEE_TAX and bool(reading_rules().amounts.tax.search(folded(row.name)))


def fixed_total(rows: Sequence[AmountLine]) -> Decimal:
    """Sum of the provisional sums that count into the price."""
    has_summary = any(row.role == TableRole.OTHER for row in rows)
    roles = (TableRole.OTHER,) if has_summary else _OTHER_DETAILS
    return top_level_sum([row for row in rows if row.role in roles and is_fixed(row)])


def without_prices(boq: Boq) -> Boq:
    """The bill as bidders get it: no prices or sums, but the tenderer's own figures stay.

    Kept are provisional sums, tax rates and the rates of safety measures. Findings and written totals are dropped,
    since they speak of the priced bill.
    """
    return replace(
        boq,
        items=tuple(_unpriced(item) for item in boq.items),
        rows=tuple(_unpriced_row(row) for row in boq.rows),
        sections=tuple(replace(section, subtotal=None) for section in boq.sections),
        findings=(),
        written_totals={},
    )


def _unpriced(item: BoqItem) -> BoqItem:
    if item.role is TableRole.PROVISIONAL_MATERIAL:
        return item
    return replace(item, unit_price=None, amount=None)


def _unpriced_row(row: BoqRow) -> BoqRow:
    keeps_rate = is_tax(row) or is_fixed(row) or bool(reading_rules().amounts.fixed_rate.search(folded(row.name)))
    return replace(row, rate=row.rate if keeps_rate else None, amount=row.amount if is_fixed(row) else None)
