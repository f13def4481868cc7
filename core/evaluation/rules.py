"""Which act of an evaluation is allowed now. Each rule returns nothing or raises :class:`StepNotAllowed` with a reason.

Reasons are keys of ``evaluation.not_allowed`` in the catalogue.
"""

from __future__ import annotations

from typing import NoReturn

from core.errors import StepNotAllowed
from core.evaluation.bodies import (
    ChairElected,
    ClarificationAnswered,
    ClarificationAsked,
    Decision,
    Kind,
    MarksGiven,
    Member,
    MemberRole,
    ReportFrozen,
    ReportRefused,
    ReviewLocked,
    ReviewVoted,
    Started,
    TieDecided,
)
from core.evaluation.state import EvaluationState
from core.rules.regimes import CommitteeRule
from core.values.acts import Act

HOST_ROLES = frozenset({"tenderer", "agency", "centre"})
MARK_PLACES = 2  # decimals of a member's mark
STATUTORY_CODES = frozenset("1234567")  # 招标投标法实施条例 §51
_MEMBER_KINDS = frozenset(
    {Kind.COMMITTED, Kind.RECUSED, Kind.REVIEW_VOTED, Kind.MARKS_GIVEN, Kind.REPORT_SIGNED, Kind.REPORT_DISSENT}
)
_CHAIR_KINDS = frozenset({Kind.REVIEW_LOCKED, Kind.MARKS_LOCKED, Kind.CLARIFICATION_ASKED, Kind.TIE_DECIDED})


def require_actor(state: EvaluationState, kind: Kind, act: Act) -> None:
    """Members act for themselves, the chair locks and asks, the host does the rest."""
    if kind in _MEMBER_KINDS:
        if state.member(act.actor) is None:
            _refuse(kind, "not_a_member")
    elif kind in _CHAIR_KINDS:
        if not state.chair or act.actor != state.chair:
            _refuse(kind, "not_the_chair")
    elif kind is Kind.REPORT_REFUSED:
        if act.actor != state.chair and act.role not in HOST_ROLES:
            _refuse(kind, "role")
    elif act.role not in HOST_ROLES:
        _refuse(kind, "role")


def may_start(state: EvaluationState, body: Started, rule: CommitteeRule) -> None:
    """Once, with bids and a committee as the law wants it."""
    if state.started is not None:
        _refuse(Kind.STARTED, "already_started")
    bids = [item.bid for item in body.bids]
    if not bids or len(set(bids)) != len(bids):
        _refuse(Kind.STARTED, "bids")
    if len(set(body.review_items)) != len(body.review_items) or not body.review_items:
        _refuse(Kind.STARTED, "review_items")
    factors = [factor.id for factor in body.factors]
    if len(set(factors)) != len(factors) or any(factor.full_score <= 0 for factor in body.factors):
        _refuse(Kind.STARTED, "factors")
    require_committee(Kind.STARTED, body.committee, rule)


def require_committee(kind: Kind, committee: tuple[Member, ...], rule: CommitteeRule) -> None:
    """Size, odd number and share of experts. Source: 招标投标法 §37 (values from the regime's data)."""
    size = len(committee)
    experts = sum(member.role is MemberRole.EXPERT for member in committee)
    if len({member.id for member in committee}) != size:
        _refuse(kind, "member_twice")
    if size < rule.minimum or (rule.odd and size % 2 == 0):
        _refuse(kind, "committee_size")
    if experts * rule.experts_of < size * rule.experts:
        _refuse(kind, "committee_experts")


def may_commit(state: EvaluationState, act: Act) -> None:
    """Each present member once."""
    if act.actor in state.committed:
        _refuse(Kind.COMMITTED, "already_committed")


def may_replace(state: EvaluationState, old: str, new: Member) -> None:
    """For a member who recused himself or is present; the new one was never on the committee. Not after the result."""
    if state.result is not None:
        _refuse(Kind.REPLACED, "after_result")
    known = {member.id for member in state.committee} | {item.member.id for item in state.departed}
    if old not in known or new.id in known:
        _refuse(Kind.REPLACED, "unknown_member")


