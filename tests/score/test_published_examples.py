"""The published worked examples, as packs written here and run by ``tenderbox score``."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.score.score_world import DEVIATION, KEPT, LOSS, TOTAL, number, pack, sample, score_step


def run(command: Callable[..., Any], folder: Path, data: dict[str, Any], bids: dict[str, Any]) -> dict[str, Any]:
    (folder / "pack.json").write_text(json.dumps(data), "utf-8")
    (folder / "bids.json").write_text(json.dumps(bids), "utf-8")
    result = command("score", folder / "pack.json", folder / "bids.json", "--json")
    assert result.code == 0, result.out
    found: dict[str, Any] = result.json()
    assert set(found) >= {"benchmark", "bids", "derived", "rejected", "warnings"}
    return found


def given(example: dict[str, Any], price: str = "price", **others: Any) -> dict[str, Any]:
    return {"bids": [{"bidder": bid["bidder"], "price": str(bid[price])} for bid in example["bids"]], **others}


def by_bidder(found: dict[str, Any], name: str) -> dict[str, Decimal]:
    return {bid["bidder"]: Decimal(bid[name]) for bid in found["bids"] if bid[name] is not None}


def test_highway_benchmark_of_seven_bids(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-01-highway-benchmark-7bids")
    steps = [
        KEPT,
        {"id": "average", "kind": "figure", "among": "kept", "value": "mean(price)"},
        {"id": "benchmark", "kind": "figure", "value": "average * (1 - 0.05)"},
        DEVIATION, LOSS, score_step("60", round=2), TOTAL,
    ]  # fmt: skip
    found = run(command, tmp_path, pack(steps), given(example, "eval_price"))
    published = {**example["published"]["scores"], "240": example["known_errata"]["scores.240"]["correct"]}
    assert number(found["benchmark"]) == number(example["published"]["benchmark"])
    assert number(found["derived"]["average"]) == number(example["published"]["average"])
    for bid in found["bids"]:
        assert number(bid["price_score"]) == number(published[bid["evaluated_price"]])
    assert [bid["bidder"] for bid in found["bids"]] == [bid["bidder"] for bid in example["bids"]]


def test_deviation_rounded_before_it_is_multiplied(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-03-mean-benchmark-rounded-rate")
    steps = [
        {"id": "benchmark", "kind": "figure", "value": "mean(price)"},
        {**DEVIATION, "round": 2}, LOSS, score_step("35", round=2), TOTAL,
    ]  # fmt: skip
    found = run(command, tmp_path, pack(steps), given(example))
    published = example["published"]
    assert number(found["benchmark"]) == number(published["benchmark"])
    assert by_bidder(found, "price_score") == {name: number(score) for name, score in published["scores"].items()}
    deviations = {bid["bidder"]: number(bid["derived"]["deviation"]) for bid in found["bids"]}
    assert deviations == {name: number(value) for name, value in published["deviation_pct"].items()}
    assert next(bid["bidder"] for bid in found["bids"] if bid["rank"] == "1") == published["best"]


def test_reference_less_three_percent_scores_full(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-07-reference-minus3-full-marks")
    steps = [
        {"id": "deviation_pct", "kind": "bid", "value": "(price - reference) / reference * 100"},
        {"id": "outside", "kind": "reject", "when": "abs(deviation_pct) > 3", "reason": "超出正负3%"},
        {"id": "benchmark", "kind": "figure", "value": "reference * (1 - 3 / 100)"},
        {"id": "price_score", "kind": "bid", "value": "100 - 5 * round((price - benchmark) / benchmark * 100)"},
        {"id": "weighted", "kind": "bid", "value": "price_score * 0.45", "round": 2},
        {"id": "total", "kind": "bid", "value": "weighted"},
    ]
    data = pack(steps, tender_values=[{"id": "reference", "title": "标底"}])
    reference = str(example["parameters"]["reference_price"])
    found = run(command, tmp_path, data, given(example, tender={"reference": reference}))
    published = example["published"]
    assert [item["bidder"] for item in found["rejected"]] == published["rejected"]
    rejected = next(bid for bid in found["bids"] if bid["bidder"] == "A")
    assert (rejected["total"], rejected["rank"]) == (None, None)
    assert by_bidder(found, "price_score") == {name: number(value) for name, value in published["scores"].items()}
    assert by_bidder(found, "total") == {name: number(value) for name, value in published["weighted"].items()}


def test_lowest_price_first(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-13-low-price-first-normalisation")
    steps = [{"id": "price_score", "kind": "bid", "value": "lowest(price) / price * 100", "round": 1}, TOTAL]
    found = run(command, tmp_path, pack(steps), given(example))
    assert by_bidder(found, "price_score") == {
        name: number(value) for name, value in example["published"]["scores"].items()
    }


def test_late_months_raise_the_evaluated_price(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-10-lowest-evaluated-late")
    steps = [
        {"id": "evaluated_price", "kind": "bid",
         "value": "price + (months - 15) * if(months > 15, 30, 20)"},
    ]  # fmt: skip
    data = pack(steps, [{"by": "evaluated_price", "best": "lowest"}, {"decide": "draw"}], bid_values=[{"id": "months"}])
    bids = {"bids": [{"bidder": "X", "price": "3000", "values": {"months": 16}}]}
    found = run(command, tmp_path, data, bids)
    assert number(found["bids"][0]["evaluated_price"]) == number(example["published"]["evaluated_price"])


def test_expected_cost_and_the_price_nearest_to_it(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-16-expected-cost-nearest")
    steps = [
        {"id": "weighted_reference", "kind": "figure", "value": "reference * 0.45", "round": 2},
        {"id": "weighted_mean", "kind": "figure", "value": "mean(price) * 0.55", "round": 2},
        {"id": "expected_cost", "kind": "figure", "value": "weighted_reference + weighted_mean", "round": 2},
        {"id": "nearest_price", "kind": "figure", "value": "nearest(price, expected_cost)"},
        {"id": "distance", "kind": "bid", "value": "abs(price - expected_cost)"},
    ]
    ranking = [{"by": "distance", "best": "lowest"}, {"decide": "draw"}]
    data = pack(steps, ranking, tender_values=[{"id": "reference"}], benchmark="expected_cost")
    found = run(command, tmp_path, data, given(example, tender={"reference": "560"}))
    published = example["published"]
    for name in ("weighted_reference", "weighted_mean", "expected_cost", "nearest_price"):
        assert number(found["derived"][name]) == number(published[name])


def test_prozorro_coefficient(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-19-prozorro-meat-coefficient")
    top = sum(max(map(Decimal, feature["enum"])) for feature in example["parameters"]["features"])
    steps = [
        {"id": "coefficient", "kind": "bid", "value": "1 + (first + second) / (1 - top)"},
        {"id": "evaluated_price", "kind": "bid", "value": "price / coefficient"},
    ]
    data = pack(
        steps,
        [{"by": "evaluated_price", "best": "lowest"}, {"by": "at", "best": "lowest"}, {"decide": "draw"}],
        bid_values=[{"id": "first"}, {"id": "second"}, {"id": "at", "unit": "time"}],
        tender_values=[{"id": "top"}],
    )
    first, second = example["bids"][0]["parameters"]
    at = "2026-01-01T00:00:00Z"
    row = {"bidder": "X", "price": "900", "values": {"first": first, "second": second, "at": at}}
    found = run(command, tmp_path, data, {"tender": {"top": str(top)}, "bids": [row]})
    over, under = map(Decimal, example["published"]["coefficient"].split("/"))
    coefficient = Decimal(found["bids"][0]["derived"]["coefficient"])
    assert abs(coefficient - over / under) < Decimal("1e-25")
    assert round(Decimal(found["bids"][0]["evaluated_price"]), 20) == 700


def test_jiangsu_trim_counts(command: Callable[..., Any], tmp_path: Path) -> None:
    example = sample("ev-26-rule-jiangsu-trim")
    trim = {"id": "kept", "kind": "trim", "by": "price", "ties": "keep",
            "table": [{"from": 7, "high": "round(n * 0.2)", "low": "round(n * 0.2)"}]}  # fmt: skip
    steps = [trim, {"id": "trim_count", "kind": "figure", "value": "kept.high"}]
    data = pack(steps, [{"by": "price", "best": "lowest"}, {"decide": "draw"}])
    for count, wanted in example["published"]["trim_count"].items():
        bids = {"bids": [{"bidder": f"b{at}", "price": str(100 + at)} for at in range(int(count))]}
        found = run(command, tmp_path, data, bids)
        assert number(found["derived"]["trim_count"]) == wanted
        assert number(found["derived"]["kept.count"]) == int(count) - 2 * wanted
