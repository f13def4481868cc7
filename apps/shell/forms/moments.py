"""Dates and times as people type them; days between them as the law counts; Beijing time on screen, UTC inside."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

from apps.shell.forms.faults import Fault, fault
from apps.shell.forms.marks import date_marks, plain
from apps.shell.forms.schema import Distance
from core.values.times import BEIJING

FIRST_YEAR = 1900
LAST_YEAR = 2199


def read_date(typed: str) -> date | Fault:
    """The day of ``2026-11-22``, ``2026/11/22``, ``2026.11.22``, ``20261122`` or 2026年11月22日."""
    found = _date_shape().fullmatch(plain(typed))
    if found is None:
        return fault("date", typed=typed.strip()[:24])
    return _day(found)


def read_moment(typed: str) -> datetime | Fault:
    """The moment of a day followed by ``09:30``, ``9:30:15`` or 9时30分, taken as Beijing time; aware UTC."""
    text = plain(typed)
    if _date_shape().fullmatch(text):
        return fault("time_missing")
    found = _moment_shape().fullmatch(text)
    if found is None:
        return fault("moment", typed=typed.strip()[:24])
    day = _day(found)
    if isinstance(day, Fault):
        return day
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return fault("time_of_day", typed=typed.strip()[:24])
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BEIJING).astimezone(UTC)


def show_date(value: date) -> str:
    """``2026-11-22``."""
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def show_moment(value: datetime) -> str:
    """``2026-11-22 09:30`` in Beijing, with seconds only where there are any."""
    local = value.astimezone(BEIJING)
    seconds = f":{local.second:02}" if local.second else ""
    return f"{show_date(local)} {local.hour:02}:{local.minute:02}{seconds}"


def beijing_day(value: date | datetime) -> date:
    """The calendar day in Beijing."""
    return value.astimezone(BEIJING).date() if isinstance(value, datetime) else value


def keeps(value: date | datetime, distance: Distance, other: date | datetime) -> bool:
    """Whether ``value`` lies as far from ``other`` as asked; whole calendar days, moments where 0 days are asked."""
    if distance.days == 0 and isinstance(value, datetime) and isinstance(other, datetime):
        return value >= other if distance.after else value <= other
    bound = bound_day(distance, other)
    day = beijing_day(value)
    return day >= bound if distance.after else day <= bound


def bound_day(distance: Distance, other: date | datetime) -> date:
    """The last (or first) day that keeps the distance; the end of the calendar where it would leave it."""
    try:
        return beijing_day(other) + timedelta(days=distance.days if distance.after else -distance.days)
    except OverflowError:
        return date.max if distance.after else date.min


def mended(value: date | datetime, distance: Distance, other: date | datetime) -> str:
    """The nearest entry that keeps the distance; the time of day stays."""
    if isinstance(value, datetime):
        if distance.days == 0 and isinstance(other, datetime):
            return show_moment(other)
        local = value.astimezone(BEIJING)
        return f"{show_date(bound_day(distance, other))} {local.hour:02}:{local.minute:02}"
    return show_date(bound_day(distance, other))


def _day(found: re.Match[str]) -> date | Fault:
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return fault("year", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    try:
        return date(year, month, day)
    except ValueError:
        return fault("no_such_day", month=str(month), day=str(day))


@cache
def _date_shape() -> re.Pattern[str]:
    return re.compile(_date_pattern())


@cache
def _moment_shape() -> re.Pattern[str]:
    marks = date_marks()
    clock = (
        rf"(?P<hour>[0-9]{{1,2}}) ?[:{marks.hour}] ?(?P<minute>[0-9]{{1,2}})"
        rf"(?: ?[{marks.minute}]$| ?[:{marks.minute}] ?(?P<second>[0-9]{{1,2}}) ?[{marks.second}]?)?"
    )
    return re.compile(rf"{_date_pattern()}(?:[ T]+|(?<=[{marks.day}])){clock}")


def _date_pattern() -> str:
    marks = date_marks()
    return (
        rf"(?P<year>[0-9]{{4}})(?: ?[-/.{marks.year}] ?(?=[0-9]{{1,2}}[^0-9])|(?=[0-9]{{4}}(?:[^0-9]|$)))"
        rf"(?P<month>[0-9]{{1,2}}) ?[-/.{marks.month}]? ?(?P<day>[0-9]{{1,2}})(?: ?[{marks.day}])?"
    )
