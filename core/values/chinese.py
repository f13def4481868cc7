"""The characters of amounts in words and of dates, read once from ``chinese.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from core.values.codec import from_plain


@dataclass(frozen=True, slots=True)
class Capitals:
    """Characters of an amount in words; ``digits`` is indexed by the digit, ``places`` and ``groups`` by position."""

    digits: str
    places: tuple[str, ...]
    groups: tuple[str, ...]
    yuan: str
    jiao: str
    fen: str
    whole: str
    minus: str
    accepted: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TimePatterns:
    """Patterns with the slots year, month, day, hour and minute."""

    date: str
    minute: str


@cache
def chinese_capitals() -> Capitals:
    """The characters of amounts in words."""
    return from_plain(Capitals, _data()["capitals"])


@cache
def time_patterns() -> TimePatterns:
    """How a date and a time of day are written."""
    return from_plain(TimePatterns, _data()["times"])


@cache
def _data() -> Mapping[str, object]:
    return tomllib.loads(resources.files(__package__).joinpath("chinese.toml").read_text("utf-8"))
