"""Formulas of computed fields: plain values that can be worked out and said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of another field (or of another column of the same row)."""

    key: str


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """The sum of one column of a table field."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, e.g. a tax rate."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """All parts added."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first less the second."""

    first: Formula
    second: Formula


@dataclass(frozen=True, slots=True)
class Product:
    """All parts multiplied."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """The first divided by the second; nothing where that is zero."""

    first: Formula
    second: Formula


Formula = Ref | ColumnSum | Number | Sum | Difference | Product | Quotient
Lookup = Callable[[Ref | ColumnSum], Decimal | None]


def compute(formula: Formula, lookup: Lookup) -> Decimal | None:
    """The value, unrounded; None where a part is missing or a divisor is zero."""
    if isinstance(formula, Ref | ColumnSum):
        return lookup(formula)
    if isinstance(formula, Number):
        return formula.value
    known: list[Decimal] = []
    for part in _parts(formula):
        value = compute(part, lookup)
        if value is None:
            return None
        known.append(value)
    try:
        return _join(formula, known)
    except (DivisionByZero, InvalidOperation):
        return None


def references(formula: Formula) -> Iterator[Ref | ColumnSum]:
    """Every field the formula looks at."""
    if isinstance(formula, Ref | ColumnSum):
        yield formula
    elif not isinstance(formula, Number):
        for part in _parts(formula):
            yield from references(part)


def in_words(formula: Formula, name: Callable[[Ref | ColumnSum], str]) -> str:
    """The formula with the names of the fields: ``A + B × 1.09``."""
    if isinstance(formula, Ref | ColumnSum):
        return name(formula)
    if isinstance(formula, Number):
        return f"{formula.value:f}"
    weak = isinstance(formula, Product | Quotient)
    pieces = []
    for place, part in enumerate(_parts(formula)):
        piece = in_words(part, name)
        minuend = isinstance(formula, Difference) and place > 0
        divisor = isinstance(formula, Quotient) and place > 0
        bracket = (
            (weak and isinstance(part, Sum | Difference))
            or (minuend and isinstance(part, Sum | Difference))
            or (divisor and isinstance(part, Product | Quotient))
        )
        pieces.append(f"({piece})" if bracket else piece)
    return _SIGNS[type(formula)].join(pieces)


_SIGNS: dict[type[Formula], str] = {Sum: " + ", Difference: " − ", Product: " × ", Quotient: " ÷ "}


def _parts(formula: Sum | Difference | Product | Quotient) -> tuple[Formula, ...]:
    if isinstance(formula, Sum | Product):
        return formula.parts
    return (formula.first, formula.second)


def _join(formula: Sum | Difference | Product | Quotient, known: list[Decimal]) -> Decimal:
    total = known[0] if known else Decimal(0)
    for value in known[1:]:
        match formula:
            case Sum():
                total = _WIDE.add(total, value)
            case Difference():
                total = _WIDE.subtract(total, value)
            case Product():
                total = _WIDE.multiply(total, value)
            case Quotient():
                total = _WIDE.divide(total, value)
    return total
