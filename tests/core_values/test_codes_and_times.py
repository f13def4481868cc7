from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataInvalid
from core.messages import load
from core.values.codes import (
    credit_code_valid,
    make_credit_code,
    make_firm_code,
    organisation_check,
    organisation_part_valid,
)
from core.values.times import beijing_date_text, beijing_text, calendar_days_between, utc
from core.values.words import Words

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_the_sample_code_of_the_standard_is_valid() -> None:
    assert credit_code_valid("91350100M000100Y43")
    assert organisation_part_valid("91350100M000100Y43")


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_changed_character_is_always_noticed(body: str, place: int, other: str) -> None:
    code = make_credit_code(body)
    assert credit_code_valid(code)
    changed = code[:place] + other + code[place + 1 :]
    assert credit_code_valid(changed) == (changed == code)


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100M000100Y4I", "91350100m000100y43", "9" * 19])
def test_codes_of_another_form_are_invalid(code: str) -> None:
    assert not credit_code_valid(code)


@given(st.integers(0, 99_999_999))
def test_invented_firms_have_both_check_characters(number: int) -> None:
    code = make_firm_code(f"{number:08d}")
    assert credit_code_valid(code)
    assert organisation_part_valid(code)
    assert code[2:8] == "999999"


def test_foreign_characters_have_no_check_character() -> None:
    with pytest.raises(DataInvalid):
        make_credit_code("I" * 17)
    with pytest.raises(DataInvalid):
        organisation_check("1234567")


def test_beijing_time_is_written_as_in_documents() -> None:
    moment = datetime(2026, 11, 22, 1, 30, 59, tzinfo=UTC)
    assert beijing_text(moment) == "2026年11月22日 09时30分"
    assert beijing_date_text(datetime(2026, 1, 31, 16, 0, tzinfo=UTC)) == "2026年2月1日"
    assert Words(load("zh_CN"), "x").time(moment) == beijing_text(moment)
    assert Words(load("zh_CN"), "x").date(moment) == beijing_date_text(moment)
    assert Words(load("en"), "x").time(moment) == "2026-11-22 09:30 (Beijing)"


def test_times_without_zone_are_refused() -> None:
    with pytest.raises(DataInvalid):
        utc(datetime(2026, 1, 1))  # noqa: DTZ001


def test_days_are_counted_by_the_calendar_of_beijing() -> None:
    evening = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
    assert calendar_days_between(evening, evening + timedelta(minutes=2)) == 1
    other_zone = evening.astimezone(timezone(timedelta(hours=-5)))
    assert calendar_days_between(other_zone, evening) == 0
