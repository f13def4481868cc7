"""The evaluation as a fold: each act is allowed or refused by the state before it, and gives the state after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.errors import StepNotAllowed
from core.evaluation import rules
from core.evaluation.bodies import (
    ChairElected,
    ClarificationAnswered,
    ClarificationAsked,
    Closed,
    Committed,
    Kind,
    MarksGiven,
    MarksLocked,
    Recused,
    Replaced,
    ReportDissent,
    ReportFrozen,
    ReportRefused,
    ReportSigned,
    ResultComputed,
    ReviewLocked,
    ReviewVoted,
    Started,
    TieDecided,
)
from core.evaluation.state import Clarification, Countersign, Departed, EvaluationState
from core.rules.regimes import CommitteeRule
from core.values.acts import Act
from core.values.codec import from_plain

_KINDS = {kind.value: kind for kind in Kind}


def fold(acts: Iterable[Act], rule: CommitteeRule) -> EvaluationState:
    """The state after all acts in order, under the regime's rule for committees.

    Raises :class:`core.errors.StepNotAllowed` for the first act that was not allowed, :class:`core.errors.DataInvalid`
    for a body that is not as documented. Acts of other kinds (``session.open``) pass without effect.
    """
    state = EvaluationState()
    for act in acts:
        state = advance(state, act, rule)
    return state


def advance(state: EvaluationState, act: Act, rule: CommitteeRule) -> EvaluationState:
    """The state after one more act; raises as :func:`fold`."""
    kind = _KINDS.get(act.kind)
    if kind is None:
        if act.kind.split(".")[0] in _OURS:
            raise StepNotAllowed(step=act.kind[:40], reason="unknown_kind")
        return state
    if state.closed_at is not None:
        raise StepNotAllowed(step=act.kind, reason="closed")
    if kind is not Kind.STARTED:
        state.begun()
    rules.require_actor(state, kind, act)
    return _STEPS[kind](state, act, rule)


_OURS = {kind.split(".")[0] for kind in _KINDS}


def _started(state: EvaluationState, act: Act, rule: CommitteeRule) -> EvaluationState:
    body = from_plain(Started, act.body)
    rules.may_start(state, body, rule)
    return replace(state, started=body, started_at=act.at, host=act.actor, committee=body.committee)


def _committed(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    from_plain(Committed, act.body)
    rules.may_commit(state, act)
    return replace(state, committed=(*state.committed, act.actor))


def _recused(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(Recused, act.body)
    rules.may_recuse(state)
    return _without(state, act.actor, body.reason, act)


def _replaced(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(Replaced, act.body)
    rules.may_replace(state, body.member, body.by)
    left = _without(state, body.member, body.reason, act)
    return replace(left, committee=(*left.committee, body.by))


def _without(state: EvaluationState, member_id: str, reason: str, act: Act) -> EvaluationState:
    """A member leaves: what he voted and marked is void, and what was locked with it is open again (实施条例 §48)."""
    gone = state.member(member_id)
    if gone is None:
        return state
    return replace(
        state,
        committee=tuple(member for member in state.committee if member.id != member_id),
        departed=(*state.departed, Departed(gone, reason, act.at)),
        committed=tuple(name for name in state.committed if name != member_id),
        chair="" if state.chair == member_id else state.chair,
        votes={key: form for key, form in state.votes.items() if key[0] != member_id},
        marks={key: form for key, form in state.marks.items() if key[0] != member_id},
        decisions=(),
        review_locked_at=None,
        marks_locked_at=None,
        tie=None,
    )


def _chair_elected(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ChairElected, act.body)
    rules.may_elect(state, body)
    return replace(state, chair=body.chair)


def _review_voted(state: EvaluationState, act: Act, rule: CommitteeRule) -> EvaluationState:
    body = from_plain(ReviewVoted, act.body)
    rules.may_vote(state, act, body, rule)
    return replace(state, votes={**state.votes, (act.actor, body.bid): body.votes})


def _review_locked(state: EvaluationState, act: Act, rule: CommitteeRule) -> EvaluationState:
    body = from_plain(ReviewLocked, act.body)
    rules.may_lock_review(state, body, rule)
    return replace(state, decisions=body.decisions, review_locked_at=act.at)


def _clarification_asked(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ClarificationAsked, act.body)
    rules.may_ask(state, body)
    asked = Clarification(body.clarification, body.bid, body.question, act.at)
    return replace(state, clarifications=(*state.clarifications, asked))


def _clarification_answered(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ClarificationAnswered, act.body)
    rules.may_answer(state, body)
    answered = tuple(
        replace(item, answer=body.answer) if item.id == body.clarification else item for item in state.clarifications
    )
    return replace(state, clarifications=answered)


def _marks_given(state: EvaluationState, act: Act, rule: CommitteeRule) -> EvaluationState:
    body = from_plain(MarksGiven, act.body)
    rules.may_mark(state, body, rule)
    return replace(state, marks={**state.marks, (act.actor, body.bid): body})


def _marks_locked(state: EvaluationState, act: Act, rule: CommitteeRule) -> EvaluationState:
    from_plain(MarksLocked, act.body)
    rules.may_lock_marks(state, rule)
    return replace(state, marks_locked_at=act.at)


def _tie_decided(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(TieDecided, act.body)
    rules.may_decide_tie(state, body)
    return replace(state, tie=body)


def _result_computed(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ResultComputed, act.body)
    rules.may_compute(state)
    return replace(state, result=body)


def _report_frozen(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ReportFrozen, act.body)
    rules.may_freeze(state, body)
    return replace(state, report=body, countersigns=())


def _report_signed(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ReportSigned, act.body)
    rules.may_countersign(state, Kind.REPORT_SIGNED, act.actor, body.sm3, None)
    return _countersigned(state, Countersign(act.actor, "signed", "", act.at))


def _report_dissent(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ReportDissent, act.body)
    rules.may_countersign(state, Kind.REPORT_DISSENT, act.actor, body.sm3, body.text)
    return _countersigned(state, Countersign(act.actor, "dissent", body.text, act.at))


def _report_refused(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    body = from_plain(ReportRefused, act.body)
    rules.may_refuse(state, body)
    return _countersigned(state, Countersign(body.member, "refused", body.reason, act.at))


def _countersigned(state: EvaluationState, done: Countersign) -> EvaluationState:
    return replace(state, countersigns=(*state.countersigns, done))


def _closed(state: EvaluationState, act: Act, _: CommitteeRule) -> EvaluationState:
    from_plain(Closed, act.body)
    rules.may_close(state)
    return replace(state, closed_at=act.at)


_STEPS = {
    Kind.STARTED: _started,
    Kind.COMMITTED: _committed,
    Kind.RECUSED: _recused,
    Kind.REPLACED: _replaced,
    Kind.CHAIR_ELECTED: _chair_elected,
    Kind.REVIEW_VOTED: _review_voted,
    Kind.REVIEW_LOCKED: _review_locked,
    Kind.CLARIFICATION_ASKED: _clarification_asked,
    Kind.CLARIFICATION_ANSWERED: _clarification_answered,
    Kind.MARKS_GIVEN: _marks_given,
    Kind.MARKS_LOCKED: _marks_locked,
    Kind.TIE_DECIDED: _tie_decided,
    Kind.RESULT_COMPUTED: _result_computed,
    Kind.REPORT_FROZEN: _report_frozen,
    Kind.REPORT_SIGNED: _report_signed,
    Kind.REPORT_DISSENT: _report_dissent,
    Kind.REPORT_REFUSED: _report_refused,
    Kind.CLOSED: _closed,
}
