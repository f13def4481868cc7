"""The evaluation of a lot begins: opening record and hand-over verified, committee named, chair elected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import StepNotAllowed, UsageError
from core.evaluation.bodies import (
    ChairElected,
    Committed,
    Kind,
    Member,
    MemberRole,
    Recused,
    Started,
)
from core.evaluation.outcome import factor_ranges
from core.formats.assess import assess_package
from core.formats.opening_package import open_opening_package
from core.jobs.evaluation_room import OPENING, TENDER, EvaluationRoom, open_evaluation
from core.jobs.opening_log import bid_figures, opening_state
from core.jobs.room import TRUST
from core.jobs.tender_new import read_answers
from core.jobs.tender_trust import open_trusted_tender
from core.jobs.verify import read_trust
from core.opening.state import OpeningState
from core.ports.inputs import KEY_LIMIT, read_input
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from signing.cms.digest import sm3
from signing.validation.report import Verdict, combine
from signing.x509.certificate import load_pem_certificates, parse
from signing.x509.trust import TrustList, dump_trust

HOST_ROLES = frozenset({"tenderer", "agency", "centre"})


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """A line of the committee file; ``certificate`` is the path of his signing certificate (PEM)."""

    id: str
    name: str
    role: MemberRole
    specialty: str
    certificate: str
    employer: str = ""


@dataclass(frozen=True, slots=True)
class StartEvaluation:
    """``committee`` is a JSON list of members; ``role`` the host's."""

    tender: Path
    opening: Path
    lot: str
    committee: Path
    role: str
    cert: Path
    key: Path
    out: Path
    trust: Path | None = None
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class StartedEvaluation:
    """The draft and who works on what."""

    path: str
    lot: str
    bids: int
    members: int


@dataclass(frozen=True, slots=True)
class JoinEvaluation:
    """A member signs in, has seen the bidders' names and commits himself, or steps back with ``recuse``."""

    evaluation: Path
    member: str
    cert: Path
    key: Path
    recuse: str = ""
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class ElectChair:
    """The host records whom the members elected (or who was appointed) as chair."""

    evaluation: Path
    chair: str
    role: str
    cert: Path
    key: Path
    appointed: bool = False
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act was recorded: by whom, what, and its event's SM3."""

    evaluation: str
    member: str
    act: str
    event: str


def start_evaluation(request: StartEvaluation, services: Services, context: JobContext) -> StartedEvaluation:
    """Creates the evaluation draft for a lot that was opened; on any error it does not exist."""
    trust = read_trust(request.trust)
    if trust is None:
        raise StepNotAllowed(step=Kind.STARTED.value, reason="no_trust")
    tender = open_trusted_tender(request.tender, trust, now=services.clock.now())
    opening = _trusted_opening(request.opening, trust, services)
    context.raise_if_cancelled()
    committee = _committee(request.committee)
    draft = services.drafts.create(request.out, "evaluation")
    try:
        draft.put("project", f"{tender.tender.tender_id}/{tender.lot(request.lot).id}")
        draft.put("lot", request.lot)
        draft.attach(TENDER, "application/zip", request.tender.read_bytes())
        draft.attach(OPENING, "application/zip", request.opening.read_bytes())
        draft.attach(TRUST, "application/json", dump_trust(trust))
        draft.close()
        with open_evaluation(request.out, services) as room:
            session = room.host_session(KeySource(request.cert, request.key, request.pin_file), request.role)
            room.act(session, Kind.STARTED, _started(room, opening, committee), large=True)
            bids = room.state().begun().bids
    except BaseException:
        draft.close()
        request.out.unlink(missing_ok=True)
        raise
    return StartedEvaluation(str(request.out), request.lot, len(bids), len(committee))


def join_evaluation(request: JoinEvaluation, services: Services, context: JobContext) -> Recorded:
    """Records the commitment, or the recusal with its reason."""
    context.raise_if_cancelled()
    with open_evaluation(request.evaluation, services) as room:
        source = KeySource(request.cert, request.key, request.pin_file)
        session = room.member_session(source, room.member(request.member))
        if request.recuse:
            event = room.act(session, Kind.RECUSED, Recused(request.recuse), large=True)
            return Recorded(str(request.evaluation), request.member, Kind.RECUSED.value, event)
        statement = services.catalogue.text("evaluation.commitment")
        event = room.act(session, Kind.COMMITTED, Committed(statement), large=True)
    return Recorded(str(request.evaluation), request.member, Kind.COMMITTED.value, event)


def elect_chair(request: ElectChair, services: Services, context: JobContext) -> Recorded:
    """Records the chair."""
    context.raise_if_cancelled()
    with open_evaluation(request.evaluation, services) as room:
        source = KeySource(request.cert, request.key, request.pin_file)
        session = room.host_session(source, request.role)
        body = ChairElected(request.chair, "appointment" if request.appointed else "election")
        event = room.act(session, Kind.CHAIR_ELECTED, body)
    return Recorded(str(request.evaluation), request.chair, Kind.CHAIR_ELECTED.value, event)


def _started(room: EvaluationRoom, opening: OpeningState, committee: tuple[Member, ...]) -> Started:
    bids = bid_figures(opening, room.lot.id)
    if not bids or opening.begun().tender_digest != room.tender.digest:
        raise StepNotAllowed(step=Kind.STARTED.value, reason="no_opened_bids")
    return Started(
        tender_id=room.tender.tender.tender_id,
        tender_digest=room.tender.digest,
        lot=room.lot.id,
        opening=room.opening.package.manifest_sm3,
        method=room.method.id,
        method_sm3=sm3(room.tender.package.member(room.lot.method)).hex(),
        bids=bids,
        committee=committee,
        review_items=tuple(item.id for item in room.lot.review_items),
        factors=factor_ranges(room.lot, room.method),
    )


def _trusted_opening(path: Path, trust: TrustList, services: Services) -> OpeningState:
    record = open_opening_package(path)
    now = services.clock.now()
    reports = assess_package(record.package, trust=trust, roles=HOST_ROLES, now=now)
    if combine(report.verdict for report in reports) is not Verdict.PASSED:
        raise StepNotAllowed(step=Kind.STARTED.value, reason="opening_not_trusted")
    state, verified = opening_state(record, trust, now=now)
    if verified.verdict is not Verdict.PASSED:
        raise StepNotAllowed(step=Kind.STARTED.value, reason="opening_not_trusted")
    return state


def _committee(file: Path) -> tuple[Member, ...]:
    lines = read_answers(tuple[CommitteeMember, ...], file)
    members = []
    for line in lines:
        certificate_file = file.parent / line.certificate
        if not certificate_file.is_file():
            raise UsageError(detail=f"{file.name}: {line.certificate}")
        certificate = parse(load_pem_certificates(read_input(certificate_file, KEY_LIMIT))[0])
        members.append(Member(line.id, line.name, line.role, line.specialty, line.employer, certificate.sm3))
    return tuple(members)
