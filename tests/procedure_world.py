"""An invented tender, bids and committee for the domain tests: answers, tender, bill, bid, acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.bid.model import BID_DATA_VERSION, Attachment, Bid, Bidder, BidLetter, PricedItem
from core.boq.model import Boq, BoqItem, Edition, Source, TableRole
from core.rules.method_pack import MethodPack, load_method
from core.tender.answers import LotAnswers, TenderAnswers
from core.tender.build import build_tender
from core.tender.model import Holder, Party, PartyRole, Project, ReleasePolicy, Schedule, Tender
from core.tender.policy import DEFAULT_POLICY
from core.tender.template import load_template
from core.values.acts import Act, Json
from core.values.codec import to_plain
from core.values.codes import make_firm_code
from core.values.money import capitals

START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
OPENING = START + timedelta(days=25)


def party(role: PartyRole, name: str, number: int) -> Party:
    code = make_firm_code(f"{number:08d}")
    return Party(role, name, code, "张三", "0000-0000000", "示例市一号路1号")


def lot_answers(number: int, method: str, parameters: Mapping[str, str] | None = None) -> LotAnswers:
    return LotAnswers(
        id=f"lot-{number}",
        name=f"{number}标段",
        scope="施工图范围内的全部工程",
        price_limit=Decimal("1000000.00"),
        duration_days=200,
        quality="合格",
        deposit=Decimal("20000.00"),
        qualification="建筑工程施工总承包三级及以上",
        manager="建筑工程专业二级建造师",
        method=method,
        method_parameters=parameters or {},
    )


def answers() -> TenderAnswers:
    holders = tuple(
        Holder(name, title, (f"{name}-certificate-1", f"{name}-certificate-2"))
        for name, title in (("tenderer", "示例建设单位"), ("agency", "示例招标代理"), ("centre", "示例交易中心"))
    )
    return TenderAnswers(
        version=0,
        template="construction",
        tender_id="SL-2026-001-S",
        title="示例学校工程施工招标",
        regime="bidding_law",
        mandatory=True,
        round=1,
        project=Project("SL-2026-001", "示例学校工程", "示例市一号路", "财政资金，已落实", "新建教学楼一栋。"),
        tenderer=party(PartyRole.TENDERER, "示例建设单位", 1),
        agency=party(PartyRole.AGENCY, "示例招标代理", 2),
        centre=party(PartyRole.CENTRE, "示例交易中心", 3),
        schedule=Schedule(START, START + timedelta(days=10), OPENING, OPENING, 90),
        lots=(
            lot_answers(1, "construction.comprehensive"),
            lot_answers(2, "construction.lowest_price", {"per_day_late": "500"}),
        ),
        policy=ReleasePolicy(DEFAULT_POLICY, holders),
        remedy_twin=False,
        time_source="demo",
    )


def tender() -> Tender:
    return build_tender(answers(), load_template())


def method(lot: str = "lot-1") -> MethodPack:
    found = next(item for item in answers().lots if item.id == lot)
    return load_method(found.method, found.method_parameters)


def bill() -> Boq:
    source = Source("表", 1)
    items = tuple(
        BoqItem(
            f"单位工程/detail/0101010010{n:02d}/1", TableRole.DETAIL, "单位工程", (), f"0101010010{n:02d}",
            "挖土方", "", "m3", Decimal(10), None, None, source,
        )
        for n in (1, 2)
    )  # fmt: skip
    return Boq("xlsx", Edition.GB_2024, "清单", items)


def bid(total: str = "960000.00", *, consortium: bool = False) -> Bid:
    amount = Decimal(total)
    members = (party(PartyRole.CONSORTIUM_MEMBER, "示例安装有限公司", 12),) if consortium else ()
    chapters = ["identity", "deposit", "plan", "team", "qualification"] + (["consortium"] if consortium else [])
    attachments = tuple(
        Attachment(f"files/{name}.pdf", name, name, "application/pdf", 10, "00" * 32) for name in chapters
    )
    items = tuple(
        PricedItem(i.key, i.code, i.name, "", i.unit, Decimal(10), Decimal(1), Decimal(10)) for i in bill().items
    )
    return Bid(
        version=BID_DATA_VERSION,
        bid_id="b-1",
        tender_id="SL-2026-001-S",
        tender_digest="11" * 32,
        lot_id="lot-1",
        bidder=Bidder(party(PartyRole.BIDDER, "示例建筑有限公司", 11), members),
        letter=BidLetter(amount, capitals(amount), 190, "合格", 90, "李四", "演建0001", Decimal("20000.00")),
        items=items,
        rows=(),
        attachments=attachments,
    )


def act(kind: str, body: object, *, actor: str = "host", role: str = "agency", minute: int = 0) -> Act:
    plain: Mapping[str, Json] = to_plain(body)
    return Act(kind, OPENING + timedelta(minutes=minute), actor, role, plain, id=f"{kind}:{minute}")


def minutes() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1
