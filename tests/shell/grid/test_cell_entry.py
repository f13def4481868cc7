"""What can be typed into a cell, what is refused, and how values look."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.shell.grid.columns import Choice, Column, Kind, plain, shown
from apps.shell.grid.entry import Entry, Refusal, Spelling, read
from core.messages import Catalogue
from tests.shell.grid.tables import load

MONEY = Column(key="m", kind=Kind.MONEY, editable=True)
LOOSE = Column(key="d", kind=Kind.DECIMAL, editable=True)
WHOLE = Column(key="i", kind=Kind.INTEGER, editable=True)
TEXT = Column(key="t", editable=True)
WAY = Column(key="w", kind=Kind.CHOICE, choices=(Choice("a", "自购"), Choice("b", "租赁")), editable=True)


def taken(column: Column, text: str, words: Catalogue) -> Entry | Refusal:
    return read(column, text, words, Spelling.of(words))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.5"), ("1,234.50", "1234.50"), ("１２３４．５", "1234.5"), ("1，234.50", "1234.50"),
        ("¥1,234.50", "1234.50"), ("￥ 12", "12"), ("1234.50元", "1234.50"), ("人民币 12.30 元", "12.30"),
        ("(1,234.50)", "-1234.50"), ("－12", "-12"), ("\u22123", "-3"), (" 7 ", "7"), ("1\u00a0234.50", "1234.50"),
        (".5", "0.5"), ("-0", "0"), ("'12", "12"), ("1.500", "1.50"), ("RMB 8", "8"),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_spelled_where_only_one_reading_is_possible(
    words: Catalogue, text: str, value: str
) -> None:
    assert taken(MONEY, text, words) == Entry(Decimal(value), respelled=text not in {"1234.5", "1.500", ".5", "-0"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,23", "comma"), ("1.234,50", "comma"), ("12,345,6", "comma"), ("1,2345", "comma"), ("12万", "scaled"),
        ("1.2亿元", "scaled"), ("12%", "percent"), ("1.01E+10", "scientific"), ("####", "narrow"),
        ("#REF!", "error_value"), ("#DIV/0!", "error_value"), ("=A1*2", "formula"), ("—", "dash"), ("-", "dash"),
        ("/", "dash"), ("abc", "not_number"), ("约100", "not_number"), ("1.2.3", "not_number"), ("1.234", "digits"),
        ("元", "not_number"), ("1e99999", "scientific"), ("9" * 16, "large"), ("9" * 500, "not_number"),
        ("٣", "not_number"), ("一百", "not_number"), ("(-5)", "not_number"), ("NaN", "not_number"), ("()", "not_number"),
    ],
)  # fmt: skip
def test_a_number_that_could_mean_two_things_or_lost_digits_is_refused_with_its_reason(
    words: Catalogue, text: str, reason: str
) -> None:
    found = taken(MONEY, text, words)
    assert isinstance(found, Refusal)
    assert found.key == f"shell.grid.refused.{reason}"
    assert found.text(words) != found.key
    assert "{" not in found.text(words)


def test_blank_text_is_the_empty_value_in_every_kind(words: Catalogue) -> None:
    for column in (MONEY, LOOSE, WHOLE, TEXT, WAY):
        assert taken(column, "", words) == Entry(None)
    assert taken(MONEY, "\u3000 ", words) == Entry(None)


def test_whole_numbers_take_no_fraction_and_become_integers(words: Catalogue) -> None:
    assert taken(WHOLE, "1,200", words) == Entry(1200, respelled=True)
    assert taken(WHOLE, "3.0", words) == Entry(3)
    assert taken(WHOLE, "3.5", words) == Refusal("shell.grid.refused.whole", (("digits", "0"),))


def test_a_choice_is_taken_by_value_or_caption_and_else_lists_the_choices(words: Catalogue) -> None:
    assert taken(WAY, "租赁", words) == Entry("b")
    assert taken(WAY, " Ａ ", words) == Entry("a", respelled=True)
    found = taken(WAY, "买", words)
    assert isinstance(found, Refusal)
    assert "自购 / 租赁" in found.text(words)


def test_a_text_beyond_what_a_spreadsheet_cell_holds_is_refused(words: Catalogue) -> None:
    assert isinstance(taken(TEXT, "x" * 32_767, words), Entry)
    assert isinstance(taken(TEXT, "x" * 32_768, words), Refusal)


def test_control_characters_are_taken_out_of_texts(words: Catalogue) -> None:
    assert taken(TEXT, "a\x00b\x1bc\nd", words) == Entry("abc\nd", respelled=True)


def test_numbers_are_shown_with_separators_and_never_with_fewer_digits_than_they_have(words: Catalogue) -> None:
    assert shown(MONEY, Decimal("1234567.5"), words) == "1,234,567.50"
    assert shown(MONEY, Decimal("0.125"), words) == "0.125"
    assert shown(LOOSE, Decimal("12345.60"), words) == "12,345.60"
    assert shown(WHOLE, 12345, words) == "12,345"
    assert shown(MONEY, None, words) == ""


@settings(deadline=None)
@given(st.decimals(-(10**12), 10**12, places=2))
def test_what_is_shown_and_what_is_copied_reads_back_as_the_same_number(value: Decimal) -> None:
    words = load("zh_CN")
    for text in (shown(MONEY, value, words), plain(MONEY, value, words)):
        found = taken(MONEY, text, words)
        assert isinstance(found, Entry)
        assert found.value == value


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence_and_never_breaks(text: str) -> None:
    words = load("en")
    for column in (MONEY, LOOSE, WHOLE, TEXT, WAY):
        found = taken(column, text, words)
        if isinstance(found, Refusal):
            assert words.has(found.key)
