from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.errors import DataInvalid, MethodInvalid
from core.evaluation.engine import EvaluationTerms, ScoredBid, evaluate
from core.evaluation.result import EvaluationResult
from core.messages import load
from core.rules.data_files import read_json, read_toml
from core.rules.method_pack import (
    Case,
    MethodPack,
    load_method,
    method_data,
    method_ids,
    parse_method,
    with_parameters,
)
from core.rules.method_text import describe_method
from core.rules.regimes import load_regime, regime_ids

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "evaluation"


def run(method_id: str, case: Case) -> EvaluationResult:
    pack = parse_method(with_parameters(method_data(method_id), case.parameters))
    bids = tuple(ScoredBid(bid.bidder, bid.price, bid.marks, bid.quantities) for bid in case.bids)
    return evaluate(pack, bids, EvaluationTerms(case.price_limit, case.price_full_score, case.factors, case.required))


ALL_CASES = [(method_id, case) for method_id in method_ids() for case in load_method(method_id).cases]


@pytest.mark.parametrize(("method_id", "case"), ALL_CASES, ids=[f"{m}-{n}" for n, (m, _) in enumerate(ALL_CASES)])
def test_every_worked_case_of_a_shipped_pack_comes_out(method_id: str, case: Case) -> None:
    result = run(method_id, case)
    rows = {row.bid: row for row in result.rows}
    assert result.base == case.base
    assert {bid: rows[bid].price_score for bid in case.price_scores} == dict(case.price_scores)
    assert {bid: rows[bid].total for bid in case.totals} == dict(case.totals)
    assert {bid: rows[bid].evaluated_price for bid in case.evaluated_prices} == dict(case.evaluated_prices)
    assert {bid: rows[bid].rank for bid in case.ranks} == dict(case.ranks)


def test_every_shipped_pack_has_two_cases_and_says_where_it_comes_from() -> None:
    assert set(method_ids()) >= {"construction.comprehensive", "construction.lowest_price"}
    for method_id in method_ids():
        pack = load_method(method_id)
        assert len(pack.cases) >= 2
        assert pack.id == method_id
        assert pack.sources
        assert not pack.verified or all(source.read for source in pack.sources)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_pack_reads_as_words(language: str) -> None:
    catalogue = load(language)
    for method_id in method_ids():
        rows = describe_method(load_method(method_id), catalogue)
        assert len(rows) >= 4
        assert not [text for row in rows for text in row if text.startswith("method.") or "{" in text]
    changed = load_method("construction.comprehensive", {"lose_above": "2.5", "float_percent": "3"})
    text = str(describe_method(changed, load("zh_CN")))
    assert "每1%扣2.5分" in text
    assert "1－3%" in text


def sample(name: str) -> dict[str, Any]:
    file = SAMPLES / f"{name}.json"
    if not file.is_file():
        pytest.skip("shared samples are not there")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"), parse_float=Decimal)
    return found


