from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bid.pricing import bid_total, to_priced_items, to_priced_rows
from core.boq.model import Boq, BoqRow, Source, TableRole
from core.boq.pricing import amount, boq_totals, fixed_total, is_fixed, percentage, top_level_sum, without_prices
from core.boq.report import boq_report
from core.boq.scaled import scale_prices, with_sums
from core.boq.text import clean_code, comparable, folded, unit_key
from core.sheets.excel_reader import read_workbook
from core.values.codec import from_plain, to_plain

SAMPLES = Path(__file__).resolve().parents[2] / "core/rules/samples"
HERE = Source("s", 1)


@pytest.fixture(scope="module")
def school() -> Boq:
    return read_workbook(SAMPLES / "boq-school-lot1.xlsx")


def row(code: str, name: str, value: str | None, role: TableRole = TableRole.OTHER) -> BoqRow:
    return BoqRow(role, "", code, name, "", None, None if value is None else Decimal(value), HERE)


@pytest.mark.parametrize(
    ("quantity", "price", "result"),
    [("2", "0.0025", "0.01"), ("1", "0.005", "0.01"), ("3", "1.115", "3.35"), ("-1", "0.005", "-0.01")],
)
def test_amounts_round_half_away_from_zero(quantity, price, result) -> None:
    assert amount(Decimal(quantity), Decimal(price)) == Decimal(result)


@given(st.integers(0, 10**9), st.integers(0, 10**7))
def test_an_amount_is_within_half_a_cent_of_the_product(quantity, price) -> None:
    exact = Decimal(quantity) / 1000 * Decimal(price) / 100
    assert abs(amount(Decimal(quantity) / 1000, Decimal(price) / 100) - exact) <= Decimal("0.005")


def test_a_line_stands_for_its_parts_and_memo_lines_count_nowhere() -> None:
    rows = [
        row("1", "暂列金额", "50"), row("2", "暂估价", "20"), row("2.1", "材料暂估价", "7"),
        row("2.2", "专业工程暂估价", "20"), row("3", "计日工", None), row("3.1", "人工", "4"), row("3.2", "机械", "5"),
        row("3.2.1", "塔吊", "5"),
    ]  # fmt: skip
    assert top_level_sum(rows) == 50 + 20 + 4 + 5


def test_bills_without_prices_keep_only_what_the_tenderer_states(school) -> None:
    bare = without_prices(school)
    assert all(item.unit_price is None and item.amount is None for item in bare.items)
    assert [(item.key, item.quantity) for item in bare.items] == [(item.key, item.quantity) for item in school.items]
    assert all(row.amount is None or is_fixed(row) for row in bare.rows)
    assert bare.item_total() == 0 and bare.written_totals == {} and bare.findings == ()
    assert without_prices(bare) == bare


def test_provisional_sums_are_known_by_name(school) -> None:
    assert fixed_total(school.rows) == 480000


def test_the_bid_total_is_the_bills_grand_total(school) -> None:
    assert bid_total(to_priced_items(school), to_priced_rows(school)) == boq_totals(school).grand


def test_scaling_by_one_changes_nothing_but_findings(school) -> None:
    assert replace(scale_prices(school, lambda _: Decimal(1)), findings=school.findings) == school


@given(st.integers(500, 1500))
def test_a_scaled_bill_closes_in_every_sum(school, permille) -> None:
    factor = Decimal(permille) / 1000
    bill = scale_prices(school, lambda item: factor if item.code.startswith("01") else Decimal(1))
    totals = boq_totals(bill)
    assert all(item.amount == amount(item.quantity, item.unit_price) for item in bill.items)
    assert totals.tax == percentage(totals.before_tax, Decimal(9))
    assert fixed_total(bill.rows) == 480000
    assert next(row.amount for row in bill.rows if row.role is TableRole.SUM_MEASURE) == percentage(
        totals.items, Decimal("2.15")
    )
    assert sum(section.subtotal for section in bill.sections) == totals.items
    assert bill.written_totals["表E.1.1 工程项目清单汇总表"] == totals.grand
    assert with_sums(bill) == bill


def test_the_report_has_exactly_the_documented_fields(school) -> None:
    report = to_plain(boq_report(school))
    assert list(report) == [
        "format", "item_count", "item_total", "sections", "findings", "rejected", "questions", "items",
    ]  # fmt: skip
    assert report["item_count"] == 70 and report["item_total"] == "8898855.09"
    assert list(report["items"][0]) == ["code", "name", "unit", "quantity", "unit_price", "amount", "source"]
    assert report["items"][0]["quantity"] == "1286.4"
    assert boq_report(without_prices(school)).items[0].amount is None


def test_a_bill_survives_its_json_form(school) -> None:
    assert from_plain(Boq, to_plain(school)) == school


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.运距:1km", "１．运距：１ｋｍ"), ("a\n b", "ab"), ("含\x7f实际运距", "含实际运距"), ("（甲）、乙。", "(甲),乙."),
        ("φ12×3", "Φ12x3"), ("【甲】", "[甲]"), ("“甲”", '"甲"'),
    ],
)  # fmt: skip
def test_texts_that_differ_only_in_width_space_or_punctuation_compare_equal(first, second) -> None:
    assert comparable(first) == comparable(second)
    assert comparable(comparable(first)) == comparable(first)


def test_units_and_codes_have_one_spelling() -> None:
    assert unit_key("㎡") == unit_key("m²") == unit_key("平方米") == unit_key("M2") == "m2"
    assert unit_key("10m2") != unit_key("m2")
    assert unit_key("吨") == unit_key("t") and unit_key("项目") == unit_key("项")
    assert clean_code(" 0101\n01 ") == "010101"
    assert folded("综合\n单 价（元）") == "综合单价(元)"
