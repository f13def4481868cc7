"""Numbers, amounts and dates as people type them, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.shell.forms.faults import Fault
from apps.shell.forms.figures import read_money, read_number, show_limit, show_number
from apps.shell.forms.moments import read_date, read_moment, show_date, show_moment
from apps.shell.forms.schema import (
    ChoiceField,
    CodeField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    IntegerField,
    LongTextField,
    MoneyField,
    Option,
    PercentField,
    TextField,
    YesNoField,
)
from apps.shell.forms.values import Judges, parse, show_value, tidy

SIMPLE: tuple[Field, ...] = (
    TextField(key="t", label="t"),
    LongTextField(key="l", label="l"),
    IntegerField(key="i", label="i", unit="天"),
    DecimalField(key="d", label="d", digits=3),
    PercentField(key="p", label="p"),
    MoneyField(key="m", label="m"),
    DateField(key="a", label="a"),
    DateTimeField(key="b", label="b"),
    ChoiceField(key="c", label="c", options=(Option("x", "x"),)),
    YesNoField(key="y", label="y"),
    *(CodeField(key=name, label=name, validator=name) for name in Judges().validators),
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,234.5", "1234.50"),
        ("１２３４．５０", "1234.50"),
        ("3。5", "3.50"),
        ("￥ 1 234", "1234.00"),
        ("120万", "1200000.00"),
        ("1.2 亿元", "120000000.00"),
        ("人民币120元整", "120.00"),
        ("壹佰万元整", "1000000.00"),
        ("1,2345", "12345.00"),
        ("-5", "-5.00"),
        (".5", "0.50"),
        ("0.000", "0.00"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert read_money(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["1,23", "12e3", "10²", "①", "NaN", "Infinity", "--1", ".", "1.2.3", "万", "9" * 70])
def test_a_doubtful_amount_is_refused_not_guessed(typed: str) -> None:
    assert isinstance(read_money(typed), Fault)


def test_amounts_end_below_ten_thousand_yi() -> None:
    assert isinstance(read_money("999999999999.99"), Decimal)
    assert read_money("1000000000000") == Fault("shell.forms.fault.money_limit")
    assert read_money("99999999亿") == Fault("shell.forms.fault.money_limit")


def test_a_third_decimal_of_an_amount_offers_the_rounded_one() -> None:
    found = read_money("1,240.505")
    assert isinstance(found, Fault)
    assert found.mend == "1,240.51"
    assert read_money(str(found.mend)) == Decimal("1240.51")


def test_a_unit_may_be_typed_behind_a_number() -> None:
    assert read_number("90 天", digits=0, unit="天") == 90
    assert isinstance(read_number("90 天", digits=0, unit="人"), Fault)


def test_a_limit_is_written_as_short_as_it_can_be() -> None:
    assert [show_limit(Decimal(text)) for text in ("560", "0.50", "1200.00", "100")] == ["560", "0.5", "1,200", "100"]


@pytest.mark.parametrize(
    "typed",
    ["2026-11-02", "2026/11/2", "2026.11.02", "20261102", "2026年11月2日", "２０２６－１１－０２", " 2026年11月2号 "],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_date(typed) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-02 09:30",
        "2026年11月2日9时30分",
        "20261102 9:30",
        "2026-11-02T09:30:00",
        "2026/11/2 9点30",
        "2026-11-02　09：30",
    ],
)
def test_a_moment_is_beijing_time_on_screen_and_utc_inside(typed: str) -> None:
    assert read_moment(typed) == datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2026-02-30", "no_such_day"),
        ("1626-02-03", "year"),
        ("26-02-03", "date"),
        ("2026-13-01", "no_such_day"),
        ("soon", "date"),
    ],
)
def test_a_day_that_is_none_says_why(typed: str, reason: str) -> None:
    found = read_date(typed)
    assert isinstance(found, Fault)
    assert found.code == f"shell.forms.fault.{reason}"


def test_a_moment_without_time_or_with_24_hours_is_refused() -> None:
    assert read_moment("2026-11-02") == Fault("shell.forms.fault.time_missing")
    found = read_moment("2026-11-02 24:00")
    assert isinstance(found, Fault)
    assert found.code.endswith("time_of_day")


@given(st.decimals(Decimal("-999999999999.99"), Decimal("999999999999.99"), places=2))
def test_an_amount_survives_being_shown_and_read(amount: Decimal) -> None:
    assert read_money(show_number(amount, 2)) == amount


@given(
    st.integers(0, 6).flatmap(lambda digits: st.tuples(st.just(digits), st.decimals(-(10**12), 10**12, places=digits)))
)
def test_a_number_survives_being_shown_and_read(case: tuple[int, Decimal]) -> None:
    digits, number = case
    assert read_number(show_number(number, digits), digits=digits) == number


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_survives_being_shown_and_read(day: date) -> None:
    assert read_date(show_date(day)) == day


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_survives_being_shown_and_read(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert read_moment(show_moment(whole)) == whole


@given(st.sampled_from(SIMPLE), st.text(max_size=80))
@settings(max_examples=600)
def test_random_typing_never_raises(field: Field, typed: str) -> None:
    value = parse(field, typed, Judges())
    shown = tidy(field, typed, Judges())
    if isinstance(value, Fault):
        assert shown == typed, "what was typed is never lost"
    elif value is not None and not isinstance(field, LongTextField):
        assert parse(field, show_value(field, value), Judges()) == value
        assert tidy(field, shown, Judges()) == shown


@given(
    st.sampled_from(SIMPLE),
    st.text(alphabet="0123456789０１２,.，。 -/年月日时分元万亿￥%:：TX", max_size=24),
)
@settings(max_examples=600)
def test_typing_close_to_numbers_and_dates_never_raises(field: Field, typed: str) -> None:
    value = parse(field, typed, Judges())
    if value is not None and not isinstance(value, Fault | str):
        assert parse(field, show_value(field, value), Judges()) == value
