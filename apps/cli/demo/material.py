"""What people bring to the demonstration: answers, priced workbooks, attachments, forms. All of it invented."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from importlib import resources
from pathlib import Path

from apps.cli.demo.cast import BidderPlan, Cast, LotPlan, load_attachments
from core.bid.answers import BidAnswers
from core.bid.model import BID_DATA_VERSION, Bidder
from core.boq.model import Boq, BoqItem
from core.boq.pricing import boq_totals
from core.boq.scaled import scale_prices
from core.ports.services import Services
from core.sheets.excel_reader import read_workbook
from core.sheets.excel_writer import write_boq_workbook
from core.tender.answers import LotAnswers, TenderAnswers
from core.tender.model import TENDER_DATA_VERSION, Factor, Holder, PartyRole, Project, ReleasePolicy, Schedule
from core.tender.policy import DEFAULT_POLICY
from core.values.codec import decimal_text, to_plain
from core.values.document import DocumentChapter, DocumentText, Paragraph, document_json
from core.values.money import format_yuan

SPREAD = Decimal("0.03")  # an item's price lies this much around the bidder's factor
VALIDITY_DAYS = 90
PAIRS = ("tenderer", "agency", "centre")


@dataclass(frozen=True, slots=True)
class Times:
    """The demonstration's calendar."""

    published: datetime
    questions_until: datetime
    deadline: datetime
    evaluation: datetime

    @classmethod
    def ending_at(cls, now: datetime) -> Times:
        """A calendar that is over shortly before ``now`` and keeps the statutory periods."""
        deadline = now.astimezone(UTC).replace(hour=1, minute=30, second=0, microsecond=0)  # 09:30 in Beijing
        while now - deadline < timedelta(hours=4):
            deadline -= timedelta(days=1)
        return cls(
            published=deadline - timedelta(days=26),
            questions_until=deadline - timedelta(days=11),
            deadline=deadline,
            evaluation=deadline + timedelta(hours=2),
        )


def sample_workbook(lot: LotPlan) -> Path:
    """The shipped control workbook of a lot."""
    return Path(str(resources.files("core.rules") / "samples" / lot.sample))


def control_bill(workbook: Path) -> Boq:
    """The bill of a workbook with a price for every item: where it has none, an invented one stands in."""
    bill = read_workbook(workbook)
    items = tuple(
        replace(item, unit_price=_invented_price(item)) if item.unit_price is None and item.quantity else item
        for item in bill.items
    )
    return bill if items == bill.items else scale_prices(replace(bill, items=items), lambda _: Decimal(1))


def _invented_price(item: BoqItem) -> Decimal:
    digest = hashlib.sha256(item.key.encode()).digest()
    return Decimal(int.from_bytes(digest[:2], "big") + 1000) / 100


def price_limit(bill: Boq) -> Decimal:
    """The published limit: the control total, rounded up to whole yuan."""
    return boq_totals(bill).grand.to_integral_value(rounding="ROUND_CEILING").quantize(Decimal("0.01"))


def tender_answers(cast: Cast, bills: Mapping[str, Boq], times: Times) -> TenderAnswers:
    """The answers a tenderer would fill in."""
    schedule = Schedule(times.published, times.questions_until, times.deadline, times.deadline, VALIDITY_DAYS)
    firms = {"tenderer": cast.tenderer, "agency": cast.agency, "centre": cast.centre}
    holders = tuple(Holder(name, firms[name].name, ()) for name in PAIRS)
    project = cast.project
    return TenderAnswers(
        version=TENDER_DATA_VERSION,
        template="construction",
        tender_id=project.tender_id,
        title=project.title,
        regime="bidding_law",
        mandatory=True,
        round=1,
        project=Project(project.code, project.name, project.location, project.funding, project.overview),
        tenderer=cast.tenderer.party(PartyRole.TENDERER),
        agency=cast.agency.party(PartyRole.AGENCY),
        centre=cast.centre.party(PartyRole.CENTRE),
        schedule=schedule,
        lots=tuple(_lot_answers(lot, price_limit(bills[lot.id])) for lot in cast.lots),
        policy=ReleasePolicy(DEFAULT_POLICY, holders),
        remedy_twin=False,
        time_source="demo",
    )


