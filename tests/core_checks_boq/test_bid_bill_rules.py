from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bid.pricing import bid_total, price_from_workbook, to_priced_items, to_priced_rows
from core.boq.model import Boq, BoqItem, Source
from core.boq.pricing import without_prices
from core.boq.scaled import scale_prices
from core.checks.boq_bid import PriceTerms, check_bid_boq
from core.checks.boq_tender import check_tender_boq
from core.messages import load
from core.rules.finding import Severity
from core.sheets.excel_reader import read_workbook
from core.sheets.excel_writer import write_boq_workbook
from core.values.money import capitals

SAMPLES = Path(__file__).resolve().parents[2] / "core/rules/samples"
PRICED = read_workbook(SAMPLES / "boq-school-lot2.xlsx")
TENDER = without_prices(PRICED)
ITEMS, ROWS = to_priced_items(PRICED), to_priced_rows(PRICED)
TOTAL = bid_total(ITEMS, ROWS)
LIMIT = Decimal(4000000)


def check(items=ITEMS, rows=ROWS, **more):
    return check_bid_boq(TENDER, items, rows, **more)


def changed(index: int, **fields) -> tuple:
    return (*ITEMS[:index], replace(ITEMS[index], **fields), *ITEMS[index + 1 :])


def rules(findings) -> list[str]:
    return [finding.rule for finding in findings]


def bid_bill(change) -> Boq:
    """The priced bill with ``change`` applied to its list of items."""
    return replace(PRICED, items=tuple(change(list(PRICED.items))), findings=())


def test_the_tenders_own_prices_raise_nothing() -> None:
    assert check(price_limit=LIMIT, letter_total=TOTAL, letter_words=capitals(TOTAL)) == ()
    items, rows, findings = price_from_workbook(TENDER, replace(PRICED, findings=()))
    assert (items, rows, findings) == (ITEMS, ROWS, ())


@settings(max_examples=60, deadline=None)
@given(index=st.integers(0, len(ITEMS) - 1), field=st.sampled_from(["code", "name", "feature", "unit"]))
def test_every_changed_text_raises_exactly_c02_at_its_item(index, field) -> None:
    findings = check(changed(index, **{field: getattr(ITEMS[index], field) + "变"}))
    assert rules(findings) == ["boq.C02"]
    assert findings[0].severity is Severity.ERROR
    assert findings[0].where == TENDER.items[index].source.text()
    assert findings[0].params["field"] == f"boq.field.{field}"


@settings(max_examples=60, deadline=None)
@given(index=st.integers(0, len(ITEMS) - 1), cents=st.integers(-50, 50).filter(bool))
def test_every_changed_quantity_raises_exactly_c03(index, cents) -> None:
    findings = check(changed(index, quantity=ITEMS[index].quantity + Decimal(cents) / 100))
    assert rules(findings) == ["boq.C03"]


@settings(max_examples=60, deadline=None)
@given(index=st.integers(0, len(ITEMS) - 1), field=st.sampled_from(["code", "name", "feature", "unit", "quantity"]))
def test_every_mutation_of_a_bidders_workbook_raises_exactly_its_rule(index, field) -> None:
    def mutate(items: list[BoqItem]) -> list[BoqItem]:
        item = items[index]
        value = item.quantity + 1 if field == "quantity" else getattr(item, field) + "9"
        code = value if field == "code" else item.code
        key = f"{item.unit_work}/{item.role.value}/{code}/{item.occurrence}"
        items[index] = replace(item, key=key, **{field: value})
        return items

    bid = bid_bill(mutate)
    items, rows, findings = price_from_workbook(TENDER, bid)
    expected = "boq.C03" if field == "quantity" else "boq.C02"
    assert rules(findings) == [expected]
    assert rules(check(items, rows)) == [expected]
    assert len(items) == len(ITEMS)


@settings(max_examples=40, deadline=None)
@given(index=st.integers(0, len(ITEMS) - 1))
def test_a_deleted_item_raises_exactly_c01(index) -> None:
    items, rows, findings = price_from_workbook(TENDER, bid_bill(lambda i: i[:index] + i[index + 1 :]))
    assert rules(findings) == ["boq.C01"]
    assert findings[0].params["problem"] == "boq.problem.missing"
    assert findings[0].where == TENDER.items[index].source.text()
    again = check(items, rows)
    assert {finding.rule for finding in again} == {"boq.C01", "boq.C06"}  # the summary line no longer adds up


@settings(max_examples=40, deadline=None)
@given(index=st.integers(0, len(ITEMS)), code=st.integers(10**10, 10**11 - 1))
def test_an_added_item_raises_exactly_c01_and_stays_visible(index, code) -> None:
    new = replace(
        PRICED.items[0], key=f"新/detail/0{code}/1", code=f"0{code}", name="多出的项目", source=Source("b", 9)
    )
    items, _, findings = price_from_workbook(TENDER, bid_bill(lambda i: [*i[:index], new, *i[index:]]))
    assert [(f.rule, f.where, f.params["problem"]) for f in findings] == [("boq.C01", "b!9", "boq.problem.extra")]
    assert len(items) == len(ITEMS) + 1


