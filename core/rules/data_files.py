"""Rule data shipped with the program: dated, sourced files below this room, read from the package."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TypeAlias, Union

from core.errors import DataInvalid

Plain: TypeAlias = Union[bool, int, str, "list[Plain]", "dict[str, Plain]", None]


def rule_file_names(folder: str, suffix: str) -> tuple[str, ...]:
    """Names of the files of a folder below ``core/rules`` that end in ``suffix``, in alphabetical order."""
    place = resources.files(__package__).joinpath(folder)
    return tuple(sorted(entry.name for entry in place.iterdir() if entry.name.endswith(suffix)))


@cache
def read_toml(path: str) -> Mapping[str, object]:
    """A TOML file below ``core/rules``; raises :class:`DataInvalid` where there is none."""
    return tomllib.loads(_text(path))


def read_json(path: str) -> dict[str, Plain]:
    """A JSON object below ``core/rules``, without floating point numbers; a fresh copy each time."""
    value: dict[str, Plain] = json.loads(_text(path), parse_float=_no_float)
    return value


def parse_object(text: str) -> dict[str, Plain]:
    """A JSON object of a stranger; decimals stay the text they are written as.

    Raises ValueError (its message says what is wrong) for no JSON, no object, NaN and members that stand twice.
    """
    try:
        value = json.loads(text, parse_float=str, parse_constant=str, object_pairs_hook=_once)
    except RecursionError as error:
        raise ValueError("nesting") from error
    if not isinstance(value, dict):
        raise TypeError(type(value).__name__)
    found: dict[str, Plain] = value
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(next(name for name in names if names.count(name) > 1)[:40])
    return found


@cache
def _text(path: str) -> str:
    try:
        return resources.files(__package__).joinpath(path).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise DataInvalid(where="core/rules", reason=path[:80]) from error


def _no_float(text: str) -> float:
    raise DataInvalid(where="core/rules", reason=f"floating point {text}")
