"""Agreement of members: Kendall's W with ties, the two-way additive fit, robust deviation. Exact to 50 digits.

Source: W = 12 S / (m²(n³−n) − m T), T = Σ(t³−t); robust z = 0.6745 (x − median) / MAD.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

Marks = Sequence[Sequence[Decimal]]  # by bid, then by member


def kendall_w(totals: Marks) -> Decimal | None:
    """Agreement of the members' orders of the bids, 0 to 1; None with one bid, one member or nothing but ties."""
    bids, members = len(totals), len(totals[0]) if totals else 0
    if bids < 2 or members < 2:
        return None
    sums = [Decimal(0)] * bids
    ties = 0
    for member in range(members):
        column = [row[member] for row in totals]
        for at, rank in enumerate(_mean_ranks(column)):
            sums[at] += rank
        ties += sum(count**3 - count for count in Counter(column).values())
    middle = sum(sums, Decimal(0)) / bids
    spread = sum(((total - middle) ** 2 for total in sums), Decimal(0))
    below = members**2 * (bids**3 - bids) - members * ties
    return 12 * spread / below if below else None


def _mean_ranks(values: Sequence[Decimal]) -> list[Decimal]:
    ordered = sorted(values)
    first = {value: ordered.index(value) for value in set(values)}
    counts = Counter(values)
    return [first[value] + (Decimal(counts[value]) + 1) / 2 for value in values]


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value."""
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def robust_z(values: Sequence[Decimal]) -> list[Decimal | None]:
    """How far each value is from the median in robust standard deviations; None where more than half are equal."""
    middle = median(values)
    mad = median([abs(value - middle) for value in values])
    return [Decimal("0.6745") * (value - middle) / mad if mad else None for value in values]


def two_way_residuals(table: Marks) -> list[list[Decimal]]:
    """What is left of each mark after the mean, the member's and the bid's own level: x = μ + member + bid + e."""
    bids, members = len(table), len(table[0])
    rows = [sum(row, Decimal(0)) / members for row in table]
    columns = [sum((row[at] for row in table), Decimal(0)) / bids for at in range(members)]
    whole = sum(rows, Decimal(0)) / bids
    return [[mark - rows[at] - columns[member] + whole for member, mark in enumerate(row)]
            for at, row in enumerate(table)]  # fmt: skip
