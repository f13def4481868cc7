"""An open evaluation of one lot: its tender, opening record, event log as state, and acts the rules allowed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from core.errors import StepNotAllowed
from core.evaluation.bodies import Kind, Member
from core.evaluation.fold import advance, fold
from core.evaluation.outcome import evaluation_result
from core.evaluation.result import EvaluationResult
from core.evaluation.state import EvaluationState
from core.formats.opening_package import OpenedRecord, open_opening_package
from core.formats.tender_package import OpenedTender, open_tender_package
from core.jobs.room import Room, open_room
from core.journal.chain import Session
from core.ports.keys import KeySource
from core.ports.services import Services
from core.rules.method_pack import MethodPack
from core.rules.regimes import CommitteeRule, load_regime
from core.tender.model import Lot
from core.values.acts import Act
from core.values.codec import to_plain
from signing.x509.certificate import parse

TENDER, OPENING = "tender.tbz", "opening.tbk"
MEMBER_ROLE = "expert"
MEMBER_KINDS = frozenset(
    kind.value
    for kind in (
        Kind.COMMITTED,
        Kind.RECUSED,
        Kind.REVIEW_VOTED,
        Kind.REVIEW_LOCKED,
        Kind.CLARIFICATION_ASKED,
        Kind.MARKS_GIVEN,
        Kind.MARKS_LOCKED,
        Kind.TIE_DECIDED,
        Kind.REPORT_SIGNED,
        Kind.REPORT_DISSENT,
        Kind.REPORT_REFUSED,
    )
)
HOST_KINDS = frozenset(
    kind.value
    for kind in (
        Kind.STARTED,
        Kind.REPLACED,
        Kind.CHAIR_ELECTED,
        Kind.CLARIFICATION_ANSWERED,
        Kind.RESULT_COMPUTED,
        Kind.REPORT_FROZEN,
        Kind.REPORT_REFUSED,
        Kind.CLOSED,
    )
)


@dataclass(frozen=True, slots=True)
class EvaluationRoom:
    """One evaluation at work."""

    room: Room
    tender: OpenedTender
    opening: OpenedRecord

    @property
    def lot(self) -> Lot:
        """The lot the committee works on."""
        return self.tender.lot(str(self.room.draft.get("lot")))

    @property
    def method(self) -> MethodPack:
        """The lot's evaluation method."""
        return self.tender.method(self.lot.id)

    @property
    def rule(self) -> CommitteeRule:
        """The regime's rule for committees."""
        return load_regime(self.tender.tender.regime).committee

    def state(self) -> EvaluationState:
        """Where the evaluation stands."""
        return fold(self.room.acts(), self.rule)

    def result(self) -> EvaluationResult | None:
        """The result of the locked marks, None where every bid was rejected."""
        state = self.state()
        return evaluation_result(state, self.tender.tender, self.method) if state.passed_bids() else None

    def member_session(self, source: KeySource, member: Member) -> Session:
        """Signs a member of the committee in; his certificate must be the one named when the evaluation began."""
        certificate = parse(self.room.services.keys.signer(source).certificate())
        if certificate.sm3 != member.certificate:
            raise StepNotAllowed(step="session.open", reason="other_certificate")
        return self.room.sign_in(source, member=member.id, name=member.name, role=MEMBER_ROLE, kinds=MEMBER_KINDS)

    def host_session(self, source: KeySource, role: str) -> Session:
        """Signs the host in."""
        subject = parse(self.room.services.keys.signer(source).certificate()).subject
        member = f"{role}:{subject.credit_code or subject.common_name}"
        return self.room.sign_in(source, member=member, name=subject.common_name, role=role, kinds=HOST_KINDS)

    def member(self, member_id: str) -> Member:
        """A present member; raises StepNotAllowed."""
        found = self.state().member(member_id)
        if found is None:
            raise StepNotAllowed(step="session.open", reason="not_a_member")
        return found

    def act(self, session: Session, kind: Kind, body: object, *, large: bool = False) -> str:
        """Writes an act after the rules allowed it; returns its event's SM3. Raises StepNotAllowed, nothing written."""
        plain = to_plain(body)
        now = self.room.services.clock.now().astimezone(UTC)
        attempt = Act(kind.value, now, session.sign_in.member, session.sign_in.role, plain)
        advance(self.state(), attempt, self.rule)
        return session.append(kind.value, plain, large=large).digest


@contextmanager
def open_evaluation(path: Path, services: Services) -> Iterator[EvaluationRoom]:
    """The evaluation of a draft, given back at the end."""
    with open_room(path, "evaluation", services) as room, tempfile.TemporaryDirectory(prefix="tenderbox-") as folder:
        tender, opening = Path(folder) / TENDER, Path(folder) / OPENING
        tender.write_bytes(room.draft.attachment(TENDER))
        opening.write_bytes(room.draft.attachment(OPENING))
        yield EvaluationRoom(room, open_tender_package(tender), open_opening_package(opening))
