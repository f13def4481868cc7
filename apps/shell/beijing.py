"""Beijing time on screen, also of moments at the ends of the calendar. No Qt.

A certificate without an end says 9999-12-31T23:59:59Z (RFC 5280 §4.1.2.5), which no clock in Beijing ever shows.
"""

from __future__ import annotations

from datetime import datetime

from core.values.times import BEIJING


def in_beijing(moment: datetime) -> datetime:
    """The moment in Beijing; where the calendar ends before that, its own figures stand."""
    try:
        return moment.astimezone(BEIJING)
    except OverflowError:
        return moment.replace(tzinfo=BEIJING)


def days_between(start: datetime, end: datetime) -> int:
    """As :func:`core.values.times.calendar_days_between`, for any two moments."""
    return (in_beijing(end).date() - in_beijing(start).date()).days
