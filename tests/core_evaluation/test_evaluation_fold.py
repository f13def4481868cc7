from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from core.errors import DataInvalid, StepNotAllowed
from core.evaluation import bodies as ev
from core.evaluation.closing import compose_closing_page
from core.evaluation.fold import advance, fold
from core.evaluation.outcome import evaluation_result
from core.evaluation.report import OpeningFacts, OpeningRow, ReportInputs
from core.evaluation.state import EvaluationState
from core.evaluation.text import compose_report
from core.messages import load
from core.rules.regimes import load_regime
from core.values.acts import Act
from core.values.document import Table, document_json
from tests.procedure_runs import FIRMS, MEMBERS, PRICES, by, evaluation_acts, evaluation_started, marks, votes
from tests.procedure_world import OPENING, act, method, tender

RULE = load_regime("bidding_law").committee


def refused(acts: list[Act], bad: Act) -> str:
    state = fold(acts, RULE)
    with pytest.raises(StepNotAllowed) as caught:
        advance(state, bad, RULE)
    return str(caught.value.params["reason"])


def test_a_whole_evaluation_folds_to_its_end() -> None:
    state = fold(evaluation_acts(), RULE)
    assert state.closed_at is not None
    assert [item.how for item in state.countersigns] == ["signed", "signed", "signed", "dissent", "refused"]
    assert state.clarifications[0].answer == "共两台。"
    assert state.missing_forms() == ()


def test_every_prefix_is_lawful_and_the_fold_is_deterministic() -> None:
    acts = evaluation_acts(rejected="a3")
    for length in range(len(acts) + 1):
        assert fold(acts[:length], RULE) == fold(acts[:length], RULE)


def test_the_result_is_computed_from_locked_marks_only() -> None:
    state = fold(evaluation_acts(), RULE)
    result = evaluation_result(state, tender(), method())
    assert [row.bid for row in result.ranking()] == ["a1", "a2", "a3"]
    assert result.base == Decimal("970000.00")
    assert result == evaluation_result(fold(evaluation_acts(until="result.computed"), RULE), tender(), method())
    with pytest.raises(StepNotAllowed):
        evaluation_result(fold(evaluation_acts(until="review.voted"), RULE), tender(), method())


def test_a_rejected_bid_is_neither_marked_nor_ranked() -> None:
    acts = evaluation_acts(rejected="a1")
    state = fold(acts, RULE)
    assert [item.bid for item in state.passed_bids()] == ["a2", "a3"]
    assert state.rejected()[0].code == "3"
    result = evaluation_result(state, tender(), method())
    assert [row.bid for row in result.rows] == ["a2", "a3"]
    assert result.warned("few_bids")
    give = by("m1", "marks.given", ev.MarksGiven("a1", marks(Decimal("0.5"))), 67)
    assert refused(evaluation_acts(rejected="a1", until="review.locked"), give) == "bid_rejected"


def test_two_of_five_votes_do_not_reject() -> None:
    acts = evaluation_acts(until="chair.elected")
    for bid in PRICES:
        for number, member in enumerate(MEMBERS):
            failed = "qualification.grade" if number < 2 else ""
            acts.append(by(member.id, "review.voted", ev.ReviewVoted(bid, votes(failed)), 63))
    state = fold(acts, RULE)
    assert state.failed_items("a1") == ()
    decision = ev.Decision("a1", False, ("qualification.grade",), "3", "x", "y")
    rest = tuple(ev.Decision(bid, True) for bid in ("a2", "a3"))
    assert refused(acts, by("m2", "review.locked", ev.ReviewLocked((decision, *rest)), 64)) == "not_the_majority"


def test_a_rejection_needs_code_clause_and_reason() -> None:
    acts = evaluation_acts(rejected="a3", until="review.voted")
    good = tuple(ev.Decision(bid, True) for bid in ("a1", "a2"))
    full = ev.Decision("a3", False, ("qualification.grade",), "3", "评标办法 3.1.2(3)", "资质等级不足")
    for broken in (replace(full, code="8"), replace(full, clause=" "), replace(full, reason="")):
        lock = by("m2", "review.locked", ev.ReviewLocked((*good, broken)), 64)
        assert refused(acts, lock) == "rejection_without_basis"
    passed = by("m2", "review.locked", ev.ReviewLocked((*good, ev.Decision("a3", True))), 64)
    assert refused(acts, passed) == "not_the_majority"
    assert fold([*acts, by("m2", "review.locked", ev.ReviewLocked((*good, full)), 64)], RULE).decisions[2] == full


