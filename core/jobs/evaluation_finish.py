"""The evaluation's end: result, frozen report, members' signatures, ``.tbp`` and ``report.pdf``.

The frozen report is a function of the log up to its freezing; each member's binding signature is a signed event over
its SM3; ``report.pdf`` is the frozen bytes plus one page naming those signatures, signed by the host as assembler.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import FileExists, FileMissing, StepNotAllowed
from core.evaluation.bodies import (
    Closed,
    Kind,
    ReportDissent,
    ReportFrozen,
    ReportRefused,
    ReportSigned,
)
from core.evaluation.closing import compose_closing_page
from core.evaluation.report import OpeningFacts, OpeningRow, ReportInputs
from core.evaluation.text import compose_report
from core.formats.evaluation_package import (
    LOG_MEMBER,
    REPORT_MEMBER,
    SUMMARY_MEMBER,
)
from core.formats.package import Member, write_package
from core.formats.tender_excerpt import excerpt_members
from core.jobs.evaluation_log import result_digests, summarise
from core.jobs.evaluation_room import EvaluationRoom, open_evaluation
from core.jobs.evaluation_start import Recorded
from core.jobs.opening_log import opening_state
from core.opening.state import OpeningState
from core.ports.files import atomic_write
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from core.rules.regimes import load_regime
from core.values.codec import to_plain
from core.values.document import document_json
from signing.canonical_json import encode
from signing.cms.digest import sm3, sm3_file
from signing.pdf.sign import append_and_sign

FROZEN = "report-frozen.pdf"


@dataclass(frozen=True, slots=True)
class HostStep:
    """A step of the host."""

    evaluation: Path
    role: str
    cert: Path
    key: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """The result recorded, best first."""

    evaluation: str
    bidders: tuple[str, ...]
    first: str
    result_sm3: str


@dataclass(frozen=True, slots=True)
class FreezeReport:
    """``out``, if given, also gets a copy of the frozen report for reading."""

    evaluation: Path
    role: str
    cert: Path
    key: Path
    out: Path | None = None
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """The frozen report."""

    evaluation: str
    sm3: str
    pages: int


@dataclass(frozen=True, slots=True)
class SignReport:
    """A member signs the frozen report; ``dissent`` is his differing opinion, signed with it."""

    evaluation: Path
    member: str
    cert: Path
    key: Path
    dissent: str = ""
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class RefuseReport:
    """The host records that a member does not sign; without a reason it is deemed consent (实施条例 §53)."""

    evaluation: Path
    member: str
    role: str
    cert: Path
    key: Path
    reason: str = ""
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class CloseEvaluation:
    """The host closes the log and writes both files. ``handed_over``: the ``.tbo`` the committee worked from."""

    evaluation: Path
    role: str
    cert: Path
    key: Path
    out: Path
    report: Path
    handed_over: Path | None = None
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class ClosedEvaluation:
    """The files written and who signed."""

    path: str
    report: str
    digest: str
    signed: int
    first: str


def rank_bids(request: HostStep, services: Services, context: JobContext) -> Ranked:
    """Runs the engine on the locked marks and records digests of inputs and result."""
    context.progress(0, 0, "evaluation.progress.ranking")
    with open_evaluation(request.evaluation, services) as room:
        result = room.result()
        if result is None:
            raise StepNotAllowed(step=Kind.RESULT_COMPUTED.value, reason="no_bid_left")
        body = result_digests(room.state(), room.tender.tender, room.method, result)
        session = room.host_session(KeySource(request.cert, request.key, request.pin_file), request.role)
        room.act(session, Kind.RESULT_COMPUTED, body, large=True)
        names = {bid.bid: bid.bidder for bid in room.state().begun().bids}
    bidders = tuple(names[row.bid] for row in result.ranking())
    return Ranked(str(request.evaluation), bidders, bidders[0], body.result_sm3)


def freeze_report(request: FreezeReport, services: Services, context: JobContext) -> FrozenReport:
    """Renders the report from the log, keeps its bytes and records their SM3."""
    context.progress(0, 0, "evaluation.progress.report")
    with open_evaluation(request.evaluation, services) as room:
        pdf = render_report(room, services)
        room.room.draft.attach(FROZEN, "application/pdf", pdf)
        previous = room.state().report
        session = room.host_session(KeySource(request.cert, request.key, request.pin_file), request.role)
        version = previous.report_version + 1 if previous else 1
        room.act(session, Kind.REPORT_FROZEN, ReportFrozen(sm3(pdf).hex(), version), large=True)
    if request.out is not None:
        atomic_write(request.out, pdf)
    return FrozenReport(str(request.evaluation), sm3(pdf).hex(), services.renderer.page_count(pdf))


def render_report(room: EvaluationRoom, services: Services) -> bytes:
    """The report of the present log: the same log gives the same bytes, whatever the clock says."""
    state = room.state()
    opening, _ = opening_state(room.opening, room.room.trust(), now=services.clock.now())
    inputs = ReportInputs(room.tender.tender, state, room.method, _opening_facts(room, opening), room.result())
    text = compose_report(inputs, services.catalogue)
    decided = {Kind.RESULT_COMPUTED.value, Kind.REVIEW_LOCKED.value}
    moments = [act.at for act in room.room.acts() if act.kind in decided]
    if not moments:
        raise StepNotAllowed(step=Kind.REPORT_FROZEN.value, reason="no_result")
    return services.renderer.render("evaluation_report", document_json(text), stamp=moments[-1])


def sign_report(request: SignReport, services: Services, context: JobContext) -> Recorded:
    """Records the member's signature over the SM3 of the frozen report, by his certificate."""
    context.raise_if_cancelled()
    with open_evaluation(request.evaluation, services) as room:
        digest = _frozen_digest(room)
        member = room.member(request.member)
        session = room.member_session(KeySource(request.cert, request.key, request.pin_file), member)
        if request.dissent:
            kind, body = Kind.REPORT_DISSENT, ReportDissent(digest, request.dissent)
            event = room.act(session, kind, body, large=True)
        else:
            kind = Kind.REPORT_SIGNED
            event = room.act(session, kind, ReportSigned(digest), large=True)
    return Recorded(str(request.evaluation), request.member, kind.value, event)


