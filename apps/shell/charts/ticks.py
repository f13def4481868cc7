"""Round numbers for an axis, in exact decimals."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_PRECISION = 60


def nice_ticks(low: Decimal, high: Decimal, at_most: int = 6) -> tuple[Decimal, ...]:
    """Evenly spaced round numbers that cover ``low`` to ``high``: at least 2, never more than ``at_most`` (≥ 3).

    The first is at or below ``low``, the last at or above ``high``; steps are 1, 2 or 5 times a power of ten.
    """
    if at_most < 3:
        message = "an axis across zero needs three ticks"
        raise ValueError(message)
    with localcontext() as context:
        context.prec = _PRECISION
        low, high = min(low, high), max(low, high)
        span = high - low
        exponent = span.adjusted() - 2 if span else max(abs(low), Decimal(1)).adjusted()
        while True:
            for factor in _STEPS:
                step = factor.scaleb(exponent)
                first = (low / step).to_integral_value(ROUND_FLOOR)
                last = (high / step).to_integral_value(ROUND_CEILING)
                last = max(last, first + 1)
                if last - first + 1 <= at_most:
                    return tuple(_plain(step * (first + index)) for index in range(int(last - first) + 1))
            exponent += 1


def decimal_places(values: tuple[Decimal, ...]) -> int:
    """The most digits after the point any of the values has, without trailing zeros."""
    return max((max(0, -_exponent(value.normalize())) for value in values), default=0)


def number_text(value: Decimal, places: int | None = None) -> str:
    """A number as people read it, thousands grouped, never an exponent; ``places`` None prints it exactly as it is."""
    with localcontext() as context:
        context.prec = _PRECISION
        shown = value if places is None else value.quantize(Decimal(1).scaleb(-places))
        return f"{shown:,f}" if shown else f"{abs(shown):,f}"


def _plain(value: Decimal) -> Decimal:
    tidy = value.normalize()
    return tidy.quantize(Decimal(1)) if _exponent(tidy) > 0 else tidy


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
