from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from core.errors import DataInvalid, MethodInvalid
from core.evaluation.cases import case_faults, run_case
from core.messages import load
from core.rules.data_files import read_json, read_toml
from core.rules.method_lint import lint_data
from core.rules.method_pack import Case, MethodPack, load_method, method_data, method_ids, parse_method
from core.rules.method_text import describe_method
from core.rules.regimes import load_regime, regime_ids

ALL_CASES = [(method_id, case) for method_id in method_ids() for case in load_method(method_id).cases]


@pytest.mark.parametrize(("method_id", "case"), ALL_CASES, ids=[f"{m}-{n}" for n, (m, _) in enumerate(ALL_CASES)])
def test_every_worked_case_of_a_shipped_pack_comes_out(method_id: str, case: Case) -> None:
    data = method_data(method_id)
    assert case_faults(data) == ()
    assert len(run_case(data, case).bids) == len(case.given["bids"])  # type: ignore[arg-type]
    assert case.expect


def test_a_case_that_does_not_come_out_is_a_finding_with_both_numbers() -> None:
    data: dict[str, Any] = copy.deepcopy(method_data("construction.lowest_price"))
    data["cases"][0]["expect"]["bids"]["X"]["evaluated_price"] = "1"
    (finding,) = case_faults(data)
    assert finding.rule == "method.case_failed"
    assert "1 / 30300000.00" in finding.params["detail"]


def test_no_shipped_pack_has_an_error_of_the_linter() -> None:
    for method_id in method_ids():
        assert not [finding for finding in lint_data(method_data(method_id)) if finding.severity == "error"], method_id


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
        assert len(rows) >= 3
        assert not [text for row in rows for text in row if text.startswith("method.") or "{" in text]
    changed = load_method("construction.comprehensive", {"lose_above": "2.5", "float_percent": "3"})
    text = str(describe_method(changed, load("zh_CN")))
    assert "每1%扣2.5分" in text
    assert "(1 − 3 ÷ 100)" in text


CONTRADICTIONS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("format", lambda data: data.update(format="other")),
    ("version", lambda data: data.update(version=1)),
    ("unknown member", lambda data: data.update(surprise=1)),
    ("missing member", lambda data: data.pop("ranking")),
    ("unknown decider", lambda data: data.update(ranking=[{"by": "price", "best": "lowest"}, {"decide": "beauty"}])),
    ("no candidates", lambda data: data.update(candidates=0)),
    ("parameter outside", lambda data: data["parameters"][0].update(value="9")),
    ("parameter unknown", lambda data: data["steps"][3].update(value="mean_price * nothing")),
    ("parameter twice", lambda data: data["parameters"].append(data["parameters"][0])),
    ("binary float", lambda data: data["steps"][6].update(min=0.1)),
    ("no formula", lambda data: data["steps"][6].update(min="1E+2 +")),
    ("not a number", lambda data: data["steps"][6].update(min="NaN")),
    ("too many places", lambda data: data["steps"][7].update(round=13)),
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
    assert pack.parameters[1].value == 1000
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
