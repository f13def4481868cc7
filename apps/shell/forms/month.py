"""A month as weeks from Monday to Sunday, and moving about in it. No Qt."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from apps.shell.forms.moments import FIRST_YEAR, LAST_YEAR

WEEKS = 6


def days_of(month: date) -> tuple[date, ...]:
    """The 42 days of six weeks around a month, the first a Monday on or before the first of the month."""
    first = month.replace(day=1)
    start = first - timedelta(days=first.weekday())
    return tuple(start + timedelta(days=number) for number in range(WEEKS * 7))


def moved(day: date, *, days: int = 0, months: int = 0) -> date:
    """A day some days and months on; the day of the month gives way where the month is short; years stay in range."""
    number = day.year * 12 + day.month - 1 + months
    number = max(FIRST_YEAR * 12, min(LAST_YEAR * 12 + 11, number))
    year, month = number // 12, number % 12 + 1
    there = date(year, month, min(day.day, calendar.monthrange(year, month)[1])) + timedelta(days=days)
    return max(date(FIRST_YEAR, 1, 1), min(date(LAST_YEAR, 12, 31), there))
