"""Columns by width and months by weeks: arithmetic without windows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.shell.forms.arrangement import arranged, columns_in
from apps.shell.forms.month import days_of, moved

spans = st.lists(st.integers(0, 3), max_size=20).map(lambda found: [(str(n), span) for n, span in enumerate(found)])


@given(spans, st.integers(1, 3))
def test_fields_stand_in_reading_order_and_never_overlap(fields: list[tuple[str, int]], columns: int) -> None:
    places = arranged(fields, columns)
    assert [place.key for place in places] == [key for key, _ in fields]
    cells = [(place.line, place.column + n) for place in places for n in range(place.span)]
    assert cells == sorted(set(cells))
    assert all(column < columns for _, column in cells)


def test_a_whole_line_field_stands_alone() -> None:
    places = arranged([("a", 1), ("b", 0), ("c", 1)], 3)
    assert [(each.line, each.column, each.span) for each in places] == [(0, 0, 1), (1, 0, 3), (2, 0, 1)]


def test_there_are_one_to_three_columns() -> None:
    assert [columns_in(width, 236, 18) for width in (0, 235, 489, 490, 743, 744, 4000)] == [1, 1, 1, 2, 2, 3, 3]


@given(st.dates(date(1900, 2, 1), date(2199, 11, 30)))
def test_a_month_is_six_whole_weeks_around_it(day: date) -> None:
    days = days_of(day)
    assert days[0].weekday() == 0
    assert day in days
    assert [(b - a).days for a, b in pairwise(days)] == [1] * 41


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(-5000, 5000), st.integers(-5000, 5000))
def test_moving_never_leaves_the_calendar(day: date, days: int, months: int) -> None:
    assert date(1900, 1, 1) <= moved(day, days=days, months=months) <= date(2199, 12, 31)


def test_the_31st_gives_way_in_a_short_month() -> None:
    assert moved(date(2026, 1, 31), months=1) == date(2026, 2, 28)
    assert moved(date(2026, 3, 1), days=-1) == date(2026, 2, 28)
