from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataInvalid
from core.evaluation.engine import EvaluationTerms, ScoredBid, evaluate, without_trace
from core.evaluation.result import EvaluationResult
from core.evaluation.trace import Step, compute, recompute
from core.rules.method_pack import MethodPack, Segment, load_method

SCORE = load_method("construction.comprehensive")
LOWEST = load_method("construction.lowest_price", {"per_day_early": "100", "per_day_late": "300"})
FULL = Decimal(60)
PRICES = st.lists(st.integers(1, 10**11).map(lambda fen: Decimal(fen).scaleb(-2)), min_size=1, max_size=12)
NEAR = st.lists(st.integers(90_000_000, 110_000_000).map(lambda fen: Decimal(fen).scaleb(-2)), min_size=1, max_size=12)


def score(prices: Sequence[Decimal], pack: MethodPack = SCORE) -> EvaluationResult:
    bids = tuple(ScoredBid(f"b{number}", price) for number, price in enumerate(prices))
    return evaluate(pack, bids, EvaluationTerms(None, FULL))


@given(NEAR, st.randoms(use_true_random=False))
def test_the_order_of_the_bids_changes_nothing(prices: list[Decimal], shuffler: object) -> None:
    bids = [ScoredBid(f"b{number}", price) for number, price in enumerate(prices)]
    straight = {row.bid: row for row in evaluate(SCORE, tuple(bids), EvaluationTerms(None, FULL)).rows}
    shuffler.shuffle(bids)  # type: ignore[attr-defined]
    mixed = evaluate(SCORE, tuple(bids), EvaluationTerms(None, FULL))
    assert [row.bid for row in mixed.rows] == [bid.bid for bid in bids]
    for row in mixed.rows:
        same = straight[row.bid]
        assert (row.price_score, row.total, row.rank, row.tied) == (same.price_score, same.total, same.rank, same.tied)


@given(NEAR, st.sampled_from([10, 100, 10_000]))
def test_the_unit_of_money_changes_no_score(prices: list[Decimal], factor: int) -> None:
    """Yuan and larger numbers of a smaller unit; the places of the base must follow the unit."""
    exact = replace(SCORE, price=replace(SCORE.price, mean_places=6, base_places=6))  # type: ignore[type-var]
    coarse = replace(exact, price=replace(exact.price, mean_places=2, base_places=2))  # type: ignore[type-var]
    small = score([price * 10_000 for price in prices], coarse)
    large = score(prices, exact)
    assert [row.price_score for row in small.rows] == [row.price_score for row in large.rows]
    assert factor


@given(NEAR)
def test_scores_fall_on_each_side_of_the_base(prices: list[Decimal]) -> None:
    result = score(prices)
    assert result.base is not None
    above = sorted((row.price, row.price_score) for row in result.rows if row.price >= result.base)
    below = sorted((row.price, row.price_score) for row in result.rows if row.price <= result.base)
    assert [s for _, s in above] == sorted((s for _, s in above), reverse=True)  # type: ignore[type-var]
    assert [s for _, s in below] == sorted(s for _, s in below)  # type: ignore[type-var]
    for row in result.rows:
        assert row.price_score is not None
        assert 0 <= row.price_score <= FULL


def steps_of(result: EvaluationResult) -> list[Step]:
    return [*result.trace, *(step for row in result.rows for step in row.trace)]


@given(PRICES)
def test_every_step_of_the_trace_can_be_computed_again(prices: list[Decimal]) -> None:
    for step in steps_of(score(prices)):
        assert recompute(step) == step.result


def half_up(value: Fraction, places: int) -> Decimal:
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) * (1 if value >= 0 else -1)).scaleb(-places)


@settings(max_examples=200)
@given(NEAR)
def test_the_engine_agrees_with_exact_fractions(prices: list[Decimal]) -> None:
    """An independent reckoning of the whole method in rational numbers."""
    ordered = sorted(prices)
    kept = ordered[1:-1] if len(ordered) >= 5 else ordered
    base = half_up(Fraction(sum(map(Fraction, kept)), 1) / len(kept), 2)
    result = score(prices)
    assert result.base == base
    for row in result.rows:
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


def test_one_bid_and_equal_bids_get_full_marks() -> None:
    assert score([Decimal(100)]).rows[0].price_score == 60
    equal = score([Decimal(100)] * 4)
    assert {row.price_score for row in equal.rows} == {Decimal("60.00")}
    assert {row.rank for row in equal.rows} == {1}
    assert equal.tied_bids() == ("b0", "b1", "b2", "b3")
    assert "tied" in equal.warnings