def may_elect(state: EvaluationState, body: ChairElected) -> None:
    """A present member, by election or appointment, after all committed; not twice."""
    if state.chair:
        _refuse(Kind.CHAIR_ELECTED, "already_elected")
    if state.member(body.chair) is None or body.by not in ("election", "appointment"):
        _refuse(Kind.CHAIR_ELECTED, "unknown_member")
    _require_all_committed(state, Kind.CHAIR_ELECTED)


def may_vote(state: EvaluationState, act: Act, body: ReviewVoted, rule: CommitteeRule) -> None:
    """A whole form for one bid before the lock; failing an item needs a reason."""
    _require_working_committee(state, Kind.REVIEW_VOTED, rule)
    if state.review_locked_at is not None:
        _refuse(Kind.REVIEW_VOTED, "after_lock")
    if state.bid(body.bid) is None or act.actor not in state.committed:
        _refuse(Kind.REVIEW_VOTED, "unknown_bid")
    if tuple(vote.item for vote in body.votes) != state.begun().review_items:
        _refuse(Kind.REVIEW_VOTED, "form_incomplete")
    if any(not vote.passed and not vote.reason.strip() for vote in body.votes):
        _refuse(Kind.REVIEW_VOTED, "reason_missing")


def may_lock_review(state: EvaluationState, body: ReviewLocked, rule: CommitteeRule) -> None:
    """When all voted on every bid; the decisions must be the majority's, rejections with code and clause."""
    _require_working_committee(state, Kind.REVIEW_LOCKED, rule)
    if state.review_locked_at is not None:
        _refuse(Kind.REVIEW_LOCKED, "after_lock")
    if state.missing_forms():
        _refuse(Kind.REVIEW_LOCKED, "forms_missing")
    if [decision.bid for decision in body.decisions] != [item.bid for item in state.begun().bids]:
        _refuse(Kind.REVIEW_LOCKED, "decisions")
    for decision in body.decisions:
        _require_right_decision(state, decision)


def _require_right_decision(state: EvaluationState, decision: Decision) -> None:
    failed = state.failed_items(decision.bid)
    if decision.items != failed or decision.passed == bool(failed):
        _refuse(Kind.REVIEW_LOCKED, "not_the_majority")
    basis = (decision.clause.strip(), decision.reason.strip())
    if failed and (decision.code not in STATUTORY_CODES or not all(basis)):
        _refuse(Kind.REVIEW_LOCKED, "rejection_without_basis")


def may_ask(state: EvaluationState, body: ClarificationAsked) -> None:
    """Before the report is frozen, with an id of its own."""
    if state.report is not None:
        _refuse(Kind.CLARIFICATION_ASKED, "after_report")
    known = {item.id for item in state.clarifications}
    if state.bid(body.bid) is None or body.clarification in known or not body.question.strip():
        _refuse(Kind.CLARIFICATION_ASKED, "clarification")


def may_answer(state: EvaluationState, body: ClarificationAnswered) -> None:
    """An open question, once."""
    if body.clarification not in {item.id for item in state.clarifications if not item.answer}:
        _refuse(Kind.CLARIFICATION_ANSWERED, "clarification")


def may_recuse(state: EvaluationState) -> None:
    """Any time before the result; what the member voted and marked is void (实施条例 §48)."""
    if state.result is not None:
        _refuse(Kind.RECUSED, "after_result")


def may_mark(state: EvaluationState, body: MarksGiven, rule: CommitteeRule) -> None:
    """After the review is locked and before marking is, for a bid that passed, all factors, within their range."""
    _require_working_committee(state, Kind.MARKS_GIVEN, rule)
    if state.review_locked_at is None:
        _refuse(Kind.MARKS_GIVEN, "before_review_lock")
    if state.marks_locked_at is not None:
        _refuse(Kind.MARKS_GIVEN, "after_lock")
    if body.bid not in {item.bid for item in state.passed_bids()}:
        _refuse(Kind.MARKS_GIVEN, "bid_rejected")
    ranges = {factor.id: factor.full_score for factor in state.begun().factors}
    if set(body.marks) != set(ranges):
        _refuse(Kind.MARKS_GIVEN, "form_incomplete")
    for factor, mark in body.marks.items():
        if not 0 <= mark <= ranges[factor] or -int(mark.as_tuple().exponent) > MARK_PLACES:
            _refuse(Kind.MARKS_GIVEN, "mark_out_of_range")


