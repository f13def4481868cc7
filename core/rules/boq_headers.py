"""The words by which bills of quantities are recognised, loaded from ``boq_headers.toml``.

Reading a new layout should mean adding words to that file, not code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

FIELDS = ("seq", "code", "name", "feature", "unit", "quantity", "unit_price", "amount", "rate", "basis", "memo")


@dataclass(frozen=True, slots=True)
class TableRule:
    """Titles (cells) and names (sheets) that give a table its role; ``role`` may also be ``ignored``."""

    role: str
    title: re.Pattern[str]
    name: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Header words of one field: whole cell, ending, or contained."""

    field: str
    exact: frozenset[str]
    ending: tuple[str, ...]
    containing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowRules:
    """Patterns that tell rows apart, searched in the normalised text."""

    page_subtotal: re.Pattern[str]
    total: re.Pattern[str]
    part_total: re.Pattern[str]  # a named total, below or above its part
    section_subtotal: re.Pattern[str]
    note: re.Pattern[str]
    not_title: re.Pattern[str]  # a sentence, which may well name tables
    below_total: re.Pattern[str]
    project: re.Pattern[str]
    bracketed_work: re.Pattern[str]
    analysis_mark: re.Pattern[str]
    measure_section: re.Pattern[str]
    quota_code: re.Pattern[str]
    bill_code: re.Pattern[str]
    marker_first: re.Pattern[str]
    marker_second: re.Pattern[str]
    currency: re.Pattern[str]
    nothing: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class AmountRules:
    """Patterns that tell what a line without a unit price is, by its name."""

    fixed: re.Pattern[str]  # stated by the tenderer, not competitive
    fixed_rate: re.Pattern[str]  # a rate the tenderer fixes
    tax: re.Pattern[str]
    memo: re.Pattern[str]  # repeats what is counted elsewhere
    summary_items: re.Pattern[str]
    summary_measures: re.Pattern[str]
    summary_other: re.Pattern[str]
    summary_tax: re.Pattern[str]
    summary_total: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """Everything the reader knows about words."""

    tables: tuple[TableRule, ...]
    editions: tuple[tuple[str, re.Pattern[str]], ...]
    columns: tuple[ColumnRule, ...]
    header_words: frozenset[str]
    excluded: tuple[str, ...]
    contract_stage: tuple[str, ...]
    contract_stage_roles: frozenset[str]
    rows: RowRules
    amounts: AmountRules
    units: Mapping[str, str]  # normalised spelling -> one key


@cache
def reading_rules() -> ReadingRules:
    """The rules of the package, read once."""
    text = resources.files("core.rules").joinpath("boq_headers.toml").read_text("utf-8")
    return parse_reading_rules(tomllib.loads(text))


def parse_reading_rules(data: Mapping[str, object]) -> ReadingRules:
    """The rules of a parsed ``boq_headers.toml``; raises KeyError or TypeError where the file is incomplete."""
    columns = tuple(_column(entry) for entry in _tables(data["column"]))
    excluded = cast("Mapping[str, list[str]]", data["excluded"])
    return ReadingRules(
        tables=tuple(_table(entry) for entry in _tables(data["table"])),
        editions=tuple((str(entry["id"]), _any_of(_words(entry, "patterns"))) for entry in _tables(data["edition"])),
        columns=columns,
        header_words=frozenset(word for column in columns for word in column.exact),
        excluded=tuple(excluded["all"]),
        contract_stage=tuple(excluded["contract_stage"]),
        contract_stage_roles=frozenset(excluded["contract_stage_roles"]),
        rows=RowRules(**_patterns(data["rows"])),
        amounts=AmountRules(**_patterns(data["amounts"])),
        units=_units(cast("Mapping[str, list[str]]", data["units"])),
    )


def _tables(value: object) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", value)


def _words(entry: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", entry.get(name, [])))


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def _table(entry: Mapping[str, object]) -> TableRule:
    return TableRule(str(entry["role"]), _any_of(_words(entry, "titles")), _any_of(_words(entry, "names")))


def _column(entry: Mapping[str, object]) -> ColumnRule:
    if entry["field"] not in FIELDS:
        raise KeyError(entry["field"])
    exact = frozenset(_words(entry, "exact"))
    return ColumnRule(str(entry["field"]), exact, _words(entry, "ending"), _words(entry, "containing"))


def _patterns(value: object) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in cast("Mapping[str, str]", value).items()}


def _units(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {spelling: key for key, spellings in groups.items() for spelling in spellings}