def test_a_repeated_item_is_extra() -> None:
    items, _, findings = price_from_workbook(TENDER, bid_bill(lambda i: [*i, i[-1]]))
    assert rules(findings) == ["boq.C01"] and len({item.key for item in items}) == len(ITEMS) + 1
    assert rules(check((*ITEMS, ITEMS[0]))).count("boq.C01") == 1


def test_a_moved_item_is_one_finding_and_its_price_still_belongs_to_it() -> None:
    items, _, findings = price_from_workbook(TENDER, bid_bill(lambda i: [*i[1:6], i[0], *i[6:]]))
    assert [f.params["problem"] for f in findings] == ["boq.problem.moved"]
    assert {item.key: item.unit_price for item in items} == {item.key: item.unit_price for item in ITEMS}


def test_deleting_one_of_two_equal_codes_does_not_blame_the_other() -> None:
    def doubled(boq: Boq) -> Boq:
        first = boq.items[0]
        twin = replace(first, key=first.key[:-1] + "2", occurrence=2, feature="2.另一做法")
        return replace(boq, items=(first, twin, *boq.items[1:]), findings=())

    tender, bid = doubled(TENDER), doubled(PRICED)
    left = replace(bid.items[1], key=bid.items[0].key, occurrence=1)  # what the reader numbers when the first is gone
    items, _, findings = price_from_workbook(tender, replace(bid, items=(left, *bid.items[2:])))
    assert [(f.rule, f.where) for f in findings] == [("boq.C01", tender.items[0].source.text())]
    assert items[0].key == tender.items[1].key


@pytest.mark.parametrize(("field", "value"), [("unit", "㎡"), ("unit", "平方米"), ("feature", None), ("name", None)])
def test_a_difference_that_vanishes_when_normalised_is_only_a_warning(field, value) -> None:
    index = next(i for i, item in enumerate(ITEMS) if item.unit == "m2")
    written = value or getattr(ITEMS[index], field).replace(":", "：").replace("级", "级 ")
    if written == getattr(ITEMS[index], field):
        written += " "
    findings = check(changed(index, **{field: written}))
    assert [(f.rule, f.severity) for f in findings] == [("boq.C02", Severity.WARNING)]


def test_trailing_zeros_of_a_quantity_do_not_matter() -> None:
    assert check(changed(0, quantity=Decimal(f"{ITEMS[0].quantity}00"))) == ()


@pytest.mark.parametrize(
    ("price", "terms", "severity", "problem"),
    [
        (None, PriceTerms(), Severity.WARNING, "blank"),
        (None, PriceTerms(blank_is_error=True), Severity.ERROR, "blank"),
        (Decimal(0), PriceTerms(), Severity.WARNING, "zero"),
        (Decimal(0), PriceTerms(zero_forbidden=True), Severity.ERROR, "zero"),
        (Decimal(-1), PriceTerms(), Severity.ERROR, "negative"),
    ],
)
def test_blank_zero_and_negative_prices(price, terms, severity, problem) -> None:
    worth = None if price is None else (price * ITEMS[0].quantity).quantize(Decimal("0.01"))
    rows = tuple(row for row in ROWS if row.role != "summary")
    findings = check(changed(0, unit_price=price, amount=worth), rows, terms=terms)
    assert [(f.rule, f.severity, f.params["problem"]) for f in findings if f.rule != "boq.C01"] == [
        ("boq.C04", severity, f"boq.problem.{problem}")
    ] * 2


@pytest.mark.parametrize(
    ("delta", "severity"),
    [("0.01", Severity.WARNING), ("-0.01", Severity.WARNING), ("5000", Severity.ERROR), ("-5000", Severity.ERROR)],
)
def test_an_amount_is_quantity_times_price_rounding_habits_aside(delta, severity) -> None:
    findings = check(changed(3, amount=ITEMS[3].amount + Decimal(delta)), [r for r in ROWS if r.role != "summary"])
    assert [(f.rule, f.severity) for f in findings if f.rule != "boq.C01"] == [("boq.C05", severity)]
    assert findings[-1].params["expected"] == format(ITEMS[3].amount, "f")


def test_whole_yuan_amounts_are_a_habit_not_an_error() -> None:
    whole = ITEMS[3].amount.quantize(Decimal(1))
    findings = [f for f in check(changed(3, amount=whole)) if f.rule == "boq.C05"]
    assert [f.severity for f in findings] == [Severity.WARNING]


def test_a_summary_line_that_does_not_add_up_is_c06() -> None:
    index = next(i for i, row in enumerate(ROWS) if row.role == "summary")
    rows = (*ROWS[:index], replace(ROWS[index], amount=ROWS[index].amount + 1), *ROWS[index + 1 :])
    assert rules(check(rows=rows)) == ["boq.C06"]


