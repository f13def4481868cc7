"""兼投不兼中: one bidder may bid for several lots and win only so many; lots are decided one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.evaluation.result import EvaluationResult
from core.rules.method_model import LotRule


@dataclass(frozen=True, slots=True)
class LotOutcome:
    """The result of one lot; ``amount`` (yuan) is its estimate, by which the largest comes first."""

    lot: str
    amount: Decimal
    result: EvaluationResult


@dataclass(frozen=True, slots=True)
class LotAward:
    """Who wins a lot ("" where nobody is left) and who was passed over because of lots won before."""

    lot: str
    winner: str
    passed_over: tuple[str, ...]


def next_winner(result: EvaluationResult, won: Mapping[str, int], most: int) -> tuple[str, tuple[str, ...]]:
    """The best ranked bidder who may still win, and those before him who may not. Shared ranks decide nothing."""
    passed: list[str] = []
    for row in result.ranking():
        if won.get(row.bid, 0) >= most:
            passed.append(row.bid)
        elif row.tied:
            return "", tuple(passed)
        else:
            return row.bid, tuple(passed)
    return "", tuple(passed)


def award_lots(rule: LotRule, lots: Sequence[LotOutcome]) -> tuple[LotAward, ...]:
    """The awards in the order the rule decides them in; lots of equal amount in the order given."""
    ordered = list(lots) if rule.order == "given" else sorted(lots, key=lambda lot: -lot.amount)
    won: dict[str, int] = {}
    awards = []
    for lot in ordered:
        winner, passed = next_winner(lot.result, won, rule.most)
        if winner:
            won[winner] = won.get(winner, 0) + 1
        awards.append(LotAward(lot.lot, winner, passed))
    return tuple(awards)
