"""The characters people type around numbers and dates, read once from ``entry.toml``; full width made plain."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from core.values.codec import from_plain


@dataclass(frozen=True, slots=True)
class MoneyMarks:
    """What may stand before and after an amount, and the words that scale it (longest first)."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    scales: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class DateMarks:
    """The characters that may end each part of a date or a time."""

    year: str
    month: str
    day: str
    hour: str
    minute: str
    second: str


@cache
def money_marks() -> MoneyMarks:
    """The marks of amounts."""
    return from_plain(MoneyMarks, _data()["money"])


@cache
def date_marks() -> DateMarks:
    """The marks of dates and times."""
    return from_plain(DateMarks, _data()["dates"])


def plain(text: str) -> str:
    """``text`` with full-width figures, letters and signs as plain ones, blanks at both ends cut.

    Other compatibility forms stay: a circled or a raised figure is no figure.
    """
    return text.translate(_table()).strip()


@cache
def _table() -> Mapping[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    points = _data()["points"]
    assert isinstance(points, dict)  # noqa: S101 -- our own data file
    return table | {ord(written): str(ours) for written, ours in points.items()}


@cache
def _data() -> Mapping[str, object]:
    return tomllib.loads(resources.files(__package__).joinpath("entry.toml").read_text("utf-8"))