def test_sums_a_workbook_states_wrongly_become_c06(tmp_path) -> None:
    path = tmp_path / "bid.xlsx"
    bid = replace(PRICED, sections=tuple(replace(section, subtotal=Decimal(1)) for section in PRICED.sections))
    write_boq_workbook(path, bid, priced=True)
    _, _, findings = price_from_workbook(TENDER, read_workbook(path))
    assert set(rules(findings)) == {"boq.C06"} and len(findings) == len(PRICED.sections)
    assert all(finding.severity is Severity.ERROR for finding in findings)


@pytest.mark.parametrize("index", range(len(ROWS)))
def test_a_missing_or_renamed_fee_line_is_c01(index) -> None:
    gone = [f for f in check(rows=(*ROWS[:index], *ROWS[index + 1 :])) if f.rule == "boq.C01"]
    assert [f.params["problem"] for f in gone] == ["boq.problem.missing"]
    renamed = (*ROWS[:index], replace(ROWS[index], name="另一费用"), *ROWS[index + 1 :])
    assert [f.params["problem"] for f in check(rows=renamed) if f.rule == "boq.C01"] == [
        "boq.problem.missing", "boq.problem.extra",
    ]  # fmt: skip


def test_the_total_keeps_the_limit_and_caps_hold_for_unit_prices() -> None:
    assert check(price_limit=TOTAL) == ()
    assert [f.params["problem"] for f in check(price_limit=TOTAL - Decimal("0.01"))] == ["boq.problem.over_limit"]
    caps = PriceTerms(unit_caps={ITEMS[0].key: ITEMS[0].unit_price, ITEMS[1].key: ITEMS[1].unit_price - 1})
    assert [(f.rule, f.where) for f in check(terms=caps)] == [("boq.C11", TENDER.items[1].source.text())]
    nothing = check((), ())
    assert [f.params["problem"] for f in nothing if f.rule == "boq.C11"] == ["boq.problem.no_total"]


@pytest.mark.parametrize(
    ("figures", "words", "problems"),
    [
        (TOTAL, capitals(TOTAL), []),
        (TOTAL + 1, capitals(TOTAL), ["figures"]),
        (TOTAL, capitals(TOTAL + 1), ["words"]),
        (TOTAL, TOTAL + 1, ["words"]),
        (TOTAL, "约叁佰万元", ["words_unreadable"]),
        (TOTAL + 1, TOTAL - 1, ["figures", "words"]),
    ],
)
def test_the_total_in_figures_words_and_list_is_one(figures, words, problems) -> None:
    findings = check(letter_total=figures, letter_words=words)
    assert [f.params["problem"] for f in findings] == [f"boq.problem.{problem}" for problem in problems]
    assert set(rules(findings)) <= {"boq.C12"}


def test_a_bid_made_by_scaling_and_sent_as_a_workbook_is_clean(tmp_path) -> None:
    path = tmp_path / "bid.xlsx"
    bid = scale_prices(PRICED, lambda item: Decimal("0.93") if item.unit == "m2" else Decimal("0.97"))
    write_boq_workbook(path, bid, priced=True)
    items, rows, findings = price_from_workbook(TENDER, read_workbook(path))
    assert rules(findings) == ["boq.R04"]
    total = bid_total(items, rows)
    assert total < TOTAL
    assert check(items, rows, price_limit=TOTAL, letter_total=total, letter_words=capitals(total)) == ()


def test_the_tender_makers_check_finds_each_gap_at_its_row() -> None:
    assert check_tender_boq(TENDER) == ()
    item = TENDER.items[2]
    for change, rule in (
        ({"feature": " "}, "boq.T02"), ({"unit": ""}, "boq.T03"), ({"quantity": None}, "boq.T04"),
        ({"quantity": Decimal(0)}, "boq.T04"), ({"quantity": Decimal(-2)}, "boq.T04"), ({"code": ""}, "boq.T05"),
        ({"code": TENDER.items[0].code}, "boq.T01"),
    ):  # fmt: skip
        boq = replace(TENDER, items=(*TENDER.items[:2], replace(item, **change), *TENDER.items[3:]))
        assert [(f.rule, f.where) for f in check_tender_boq(boq)] == [(rule, item.source.text())]


def test_a_section_without_items_is_found() -> None:
    section = replace(TENDER.sections[0], path=("空分部",))
    assert rules(check_tender_boq(replace(TENDER, sections=(*TENDER.sections, section)))) == ["boq.T07"]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_finding_and_its_parameters_have_sentences(language) -> None:
    catalogue = load(language)
    bad = replace(ITEMS[0], name="x", quantity=Decimal(1), unit_price=None, amount=Decimal(-1))
    findings = check((bad, *ITEMS[2:]), ROWS[1:], price_limit=Decimal(1), letter_total=Decimal(2), letter_words="x")
    assert {f.rule for f in findings} >= {"boq.C01", "boq.C02", "boq.C03", "boq.C04", "boq.C11", "boq.C12"}
    for finding in findings:
        sentence = catalogue.text(finding.rule.replace(".", ".finding."), **finding.params)
        assert "boq." not in sentence and "=" not in sentence.replace("=6", "")
