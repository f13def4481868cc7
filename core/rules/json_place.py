"""Strict reading of a JSON object with the place of every fault: unknown members, wrong kinds, odd numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.rules.expression import Expression, FormulaFault, parse

NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
ID = re.compile(r"[\w][\w.-]{0,79}")
DIGITS_LIMIT = 40
TEXT_LIMIT = 4000
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,20})?")


class PlaceFault(ValueError):
    """What does not fit and where: ``slug`` is a key of ``method.reason``."""

    def __init__(self, where: str, slug: str, detail: object = "") -> None:
        super().__init__(f"{where}: {slug} {detail}")
        self.where = where
        self.slug = slug
        self.detail = str(detail)[:120]


def number_of(value: object, where: str) -> Decimal:
    """A decimal from ``"12.5"`` or a whole JSON number; exponents, NaN and true/false are refused."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not _NUMBER.fullmatch(text):
        raise PlaceFault(where, "number", repr(value)[:40] if not isinstance(value, str) else value[:40])
    return Decimal(text)


@dataclass(frozen=True, slots=True)
class Place:
    """A JSON object and the path to it."""

    where: str
    data: Mapping[str, object]

    def only(self, *names: str) -> None:
        """Refuses members that are not named."""
        for name in self.data:
            if name not in names:
                raise PlaceFault(self.at(name), "unknown_member", name)

    def at(self, name: str) -> str:
        """The place of a member."""
        return f"{self.where}.{name}" if self.where else name

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        return self.data.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """A text; it must be there unless it has a default."""
        value = self.data.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or len(value) > TEXT_LIMIT:
            raise PlaceFault(self.at(name), "missing" if value is None else "text", repr(value)[:40])
        return value

    def id(self, name: str) -> str:
        """A name that formulas can use: letters (also Chinese), digits, ``_`` and dots."""
        value = self.text(name)
        if not NAME.fullmatch(value):
            raise PlaceFault(self.at(name), "name", value[:40])
        return value

    def one_of(self, name: str, known: tuple[str, ...], default: str | None = None) -> str:
        """A text of a fixed list."""
        value = self.text(name, default)
        if value not in known:
            raise PlaceFault(self.at(name), "not_one_of", f"{value[:40]} ({', '.join(known)})")
        return value

    def whole(self, name: str, default: int | None = None, *, least: int = 0, most: int = 10**6) -> int:
        """A whole number within limits."""
        value = self.data.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise PlaceFault(self.at(name), "missing" if value is None else "whole", f"{value!r} ({least}..{most})")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            raise PlaceFault(self.at(name), "flag", repr(value)[:40])
        return value

    def number(self, name: str) -> Decimal:
        """A decimal that must be there."""
        if not self.has(name):
            raise PlaceFault(self.at(name), "missing", name)
        return number_of(self.data[name], self.at(name))

    def number_or_none(self, name: str) -> Decimal | None:
        """A decimal, or None where it is not there."""
        return self.number(name) if self.has(name) else None

    def formula(self, name: str, default: str | None = None) -> Expression:
        """A formula; a number is one too."""
        value = self.data.get(name, default)
        if value is None:
            raise PlaceFault(self.at(name), "missing", name)
        return formula_of(value, self.at(name))

    def formula_or_none(self, name: str) -> Expression | None:
        """A formula, or None where it is not there."""
        return self.formula(name) if self.has(name) else None

    def title(self, name: str = "title") -> dict[str, str]:
        """A text by language; a plain text counts as Chinese."""
        value = self.data.get(name)
        if value is None:
            return {}
        if isinstance(value, str):
            return {"zh_CN": value}
        place = self.inside(name)
        return {language: place.text(language) for language in place.data}

    def inside(self, name: str) -> Place:
        """The object that is a member; empty where it is not there."""
        value = self.data.get(name)
        return object_of({} if value is None else value, self.at(name))

    def rows(self, name: str) -> Iterator[Place]:
        """The objects of a list; none where it is not there."""
        for number, item in enumerate(self.items(name)):
            yield object_of(item, f"{self.at(name)}[{number}]")

    def items(self, name: str) -> list[object]:
        """A list; empty where it is not there."""
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise PlaceFault(self.at(name), "list", repr(value)[:40])
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self.items(name)
        for number, value in enumerate(values):
            if not isinstance(value, str):
                raise PlaceFault(f"{self.at(name)}[{number}]", "text", repr(value)[:40])
        return tuple(str(value) for value in values)


def object_of(value: object, where: str) -> Place:
    """An object with text keys."""
    if not isinstance(value, dict):
        raise PlaceFault(where, "object", repr(value)[:40])
    return Place(where, value)


def formula_of(value: object, where: str) -> Expression:
    """A formula from a text or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise PlaceFault(where, "formula", repr(value)[:40])
    try:
        return parse(value)
    except FormulaFault as fault:
        raise PlaceFault(where, fault.slug, fault.detail) from fault
