"""Aware UTC times inside, Beijing time on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from core.errors import DataInvalid
from core.values.chinese import time_patterns

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def utc(value: datetime) -> datetime:
    """``value`` in UTC; raises :class:`DataInvalid` for a time without zone."""
    if value.tzinfo is None:
        raise DataInvalid(where="time", reason="naive")
    return value.astimezone(UTC)


def beijing_parts(value: datetime) -> Mapping[str, str]:
    """Year, month, day, hour and minute in Beijing; month and day without leading zero, hour and minute with."""
    local = utc(value).astimezone(BEIJING)
    return {
        "year": str(local.year),
        "month": str(local.month),
        "day": str(local.day),
        "hour": f"{local.hour:02}",
        "minute": f"{local.minute:02}",
    }


def beijing_text(value: datetime) -> str:
    """A time as Chinese documents write it: 2026年11月22日 09时30分; seconds are cut off."""
    return time_patterns().minute.format(**beijing_parts(value))


def beijing_date_text(value: datetime) -> str:
    """The day in Beijing: 2026年11月22日."""
    return time_patterns().date.format(**beijing_parts(value))


def calendar_days_between(start: datetime, end: datetime) -> int:
    """Calendar days in Beijing from the day after ``start`` up to and including the day of ``end``; may be negative.

    The day an interval starts on does not count. Source: 民法典 §201.
    """
    return (utc(end).astimezone(BEIJING).date() - utc(start).astimezone(BEIJING).date()).days
