"""What opening and evaluation share: a draft that holds an event log, sign-ins, and the log read as acts.

Every command signs in anew (a session key lives in memory only), so each command is a chain of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.errors import LogInvalid
from core.evaluation.bodies import Kind as EvaluationKind
from core.journal.chain import OPENING_KIND, Session, SignIn
from core.journal.log import EventLog
from core.journal.verification import VerifiedLog
from core.opening.bodies import Kind as OpeningKind
from core.ports.drafts import DraftPort
from core.ports.keys import KeySource
from core.ports.services import Services
from core.values.acts import Act
from signing.validation.report import Verdict
from signing.x509.trust import TrustList, parse_trust

TRUST = "trust.json"
SESSION_HOURS = 12
LARGE_KINDS = frozenset(  # acts the certificate itself must sign; a session key alone is not enough
    kind.value
    for kind in (
        OpeningKind.CUT_OFF,
        OpeningKind.CLOSED,
        EvaluationKind.STARTED,
        EvaluationKind.COMMITTED,
        EvaluationKind.RECUSED,
        EvaluationKind.REVIEW_LOCKED,
        EvaluationKind.MARKS_LOCKED,
        EvaluationKind.RESULT_COMPUTED,
        EvaluationKind.REPORT_FROZEN,
        EvaluationKind.REPORT_SIGNED,
        EvaluationKind.REPORT_DISSENT,
        EvaluationKind.REPORT_REFUSED,
        EvaluationKind.CLOSED,
    )
)


@dataclass(frozen=True, slots=True)
class Room:
    """An open opening or evaluation draft of one project."""

    draft: DraftPort
    services: Services
    project: str

    def trust(self) -> TrustList:
        """The trust list the room was started with."""
        return parse_trust(self.draft.attachment(TRUST))

    def log(self) -> EventLog:
        """All events kept so far."""
        return EventLog.of_entries(self.draft.events())

    def verified(self) -> VerifiedLog:
        """The log, genuine and by certificates the room trusts; raises LogInvalid."""
        now = self.services.clock.now()
        verified = self.log().verify(self.project, trust=self.trust(), roles=None, now=now, large=LARGE_KINDS)
        if len(self.draft.events()) and verified.verdict is not Verdict.PASSED:
            worst = next(act for act in verified.signature_reports if act.report.verdict is not Verdict.PASSED)
            raise LogInvalid(reason="untrusted", where=worst.member)
        return verified

    def acts(self) -> tuple[Act, ...]:
        """The verified log as acts."""
        return acts_of(self.verified())

    def sign_in(self, source: KeySource, *, member: str, name: str, role: str, kinds: frozenset[str]) -> Session:
        """Signs a member in with his certificate; his first event is durable on return."""
        sign_in = SignIn(
            project=self.project,
            member=member,
            name=name,
            role=role,
            device=DEVICE,
            kinds=kinds,
            ends_at=self.services.clock.now().replace(microsecond=0) + timedelta(hours=SESSION_HOURS),
        )
        signer = self.services.keys.signer(source)
        session, _ = Session.open(signer, sign_in, clock=self.services.clock, keep=self.draft.append_event)
        return session


DEVICE = "command line"


@contextmanager
def open_room(path: Path, kind: str, services: Services) -> Iterator[Room]:
    """The room of a draft, given back at the end."""
    draft = services.drafts.open(path, kind)
    try:
        project = draft.get("project")
        if not isinstance(project, str):
            raise LogInvalid(reason="project", where=str(path))
        yield Room(draft, services, project)
    finally:
        draft.close()


def acts_of(verified: VerifiedLog) -> tuple[Act, ...]:
    """Verified events as acts in the log's order; sign-ins themselves are no acts."""
    roles = {session.chain: session.sign_in.role for session in verified.sessions}
    return tuple(
        Act(
            kind=signed.event.kind,
            at=signed.event.at,
            actor=signed.event.actor,
            role=roles[signed.event.chain],
            body=signed.event.body,
            id=signed.digest,
        )
        for signed in verified.events
        if signed.event.kind != OPENING_KIND
    )
