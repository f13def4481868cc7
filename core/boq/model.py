"""A bill of quantities as read: items, sections and where every value came from. Pure values, no I/O.

Source: GB/T 50500-2024 and GB 50500-2013 table layouts as described in the project's reference; see docs/spec/boq.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.rules.finding import Finding


class Edition(StrEnum):
    """Which measurement standard the codes belong to; never inferred from digits alone."""

    GB_2013 = "GB50500-2013"
    GB_2024 = "GB/T50500-2024"
    GENERIC = "generic"


class TableRole(StrEnum):
    """What a table is for. Items of DETAIL and UNIT_MEASURE make ``item_count`` and ``item_total``."""

    DETAIL = "detail"  # 分部分项
    UNIT_MEASURE = "unit_measure"  # 单价措施
    SUM_MEASURE = "sum_measure"  # 总价措施
    OTHER = "other"  # 其他项目汇总
    PROVISIONAL_SUM = "provisional_sum"  # 暂列金额
    PROVISIONAL_MATERIAL = "provisional_material"  # 材料暂估价
    PROVISIONAL_SPECIALTY = "provisional_specialty"  # 专业工程暂估价
    DAYWORK = "daywork"  # 计日工
    MAIN_CONTRACTOR = "main_contractor"  # 总承包服务费
    FEE_TAX = "fee_tax"  # 规费、税金 / 增值税
    SUMMARY = "summary"  # 汇总表
    ANALYSIS = "analysis"  # 综合单价分析


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row stands: sheet name and the one-based row of its first line."""

    sheet: str
    row: int

    def text(self) -> str:
        """``sheet!row`` for messages."""
        return f"{self.sheet}!{self.row}"


@dataclass(frozen=True, slots=True)
class BoqItem:
    """One priced line. Empty is None and differs from zero; text is kept as written, features with line breaks.

    ``quantity`` in ``unit``; ``unit_price`` and ``amount`` in yuan. ``section`` is the path of section names.
    ``occurrence`` counts equal codes within one unit work and role, from 1: code alone is no key.
    """

    key: str  # unit work / role / code / occurrence
    role: TableRole
    unit_work: str
    section: tuple[str, ...]
    code: str
    name: str
    feature: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal | None
    source: Source
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class BoqRow:
    """A line of a table without unit price: sum measures, provisional sums, fees, taxes (amount in yuan)."""

    role: TableRole
    unit_work: str
    code: str
    name: str
    basis: str
    rate: Decimal | None  # percent
    amount: Decimal | None
    source: Source


@dataclass(frozen=True, slots=True)
class BoqSection:
    """A section head (分部) and the subtotal written beside it, if any."""

    unit_work: str
    path: tuple[str, ...]
    subtotal: Decimal | None
    source: Source


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A line that was not understood, shown to the user and never dropped silently."""

    source: Source
    text: str
    reason: str  # catalogue key boq.rejected.<reason>


@dataclass(frozen=True, slots=True)
class Question:
    """Something ambiguous the user must decide. ``options`` are shown as they are."""

    id: str
    where: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boq:
    """A bill as read from one file. ``written_totals`` are the sums the file itself states, by sheet."""

    format: str  # "xlsx", "xls", "ods", "csv"
    edition: Edition
    title: str
    items: tuple[BoqItem, ...]
    rows: tuple[BoqRow, ...] = ()
    sections: tuple[BoqSection, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    written_totals: dict[str, Decimal] = field(default_factory=dict)

    def priced_items(self) -> tuple[BoqItem, ...]:
        """The items that count: 分部分项 and 单价措施."""
        return tuple(item for item in self.items if item.role in (TableRole.DETAIL, TableRole.UNIT_MEASURE))

    def item_total(self) -> Decimal:
        """Sum of the amounts of the items that count, in yuan; empty amounts count as nothing."""
        return sum((item.amount for item in self.priced_items() if item.amount is not None), Decimal(0))
