"""Draws, several lots, checks of marks, agreement, dry runs, the linter and the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.errors import ScoreInvalid
from core.evaluation.agreement import kendall_w, two_way_residuals
from core.evaluation.draws import commit, commitment, drawn_value, enter, published, reveal, void
from core.evaluation.dry_run import dry_run
from core.evaluation.lots import LotOutcome, award_lots
from core.evaluation.sampling import Sampler
from core.evaluation.score_checks import check_marks
from core.evaluation.score_input import read_bids
from core.rules.factor_tree import Level, PackFactor, RejectionClause, clause_faults, tree_faults
from core.rules.method_lint import lint_data
from core.rules.method_model import LotRule
from core.rules.method_pack import load_method, parse_method
from tests.score.score_world import MEAN_PACK, pack, prices, scored

K = load_method("jiangsu.method_1").draws[0]
PARTIES = ("host", "甲", "乙")


def test_a_draw_entered_by_host_and_witness_is_locked_until_a_recorded_void() -> None:
    state = enter(published(K), ("95.5",), "host", "witness")
    assert drawn_value(state) == Decimal("95.5")
    with pytest.raises(ScoreInvalid):
        enter(state, ("96",), "host", "witness")
    with pytest.raises(ScoreInvalid):
        void(state, ("host", "host"), "again")
    again = enter(void(state, ("host", "witness"), "号码球遗漏"), ("96",), "host", "witness")
    assert [item.drawn.values for item in again.voided] == [("95.5",)]


@pytest.mark.parametrize(("values", "host", "witness"), [(("94",), "a", "b"), (("95",), "a", "a"), ((), "a", "b"),
                                                         (("95", "96"), "a", "b"), (("95",), "", "b")])  # fmt: skip
def test_foreign_values_and_single_hands_are_refused(values: tuple[str, ...], host: str, witness: str) -> None:
    with pytest.raises(ScoreInvalid):
        enter(published(K), values, host, witness)


def committed(secrets: dict[str, bytes]) -> Any:
    state = published(K, PARTIES)
    for party, secret in secrets.items():
        state = commit(state, party, commitment("K", party, secret))
    return state


def test_all_parties_commit_before_anyone_reveals_and_together_they_draw() -> None:
    secrets = {party: bytes([at]) * 32 for at, party in enumerate(PARTIES)}
    state = committed(secrets)
    for party, secret in secrets.items():
        state = reveal(state, party, secret)
    assert format(drawn_value(state), "f") in state.list
    assert state.drawn.how == "revealed"
    with pytest.raises(ScoreInvalid):
        reveal(committed(dict(list(secrets.items())[:2])), "host", secrets["host"])
    with pytest.raises(ScoreInvalid):
        reveal(committed(secrets), "host", b"x" * 32)
    seen = set()
    for number in range(80):
        other = {**secrets, "host": number.to_bytes(32, "big")}
        state = committed(other)
        for party, secret in other.items():
            state = reveal(state, party, secret)
        seen.add(drawn_value(state))
    assert len(seen) == len(K.values)


def test_a_bidder_wins_no_more_lots_than_allowed() -> None:
    result, _ = scored(MEAN_PACK, prices(100, 101, 103))
    lots = [
        LotOutcome("1", Decimal(5), result),
        LotOutcome("2", Decimal(9), result),
        LotOutcome("3", Decimal(1), result),
    ]
    first, second, third = (row.bid for row in result.ranking())
    given = award_lots(LotRule(1, "given"), lots)
    assert [(award.lot, award.winner) for award in given] == [("1", first), ("2", second), ("3", third)]
    assert given[1].passed_over == (first,)
    assert [award.lot for award in award_lots(LotRule(1, "largest"), lots)] == ["2", "1", "3"]
    assert [award.winner for award in award_lots(LotRule(3, "given"), lots)] == [first] * 3
    data = {**MEAN_PACK, "lots": {"most": 1}}
    _, report = scored(data, {**prices(100, 101, 103), "won": {first: 1}})
    assert ("lot_winner", second) in {(item.code, item.about) for item in report.warnings}


MARKED = pack([{"id": "total", "kind": "bid", "value": "marks"}],
              factors=[{"id": "plan", "full": "60"}, {"id": "past", "full": "40", "kind": "objective"}])  # fmt: skip


def rules(*marks: tuple[list[int], list[int]]) -> set[str]:
    bids = {"bids": [{"bidder": f"b{at}", "price": "1", "marks": {"plan": plan, "past": past}}
                     for at, (plan, past) in enumerate(marks)]}  # fmt: skip
    method = parse_method(MARKED)
    given, terms = read_bids(bids, method)
    result, _ = scored(MARKED, bids)
    return {finding.rule for finding in check_marks(method, given, terms, result)}


def test_marks_are_checked_before_anyone_signs() -> None:
    same = [30] * 5
    assert rules(([50, 51, 52, 49, 51], same), ([41, 40, 42, 41, 41], same)) == {"score.agreement"}
    assert "score.objective_differs" in rules(([50] * 5, [30, 30, 30, 30, 31]), ([40] * 5, same))
    assert "score.far_from_mean" in rules(([50, 51, 52, 50, 20], same), ([41, 40, 42, 41, 40], same))
    assert "score.pivotal" in rules(([50, 50, 50, 50, 1], same), ([48, 48, 48, 48, 48], same))
    assert "score.identical" in rules(([50, 50, 52, 53, 54], same), ([40, 40, 42, 43, 45], same))
    assert "score.constant" in rules(([50, 41, 52], [30] * 3), ([50, 42, 51], [30] * 3))


def test_a_stated_score_that_the_marks_do_not_give_is_a_sum_error() -> None:
    row = {"bidder": "a", "price": "1", "marks": {"plan": [50, 50], "past": [1, 1]}, "scores": {"plan": "51"}}
    bids = {"bids": [row, {**row, "bidder": "b", "scores": {}}]}
    method = parse_method(MARKED)
    given, terms = read_bids(bids, method)
    found = check_marks(method, given, terms, scored(MARKED, bids)[0])
    assert "score.sum_error" in {finding.rule for finding in found}


def test_agreement_is_one_for_equal_orders_and_residuals_show_the_odd_mark() -> None:
    full = [[Decimal(at), Decimal(at), Decimal(at)] for at in range(1, 5)]
    assert kendall_w(full) == 1
    assert kendall_w([[Decimal(1), Decimal(2)], [Decimal(2), Decimal(1)]]) == 0
    additive = [[Decimal(bid + member) for member in range(3)] for bid in range(3)]
    assert all(not value for row in two_way_residuals(additive) for value in row)


def test_a_dry_run_is_the_same_for_the_same_seed_and_shows_collusion() -> None:
    method = parse_method(MEAN_PACK)
    one, other = (dry_run(method, {}, runs=40, seed="x", tick=lambda: None) for _ in range(2))
    assert one == other
    assert one != dry_run(method, {}, runs=40, seed="y", tick=lambda: None)
    assert sum(one.wins_by_price) == 40
    assert one.curve
    assert one.turning
    assert [moved.bids for moved in one.manipulated] == [1, 2, 3]
    assert one.manipulated[2].down < one.manipulated[1].down <= 0
    with pytest.raises(ScoreInvalid):
        dry_run(method, {}, runs=0, seed="", tick=lambda: None)
    assert sorted(Sampler("s").order(range(9))) == list(range(9))


def test_every_shipped_pack_can_be_tried_out() -> None:
    from core.rules.method_pack import method_ids

    for method_id in method_ids():
        tried = dry_run(load_method(method_id), {}, runs=20, seed="1", tick=lambda: None)
        assert tried.failed < 20, (method_id, tried.first_fault)


def lint_rules(**spoil: Any) -> set[str]:
    return {finding.rule for finding in lint_data({**MEAN_PACK, "regime": "bidding_law", **spoil})}


def test_the_linter_finds_what_the_law_and_good_sense_forbid() -> None:
    reference = {"tender_values": [{"id": "reference_price"}]}
    band = {"id": "band", "kind": "reject", "when": "abs(price - reference_price) > 3"}
    assert "method.reference_rejects" in lint_rules(**reference, steps=[*MEAN_PACK["steps"], band])
    assert "method.no_tie_rule" in lint_rules(ranking=[{"by": "total", "best": "highest"}])
    light = {"regime": "government_procurement", "category": "goods"}
    assert "method.price_weight" in lint_rules(**light, parameters=[{"id": "price_weight", "value": "29"}])
    assert "method.not_low_price_first" in lint_rules(**light)
    assert "method.unused" in lint_rules(parameters=[{"id": "idle", "value": "1"}])
    assert "method.candidates" in lint_rules(candidates=4)
    assert "method.no_floor" in lint_rules(
        steps=[{k: v for k, v in step.items() if k != "min"} for step in MEAN_PACK["steps"]]
    )
    factor = {"id": "f", "title": "x", "full": "30", "levels": [{"text": "好", "from": "0", "to": "20"}]}
    heavy = {"parameters": [{"id": "full_score", "value": "60"}], "factors": [factor]}
    assert {"method.weights_sum", "method.unreachable_score"} <= lint_rules(**heavy)
    assert lint_rules(steps=[{"id": "x", "kind": "figure", "value": "1 +"}]) == {"method.unusable"}


def test_factor_trees_sum_and_rejection_clauses_have_their_codes() -> None:
    leaf = PackFactor(
        "a", {}, Decimal(10), Decimal(0), "", "subjective", (), (Level("好", Decimal(0), Decimal(10)),), (), ""
    )
    tree = replace(leaf, id="t", full=Decimal(25), parts=(leaf, replace(leaf, id="b")))
    assert {fault.slug for fault in tree_faults((tree,), Decimal(25))} == {"weights_sum"}
    assert not list(tree_faults((replace(tree, full=Decimal(20)),), Decimal(20)))
    clauses = tuple(RejectionClause(code, f"3.{code}", "文") for code in range(1, 8))
    assert not list(clause_faults(clauses))
    assert {fault.slug for fault in clause_faults(clauses[1:])} == {"rejection_absent"}
    assert {fault.slug for fault in clause_faults((*clauses, RejectionClause(8, "1", "x")))} == {"rejection_code"}


def write(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def test_the_commands_show_explain_try_and_lint(command: Callable[..., Any], tmp_path: Path) -> None:
    mean, bids = write(tmp_path, "p.json", MEAN_PACK), write(tmp_path, "b.json", prices(90, 100, 120))
    assert "b1" in command("score", mean, bids).out
    assert "平均值（投标报价）" in command("score", mean, bids, "--explain").out
    assert command("score", mean, bids, "--explain", "--json").json() == command("score", mean, bids, "--json").json()
    assert command("score", mean, "--dry-run", "--runs", "5", "--json").json()["runs"] == 5
    assert command("score", mean, "--dry-run", "--runs", "5").code == 0
    assert command("score", "lint", mean).code == 0
    assert command("--json", "score", "lint", mean).json()["errors"] == 0
    broken = write(tmp_path, "broken.json", {**MEAN_PACK, "surprise": 1})
    linted = command("score", "lint", broken, "--json")
    assert (linted.code, linted.json()["errors"]) == (44, 1)
    assert "surprise" in command("score", "lint", broken).out
    wrong = write(tmp_path, "w.json", {"bids": [{"bidder": "a", "price": "1,0"}]})
    assert "1,0" in command("score", mean, wrong).err


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"bids": NaN}', '{"bids": [], "bids": []}', "[" * 5000, '{"bids": 1e5}']
)
def test_broken_bids_files_are_refused(command: Callable[..., Any], tmp_path: Path, text: str) -> None:
    mean = write(tmp_path, "p.json", MEAN_PACK)
    result = command("score", mean, write(tmp_path, "b.json", text), "--json")
    assert result.code == 58
    assert result.json()["error"]["code"] == "score.invalid"
    assert command("score", write(tmp_path, "q.json", text), mean, "--json").code == 57
    assert command("score", tmp_path / "none.json", mean).code == 3
