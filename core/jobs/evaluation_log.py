"""A recorded evaluation recomputed from its log: state, result and who signed; used when closing and verifying."""

from __future__ import annotations

from datetime import datetime

from core.errors import PackageInvalid
from core.evaluation.bodies import Kind, Member, Replaced, ResultComputed
from core.evaluation.fold import fold
from core.evaluation.outcome import evaluation_result, factor_ranges, result_inputs
from core.evaluation.result import EvaluationResult
from core.evaluation.state import EvaluationState
from core.formats.evaluation_package import (
    EVALUATION_VERSION,
    EvaluationSummary,
    MemberSignature,
    OpenedEvaluation,
)
from core.formats.tender_excerpt import TenderExcerpt, read_excerpt
from core.jobs.lock_heads import must_cover_their_acts
from core.jobs.opening_log import must_act_for_themselves
from core.jobs.room import LARGE_KINDS, acts_of
from core.journal.log import EventLog
from core.journal.verification import VerifiedLog
from core.rules.method_pack import MethodPack, parse_method
from core.rules.regimes import load_regime
from core.tender.model import Tender
from core.values.codec import from_plain, to_plain
from signing.canonical_json import decode_object, encode
from signing.cms.digest import sm3
from signing.x509.trust import TrustList

SIGNING_KINDS = {
    Kind.REPORT_SIGNED.value: "signed",
    Kind.REPORT_DISSENT.value: "dissent",
}


def summarise(
    state: EvaluationState, result: EvaluationResult | None, verified: VerifiedLog, *, handed_over: str, candidates: int
) -> EvaluationSummary:
    """The summary of a finished evaluation; a pure function of its log but for ``handed_over``."""
    begun = state.begun()
    return EvaluationSummary(
        version=EVALUATION_VERSION,
        tender_id=begun.tender_id,
        tender_digest=begun.tender_digest,
        lot=begun.lot,
        opening_digest=begun.opening,
        handed_over=handed_over,
        report_sm3=state.report.sm3 if state.report else "",
        log_root=verified.root,
        result=result,
        candidates=candidate_bids(result, candidates) if result else (),
        signatures=member_signatures(state, verified),
    )


def candidate_bids(result: EvaluationResult, count: int) -> tuple[str, ...]:
    """The first ``count`` bids by rank."""
    return tuple(row.bid for row in result.ranking() if row.rank)[:count]


def member_signatures(state: EvaluationState, verified: VerifiedLog) -> tuple[MemberSignature, ...]:
    """What every member of the committee did with the frozen report, in the order of the committee."""
    events = {
        (event.event.actor, SIGNING_KINDS[event.event.kind]): event.digest
        for event in verified.events
        if event.event.kind in SIGNING_KINDS
    }
    found = []
    for member in state.committee:
        sign = state.countersign_of(member.id)
        if sign is not None:
            event = events.get((member.id, sign.how), "")
            found.append(MemberSignature(member.id, member.name, sign.how, sign.text, event))
    return tuple(found)


def recompute(
    opened: OpenedEvaluation, trust: TrustList | None, *, now: datetime, require_crl: bool = False
) -> tuple[EvaluationState, VerifiedLog]:
    """Folds the log, runs the engine and compares with what the file states.

    Raises LogInvalid, StepNotAllowed, DataInvalid, or PackageInvalid (layer ``content``) where they differ.
    """
    summary = opened.summary
    log = EventLog.decode(opened.log)
    project = f"{summary.tender_id}/{summary.lot}"
    verified = log.verify(project, trust=trust, roles=None, now=now, require_crl=require_crl, large=LARGE_KINDS)
    must_cover_their_acts(verified)
    excerpt = read_excerpt(opened.package, summary.tender_digest)
    must_act_for_themselves(verified, excerpt.tender)
    regime = load_regime(excerpt.tender.regime)
    state = fold(acts_of(verified), regime.committee)
    members_signed_in(verified, state)
    if state.closed_at is None:
        raise PackageInvalid(path=Kind.CLOSED.value, layer="content", reason="not_closed")
    method = must_follow_the_tender(state, excerpt)
    result = final_result(state, excerpt.tender, method)
    _must_be_the_recorded_result(state, excerpt.tender, method, result)
    expected = summarise(state, result, verified, handed_over=summary.handed_over, candidates=regime.candidates.value)
    if expected != summary:
        raise PackageInvalid(path="evaluation.json", layer="content", reason="not_the_log")
    if state.report is None or sm3(opened.report).hex() != state.report.sm3:
        raise PackageInvalid(path="report-frozen.pdf", layer="content", reason="not_the_log")
    return state, verified


def must_follow_the_tender(state: EvaluationState, excerpt: TenderExcerpt) -> MethodPack:
    """The method of the tender, if what the host began with is what the tender lays down; raises PackageInvalid."""
    begun = state.begun()
    lot = excerpt.tender.lot(begun.lot)
    method_bytes = excerpt.member(lot.method)
    method = parse_method(decode_object(method_bytes))
    stated = (begun.tender_id, begun.method, begun.method_sm3, begun.review_items, begun.factors)
    items = tuple(item.id for item in lot.review_items)
    laid_down = (excerpt.tender.tender_id, method.id, sm3(method_bytes).hex(), items, factor_ranges(lot, method))
    if stated != laid_down:
        raise PackageInvalid(path=Kind.STARTED.value, layer="content", reason="not_the_tender")
    return method


def final_result(state: EvaluationState, tender: Tender, method: MethodPack) -> EvaluationResult | None:
    """The engine's result, None where every bid was rejected."""
    return evaluation_result(state, tender, method) if state.passed_bids() else None


def result_digests(
    state: EvaluationState, tender: Tender, method: MethodPack, result: EvaluationResult
) -> ResultComputed:
    """The digests ``result.computed`` records: of the canonical JSON of inputs and result."""
    inputs = encode(to_plain(list(result_inputs(state, tender, method))))
    return ResultComputed(sm3(inputs).hex(), sm3(encode(to_plain(result))).hex())


def _must_be_the_recorded_result(
    state: EvaluationState, tender: Tender, method: MethodPack, result: EvaluationResult | None
) -> None:
    if state.result != (result_digests(state, tender, method, result) if result else None):
        raise PackageInvalid(path=Kind.RESULT_COMPUTED.value, layer="content", reason="not_the_log")


def members_signed_in(verified: VerifiedLog, state: EvaluationState) -> None:
    """Every member's session was opened with the certificate named for him when he joined the committee."""
    named: dict[str, Member] = {member.id: member for member in state.begun().committee}
    for signed in verified.events:
        if signed.event.kind == Kind.REPLACED.value:
            by = from_plain(Replaced, signed.event.body).by
            named[by.id] = by
    for session in verified.sessions:
        member = named.get(session.sign_in.member)
        if member is not None and session.certificate.sm3 != member.certificate:
            raise PackageInvalid(path=member.id, layer="content", reason="other_member")
