"""Properties of the engine over prices, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AppError, MethodInvalid, ScoreInvalid
from core.evaluation.engine import evaluate, steps_of
from core.evaluation.score_input import read_bids
from core.evaluation.trace import recompute
from core.rules.method_pack import load_method, method_data, method_ids, parse_method
from tests.score.score_world import BEST, DEVIATION, KEPT, LOSS, MEAN_PACK, TOTAL, pack, prices, score_step, scored

PRICES = st.lists(st.integers(min_value=800_00, max_value=1200_00).map(lambda cents: Decimal(cents).scaleb(-2)),
                  min_size=1, max_size=12)  # fmt: skip


@given(PRICES, st.randoms(use_true_random=False))
def test_the_order_of_the_bids_changes_nothing(values: list[Decimal], random: Any) -> None:
    bids = prices(*values)
    mixed = {"bids": random.sample(bids["bids"], len(bids["bids"]))}
    straight, other = scored(MEAN_PACK, bids)[0], scored(MEAN_PACK, mixed)[0]
    assert straight.base == other.base
    assert {row.bid: (row.total, row.rank) for row in straight.rows} == {
        row.bid: (row.total, row.rank) for row in other.rows
    }


@given(PRICES)
def test_the_unit_of_money_changes_no_score(values: list[Decimal]) -> None:
    yuan = scored(MEAN_PACK, prices(*values))[0]
    wan = scored(MEAN_PACK, prices(*(value / 10_000 for value in values)))[0]
    for one, other in zip(yuan.rows, wan.rows, strict=True):
        assert one.total is not None
        assert other.total is not None
        assert abs(one.total - other.total) < Decimal("1e-30")


@given(PRICES)
def test_scores_fall_on_each_side_of_the_base(values: list[Decimal]) -> None:
    result = scored(MEAN_PACK, prices(*values))[0]
    assert result.base is not None
    above = sorted((row.price, row.price_score) for row in result.rows if row.price and row.price >= result.base)
    below = sorted((row.price, row.price_score) for row in result.rows if row.price and row.price <= result.base)
    assert [score for _, score in above] == sorted((score for _, score in above), reverse=True)
    assert [score for _, score in below] == sorted(score for _, score in below)


@given(PRICES)
def test_every_step_computes_again_to_its_result(values: list[Decimal]) -> None:
    for step in steps_of(scored(MEAN_PACK, prices(*values))[0]):
        assert recompute(step) == step.result


@pytest.mark.parametrize("method_id", method_ids())
def test_every_step_of_every_shipped_case_computes_again(method_id: str) -> None:
    data = method_data(method_id)
    for case in load_method(method_id).cases:
        result, _ = scored(data, dict(case.given))
        for step in steps_of(result):
            assert recompute(step) == step.result, step


@pytest.mark.parametrize("price", ["NaN", "1e30", "-1", "0", "1" + "0" * 16, "Infinity", "", "1,000", True, None, [1]])
def test_impossible_prices_are_refused_with_their_place(price: object) -> None:
    bids = {"bids": [{"bidder": "a", "price": "100"}, {"bidder": "b", "price": price}]}
    with pytest.raises(ScoreInvalid) as caught:
        scored(MEAN_PACK, bids)
    assert "b" in str(caught.value.params["where"])


def test_one_bid_and_equal_bids_get_full_marks() -> None:
    assert scored(MEAN_PACK, prices(100))[0].rows[0].total == 100
    equal = scored(MEAN_PACK, prices(*[100] * 6))[0]
    assert {row.total for row in equal.rows} == {Decimal(100)}
    assert {row.rank for row in equal.rows} == {1}
    assert equal.warned("tied")


def test_a_draw_settles_a_tie() -> None:
    result = scored(MEAN_PACK, {**prices(100, 100, 100), "decided": ["b2", "b0", "b1"]})[0]
    assert [row.bid for row in result.ranking()] == ["b2", "b0", "b1"]


@pytest.mark.parametrize("bids", [{}, {"bids": []}, {"bids": [{"bidder": "a", "price": "1", "colour": "red"}]},
                                  {"bids": [{"bidder": "a", "price": "1"}] * 2}, {"bids": 3}, {"surprise": 1},
                                  {"bids": [{"bidder": "a", "price": "1", "values": {"x": "1"}}]},
                                  {"bids": [{"bidder": "a", "price": "1", "marks": {"x": ["1"]}}]},
                                  {"tender": {"x": "1"}, "bids": [{"bidder": "a", "price": "1"}]}])  # fmt: skip
def test_foreign_bids_are_refused(bids: dict[str, Any]) -> None:
    with pytest.raises(ScoreInvalid):
        scored(MEAN_PACK, bids)


def test_division_by_zero_is_a_refusal_at_the_step_and_bid() -> None:
    data = pack([{"id": "x", "kind": "bid", "value": "1 / (price - 100)"}], [{"by": "x", "best": "lowest"}])
    with pytest.raises(ScoreInvalid) as caught:
        scored(data, prices(99, 100))
    assert caught.value.params["where"] == "x b1"


SPOILT = [
    {"version": 1}, {"surprise": 1}, {"steps": []}, {"ranking": []}, {"ranking": [{"decide": "draw"}, *BEST]},
    {"ranking": [{"by": "nothing", "best": "highest"}]}, {"ranking": [{"by": "benchmark + nothing", "best": "highest"}]},
    {"steps": [DEVIATION]}, {"steps": [{"id": "a", "kind": "figure", "value": "price"}]},
    {"steps": [{"id": "a", "kind": "figure", "value": "1"}] * 2}, {"steps": [{"id": "mean", "kind": "figure", "value": "1"}]},
    {"steps": [{"id": "a", "kind": "figure", "value": "1 +"}]}, {"steps": [{"id": "a", "kind": "figure", "value": "evil(1)"}]},
    {"steps": [{"id": "a", "kind": "lottery", "value": "1"}]}, {"steps": [{"id": "a", "kind": "figure", "value": "1", "by": "x"}]},
    {"steps": [{"id": "a", "kind": "set", "among": "nowhere", "where": "1"}]}, {"steps": [{"id": "a", "kind": "pick", "draw": "R"}]},
    {"steps": [{**LOSS, "of": "price", "above": [{"until": "5", "per_percent": "1"}]}]},
    {"steps": [{**LOSS, "of": "price", "above": [{"per_percent": "-1"}]}]}, {"steps": [{**KEPT, "table": []}]},
    {"draws": [{"id": "K"}]}, {"draws": [{"id": "K", "values": ["1", "1"]}]}, {"verified": True}, {"candidates": 0},
    {"parameters": [{"id": "x", "value": "9", "maximum": "5"}]}, {"parameters": [{"id": "x", "value": "NaN"}]},
    {"parameters": [{"id": "x", "value": "1"}, {"id": "x", "value": "1"}]}, {"title": {"en": "x"}},
    {"steps": [{"id": "a", "kind": "figure", "value": "1", "round": 99}]}, {"steps": [{"id": "a", "kind": "figure", "value": None}]},
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT, ids=[str(number) for number in range(len(SPOILT))])
def test_contradictory_packs_are_refused_with_the_place(spoil: dict[str, Any]) -> None:
    with pytest.raises(MethodInvalid) as caught:
        parse_method({**MEAN_PACK, **spoil})
    assert caught.value.params["where"]


@given(st.text(alphabet="()+-*/^,.<>=! 0123456789abcprice", max_size=40))
def test_any_text_is_a_formula_or_a_refusal(text: str) -> None:
    data = pack([{"id": "x", "kind": "bid", "value": text}], [{"by": "price", "best": "lowest"}])
    try:
        scored(data, prices(99, 100))
    except AppError as error:
        assert error.params["where"]  # noqa: PT017 - either outcome is right


def test_draws_missing_or_not_published_are_refused() -> None:
    data = method_data("jiangsu.method_1")
    for draws in ({}, {"K": "94"}, {"K": "95", "Q": "1"}):
        with pytest.raises(ScoreInvalid) as caught:
            scored(data, {**prices(99, 100, 101), "draws": draws})
        assert str(caught.value.params["where"]).startswith("draws.")


def test_the_outlying_expert_is_left_out_and_a_tie_needs_a_draw() -> None:
    steps = [{"id": "total", "kind": "bid", "value": "marks"}]
    data = pack(steps, factors=[{"id": "plan", "full": "100"}], experts={"drop_outlier_from": 3, "round": 2})
    bids = {"bids": [{"bidder": "a", "price": "1", "marks": {"plan": [80, 82, 99]}},
                     {"bidder": "b", "price": "1", "marks": {"plan": [70, 73, 10]}}]}  # fmt: skip
    assert [row.total for row in scored(data, bids)[0].rows] == [81, Decimal("71.50")]
    tied = {"bids": [{"bidder": "a", "price": "1", "marks": {"plan": [80, 82, 10]}},
                     {"bidder": "b", "price": "1", "marks": {"plan": [70, 73, 19]}}]}  # fmt: skip
    assert [row.total for row in scored(data, tied)[0].rows] == [Decimal("46.00"), Decimal("46.00")]
    level = {"bids": [{"bidder": "a", "price": "1", "marks": {"plan": [80, 80, 50]}},
                      {"bidder": "b", "price": "1", "marks": {"plan": [70, 70, 50]}}]}  # fmt: skip
    with pytest.raises(ScoreInvalid) as caught:
        scored(data, level)
    assert caught.value.params["where"] == "draws.expert"
    assert scored(data, {**level, "draws": {"expert": "1"}})[0].rows[0].total == 65


def test_a_frozen_base_counts_bids_rejected_before() -> None:
    frozen = pack([{"id": "benchmark", "kind": "figure", "among": "all", "value": "mean(price)"}, DEVIATION, LOSS,
                   score_step("100"), TOTAL])  # fmt: skip
    bids = prices(100, 200)
    bids["bids"][1]["rejected"] = "资格不符"
    result, report = scored(frozen, bids)
    assert result.base == 150
    assert report.bids[1].rank is None
    assert report.rejected[0].reason == "资格不符"


def test_results_without_trace_are_the_same() -> None:
    method = parse_method(MEAN_PACK)
    bids, terms = read_bids(prices(99, 100, 120), method)
    traced, bare = (evaluate(method, bids, terms, traced=flag) for flag in (True, False))
    assert [replace(row, trace=()) for row in traced.rows] == list(bare.rows)
    assert steps_of(bare) == []


def test_places_and_aggregates_in_one_formula_and_in_sets() -> None:
    steps = [
        {"id": "points", "kind": "bid", "value": "choose(rank_low(price), 40, 35, 30) + lowest(price) / price"},
        {"id": "two", "kind": "set", "where": "rank_high(price) <= 2"},
        {"id": "near", "kind": "trim", "by": "abs(price - mean(price))", "table": [{"from": 3, "high": 1}]},
        {"id": "worst", "kind": "reject", "when": "rank_high(price) = 1 and price > mean(price)"},
        {"id": "total", "kind": "bid", "value": "points"},
    ]
    result, report = scored(pack(steps), prices(100, 200, 400))
    assert [row.figure("points") for row in result.rows] == [41, Decimal("35.5"), Decimal("30.25")]
    assert report.derived["two.count"] == 2
    assert report.derived["near.count"] == 2
    assert [item.bidder for item in report.rejected] == ["b2"]
    assert all(recompute(step) == step.result for step in steps_of(result))
    with pytest.raises(MethodInvalid):
        parse_method(pack(steps, [{"by": "rank_low(price)", "best": "lowest"}]))


def test_the_evaluated_price_is_the_price_unless_a_step_makes_it() -> None:
    steps = [
        {"id": "price_score", "kind": "bid", "value": "lowest(evaluated_price) / evaluated_price * 30", "round": 2}
    ]
    result, _ = scored(pack(steps, [{"by": "price_score", "best": "highest"}]), prices(100, 150))
    assert [str(row.price_score) for row in result.rows] == ["30.00", "20.00"]


def test_what_depends_on_a_rejected_bid_is_told() -> None:
    from core.evaluation.sensitivity import rank_reversal

    steps = [{"id": "m", "kind": "figure", "among": "all", "value": "mean(price)"},
             {"id": "total", "kind": "bid", "value": "0 - abs(price - m)"}]  # fmt: skip
    bids = prices(100, 110, 200)
    bids["bids"][2]["rejected"] = "x"
    method = parse_method(pack(steps))
    given, terms = read_bids(bids, method)
    assert rank_reversal(method, given, terms, evaluate(method, given, terms)) == ("b1", "b0")


def test_all_rejected_is_a_result_without_ranks() -> None:
    steps = [{"id": "over", "kind": "reject", "when": "price > 1"}, {"id": "m", "kind": "figure", "value": "mean(price)"},
             {"id": "total", "kind": "bid", "value": "price - m"}]  # fmt: skip
    _, report = scored(pack(steps), prices(2, 3))
    assert [bid.rank for bid in report.bids] == [None, None]
    assert len(report.rejected) == 2