def test_a_lowest_price_evaluation_needs_no_marks() -> None:
    acts = evaluation_acts(lot_id="lot-2")
    state = fold(acts, RULE)
    result = evaluation_result(state, tender(), method("lot-2"))
    assert [str(row.evaluated_price) for row in result.rows] == ["950000.00", "970000.00", "995000.00"]
    skipping = [item for item in acts if item.kind != "marks.locked"]
    assert fold(skipping, RULE).closed_at is not None


def committee(*roles: str) -> tuple[ev.Member, ...]:
    return tuple(ev.Member(f"m{n}", f"n{n}", ev.MemberRole(role), "") for n, role in enumerate(roles))


E, T = "expert", "tenderer_representative"


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (committee(E, E, E), "committee_size"),
        (committee(E, E, E, E, E, E), "committee_size"),
        (committee(E, E, E, T, T), "committee_experts"),
        ((*MEMBERS[:4], MEMBERS[0]), "member_twice"),
    ],
)
def test_a_committee_the_law_forbids_cannot_start(members: tuple[ev.Member, ...], reason: str) -> None:
    assert refused([], act("evaluation.started", replace(evaluation_started(), committee=members))) == reason


def test_a_member_who_leaves_takes_votes_and_locks_with_him() -> None:
    acts = evaluation_acts(until="marks.given")
    acts.append(by("m3", "member.recused", ev.Recused("与投标人有利害关系"), 68))
    state = fold(acts, RULE)
    assert state.review_locked_at is None
    assert not [key for key in (*state.votes, *state.marks) if key[0] == "m3"]
    mark = by("m1", "marks.given", ev.MarksGiven("a1", marks(Decimal("0.5"))), 69)
    assert refused(acts, mark) == "committee_size"
    new = ev.Member("m9", "专家九", ev.MemberRole.EXPERT, "建筑工程")
    acts.append(act("member.replaced", ev.Replaced("m3", new, "回避"), minute=69))
    assert refused(acts, mark) == "not_committed"
    acts.append(by("m9", "member.committed", ev.Committed(""), 70))
    acts += [by("m9", "review.voted", ev.ReviewVoted(bid, votes()), 71) for bid in PRICES]
    lock = ev.ReviewLocked(tuple(ev.Decision(bid, True) for bid in PRICES))
    acts.append(by("m2", "review.locked", lock, 72))
    assert refused(acts, by("m2", "marks.locked", ev.MarksLocked(), 73)) == "forms_missing"
    acts += [by("m9", "marks.given", ev.MarksGiven(bid, marks(Decimal("0.9"))), 73) for bid in PRICES]
    acts.append(by("m2", "marks.locked", ev.MarksLocked(), 74))
    assert len(fold(acts, RULE).member_marks("a1", "plan.method")) == 5


def test_a_chair_who_leaves_must_be_replaced() -> None:
    acts = evaluation_acts(until="chair.elected")
    acts.append(by("m2", "member.recused", ev.Recused("回避"), 63))
    assert fold(acts, RULE).chair == ""


def changed_marks(**changes: object) -> ev.MarksGiven:
    form = marks(Decimal("0.5"))
    return ev.MarksGiven("a1", {**form, **changes})  # type: ignore[arg-type]


def frozen_again() -> Act:
    return act("report.frozen", ev.ReportFrozen("88" * 32, 2), minute=80)


