"""The functions a pack's formulas may call: each named, exact, with its number of arguments.

Scalars take numbers; aggregates look at every bid of a set; ranks compare one bid with the bids of a set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from itertools import pairwise

from core.errors import ScoreInvalid

ARGUMENT_LIMIT = 60
PLACES = (-8, 12)  # decimals a value may be rounded to; -4 rounds to 10,000
ROUNDINGS: Mapping[str, str] = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}
_WIDE = Context(prec=90)
_UNITS = {places: Decimal(1).scaleb(-places) for places in range(PLACES[0], PLACES[1] + 1)}


@dataclass(frozen=True, slots=True)
class Function:
    """What a call becomes; ``least`` and ``most`` arguments."""

    least: int
    most: int
    apply: Callable[[list[Decimal]], Decimal]


def round_places(value: Decimal, places: int, rounding: str = "half_up") -> Decimal:
    """``value`` with so many decimals; ``half_up`` is 四舍五入, halves away from zero."""
    if value.adjusted() > 60:
        raise ScoreInvalid(where="number", reason="too_large")
    return value.quantize(_UNITS[places], rounding=ROUNDINGS[rounding], context=_WIDE) + 0


def _round(values: list[Decimal]) -> Decimal:
    return round_places(values[0], _places(values), "half_up")


def _floor(values: list[Decimal]) -> Decimal:
    return round_places(values[0], _places(values), "floor")


def _ceil(values: list[Decimal]) -> Decimal:
    return round_places(values[0], _places(values), "ceiling")


def _places(values: list[Decimal]) -> int:
    places = values[1] if len(values) > 1 else Decimal(0)
    if places != places.to_integral_value() or not PLACES[0] <= places <= PLACES[1]:
        raise ScoreInvalid(where="round", reason="places")
    return int(places)


def _clamp(values: list[Decimal]) -> Decimal:
    return max(values[1], min(values[2], values[0]))


def _pieces(values: list[Decimal]) -> Decimal:
    """``pieces(x, until, per, until, per, …, per)``: each piece counts the part of x inside it."""
    size, rest = values[0], values[1:]
    start, total = Decimal(0), Decimal(0)
    for at in range(0, len(rest) - 1, 2):
        end = rest[at]
        total += max(Decimal(0), min(size, end) - start) * rest[at + 1]
        start = end
    return total + max(Decimal(0), size - start) * rest[-1] if len(rest) % 2 else total


def _interpolate(values: list[Decimal]) -> Decimal:
    """``interpolate(x, x1, y1, x2, y2, …)``: straight lines between the points, flat outside; x rising."""
    x, rest = values[0], values[1:]
    points = list(zip(rest[::2], rest[1::2], strict=True)) if len(rest) % 2 == 0 else []
    if len(points) < 2 or any(left[0] >= right[0] for left, right in pairwise(points)):
        raise ScoreInvalid(where="interpolate", reason="points_not_rising")
    if x <= points[0][0]:
        return points[0][1]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return points[-1][1]


def _choose(values: list[Decimal]) -> Decimal:
    """``choose(k, v1, v2, …)``: the k-th value; beyond the end the last."""
    number = values[0]
    if number != number.to_integral_value() or number < 1:
        raise ScoreInvalid(where="choose", reason="not_a_place")
    return values[min(int(number), len(values) - 1)]


def _bands(values: list[Decimal]) -> Decimal:
    """``bands(x, limit, v, limit, v, …, last)``: the value of the first limit not below x, else the last."""
    x, rest = values[0], values[1:]
    for at in range(0, len(rest) - 1, 2):
        if x <= rest[at]:
            return rest[at + 1]
    return rest[-1]


SCALARS: Mapping[str, Function] = {
    "min": Function(1, ARGUMENT_LIMIT, min),
    "max": Function(1, ARGUMENT_LIMIT, max),
    "abs": Function(1, 1, lambda values: abs(values[0])),
    "sqrt": Function(1, 1, lambda values: values[0].sqrt()),
    "round": Function(1, 2, _round),
    "floor": Function(1, 2, _floor),
    "ceil": Function(1, 2, _ceil),
    "clamp": Function(3, 3, _clamp),
    "pieces": Function(2, ARGUMENT_LIMIT, _pieces),
    "interpolate": Function(5, ARGUMENT_LIMIT, _interpolate),
    "choose": Function(2, ARGUMENT_LIMIT, _choose),
    "bands": Function(2, ARGUMENT_LIMIT, _bands),
}


def _split(values: list[Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    """First the number of further arguments, then those, then the bids' values."""
    extra = int(values[0])
    return values[1 : 1 + extra], values[1 + extra :]


def _over(work: Callable[[list[Decimal]], Decimal]) -> Callable[[list[Decimal]], Decimal]:
    return lambda values: work(_split(values)[1])


def _nth(values: list[Decimal], *, high: bool) -> Decimal:
    (place, *_), numbers = _split(values)
    if place != place.to_integral_value() or not 1 <= place <= len(numbers):
        raise ScoreInvalid(where="nth", reason="not_a_place")
    return sorted(numbers, reverse=high)[int(place) - 1]


def _nearest(values: list[Decimal]) -> Decimal:
    """The value nearest to the target; of two equally near the lower."""
    (target, *_), numbers = _split(values)
    return min(numbers, key=lambda number: (abs(number - target), number))


def _median(numbers: list[Decimal]) -> Decimal:
    ordered, middle = sorted(numbers), len(numbers) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _mean(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _deviation(numbers: list[Decimal]) -> Decimal:
    if len(numbers) < 2:
        return Decimal(0)
    middle = _mean(numbers)
    return (sum(((number - middle) ** 2 for number in numbers), Decimal(0)) / (len(numbers) - 1)).sqrt()


AGGREGATES: Mapping[str, Function] = {
    "mean": Function(1, 1, _over(_mean)),
    "sum": Function(1, 1, _over(lambda numbers: sum(numbers, Decimal(0)))),
    "lowest": Function(1, 1, _over(min)),
    "highest": Function(1, 1, _over(max)),
    "median": Function(1, 1, _over(_median)),
    "count": Function(0, 0, _over(lambda numbers: Decimal(len(numbers)))),
    "stdev": Function(1, 1, _over(_deviation)),
    "nth_lowest": Function(2, 2, lambda values: _nth(values, high=False)),
    "nth_highest": Function(2, 2, lambda values: _nth(values, high=True)),
    "nearest": Function(2, 2, _nearest),
}


def _rank(values: list[Decimal], *, high: bool) -> Decimal:
    own, others = values[0], values[1:]
    return Decimal(1 + sum(other > own if high else other < own for other in others))


RANKS: Mapping[str, Function] = {
    "rank_low": Function(1, 1, lambda values: _rank(values, high=False)),
    "rank_high": Function(1, 1, lambda values: _rank(values, high=True)),
}


def _never(values: list[Decimal]) -> Decimal:
    raise ScoreInvalid(where="formula", reason=str(len(values)))


LAZY: Mapping[str, Function] = {
    "if": Function(3, 3, _never),
    "given": Function(1, 1, _never),
    "in": Function(1, 1, _never),
}
