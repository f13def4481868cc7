"""What a box shows: extremes, quartiles and the values far outside.

Quartiles by linear interpolation between closest ranks (method 7 of Hyndman and Fan 1996, as spreadsheets'
QUARTILE.INC); outliers beyond 1.5 interquartile ranges of the box (Tukey 1977).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_FENCE = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Spread:
    """``low`` and ``high`` are the least and greatest value that is no outlier: where the whiskers end."""

    count: int
    least: Decimal
    low: Decimal
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal
    high: Decimal
    greatest: Decimal
    outliers: tuple[Decimal, ...]


def spread_of(values: tuple[Decimal, ...]) -> Spread | None:
    """The summary of some values; None where there is none."""
    if not values:
        return None
    ordered = sorted(values)
    lower, median, upper = (_quantile(ordered, quarter) for quarter in (1, 2, 3))
    reach = _FENCE * (upper - lower)
    inside = [value for value in ordered if lower - reach <= value <= upper + reach]
    outliers = tuple(value for value in ordered if not lower - reach <= value <= upper + reach)
    return Spread(
        count=len(ordered), least=ordered[0], low=inside[0], lower_quartile=lower, median=median,
        upper_quartile=upper, high=inside[-1], greatest=ordered[-1], outliers=outliers,
    )  # fmt: skip


def _quantile(ordered: list[Decimal], quarter: int) -> Decimal:
    whole, rest = divmod((len(ordered) - 1) * quarter, 4)
    if not rest:
        return ordered[whole]
    below, above = ordered[whole], ordered[whole + 1]
    return below + (above - below) * rest / 4