def test_the_committee_decides_what_the_keys_leave_equal() -> None:
    bids = tuple(ScoredBid(name, Decimal(100)) for name in "abc")
    decided = evaluate(SCORE, bids, EvaluationTerms(None, FULL, decided_ties=("c", "a", "b")))
    assert [row.bid for row in decided.ranking()] == ["c", "a", "b"]
    assert decided.tied_bids() == ()
    half = evaluate(SCORE, bids, EvaluationTerms(None, FULL, decided_ties=("c", "a")))
    assert len(half.tied_bids()) == 3


def test_bids_above_the_limit_do_not_enter_the_mean_but_are_shown() -> None:
    bids = (ScoredBid("a", Decimal(90)), ScoredBid("b", Decimal(110)), ScoredBid("c", Decimal(500)))
    result = evaluate(SCORE, bids, EvaluationTerms(Decimal(120), FULL))
    assert result.base == 100
    assert [item.name for item in result.trace[0].left_out] == ["c"]
    assert "above_limit" in result.warnings


def test_pieces_of_the_loss_add_up() -> None:
    pieces = (Segment(Decimal(2), Decimal(1)), Segment(Decimal(5), Decimal(2)), Segment(None, Decimal(4)))
    pack = replace(SCORE, price=replace(SCORE.price, above=pieces, below=pieces))  # type: ignore[type-var]
    loss = {row.price: row.trace[1].result for row in score([Decimal(93), Decimal(100), Decimal(107)], pack).rows}
    assert loss == {Decimal(93): Decimal(16), Decimal(100): Decimal(0), Decimal(107): Decimal(16)}


def test_expert_marks_drop_extremes_only_from_seven_on() -> None:
    def factor_score(marks: list[str]) -> Decimal:
        bid = ScoredBid("a", Decimal(100), {"plan": tuple(Decimal(mark) for mark in marks)})
        terms = EvaluationTerms(None, FULL, {"plan": Decimal(40)})
        return evaluate(SCORE, (bid,), terms).rows[0].factor_scores[0].score

    assert factor_score(["40", "30", "31", "32", "10"]) == Decimal("28.60")
    assert factor_score(["40", "30", "31", "32", "33", "34", "10"]) == Decimal("32.00")
    assert factor_score(["1", "1", "2"]) == Decimal("1.33")


def test_the_lowest_evaluated_price_wins_and_late_days_cost() -> None:
    bids = (
        ScoredBid("late", Decimal(1000), quantities={"duration": Decimal(110)}),
        ScoredBid("early", Decimal(3000), quantities={"duration": Decimal(90)}),
    )
    result = evaluate(LOWEST, bids, EvaluationTerms(required={"duration": Decimal(100)}))
    assert {row.bid: row.evaluated_price for row in result.rows} == {"late": Decimal(4000), "early": Decimal(2000)}
    assert result.ranking()[0].bid == "early"
    assert result.base is None
    for step in steps_of(result):
        assert recompute(step) == step.result


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "Infinity", "1E+30", "1000000000000000"])
def test_impossible_prices_are_refused_by_name(price: str) -> None:
    with pytest.raises(DataInvalid) as caught:
        score([Decimal(100), Decimal(price)])
    assert caught.value.params["where"] == "bid b1"


def test_other_impossible_inputs_are_refused() -> None:
    good = ScoredBid("a", Decimal(100), {"plan": (Decimal(1),)})
    terms = EvaluationTerms(None, FULL, {"plan": Decimal(40)})
    for bids in ((), (good, good), (replace(good, marks={}),), (replace(good, marks={"plan": (Decimal(41),)}),),
                 (replace(good, marks={"plan": (Decimal("NaN"),)}),)):  # fmt: skip
        with pytest.raises(DataInvalid):
            evaluate(SCORE, bids, terms)
    with pytest.raises(DataInvalid):
        evaluate(SCORE, (good,), replace(terms, price_limit=Decimal(99)))
    with pytest.raises(DataInvalid):
        evaluate(LOWEST, (good,), EvaluationTerms(required={"duration": Decimal(1)}))
    early = ScoredBid("a", Decimal(1), quantities={"duration": Decimal(1)})
    with pytest.raises(DataInvalid):
        evaluate(LOWEST, (early,), EvaluationTerms(required={"duration": Decimal(100)}))
    with pytest.raises(DataInvalid):
        compute("x", "no such formula", [], places=2, clause="")


def test_a_result_without_trace_is_the_same_result() -> None:
    result = score([Decimal(99), Decimal(100)])
    short = without_trace(result)
    assert [row.total for row in short.rows] == [row.total for row in result.rows]
    assert steps_of(short) == []