BAD: list[tuple[str, str, Callable[[], Act]]] = [
    ("evaluation.started", "already_started", lambda: evaluation_acts()[0]),
    ("evaluation.started", "not_a_member", lambda: by("stranger", "member.committed", ev.Committed(""), 61)),
    ("evaluation.started", "not_committed", lambda: evaluation_acts(until="chair.elected")[-1]),
    ("member.committed", "already_committed", lambda: by("m1", "member.committed", ev.Committed(""), 61)),
    ("member.committed", "no_chair", lambda: by("m1", "review.voted", ev.ReviewVoted("a1", votes()), 61)),
    ("member.committed", "unknown_member", lambda: act("chair.elected", ev.ChairElected("zz", "election"))),
    ("chair.elected", "already_elected", lambda: act("chair.elected", ev.ChairElected("m1", "election"))),
    ("chair.elected", "form_incomplete", lambda: by("m1", "review.voted", ev.ReviewVoted("a1", votes()[1:]), 61)),
    ("chair.elected", "unknown_bid", lambda: by("m1", "review.voted", ev.ReviewVoted("zz", votes()), 61)),
    ("chair.elected", "reason_missing", lambda: by("m1", "review.voted", ev.ReviewVoted(
        "a1", (replace(votes()[0], passed=False), *votes()[1:])), 61)),
    ("chair.elected", "forms_missing", lambda: by("m2", "review.locked", ev.ReviewLocked(()), 61)),
    ("chair.elected", "before_review_lock", lambda: by("m1", "marks.given", changed_marks(), 61)),
    ("review.voted", "not_the_chair", lambda: by("m1", "review.locked", ev.ReviewLocked(()), 61)),
    ("review.voted", "decisions", lambda: by("m2", "review.locked", ev.ReviewLocked(()), 61)),
    ("review.locked", "after_lock", lambda: by("m1", "review.voted", ev.ReviewVoted("a1", votes()), 61)),
    ("review.locked", "forms_missing", lambda: by("m2", "marks.locked", ev.MarksLocked(), 61)),
    ("review.locked", "before_marks_lock", lambda: act("result.computed", ev.ResultComputed("", ""))),
    ("review.locked", "mark_out_of_range", lambda: by("m1", "marks.given", changed_marks(
        **{"plan.method": Decimal("10.01")}), 61)),
    ("review.locked", "mark_out_of_range", lambda: by("m1", "marks.given", changed_marks(
        **{"plan.method": Decimal(-1)}), 61)),
    ("review.locked", "mark_out_of_range", lambda: by("m1", "marks.given", changed_marks(
        **{"plan.method": Decimal("1.001")}), 61)),
    ("review.locked", "form_incomplete", lambda: by("m1", "marks.given", changed_marks(price=Decimal(60)), 61)),
    ("clarification.asked", "clarification", lambda: by("m2", "clarification.asked", ev.ClarificationAsked(
        "c1", "a1", "又问"), 61)),
    ("clarification.asked", "clarification", lambda: act("clarification.answered", ev.ClarificationAnswered("c9", ""))),
    ("marks.locked", "after_lock", lambda: by("m1", "marks.given", changed_marks(), 61)),
    ("marks.locked", "before_result", lambda: act("report.frozen", ev.ReportFrozen("77" * 32, 1))),
    ("marks.locked", "decisions", lambda: by("m2", "tie.decided", ev.TieDecided(("a1", "a1"), "x"), 61)),
    ("result.computed", "after_result", lambda: by("m3", "member.recused", ev.Recused("x"), 61)),
    ("result.computed", "after_result", lambda: by("m2", "tie.decided", ev.TieDecided(("a1",), "x"), 61)),
    ("result.computed", "report_version", lambda: act("report.frozen", ev.ReportFrozen("77" * 32, 2))),
    ("report.frozen", "other_report", lambda: by("m1", "report.signed", ev.ReportSigned("78" * 32), 61)),
    ("report.frozen", "reason_missing", lambda: by("m1", "report.dissent", ev.ReportDissent("77" * 32, " "), 61)),
    ("report.frozen", "signatures_missing", lambda: act("evaluation.closed", ev.Closed(""))),
    ("report.frozen", "after_report", lambda: by("m2", "clarification.asked", ev.ClarificationAsked(
        "c2", "a1", "又问"), 61)),
    ("report.signed", "already_signed", lambda: by("m1", "report.signed", ev.ReportSigned("77" * 32), 61)),
    ("report.signed", "role", lambda: by("m1", "report.refused", ev.ReportRefused("77" * 32, "m5", ""), 61)),
    ("evaluation.closed", "closed", frozen_again),
    ("chair.elected", "unknown_kind", lambda: act("review.danced", {})),
    ("chair.elected", "role", lambda: act("member.replaced", ev.Replaced("m1", MEMBERS[0], ""), role="expert")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "reason", "make"), BAD, ids=[f"{n}-{reason}" for n, (_, reason, _) in enumerate(BAD)]
)
def test_unlawful_acts_are_refused_with_their_reason(after: str, reason: str, make: Callable[[], Act]) -> None:
    assert refused(evaluation_acts(until=after), make()) == reason
    for language in ("zh_CN", "en"):
        assert load(language).has(f"evaluation.not_allowed.{reason}")


