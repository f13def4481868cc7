"""Ticks, quartiles and labels: properties, without Qt."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.charts.labels import cut, shown_labels, spread_apart
from apps.shell.charts.quartiles import spread_of
from apps.shell.charts.ticks import decimal_places, nice_ticks, number_text

NUMBERS = st.decimals(min_value=Decimal("-1e15"), max_value=Decimal("1e15"), places=4)


@given(NUMBERS, NUMBERS, st.integers(3, 12))
def test_ticks_cover_the_range_rise_evenly_and_are_never_too_many(one: Decimal, other: Decimal, most: int):
    ticks = nice_ticks(one, other, most)
    assert 2 <= len(ticks) <= most
    assert ticks[0] <= min(one, other)
    assert ticks[-1] >= max(one, other)
    steps = {Fraction(right) - Fraction(left) for left, right in pairwise(ticks)}
    assert len(steps) == 1
    step = steps.pop()
    assert step > 0
    while step >= 10:
        step /= 10
    while step < 1:
        step *= 10
    assert step in {1, 2, 5}


@given(NUMBERS, NUMBERS)
def test_ticks_leave_no_more_empty_room_than_a_step_at_each_end(one: Decimal, other: Decimal):
    ticks = nice_ticks(one, other, 8)
    step = ticks[1] - ticks[0]
    if one != other:
        assert min(one, other) - ticks[0] < step
        assert ticks[-1] - max(one, other) < step


def test_a_single_value_still_gets_an_axis():
    assert nice_ticks(Decimal(0), Decimal(0))[-1] > 0
    assert (
        nice_ticks(Decimal("7.3"), Decimal("7.3"))[0]
        <= Decimal("7.3")
        <= nice_ticks(Decimal("7.3"), Decimal("7.3"))[-1]
    )


def test_two_ticks_cannot_cross_zero_and_are_refused():
    with pytest.raises(ValueError, match="three"):
        nice_ticks(Decimal(-1), Decimal(1), 2)


def test_numbers_are_printed_exactly_and_without_exponents():
    assert number_text(Decimal("18642730.55")) == "18,642,730.55"
    assert number_text(Decimal("1E+6")) == "1,000,000"
    assert number_text(Decimal("0.1") + Decimal("0.2")) == "0.3"
    assert number_text(Decimal("2.345"), 2) == "2.34"  # half to even, as the money rules of decimal do by default
    assert number_text(Decimal("-0"), 1) == "0.0"
    assert decimal_places((Decimal("1.50"), Decimal("2.125"))) == 3


@given(st.lists(st.decimals(min_value=-1000, max_value=1000, places=2), min_size=1, max_size=40))
def test_a_box_is_ordered_and_loses_no_value(values: list[Decimal]):
    spread = spread_of(tuple(values))
    assert spread is not None
    assert spread.least <= spread.lower_quartile <= spread.median <= spread.upper_quartile <= spread.greatest
    assert spread.least == min(values)
    assert spread.greatest == max(values)
    inside = [value for value in values if spread.low <= value <= spread.high]
    assert len(inside) + len(spread.outliers) == spread.count == len(values)


def test_quartiles_are_those_of_a_spreadsheet():
    spread = spread_of(tuple(map(Decimal, (1, 2, 4, 8, 16, 100))))
    assert spread is not None
    assert (spread.lower_quartile, spread.median, spread.upper_quartile) == (Decimal("2.5"), Decimal(6), Decimal(14))
    assert spread.outliers == (Decimal(100),)
    assert spread_of(()) is None


@given(
    st.lists(st.tuples(st.floats(1, 60), st.floats(0, 120)), min_size=1, max_size=40),
    st.floats(0, 20),
)
def test_no_printed_label_touches_its_neighbour(spacing: list[tuple[float, float]], gap: float):
    centres, widths, x = [], [], 0.0
    for step, width in spacing:
        x += step
        centres.append(x)
        widths.append(width)
    shown = shown_labels(centres, widths, gap)
    assert shown
    assert shown[0] == 0
    for left, right in pairwise(shown):
        assert centres[left] + widths[left] / 2 + gap <= centres[right] - widths[right] / 2


@given(st.lists(st.floats(-50, 250), min_size=1, max_size=12))
def test_names_at_line_ends_keep_their_order_and_their_distance(wanted: list[float]):
    placed = spread_apart(wanted, 16.0, 0.0, 200.0)
    assert all(7.9 <= y <= 192.1 for y in placed)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    for above, below in pairwise(order):
        assert placed[below] - placed[above] >= 16.0 - 1e-6


def test_names_without_room_share_it_evenly():
    assert spread_apart([0.0] * 10, 16.0, 0.0, 100.0) == pytest.approx([5 + 10 * index for index in range(10)])


@given(st.text(min_size=1, max_size=30), st.integers(1, 40))
def test_a_cut_label_fits_and_keeps_its_beginning(text: str, room: int):
    shown = cut(text, float(room), lambda part: float(len(part)))
    assert len(shown) <= room
    assert shown == text or text.startswith(shown[:-1])
