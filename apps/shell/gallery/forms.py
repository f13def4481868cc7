"""Forms in every state that matters: empty, faultless, faulty, narrow; all kinds of field; the number pad."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apps.shell.forms.build import live_form
from apps.shell.forms.entries import Entry, FileEntry, Files, PersonEntry, Picks, Rows
from apps.shell.forms.faults import fault
from apps.shell.forms.formula import ColumnSum, Product, Ref, Sum
from apps.shell.forms.number_pad import NumberPad
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
    PercentField,
    PersonField,
    Section,
    TableField,
    TextField,
    When,
    YesNoField,
)  # fmt: skip
from apps.shell.forms.summary_bar import SummaryBar
from apps.shell.gallery.specimen import Specimen
from apps.shell.theme.style import look_of
from core.messages import Catalogue
from core.values.codes import make_firm_code

_K = "shell.forms.demo."


def _options(name: str, count: int) -> tuple[Option, ...]:
    return tuple(Option(str(number), f"{_K}{name}_{number}") for number in range(1, count + 1))


def _terms() -> Section:
    return Section(
        "terms", f"{_K}terms",
        (
            ComputedField(key="total", label=f"{_K}total", unit="shell.forms.unit.yuan", money=True,
                          formula=Sum((Ref("works"), Ref("books"), Ref("move"))), source=f"{_K}clause_1"),
            IntegerField(key="days", label=f"{_K}days", unit=f"{_K}day", maximum=Decimal(560), required=True,
                         source=f"{_K}clause_1"),
            TextField(key="quality", label=f"{_K}quality", required=True, max_length=20),
            IntegerField(key="validity", label=f"{_K}validity", unit=f"{_K}day_unit", minimum=Decimal(90),
                         required=True, source=f"{_K}clause_2"),
            PercentField(key="rate", label=f"{_K}rate", maximum=Decimal(30), digits=1),
            IntegerField(key="readers", label=f"{_K}readers", unit=f"{_K}person_unit", minimum=Decimal(0)),
        ),
        source=f"{_K}clause",
    )  # fmt: skip


def _money() -> Section:
    return Section(
        "money", f"{_K}money_part",
        (
            MoneyField(key="works", label=f"{_K}works", required=True, maximum=Decimal(20_000_000)),
            MoneyField(key="books", label=f"{_K}books", required=True),
            MoneyField(key="move", label=f"{_K}move"),
        ),
    )  # fmt: skip


def _contact() -> Section:
    return Section(
        "contact", f"{_K}contact",
        (
            TextField(key="name", label=f"{_K}name", required=True, max_length=40, span=2),
            TextField(key="short", label=f"{_K}short", pattern=r"[^\x00-\x7f]{2,6}",
                      pattern_words=f"{_K}short_pattern", max_length=6),
            CodeField(key="code", label=f"{_K}code", validator="credit_code", required=True),
            CodeField(key="phone", label=f"{_K}phone", validator="phone", required=True),
            CodeField(key="mail", label=f"{_K}mail", validator="e_mail"),
            ChoiceField(key="kind", label=f"{_K}kind", options=_options("kind", 3), required=True),
            TextField(key="lender", label=f"{_K}lender", max_length=40, help=f"{_K}lender_help",
                      visible_when=When("kind", ("2", "3")), required_when=When("kind", ("2",))),
            ChoiceField(key="level", label=f"{_K}level", options=_options("level", 5)),
            ChoiceField(key="district", label=f"{_K}district", options=_options("street", 14), required=True),
            YesNoField(key="stay", label=f"{_K}stay", required=True),
            MultiChoiceField(key="services", label=f"{_K}services", options=_options("service", 5), required=True,
                             min_count=1, max_count=3),
        ),
    )  # fmt: skip


def _dates() -> Section:
    return Section(
        "dates", f"{_K}dates",
        (
            DateTimeField(key="opening", label=f"{_K}opening", required=True),
            DateTimeField(key="notice", label=f"{_K}notice", required=True, distances=(Distance("opening", 20),),
                          source=f"{_K}clause_3"),
            DateField(key="begin", label=f"{_K}begin"),
            DateField(key="check", label=f"{_K}check", distances=(Distance("begin", after=True),)),
        ),
    )  # fmt: skip


def _people() -> Section:
    return Section(
        "people", f"{_K}people",
        (
            PersonField(key="chief", label=f"{_K}chief", roles=_options("role", 5), required=True),
            TableField(
                key="materials", label=f"{_K}materials", help=f"{_K}materials_help", max_rows=20,
                columns=(
                    TextField(key="item", label=f"{_K}item", required=True, max_length=30),
                    ChoiceField(key="unit", label=f"{_K}unit", options=_options("unit", 3)),
                    DecimalField(key="count", label=f"{_K}count", digits=2, required=True, minimum=Decimal("0.01")),
                    MoneyField(key="price", label=f"{_K}price", required=True),
                    ComputedField(key="amount", label=f"{_K}amount", unit="shell.forms.unit.yuan",
                                  formula=Product((Ref("count"), Ref("price")))),
                ),
            ),
            ComputedField(key="sum", label=f"{_K}total", unit="shell.forms.unit.yuan", money=True,
                          formula=ColumnSum("materials", "amount")),
        ),
    )  # fmt: skip


def _files() -> Section:
    return Section(
        "files", f"{_K}files",
        (
            FilesField(key="drawings", label=f"{_K}drawings", help=f"{_K}drawings_help", types=("pdf", "jpg", "png"),
                       max_bytes=50 * 1024 * 1024, required=True),
            LongTextField(key="reason", label=f"{_K}reason", max_length=300, required=True),
        ),
    )  # fmt: skip


def _filled(words: Catalogue) -> dict[str, Entry]:
    def text(name: str) -> str:
        return words.text(_K + name)

    return {
        "works": "12864000", "books": "4,358,330.55", "move": "1,420,400.00", "days": "540",
        "quality": text("quality_value"), "validity": "120", "rate": "20", "readers": "1200",
        "name": text("name_value"), "code": make_firm_code("MA0BCDEF"), "phone": "010-62345678",
        "mail": "reader@example.com", "kind": "2", "lender": text("name_value"), "district": "1", "stay": "yes",
        "services": Picks(("1", "3")),
        "level": "2", "opening": "2026-11-24 09:30", "notice": "2026-11-04 17:00", "begin": "2026-12-01",
        "check": "2027-05-30", "chief": PersonEntry(text("chief_value"), "11010519491231002X", "1"),
        "materials": Rows((
            (text("item_1"), "1", "36", "860", ""), (text("item_2"), "2", "18", "1,240.50", ""),
            (text("item_3"), "3", "64", "129", ""),
        )),
        "drawings": Files((
            FileEntry("plan.pdf", text("plan"), 3_412_880, 6, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2"),
            FileEntry("photo.jpg", text("photo"), 812_400),
        )),
        "reason": text("reason_value"),
    }  # fmt: skip


def _shown(words: Catalogue, form: Form, entries: Mapping[str, Entry], *, checked: bool = False) -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    px = look_of().px
    layout = QVBoxLayout(page)
    layout.setContentsMargins(px(24), px(24), px(24), 0)
    layout.setSpacing(px(14))
    bar = SummaryBar(
        words,
        lambda key: view.focus_field(key),  # noqa: PLW0108 - the view comes later
    )
    view, presenter = live_form(words, form, entries, on_state=bar.show_state)
    page.setProperty("presenter", presenter)
    layout.addWidget(bar)
    layout.addWidget(view, 1)
    if checked:
        presenter.show_all_faults()
    view.focus_field(next(item.key for item in form.fields() if not item.read_only))
    return page


def _card(words: Catalogue) -> QWidget:
    entries = _filled(words) | {"validity": "60"}
    return _shown(words, Form("card", (_terms(), _money())), entries, checked=True)


def _empty(words: Catalogue) -> QWidget:
    return _shown(words, Form("empty", (_terms(), _money(), _contact())), {})


def _kinds(words: Catalogue) -> QWidget:
    return _shown(words, Form("kinds", (_contact(), _dates())), _filled(words), checked=True)


def _faulty(words: Catalogue) -> QWidget:
    wrong: dict[str, Entry] = {
        "code": "91999999MA0000001X", "phone": "12345", "mail": "reader.example.com", "kind": "2", "lender": "",
        "services": Picks(),
        "short": words.text(f"{_K}short_value"), "district": "?", "notice": "2026-11-12 17:00", "begin": "2026-02-30",
        "opening": "2026-11-24",
    }  # fmt: skip
    entries = _filled(words) | wrong | {"opening": "2026-11-24 09:30"}
    return _shown(words, Form("faulty", (_contact(), _dates())), entries, checked=True)


def _tables(words: Catalogue) -> QWidget:
    entries = _filled(words)
    rows = entries["materials"]
    if isinstance(rows, Rows):
        entries["materials"] = Rows((*rows.rows, (words.text(f"{_K}item_2"), "2", "?", "1240.505", "")))
    page = _shown(words, Form("tables", (_people(), _files())), entries, checked=True)
    presenter = page.property("presenter")
    large = fault("file_large", name="scan.pdf", size="82 MB", limit="50 MB")
    presenter.refuse("drawings", (large, fault("file_folder", name="photos")))
    return page


def _whole(words: Catalogue) -> QWidget:
    sections = (_terms(), _money(), _contact(), _dates(), _people(), _files())
    return _shown(words, Form("whole", sections), _filled(words))


def _pad(words: Catalogue) -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    px = look_of().px
    layout = QHBoxLayout(page)
    layout.setContentsMargins(px(24), px(24), px(24), px(24))
    layout.setSpacing(px(14))
    score = DecimalField(key="score", label=f"{_K}score", unit=f"{_K}score_unit", digits=1, minimum=Decimal(0),
                         maximum=Decimal(20), required=True)  # fmt: skip
    form = Form("score", (Section("score", f"{_K}terms", (score,)),))
    view, presenter = live_form(words, form, {"score": "16.5"})
    page.setProperty("presenter", presenter)
    pad = NumberPad(words)
    line = view.line("score")
    pad.serve(line, maximum=Decimal(20))
    layout.addWidget(view, 1)
    layout.addWidget(pad, 0, Qt.AlignmentFlag.AlignTop)
    return page


SPECIMENS = (
    Specimen("forms.card", f"{_K}terms", _card, (888, 560)),
    Specimen("forms.empty", f"{_K}contact", _empty, (1000, 768)),
    Specimen("forms.kinds", f"{_K}contact", _kinds, (1000, 820)),
    Specimen("forms.faults", f"{_K}contact", _faulty, (1000, 900)),
    Specimen("forms.tables", f"{_K}people", _tables, (1000, 980)),
    Specimen("forms.narrow", f"{_K}dates", _faulty, (420, 900)),
    Specimen("forms.whole", f"{_K}other", _whole, (1366, 768)),
    Specimen("forms.pad", "shell.forms.pad.name", _pad, (680, 320)),
)