def test_objective_marks_must_agree_before_the_lock() -> None:
    acts = evaluation_acts(until="marks.given")
    other = changed_marks(**{"team.staff": Decimal(1)})
    acts.append(by("m1", "marks.given", other, 67))
    assert refused(acts, by("m2", "marks.locked", ev.MarksLocked(), 68)) == "objective_marks_differ"


def test_a_new_report_voids_every_signature() -> None:
    acts = evaluation_acts(until="report.refused")
    state = fold([*acts, frozen_again()], RULE)
    assert state.countersigns == ()
    assert refused([*acts, frozen_again()], by("m1", "report.signed", ev.ReportSigned("77" * 32), 81)) == "other_report"


def test_all_bids_rejected_still_ends_in_a_report() -> None:
    acts = evaluation_acts(until="chair.elected")
    decisions = []
    for bid in PRICES:
        acts += [by(m.id, "review.voted", ev.ReviewVoted(bid, votes("qualification.grade")), 63) for m in MEMBERS]
        decisions.append(ev.Decision(bid, False, ("qualification.grade",), "3", "评标办法 3.1.2(3)", "资质等级不足"))
    acts.append(by("m2", "review.locked", ev.ReviewLocked(tuple(decisions)), 64))
    assert refused(acts, act("result.computed", ev.ResultComputed("", ""))) == "no_bid_left"
    acts.append(act("report.frozen", ev.ReportFrozen("77" * 32, 1), minute=70))
    text = str(document_json(compose_report(report_inputs(fold(acts, RULE)), load("zh_CN"))))
    assert "所有投标均被否决" in text


def test_bodies_of_another_shape_are_refused() -> None:
    started = evaluation_acts()[0]
    with pytest.raises(DataInvalid):
        fold([replace(started, body={**started.body, "more": 1})], RULE)


def report_inputs(state: EvaluationState, lot: str = "lot-1") -> ReportInputs:
    opened = (OpeningRow(FIRMS[bid], Decimal(price), 190, "合格", "李四") for bid, price in PRICES.items())
    rows = (*opened, OpeningRow("丁建设有限公司", None, None, "", "", "未解密"))
    result = evaluation_result(state, tender(), method(lot)) if state.result else None
    facts = OpeningFacts("33" * 32, OPENING, "示例招标代理", rows)
    return ReportInputs(tender(), state, method(lot), facts, result)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("lot", ["lot-1", "lot-2"])
def test_the_report_has_every_section_and_every_fact(language: str, lot: str) -> None:
    state = fold(evaluation_acts(lot_id=lot, rejected="a3"), RULE)
    document = compose_report(report_inputs(state, lot), load(language))
    assert [chapter.id for chapter in document.chapters] == [
        "facts", "committee", "opening", "responsive", "rejected", "criteria", "prices", "scores", "ranking",
        "candidates", "clarifications", "dissent", "signatures",
    ]  # fmt: skip
    text = str(document_json(document))
    for fact in (
        *FIRMS.values(),
        "专家4",
        "资质等级不足",
        "评标办法 3.1.2(3)",
        "请说明塔吊数量。",
        "950,000.00",
        "未解密",
    ):
        assert fact in text
    for key in ("evaluation.report", "method.formula", "method.rule", "method.input", "tender.rejection_basis"):
        assert key not in text
    tables = [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)]
    assert all(len(table.columns) <= 12 for table in tables)


def test_the_report_is_a_pure_function_of_the_log() -> None:
    one = compose_report(report_inputs(fold(evaluation_acts(), RULE)), load("zh_CN"))
    two = compose_report(report_inputs(fold(evaluation_acts(), RULE)), load("zh_CN"))
    assert document_json(one) == document_json(two)


@dataclass(frozen=True)
class Line:
    name: str
    how: str
    text: str
    event: str


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_closing_page_names_dissent_refusal_and_silence(language: str) -> None:
    lines = (
        Line("甲", "signed", "", "e1"),
        Line("乙", "dissent", "评分偏高", "e2"),
        Line("丙", "refused", "程序不当", "e3"),
        Line("丁", "refused", "", "e4"),
    )
    text = str(document_json(compose_closing_page(tender(), "99" * 32, lines, load(language))))
    for fact in ("99" * 32, "评分偏高", "程序不当", "e1", "e4"):
        assert fact in text
    assert "evaluation.page" not in text


def test_every_kind_has_a_name_in_both_languages() -> None:
    for kind in ev.Kind:
        for language in ("zh_CN", "en"):
            assert load(language).has(f"evaluation.step.{kind.value}")