def _lot_answers(lot: LotPlan, limit: Decimal) -> LotAnswers:
    deposit = (limit * Decimal("0.01") / 1000).to_integral_value(rounding="ROUND_FLOOR") * 1000
    return LotAnswers(
        id=lot.id,
        name=lot.name,
        scope=lot.scope,
        price_limit=limit,
        duration_days=lot.duration_days,
        quality=lot.quality,
        deposit=deposit.quantize(Decimal("0.01")),
        qualification=lot.qualification,
        manager=lot.manager,
        method=lot.method,
    )


def bid_answers(bidder: BidderPlan, lot: LotPlan) -> BidAnswers:
    """What a bidder fills in."""
    lead = bidder.firm.party(PartyRole.BIDDER)
    members = tuple(member.party(PartyRole.CONSORTIUM_MEMBER) for member in bidder.members)
    return BidAnswers(
        version=BID_DATA_VERSION,
        bidder=Bidder(lead, members, "consortium" if members else ""),
        duration_days=bidder.duration_days,
        quality=lot.quality,
        validity_days=VALIDITY_DAYS,
        project_manager=bidder.manager,
        project_manager_licence=bidder.licence,
    )


def write_priced_workbook(target: Path, bill: Boq, bidder: BidderPlan) -> None:
    """A bidder's priced workbook: control prices times his factor, each item shifted by a fixed pseudo-random part."""

    def factor(item: BoqItem) -> Decimal:
        digest = hashlib.sha256(f"{bidder.seed}/{item.key}".encode()).digest()
        part = Decimal(int.from_bytes(digest[:4], "big")) / Decimal(1 << 32)
        return bidder.factor * (1 + SPREAD * (2 * part - 1))

    write_boq_workbook(target, scale_prices(bill, factor), priced=True)


def write_attachments(
    folder: Path, cast: Cast, bidder: BidderPlan, lot: LotPlan, deposit: Decimal, services: Services
) -> dict[str, Path]:
    """One PDF a chapter; the agreement only for a consortium."""
    folder.mkdir(parents=True, exist_ok=True)
    slots = {
        "bidder": bidder.name,
        "manager": bidder.manager,
        "licence": bidder.licence,
        "project": cast.project.name,
        "lot": lot.name,
        "days": str(bidder.duration_days),
        "deposit": format_yuan(deposit),
        "members": services.catalogue.text("data.between").join(member.name for member in bidder.members),
    }
    written = {}
    for chapter, table in load_attachments().items():
        if chapter == "consortium" and not bidder.members:
            continue
        title, paragraphs = str(table["title"]), table["paragraphs"]
        assert isinstance(paragraphs, list)  # noqa: S101 - our own data file
        blocks = tuple(Paragraph(str(text).format(**slots)) for text in paragraphs)
        text = DocumentText(title, (DocumentChapter(chapter, title, blocks),), subtitle=bidder.name)
        pdf = services.renderer.render("notice", document_json(text), stamp=services.clock.now())
        written[chapter] = folder / f"{chapter}.pdf"
        written[chapter].write_bytes(pdf)
    return written


def committee(cast: Cast) -> list[dict[str, str]]:
    """The committee file's lines."""
    return [
        {
            "id": expert.id,
            "name": expert.name,
            "role": "tenderer_representative" if expert.tenderer else "expert",
            "specialty": expert.field,
            "certificate": f"../keys/{expert.id}/sign.cert.pem",
            "employer": cast.tenderer.name if expert.tenderer else "",
        }
        for expert in cast.experts
    ]


def marks_form(
    cast: Cast, expert: str, bidders: tuple[BidderPlan, ...], factors: tuple[Factor, ...]
) -> dict[str, object]:
    """A member's marks: his share of each factor's full score, shifted a little by factor; objective ones alike."""
    marks = {}
    for column, bidder in enumerate(bidders):
        own = cast.marks[expert][column]
        common = cast.marks[cast.experts[0].id][column]
        marks[bidder.name] = {
            factor.id: decimal_text(_mark(common if factor.objective else own, factor, bidder)) for factor in factors
        }
    return {"marks": marks, "reasons": {}}


def _mark(share: Decimal, factor: Factor, bidder: BidderPlan) -> Decimal:
    digest = hashlib.sha256(f"{factor.id}/{bidder.id}".encode()).digest()
    shifted = share + Decimal(digest[0] % 7 - 3) / 100
    half_points = (factor.full_score * shifted * 2).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return min(half_points / 2, factor.full_score).quantize(Decimal("0.1"))


def write_json(target: Path, value: object) -> Path:
    """A JSON file a person could have written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(to_plain(value), ensure_ascii=False, indent=1), "utf-8")
    return target
