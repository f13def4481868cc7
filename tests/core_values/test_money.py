from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataInvalid
from core.values.money import capitals, format_yuan, parse_capitals, round_fen, round_half_up

FEN = st.integers(min_value=0, max_value=10**14 - 1)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1", "壹元整"),
        ("10.05", "壹拾元零伍分"),
        ("1005.50", "壹仟零伍元伍角整"),
        ("10005", "壹万零伍元整"),
        ("100005", "壹拾万零伍元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000000", "壹亿元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("100010000", "壹亿零壹万元整"),
        ("813106.47", "捌拾壹万叁仟壹佰零陆元肆角柒分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-12.30", "负壹拾贰元叁角整"),
    ],
)
def test_amounts_in_words_are_written_as_on_bills(figures: str, words: str) -> None:
    assert capitals(Decimal(figures)) == words


@given(FEN)
def test_parsing_is_the_inverse_of_writing(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    assert parse_capitals(capitals(amount)) == amount


@given(FEN, FEN)
def test_different_amounts_have_different_words(first: int, second: int) -> None:
    same = capitals(Decimal(first).scaleb(-2)) == capitals(Decimal(second).scaleb(-2))
    assert same == (first == second)


@given(st.integers(min_value=1, max_value=10**14 - 1))
def test_no_two_zeros_and_no_zero_at_the_end_are_written(cents: int) -> None:
    words = capitals(Decimal(cents).scaleb(-2))
    assert "零零" not in words
    assert "零元" not in words
    assert "零万" not in words
    assert not words.endswith("零")


@pytest.mark.parametrize(
    "text",
    [
        "人民币壹拾万零柒仟元零伍角叁分",
        "壹拾万柒仟圆伍角叁分",
        "壹拾万柒仟元伍角叁分整",
        "人民币：壹拾万柒仟元伍角叁分",
    ],
)
def test_other_usual_spellings_are_read(text: str) -> None:
    assert parse_capitals(text) == Decimal("107000.53")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "壹",
        "元",
        "壹元壹",
        "壹拾",
        "元零整",
        "壹万壹拾万元整",
        "壹角壹元",
        "壹佰壹佰元整",
        "一万元",
        "壹万x元",
        "壹亿壹亿元整",
    ],
)
def test_text_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(DataInvalid):
        parse_capitals(text)


@pytest.mark.parametrize("value", ["1000000000000", "999999999999.995", "NaN", "Infinity", "1E+30"])
def test_amounts_from_ten_thousand_yi_on_are_refused(value: str) -> None:
    with pytest.raises(DataInvalid):
        capitals(Decimal(value))


def test_halves_go_away_from_zero() -> None:
    assert round_fen(Decimal("2.675")) == Decimal("2.68")
    assert round_fen(Decimal("-2.675")) == Decimal("-2.68")
    assert round_half_up(Decimal("0.125"), 2) == Decimal("0.13")


def test_figures_have_commas_and_two_places() -> None:
    assert format_yuan(Decimal("1234567.891")) == "1,234,567.89"
    assert format_yuan(Decimal(0)) == "0.00"
