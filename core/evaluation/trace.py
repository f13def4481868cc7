"""Every computed number with its formula, inputs and rounding, so that anyone can compute it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from core.errors import DataInvalid
from core.values.money import round_half_up

PRECISION = 50  # significant digits inside a formula; rounding to places is always named


@dataclass(frozen=True, slots=True)
class Input:
    """One number that goes into a formula. ``name`` is a role (``price``) or, in lists, whose number it is."""

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One computed number.

    ``formula`` is a key of ``method.formula`` in the catalogue and of :data:`FORMULAS`; ``left_out`` are numbers the
    rule drops before the formula; ``places`` is the rounding (half up), None where the result is not rounded.
    """

    name: str
    formula: str
    inputs: tuple[Input, ...]
    result: Decimal
    places: int | None
    clause: str
    left_out: tuple[Input, ...] = ()


def compute(
    name: str,
    formula: str,
    inputs: Iterable[tuple[str, Decimal]],
    *,
    places: int | None,
    clause: str,
    left_out: Iterable[tuple[str, Decimal]] = (),
) -> Step:
    """Applies a formula and rounds half up at the named place; the step holds all that is needed to repeat it."""
    given = tuple(Input(key, value) for key, value in inputs)
    dropped = tuple(Input(key, value) for key, value in left_out)
    return Step(name, formula, given, _apply(formula, given, places), places, clause, dropped)


def recompute(step: Step) -> Decimal:
    """The result of a step computed again from its own inputs; raises :class:`DataInvalid` for a foreign formula."""
    return _apply(step.formula, step.inputs, step.places)


def _apply(formula: str, inputs: tuple[Input, ...], places: int | None) -> Decimal:
    function = FORMULAS.get(formula)
    if function is None:
        raise DataInvalid(where="formula", reason=formula[:40])
    with localcontext(Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)):
        value = function(inputs)
        return value if places is None else round_half_up(value, places)


def _named(inputs: tuple[Input, ...]) -> Mapping[str, Decimal]:
    return {item.name: item.value for item in inputs}


def _mean(inputs: tuple[Input, ...]) -> Decimal:
    return _sum(inputs) / len(inputs)


def _sum(inputs: tuple[Input, ...]) -> Decimal:
    return sum((item.value for item in inputs), Decimal(0))


def _base(inputs: tuple[Input, ...]) -> Decimal:
    values = _named(inputs)
    return values["mean"] * (1 - values["float_percent"] / 100)


def _deviation(inputs: tuple[Input, ...]) -> Decimal:
    values = _named(inputs)
    return (values["price"] - values["base"]) / values["base"] * 100


def _loss(inputs: tuple[Input, ...]) -> Decimal:
    """Points lost over pieces: ``until_1``, ``per_percent_1``, … ; the last piece has no ``until``."""
    values = _named(inputs)
    size, start, lost, piece = abs(values["deviation"]), Decimal(0), Decimal(0), 1
    while f"per_percent_{piece}" in values:
        end = values.get(f"until_{piece}", size)
        lost += max(Decimal(0), min(size, end) - start) * values[f"per_percent_{piece}"]
        start, piece = end, piece + 1
    return lost


def _price_score(inputs: tuple[Input, ...]) -> Decimal:
    values = _named(inputs)
    return max(values["floor"], values["full_score"] - values["loss"])


def _adjustment(inputs: tuple[Input, ...]) -> Decimal:
    values = _named(inputs)
    over = values["offered"] - values["required"]
    return over * (values["per_unit_more"] if over > 0 else values["per_unit_less"])


FORMULAS: Mapping[str, Callable[[tuple[Input, ...]], Decimal]] = {
    "mean": _mean,
    "sum": _sum,
    "base": _base,
    "deviation": _deviation,
    "loss": _loss,
    "price_score": _price_score,
    "adjustment": _adjustment,
}