def refuse_report(request: RefuseReport, services: Services, context: JobContext) -> Recorded:
    """Records that a member does not sign."""
    context.raise_if_cancelled()
    with open_evaluation(request.evaluation, services) as room:
        body = ReportRefused(_frozen_digest(room), request.member, request.reason)
        session = room.host_session(KeySource(request.cert, request.key, request.pin_file), request.role)
        event = room.act(session, Kind.REPORT_REFUSED, body, large=True)
    return Recorded(str(request.evaluation), request.member, Kind.REPORT_REFUSED.value, event)


def close_evaluation(request: CloseEvaluation, services: Services, context: JobContext) -> ClosedEvaluation:
    """Writes ``report`` and ``out``; on any error neither exists.

    Killed between the two, the next run replaces the report it finds if it is one of this very evaluation.
    """
    if request.out.exists():
        raise FileExists(path=request.out)
    handed_over = ""
    if request.handed_over is not None:
        if not request.handed_over.is_file():
            raise FileMissing(path=request.handed_over)
        handed_over = sm3_file(request.handed_over)
    source = KeySource(request.cert, request.key, request.pin_file)
    signer = services.keys.signer(source)
    with open_evaluation(request.evaluation, services) as room:
        context.progress(0, 0, "evaluation.progress.closing")
        frozen = room.room.draft.attachment(FROZEN)
        if sm3(frozen).hex() != _frozen_digest(room):
            raise StepNotAllowed(step=Kind.CLOSED.value, reason="report_changed")
        if request.report.exists() and not request.report.read_bytes().startswith(frozen):
            raise FileExists(path=request.report)
        if room.state().closed_at is None:
            session = room.host_session(source, request.role)
            room.act(session, Kind.CLOSED, Closed(""), large=True)
        verified = room.room.verified()
        state, result = room.state(), room.result()
        regime = load_regime(room.tender.tender.regime)
        summary = summarise(state, result, verified, handed_over=handed_over, candidates=regime.candidates.value)
        now = services.clock.now()
        page = compose_closing_page(room.tender.tender, summary.report_sm3, summary.signatures, services.catalogue)
        appended = services.renderer.render("closing_page", document_json(page), stamp=now)
        pdf = append_and_sign(frozen, appended, signer, signed_at=now, field_name="Assembler")
        members = (
            Member(SUMMARY_MEMBER, "application/json", "summary", encode(to_plain(summary))),
            Member(LOG_MEMBER, "application/x-ndjson", "log", room.room.log().encode()),
            Member(REPORT_MEMBER, "application/pdf", "report", frozen),
            *excerpt_members(room.tender, room.lot.method),
        )
        subject = {
            "tender_id": summary.tender_id,
            "tender_digest": summary.tender_digest,
            "lot_id": summary.lot,
            "opening_digest": summary.opening_digest,
        }
        atomic_write(request.report, pdf)
        try:
            info = write_package(
                request.out,
                "evaluation",
                members,
                subject=subject,
                signers=(signer,),
                signed_at=now,
                time_source=services.clock.source,
            )
        except BaseException:
            request.report.unlink(missing_ok=True)
            raise
        names = {bid.bid: bid.bidder for bid in state.begun().bids}
    return ClosedEvaluation(
        str(request.out),
        str(request.report),
        info.manifest_sm3,
        sum(item.how != "refused" for item in summary.signatures),
        names[summary.candidates[0]] if summary.candidates else "",
    )


def _frozen_digest(room: EvaluationRoom) -> str:
    report = room.state().report
    if report is None:
        raise StepNotAllowed(step=Kind.REPORT_SIGNED.value, reason="no_report")
    return report.sm3


def _opening_facts(room: EvaluationRoom, opening: OpeningState) -> OpeningFacts:
    """What the report says of the opening: this lot's bids as announced, and those that could not be opened."""
    rows = [
        OpeningRow(bid.bidder, bid.total, bid.duration_days, bid.quality, bid.project_manager, members=bid.members)
        for bid in opening.opened_in(room.lot.id)
    ]
    rows += [OpeningRow(bid.bidder, None, None, "", "", bid.reason) for bid in opening.failed_in(room.lot.id)]
    begun = opening.begun()
    return OpeningFacts(
        room.opening.package.manifest_sm3, opening.started_at or begun.opening_at, opening.host, tuple(rows)
    )
