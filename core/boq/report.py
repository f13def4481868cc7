"""What ``boq read`` says about a bill: the fixed fields of its JSON form."""

from __future__ import annotations

from dataclasses import dataclass

from core.boq.model import Boq, BoqItem, BoqSection, Question, RejectedRow
from core.rules.finding import Finding
from core.values.codec import decimal_text


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One item that counts, numbers as written strings, empty values as None."""

    code: str
    name: str
    unit: str
    quantity: str | None
    unit_price: str | None
    amount: str | None
    source: str


@dataclass(frozen=True, slots=True)
class BoqReport:
    """The report; ``items`` are those of 分部分项 and 单价措施 tables, and the count and total are theirs."""

    format: str
    item_count: int
    item_total: str
    sections: tuple[BoqSection, ...]
    findings: tuple[Finding, ...]
    rejected: tuple[RejectedRow, ...]
    questions: tuple[Question, ...]
    items: tuple[ReportItem, ...]


def boq_report(boq: Boq) -> BoqReport:
    """The report of a bill, ready for :func:`core.values.codec.to_plain`."""
    items = tuple(_item(item) for item in boq.priced_items())
    total = decimal_text(boq.item_total())
    return BoqReport(boq.format, len(items), total, boq.sections, boq.findings, boq.rejected, boq.questions, items)


def _item(item: BoqItem) -> ReportItem:
    quantity, price, amount = (
        None if value is None else decimal_text(value) for value in (item.quantity, item.unit_price, item.amount)
    )
    return ReportItem(item.code, item.name, item.unit, quantity, price, amount, item.source.text())
