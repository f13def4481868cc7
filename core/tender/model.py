"""A tender as data: what the package carries and bid, opening and evaluation read. Pure values, no I/O.

Format: docs/spec/tender-data.md, version 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.errors import DataInvalid

TENDER_DATA_VERSION = 0


class PartyRole(StrEnum):
    """Who takes part and in which capacity."""

    TENDERER = "tenderer"  # 招标人
    AGENCY = "agency"  # 招标代理机构
    CENTRE = "centre"  # 交易中心
    SUPERVISOR = "supervisor"  # 行政监督
    BIDDER = "bidder"  # 投标人
    CONSORTIUM_MEMBER = "consortium_member"  # 联合体成员
    EXPERT = "expert"  # 评标专家


class PriceForm(StrEnum):
    """How a bid states its price."""

    TOTAL = "total"
    UNIT_PRICES = "unit_prices"
    RATE = "rate"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation: name and 统一社会信用代码 (18 characters, check digit verified by core.values.codes)."""

    role: PartyRole
    name: str
    credit_code: str
    contact: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """The project a tendering belongs to."""

    code: str
    name: str
    location: str
    funding: str
    overview: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """Aware UTC times of the procedure. ``opening_at`` equals ``bid_deadline`` by law (招标投标法 §34)."""

    published_at: datetime
    questions_until: datetime
    bid_deadline: datetime
    opening_at: datetime
    bid_validity_days: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the bid outline (投标文件格式). ``required`` chapters must hold at least one attachment or form."""

    id: str
    title: str
    volume: str  # "commercial" 商务 | "technical" 技术 | "price" 报价 | "qualification" 资格
    required: bool
    form: str = ""  # "", "bid_letter", "opening_summary", "boq", "consortium_agreement", "authorisation"
    only_consortium: bool = False


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A point of preliminary review (形式/资格/响应性评审). ``id`` lasts; ``source`` names the tender clause."""

    id: str
    group: str  # "formal" | "qualification" | "responsive"
    title: str
    standard: str
    clause: str


@dataclass(frozen=True, slots=True)
class Factor:
    """A scored factor. ``full_score`` in points; ``objective`` marks must not differ between members."""

    id: str
    group: str  # "plan" 施工组织设计 | "team" 项目管理机构 | "other" | "price" 投标报价
    title: str
    full_score: Decimal
    objective: bool
    standard: str
    clause: str


@dataclass(frozen=True, slots=True)
class RejectionClause:
    """A reason for rejection (否决). ``code`` is one of the seven of 实施条例 §51, "1".."7"."""

    id: str
    code: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot (标段). Money in yuan. ``method`` is the package path of its method pack, ``boq`` of its workbook."""

    id: str  # "lot-1"
    number: int
    name: str
    scope: str
    price_form: PriceForm
    price_limit: Decimal  # 最高投标限价
    duration_days: int
    quality: str
    deposit: Decimal
    boq: str  # member path of the workbook in the package
    boq_data: str  # member path of the canonical JSON of the same bill
    method: str  # member path of the method pack
    review_items: tuple[ReviewItem, ...]
    factors: tuple[Factor, ...]
    qualification: str = ""  # 资质条件
    manager: str = ""  # 项目经理资格


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a share of the key: a leaf of the release policy. ``certificates``: SM3 (hex) of the DER."""

    id: str  # "tenderer", "agency", "centre"
    name: str
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleasePolicy:
    """The release policy in words of docs/spec/sealed-bid.md: ``bidder AND (tenderer OR agency OR centre)``.

    ``expression`` uses holder ids, ``bidder``, AND, OR and ``k OF (a, b, c)``; it is parsed by core.tender.policy.
    """

    expression: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A fixed-layout document in the package: member path, what it is, and for which lot ("" for all)."""

    path: str
    role: str  # "tender_document", "boq_workbook", "drawing", "method"
    title: str
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Tender:
    """All key data of one tender package. ``regime`` is an id of core.rules.regimes."""

    version: int
    tender_id: str
    title: str
    regime: str  # "bidding_law" 招标投标法 …
    mandatory: bool  # 依法必须招标
    round: int  # n-th tendering, from 1
    project: Project
    tenderer: Party
    agency: Party
    centre: Party
    schedule: Schedule
    lots: tuple[Lot, ...]
    chapters: tuple[Chapter, ...]
    rejection_clauses: tuple[RejectionClause, ...]
    policy: ReleasePolicy
    documents: tuple[Document, ...]
    remedy_twin: bool  # whether a plain twin counts after a recorded failed decryption
    time_source: str  # "system" or "demo"
    template: str = ""  # id of the text template the document was composed from
    variables: Mapping[str, str] = field(default_factory=dict)  # front-table values by variable id

    def lot(self, lot_id: str) -> Lot:
        """The lot of this id; raises :class:`core.errors.DataInvalid` where the tender has none."""
        for lot in self.lots:
            if lot.id == lot_id:
                return lot
        raise DataInvalid(where="lot", reason=lot_id[:40])
