from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.cells import NotANumber, code_of, decimal_of_float, number_of, rate_of, text_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,234.50", "1234.50"), ("１２３４．５", "1234.5"), ("￥12.30", "12.30"), ("12.3元", "12.3"), (" 7 ", "7"),
        ("(100)", "-100"), ("（1,000.25）", "-1000.25"), ("-3", "-3"), (".5", "0.5"), ("5.", "5"), (3.0, "3"),
        (0.1 + 0.2, "0.3"), (1e16, "10000000000000000"), (29016.73, "29016.73"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(written, meant) -> None:
    assert number_of(written) == Decimal(meant)


@pytest.mark.parametrize("written", ["", None, "—", "-", "/", "／", "——", " "])
def test_a_dash_is_empty_and_not_zero(written) -> None:
    assert number_of(written) is None


@pytest.mark.parametrize(
    "written", ["约3", "1,2,3", "#REF!", "1e5", "12,34.5", "NaN", "3m2", "9" * 40, True, float("inf")]
)
def test_what_is_no_number_is_never_guessed(written) -> None:
    with pytest.raises(NotANumber):
        number_of(written)


def test_a_rate_is_in_percent_with_or_without_its_sign() -> None:
    assert rate_of("9%") == rate_of("９％") == rate_of(9.0) == 9


@given(st.integers(-(10**13), 10**13), st.integers(0, 6))
def test_a_stored_double_gives_back_the_decimal_it_was_made_from(digits, places) -> None:
    value = Decimal(digits).scaleb(-places)
    assert decimal_of_float(float(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**9))
def test_grouped_and_full_width_forms_mean_the_same(value) -> None:
    plain = f"{value:.2f}"
    wide = plain.translate({ord(c): 0xFEE0 + ord(c) for c in "0123456789."})
    assert number_of(plain) == number_of(f"{value:,.2f}") == number_of(wide) == value


@pytest.mark.parametrize(
    ("cell", "code", "repaired"),
    [
        ("010101001001", "010101001001", False), (10101001001.0, "010101001001", True),
        ("10101001001", "010101001001", True), (" 0101010\n01001", "010101001001", False),
        ("０１０１０１００１００１", "010101001001", False), ("03B001", "03B001", False), ("99999999999", "099999999999", True),
        ("粤010301005001", "粤010301005001", False), (12.0, "12", False),
    ],
)  # fmt: skip
def test_codes_and_the_zero_a_number_cell_loses(cell, code, repaired) -> None:
    assert code_of(cell) == (code, repaired)


def test_text_keeps_its_line_breaks_and_loses_only_its_frame() -> None:
    assert text_of(" 1.a\r\n2.b\r\n") == "1.a\n2.b"
    assert text_of(3.0) == "3" and text_of(None) == ""
