"""One form with every kind of field, for all tests of the kit."""

from __future__ import annotations

from decimal import Decimal

from apps.shell.forms.entries import Entry, PersonEntry, Picks, Rows
from apps.shell.forms.formula import ColumnSum, Number, Product, Ref, Sum
from apps.shell.forms.schema import (
    ChoiceField,
    CodeField,
    ComputedField,
    DateField,
    DateTimeField,
    DecimalField,
    Distance,
    FilesField,
    Form,
    IntegerField,
    LongTextField,
    MoneyField,
    MultiChoiceField,
    Option,
    PersonField,
    Section,
    TableField,
    TextField,
    When,
    YesNoField,
)

MEGABYTE = 1024 * 1024


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(str(number), f"选项{number}") for number in range(1, count + 1))


def whole_form() -> Form:
    """Every kind once, in reading order."""
    first = (
        TextField(key="name", label="馆名", required=True, max_length=10),
        IntegerField(key="days", label="工期", unit="天", maximum=Decimal(560), required=True, source="须知 3.1"),
        IntegerField(key="validity", label="有效期", unit="天", minimum=Decimal(90), required=True),
        MoneyField(key="works", label="修缮费", maximum=Decimal(2_000_000), required=True),
        MoneyField(key="books", label="购置费"),
        ComputedField(
            key="total",
            label="合计",
            money=True,
            formula=Product((Sum((Ref("works"), Ref("books"))), Number(Decimal("1.09")))),
        ),
        CodeField(key="code", label="信用代码", validator="credit_code"),
    )
    second = (
        ChoiceField(key="kind", label="类型", options=options(3), required=True),
        TextField(
            key="lender",
            label="出租方",
            visible_when=When("kind", ("2", "3")),
            required_when=When("kind", ("2",)),
        ),
        ChoiceField(key="level", label="等级", options=options(6)),
        ChoiceField(key="street", label="街道", options=options(20)),
        YesNoField(key="open", label="开放"),
        MultiChoiceField(key="services", label="服务", options=options(5), max_count=2),
        DateTimeField(key="opening", label="开馆时间"),
        DateTimeField(key="notice", label="公告时间", distances=(Distance("opening", 20),)),
        DateField(key="begin", label="开工"),
        DateField(key="end", label="完工", distances=(Distance("begin", after=True),)),
    )
    third = (
        PersonField(key="chief", label="负责人", roles=options(6)),
        TableField(
            key="materials",
            label="材料",
            max_rows=4,
            columns=(
                TextField(key="item", label="名称", required=True),
                ChoiceField(key="unit", label="单位", options=options(3)),
                DecimalField(key="count", label="数量", minimum=Decimal("0.01")),
                MoneyField(key="price", label="单价"),
                ComputedField(key="amount", label="金额", formula=Product((Ref("count"), Ref("price")))),
            ),
        ),
        ComputedField(key="sum", label="材料合计", money=True, formula=ColumnSum("materials", "amount")),
        FilesField(key="files", label="附件", types=("pdf", "jpg"), max_bytes=MEGABYTE, max_count=3),
        LongTextField(key="reason", label="理由", max_length=50),
    )
    return Form("whole", (Section("a", "费用", first), Section("b", "安排", second), Section("c", "人员", third)))


def good_entries() -> dict[str, Entry]:
    """Entries of every required field and more, without a fault."""
    return {
        "name": "滨河图书馆",
        "days": "540",
        "validity": "90",
        "works": "100万",
        "books": "200000",
        "kind": "1",
        "opening": "2026-11-24 09:30",
        "notice": "2026-11-04 23:59",
        "services": Picks(("1",)),
        "chief": PersonEntry("李明", "11010519491231002X", "1"),
        "materials": Rows((("书架", "1", "2", "10.50", ""), ("灯", "2", "3", "100", ""))),
    }
