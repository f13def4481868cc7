"""From the members' marks to one score a factor: extremes and the outlying member left out, then the mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from core.errors import ScoreInvalid
from core.evaluation.trace import Input, Step
from core.rules.functions import round_places
from core.rules.method_model import ExpertRule

PLAIN = ExpertRule((), None, None, "half_up", "")
Marks = Mapping[str, Sequence[Decimal]]


@dataclass(frozen=True, slots=True)
class ExpertTable:
    """How many of the lowest and highest marks stay out, by the number of marks; and who is left out wholly."""

    rule: ExpertRule
    members: tuple[str, ...] = ()
    left_out: int | None = None
    _cuts: dict[int, tuple[int, int]] = field(default_factory=dict)

    def cuts(self, count: int) -> tuple[int, int]:
        """(lowest, highest) to leave out of ``count`` marks."""
        known = self._cuts.get(count)
        if known is None:
            row = max((row for row in self.rule.drop if row.n_min <= count), key=lambda row: row.n_min, default=None)
            n = {"n": Decimal(count)}
            known = (0, 0) if row is None else (int(row.low.compute(n, {}, ())), int(row.high.compute(n, {}, ())))
            if min(known) < 0 or sum(known) >= count:
                raise ScoreInvalid(where="experts.drop", reason="drops_all", detail=str(count))
            self._cuts[count] = known
        return known

    def member(self, at: int) -> str:
        """The name of the member whose mark stands there."""
        return self.members[at] if at < len(self.members) else str(at + 1)


def combine(
    table: ExpertTable, bid: str, factor: str, marks: Sequence[Decimal], limits: tuple[Decimal, Decimal]
) -> Decimal:
    """The factor's score; raises :class:`ScoreInvalid` for no marks and marks outside ``limits``."""
    if not marks:
        raise ScoreInvalid(where=f"{bid[:40]} {factor[:40]}", reason="no_marks")
    try:
        ordered = sorted(marks)
        outside = not (limits[0] <= ordered[0] and ordered[-1] <= limits[1])
    except InvalidOperation:
        outside = True
    if outside:
        raise ScoreInvalid(where=f"{bid[:40]} {factor[:40]}", reason="mark_range", detail=f"{limits[0]}..{limits[1]}")
    if table.left_out is not None:
        ordered = sorted(mark for at, mark in enumerate(marks) if at != table.left_out)
    low, high = table.cuts(len(ordered))
    kept = ordered[low : len(ordered) - high] if low or high else ordered
    value = sum(kept, Decimal(0)) / len(kept)
    places = table.rule.places
    return value if places is None else round_places(value, places, table.rule.rounding)


def combining_step(table: ExpertTable, factor: str, marks: Sequence[Decimal], result: Decimal) -> Step:
    """How :func:`combine` came to its result."""
    places = [at for at in range(len(marks)) if at != table.left_out]
    places.sort(key=lambda at: (marks[at], at))
    low, high = table.cuts(len(places))
    kept = sorted(places[low : len(places) - high])
    inputs = tuple(Input("mark", marks[at], table.member(at)) for at in kept)
    dropped = tuple(Input("mark", marks[at], table.member(at)) for at in range(len(marks)) if at not in kept)
    rule = table.rule
    return Step(factor, "mean(mark)", inputs, result, rule.places, rule.rounding, rule.clause, dropped)


def expert_table(
    rule: ExpertRule | None, members: tuple[str, ...], bids: Sequence[Marks], factors: Sequence[str], drawn: str
) -> ExpertTable:
    """The table for these marks; with ``outlier_from`` the member with the largest spread over the bids is left out.

    Equal spreads: the second spread, then ``drawn`` (a member's name). Raises :class:`ScoreInvalid` where a draw is
    needed and missing.
    """
    rule = rule or PLAIN
    count = max((len(marks) for bid in bids for marks in bid.values()), default=0)
    if rule.outlier_from is None or count < rule.outlier_from or len(bids) < 2:
        return ExpertTable(rule, members)
    spreads = []
    for at in range(count):
        totals = sorted(sum((bid[name][at] for name in factors if name in bid), Decimal(0)) for bid in bids)
        second = totals[-2] - totals[1] if len(totals) > 3 else Decimal(0)
        spreads.append(((totals[-1] - totals[0], second), at))
    widest = max(spreads)[0]
    outlying = [at for spread, at in spreads if spread == widest]
    table = ExpertTable(rule, members)
    if len(outlying) == 1:
        return ExpertTable(rule, members, outlying[0])
    named = [at for at in outlying if table.member(at) == drawn]
    if not named:
        names = ", ".join(table.member(at) for at in outlying)
        raise ScoreInvalid(where="draws.expert", reason="draw_needed", detail=names[:120])
    return ExpertTable(rule, members, named[0])
