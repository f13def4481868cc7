from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ScoreInvalid
from core.evaluation.engine import EvaluationTerms, ScoredBid, evaluate, steps_of
from core.evaluation.result import EvaluationResult
from core.evaluation.trace import recompute
from core.rules.method_pack import load_method

SCORE = load_method("construction.comprehensive")
LOWEST = load_method("construction.lowest_price")
FULL = {"price_full_score": Decimal(60)}
NEAR = st.lists(st.integers(90_000_00, 110_000_00).map(lambda cents: Decimal(cents).scaleb(-2)), min_size=1, max_size=9)


def score(prices: list[Decimal]) -> EvaluationResult:
    bids = tuple(ScoredBid(f"b{number}", price) for number, price in enumerate(prices))
    return evaluate(SCORE, bids, EvaluationTerms(FULL))


def half_up(value: Fraction, places: int) -> Decimal:
    scaled = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(scaled if value >= 0 else -scaled).scaleb(-places)


@given(NEAR)
def test_the_engine_gives_what_exact_fractions_give(prices: list[Decimal]) -> None:
    ordered = sorted(prices)
    kept = ordered[1:-1] if len(ordered) >= 5 else ordered
    base = half_up(Fraction(sum(map(Fraction, kept)), 1) / len(kept), 2)
    result = score(prices)
    assert result.base == base
    for row in result.rows:
        assert row.price is not None
        deviation = half_up((Fraction(row.price) - Fraction(base)) / Fraction(base) * 100, 2)
        assert row.deviation == deviation
        points = Fraction(1) if deviation > 0 else Fraction(1, 2)
        assert row.price_score == half_up(max(Fraction(0), 60 - abs(Fraction(deviation)) * points), 2)


@given(NEAR)
def test_ranks_follow_totals_then_prices(prices: list[Decimal]) -> None:
    rows = score(prices).rows
    for one in rows:
        better = sum((-other.total, other.price) < (-one.total, one.price) for other in rows)  # type: ignore[operator]
        assert one.rank == better + 1
        assert one.tied == (sum((other.total, other.price) == (one.total, one.price) for other in rows) > 1)


def test_bids_above_the_limit_do_not_enter_the_mean_but_are_shown() -> None:
    bids = (ScoredBid("a", Decimal(90)), ScoredBid("b", Decimal(110)), ScoredBid("c", Decimal(500)))
    result = evaluate(SCORE, bids, EvaluationTerms({**FULL, "price_limit": Decimal(120)}))
    assert result.base == 100
    mean = next(step for step in result.trace if step.name == "mean_price")
    assert [item.of for item in mean.left_out] == ["c"]
    assert result.warned("above_limit")


def test_expert_marks_drop_extremes_only_from_seven_on() -> None:
    def factor_score(marks: list[str]) -> Decimal:
        bid = ScoredBid("a", Decimal(100), {"plan": tuple(Decimal(mark) for mark in marks)})
        return evaluate(SCORE, (bid,), EvaluationTerms(FULL, {"plan": Decimal(40)})).rows[0].factor_scores[0].score

    assert factor_score(["40", "30", "31", "32", "10"]) == Decimal("28.60")
    assert factor_score(["40", "30", "31", "32", "33", "34", "10"]) == Decimal("32.00")
    assert factor_score(["1", "1", "2"]) == Decimal("1.33")


def test_the_lowest_evaluated_price_wins_and_late_days_cost() -> None:
    bids = (
        ScoredBid("late", Decimal(30_000), values={"duration": Decimal(110)}),
        ScoredBid("early", Decimal(50_000), values={"duration": Decimal(90)}),
    )
    pack = load_method("construction.lowest_price", {"per_day_early": "1000", "per_day_late": "2000"})
    result = evaluate(pack, bids, EvaluationTerms({"required_duration": Decimal(100)}))
    assert {row.bid: row.evaluated_price for row in result.rows} == {"late": Decimal(50_000), "early": Decimal(40_000)}
    assert result.ranking()[0].bid == "early"
    assert result.base is None
    assert all(recompute(step) == step.result for step in steps_of(result))


def test_other_impossible_inputs_are_refused() -> None:
    terms = EvaluationTerms(FULL, {"plan": Decimal(40)})
    for mark in ("41", "-1", "NaN"):
        with pytest.raises(ScoreInvalid):
            evaluate(SCORE, (ScoredBid("a", Decimal(100), {"plan": (Decimal(mark),)}),), terms)
    with pytest.raises(ScoreInvalid):
        evaluate(SCORE, (ScoredBid("a", Decimal(100)),), terms)
    with pytest.raises(ScoreInvalid):
        evaluate(SCORE, (ScoredBid("a", Decimal(100)),), EvaluationTerms({**FULL, "price_limit": Decimal(99)}))
    with pytest.raises(ScoreInvalid):
        evaluate(LOWEST, (ScoredBid("a", Decimal(1)),), EvaluationTerms({"required_duration": Decimal(1)}))