def exact_deviation(data: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    changed["price"]["deviation_places"] = None
    return changed


def test_the_published_highway_example_comes_out() -> None:
    """ev-01 leaves the deviation unrounded; its one misprint is corrected as the sample's errata say."""
    example = sample("ev-01-highway-benchmark-7bids")
    parameters = {"lose_above": "2", "lose_below": "1", "float_percent": "5"}
    pack = parse_method(exact_deviation(with_parameters(method_data("construction.comprehensive"), parameters)))
    bids = tuple(ScoredBid(bid["bidder"], Decimal(bid["eval_price"])) for bid in example["bids"])
    result = evaluate(pack, bids, EvaluationTerms(None, Decimal(60)))
    published = {**example["published"]["scores"], "240": example["known_errata"]["scores.240"]["correct"]}
    assert result.trace[0].result == example["published"]["average"]
    assert result.base == example["published"]["benchmark"]
    assert {str(row.price): row.price_score for row in result.rows} == published


def test_the_published_example_of_rounding_before_multiplying_comes_out() -> None:
    example = sample("ev-03-mean-benchmark-rounded-rate")
    pack = load_method("construction.comprehensive", {"lose_above": "2", "lose_below": "1"})
    bids = tuple(ScoredBid(bid["bidder"], Decimal(bid["price"])) for bid in example["bids"])
    result = evaluate(pack, bids, EvaluationTerms(None, Decimal(35)))
    assert result.base == example["published"]["benchmark"]
    assert {row.bid: row.deviation for row in result.rows} == example["published"]["deviation_pct"]
    assert {row.bid: row.price_score for row in result.rows} == example["published"]["scores"]
    assert result.ranking()[0].bid == example["published"]["best"]


def test_the_published_example_of_a_late_bid_comes_out() -> None:
    example = sample("ev-10-lowest-evaluated-late")
    given = example["parameters"]
    parameters = {
        "per_day_early": str(given["gain_per_month_early"]),
        "per_day_late": str(given["loss_per_month_late"]),
    }
    pack = load_method("construction.lowest_price", parameters)
    bid = example["bids"][0]
    scored = ScoredBid(bid["bidder"], Decimal(bid["price"]), quantities={"duration": Decimal(bid["months"])})
    result = evaluate(pack, (scored,), EvaluationTerms(required={"duration": Decimal(given["required_months"])}))
    assert result.rows[0].evaluated_price == example["published"]["evaluated_price"]


CONTRADICTIONS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("format", lambda data: data.update(format="other")),
    ("version", lambda data: data.update(version=1)),
    ("unknown member", lambda data: data.update(surprise=1)),
    ("missing member", lambda data: data.pop("ties")),
    ("kind", lambda data: data.update(kind="lottery")),
    ("score without price", lambda data: data.update(price=None)),
    ("ties without end", lambda data: data.update(ties=["price"])),
    ("unknown tie", lambda data: data.update(ties=["beauty", "committee"])),
    ("four candidates", lambda data: data.update(candidates=4)),
    ("trim not from 1", lambda data: data["price"]["trim"].pop(0)),
    ("trim eats all", lambda data: data["price"]["trim"][0].update(high=1)),
    ("float of 100", lambda data: data["price"].update(float_percent="100")),
    ("no segment", lambda data: data["price"].update(above=[])),
    ("closed last segment", lambda data: data["price"]["above"][0].update(until="5")),
    ("negative points", lambda data: data["price"]["below"][0].update(per_percent="-1")),
    ("parameter outside", lambda data: data["parameters"][0].update(value="9")),
    ("parameter unknown", lambda data: data["price"].update(float_percent="@nothing")),
    ("parameter twice", lambda data: data["parameters"].append(data["parameters"][0])),
    ("binary float", lambda data: data["price"].update(floor=0.1)),
    ("exponent", lambda data: data["price"].update(floor="1E+2")),
    ("not a number", lambda data: data["price"].update(floor="NaN")),
    ("experts drop all", lambda data: data["experts"].update(drop_from=2)),
    ("too many places", lambda data: data.update(result_places=7)),
    ("no Chinese title", lambda data: data.update(title={"en": "x"})),
]


@pytest.mark.parametrize(("_", "spoil"), CONTRADICTIONS, ids=[name for name, _ in CONTRADICTIONS])
def test_contradictory_packs_are_refused(_: str, spoil: Callable[[dict[str, Any]], object]) -> None:
    data: dict[str, Any] = method_data("construction.comprehensive")
    spoil(data)
    with pytest.raises(MethodInvalid):
        parse_method(data)


def test_an_unknown_pack_is_refused() -> None:
    for method_id in ("nothing", "../regimes", ""):
        with pytest.raises(MethodInvalid):
            load_method(method_id)


def test_a_tenders_copy_has_its_parameters_and_no_cases() -> None:
    copied = method_data("construction.lowest_price", {"per_day_late": "1000"})
    pack: MethodPack = parse_method(copied)
    assert pack.adjustments[0].per_unit_more == 1000
    assert pack.cases == ()
    assert method_data("construction.lowest_price")["cases"]


def test_the_law_is_data_with_its_articles() -> None:
    law = load_regime("bidding_law")
    assert law.minimum_bidders.value == 3
    assert (law.committee.minimum, law.committee.odd) == (5, True)
    notice = law.days("notice_to_deadline", mandatory=True)
    assert notice is not None
    assert notice.days == 20
    assert law.cite(notice).endswith("第二十四条")
    assert law.days("notice_to_deadline", mandatory=False) is None
    assert law.days("nothing", mandatory=True) is None


def test_only_values_whose_text_was_read_are_called_verified() -> None:
    read = {source["id"] for source in read_toml("regimes.toml")["source"] if source["read"]}  # type: ignore[attr-defined]
    for regime_id in regime_ids():
        regime = load_regime(regime_id)
        values = (regime.minimum_bidders, regime.committee, regime.deposit_percent, regime.candidates, *regime.clock)
        for value in values:
            assert not value.verified or (value.source in read and value.article)


def test_unknown_rule_data_are_refused() -> None:
    with pytest.raises(DataInvalid):
        load_regime("moon_law")
    with pytest.raises(DataInvalid):
        read_toml("nothing.toml")
    with pytest.raises(DataInvalid):
        read_json("methods")