def may_lock_marks(state: EvaluationState, rule: CommitteeRule) -> None:
    """When every member marked every bid that passed and objective factors have one mark each."""
    _require_working_committee(state, Kind.MARKS_LOCKED, rule)
    if state.review_locked_at is None:
        _refuse(Kind.MARKS_LOCKED, "before_review_lock")
    if state.marks_locked_at is not None:
        _refuse(Kind.MARKS_LOCKED, "after_lock")
    if state.missing_forms():
        _refuse(Kind.MARKS_LOCKED, "forms_missing")
    for factor in state.begun().factors:
        for item in state.passed_bids():
            if factor.objective and len(set(state.member_marks(item.bid, factor.id))) > 1:
                _refuse(Kind.MARKS_LOCKED, "objective_marks_differ")


def may_decide_tie(state: EvaluationState, body: TieDecided) -> None:
    """Before the result, among bids that passed, with a reason."""
    _require_marked(state, Kind.TIE_DECIDED)
    if state.result is not None:
        _refuse(Kind.TIE_DECIDED, "after_result")
    passed = {item.bid for item in state.passed_bids()}
    if len(set(body.order)) != len(body.order) or not set(body.order) <= passed or not body.reason.strip():
        _refuse(Kind.TIE_DECIDED, "decisions")


def may_compute(state: EvaluationState) -> None:
    """After marking is locked (or the review, where nothing is marked), once, with a bid left."""
    _require_marked(state, Kind.RESULT_COMPUTED)
    if state.result is not None:
        _refuse(Kind.RESULT_COMPUTED, "after_result")
    if not state.passed_bids():
        _refuse(Kind.RESULT_COMPUTED, "no_bid_left")


def may_freeze(state: EvaluationState, body: ReportFrozen) -> None:
    """After the result (or where every bid was rejected), versions counted without a gap."""
    if state.result is None and not (state.review_locked_at and not state.passed_bids()):
        _refuse(Kind.REPORT_FROZEN, "before_result")
    if any(not item.answer for item in state.clarifications):
        _refuse(Kind.REPORT_FROZEN, "clarification")
    if body.report_version != (state.report.report_version if state.report else 0) + 1 or not body.sm3:
        _refuse(Kind.REPORT_FROZEN, "report_version")


def may_countersign(state: EvaluationState, kind: Kind, member: str, sm3: str, text: str | None) -> None:
    """The frozen report, by a present member, once; a dissent needs a text."""
    if state.report is None or state.report.sm3 != sm3:
        _refuse(kind, "other_report")
    if state.member(member) is None:
        _refuse(kind, "not_a_member")
    if state.countersign_of(member) is not None:
        _refuse(kind, "already_signed")
    if text is not None and not text.strip():
        _refuse(kind, "reason_missing")


def may_refuse(state: EvaluationState, body: ReportRefused) -> None:
    """Like a countersignature, recorded for a member; silence is allowed and deemed consent."""
    may_countersign(state, Kind.REPORT_REFUSED, body.member, body.sm3, None)


def may_close(state: EvaluationState) -> None:
    """When every member has signed, dissented or refused."""
    if state.report is None or any(state.countersign_of(member.id) is None for member in state.committee):
        _refuse(Kind.CLOSED, "signatures_missing")


def _require_all_committed(state: EvaluationState, kind: Kind) -> None:
    if any(member.id not in state.committed for member in state.committee):
        _refuse(kind, "not_committed")


def _require_working_committee(state: EvaluationState, kind: Kind, rule: CommitteeRule) -> None:
    state.begun()
    require_committee(kind, state.committee, rule)
    _require_all_committed(state, kind)
    if not state.chair:
        _refuse(kind, "no_chair")


def _require_marked(state: EvaluationState, kind: Kind) -> None:
    if state.review_locked_at is None:
        _refuse(kind, "before_review_lock")
    if state.begun().factors and state.passed_bids() and state.marks_locked_at is None:
        _refuse(kind, "before_marks_lock")


def _refuse(kind: Kind, reason: str) -> NoReturn:
    raise StepNotAllowed(step=kind.value, reason=reason)
