"""Whether every event of a log is genuine: signatures, chains, sessions, sign-ins. Each is checked exactly once.

Not here: what acts mean and whether they were allowed by the procedure (folds), and bytes (:mod:`core.journal.event`).
Order of checks: docs/spec/event-log.md §7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import NoReturn

from core.errors import LogInvalid
from core.journal.chain import OPENING_KIND, SignIn, chain_of, read_opening
from core.journal.event import FIRST_PREVIOUS, Event, SignedEvent
from core.journal.limits import CLOCK_AHEAD_SECONDS
from core.rules.finding import Finding, Severity
from core.values.codec import time_text
from signing.cms.session_key import verify_raw
from signing.cms.signed_data import SignedDetached, verify_detached
from signing.errors import SigningError
from signing.validation.report import SignatureReport, Verdict, combine
from signing.validation.signature import assess_detached
from signing.x509.certificate import Certificate
from signing.x509.trust import TrustList


@dataclass(frozen=True, slots=True)
class VerifiedEvent:
    """A genuine act. ``digest``: SM3 of the event bytes, hex, by which others refer to it."""

    event: Event
    digest: str


@dataclass(frozen=True, slots=True)
class VerifiedSession:
    """One sign-in and the certificate behind it."""

    chain: str
    sign_in: SignIn
    certificate: Certificate
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class ActReport:
    """The assessment of one act signed by a certificate: a sign-in or another large act."""

    digest: str
    chain: str
    number: int
    kind: str
    member: str
    report: SignatureReport


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    """A log without forgery.

    ``events`` are ordered for display and folds by time within the order of each chain, the same for every order of
    arrival; acts of one moment in different chains have no meaning by their order.
    """

    project: str
    root: str
    events: tuple[VerifiedEvent, ...]
    sessions: tuple[VerifiedSession, ...]
    signature_reports: tuple[ActReport, ...]
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """What the certificates behind the log are worth; INDETERMINATE for an empty log."""
        return combine(act.report.verdict for act in self.signature_reports)

    def session(self, chain: str) -> VerifiedSession:
        """The session of a chain of this log; KeyError for others."""
        for session in self.sessions:
            if session.chain == chain:
                return session
        raise KeyError(chain)


@dataclass(frozen=True, slots=True)
class _Chain:
    session: VerifiedSession
    events: tuple[SignedEvent, ...]
    reports: tuple[ActReport, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What a log is verified against; see :meth:`core.journal.log.EventLog.verify`."""

    project: str
    trust: TrustList | None
    roles: Mapping[str, frozenset[str]] | None
    now: datetime
    require_crl: bool
    large: frozenset[str]

    def run(self, events: Sequence[SignedEvent], root: str) -> VerifiedLog:
        """Verifies events sorted by chain and number."""
        for signed in events:
            if signed.event.project != self.project:
                _refuse("project", signed.event)
        chains = [
            self._chain(tuple(of_chain)) for _, of_chain in groupby(events, key=lambda signed: signed.event.chain)
        ]
        return VerifiedLog(
            project=self.project,
            root=root,
            events=_ordered(chains),
            sessions=tuple(chain.session for chain in chains),
            signature_reports=tuple(report for chain in chains for report in chain.reports),
            findings=tuple(finding for chain in chains for finding in chain.findings),
        )

    def _chain(self, events: tuple[SignedEvent, ...]) -> _Chain:
        opening = events[0]
        _check_links(events)
        sign_in, public_key = read_opening(opening.event)
        if chain_of(public_key) != opening.event.chain:
            _refuse("chain", opening.event)
        if self.roles is not None and sign_in.role not in self.roles:
            _refuse("role", opening.event)
        session: VerifiedSession | None = None
        reports: list[ActReport] = []
        for signed in events:
            self._check_act(signed, sign_in, public_key)
            if signed.certificate_signature is None:
                continue
            certificate = _certificate_of(signed)
            session = session or VerifiedSession(opening.event.chain, sign_in, certificate, opening.event.at)
            if certificate.der != session.certificate.der:
                _refuse("certificate", signed.event)
            reports.append(self._report(signed, sign_in))
        if session is None:
            _refuse("certificate", opening.event)
        return _Chain(session, _distinct(events), tuple(reports), self._findings(events, sign_in))

    def _check_act(self, signed: SignedEvent, sign_in: SignIn, public_key: bytes) -> None:
        event = signed.event
        try:
            verify_raw(public_key, signed.event_bytes, signed.signature)
        except SigningError as error:
            raise _invalid("signature", event) from error
        if event.actor != sign_in.member:
            _refuse("actor", event)
        if event.number > 0 and event.kind not in sign_in.kinds:
            _refuse("kind", event)
        if event.at > sign_in.ends_at:
            _refuse("ended", event)
        if event.kind in self.large and not event.large:
            _refuse("small", event)
        if event.large != (signed.certificate_signature is not None):
            _refuse("certificate", event)

    def _report(self, signed: SignedEvent, sign_in: SignIn) -> ActReport:
        event = signed.event
        roles = frozenset({sign_in.role}) if self.roles is None else self.roles[sign_in.role]
        report = assess_detached(
            signed.certificate_signature or b"",
            signed.event_bytes,
            trust=self.trust,
            roles=roles,
            now=self.now,
            require_crl=self.require_crl,
        )
        return ActReport(signed.digest, event.chain, event.number, event.kind, sign_in.member, report)

    def _findings(self, events: tuple[SignedEvent, ...], sign_in: SignIn) -> tuple[Finding, ...]:
        found: list[Finding] = []
        before: dict[str, SignedEvent] = {signed.digest: signed for signed in events}
        successors: dict[str, set[str]] = {}
        ahead = self.now + timedelta(seconds=CLOCK_AHEAD_SECONDS)
        for signed in _distinct(events):
            event = signed.event
            if event.number > 0:
                siblings = successors.setdefault(event.previous, set())
                siblings.add(signed.digest)
                if len(siblings) > 1:
                    found.append(_finding("journal.two_heads", Severity.ERROR, event, sign_in))
                if event.at < before[event.previous].event.at:
                    found.append(_finding("journal.clock_back", Severity.WARNING, event, sign_in))
            if event.at > ahead:
                found.append(_finding("journal.clock_ahead", Severity.WARNING, event, sign_in))
        return tuple(found)


def _check_links(events: tuple[SignedEvent, ...]) -> None:
    """Every event follows one that is there; exactly the first is a sign-in."""
    digests: set[str] = set()
    numbers: dict[str, int] = {}
    for signed in events:
        event = signed.event
        if (event.number == 0) != (event.kind == OPENING_KIND):
            _refuse("opening", event)
        if event.number == 0:
            if event.previous != FIRST_PREVIOUS:
                _refuse("previous", event)
            if digests and signed.digest not in digests:
                _refuse("opening", event)
        elif event.previous not in numbers:
            _refuse("gap" if event.number - 1 not in numbers.values() else "previous", event)
        elif numbers[event.previous] != event.number - 1:
            _refuse("previous", event)
        digests.add(signed.digest)
        numbers[signed.digest] = event.number


def _certificate_of(signed: SignedEvent) -> Certificate:
    try:
        detached: SignedDetached = verify_detached(signed.certificate_signature or b"", signed.event_bytes)
    except SigningError as error:
        raise _invalid("certificate", signed.event) from error
    if detached.signed_at != signed.event.at.replace(microsecond=0):
        _refuse("certificate", signed.event)
    return detached.signer


def _distinct(events: Sequence[SignedEvent]) -> tuple[SignedEvent, ...]:
    """Each event once, though it may have been signed twice."""
    return tuple({signed.digest: signed for signed in reversed(events)}.values())[::-1]


def _ordered(chains: Sequence[_Chain]) -> tuple[VerifiedEvent, ...]:
    keyed: list[tuple[tuple[datetime, str, int, str], SignedEvent]] = []
    for chain in chains:
        latest: datetime | None = None
        for signed in chain.events:
            event = signed.event
            latest = event.at if latest is None or event.at > latest else latest  # a clock set back keeps the order
            keyed.append(((latest, event.chain, event.number, signed.digest), signed))
    keyed.sort(key=lambda item: item[0])
    return tuple(VerifiedEvent(signed.event, signed.digest) for _, signed in keyed)


def _finding(rule: str, severity: Severity, event: Event, sign_in: SignIn) -> Finding:
    params = {"member": sign_in.member, "name": sign_in.name, "kind": event.kind, "at": time_text(event.at)}
    return Finding(rule=rule, severity=severity, where=place_of(event), params=params)


def place_of(event: Event) -> str:
    """How a person finds an event again: chain (shortened) and number."""
    return f"{event.chain[:16]}#{event.number}"


def _invalid(reason: str, event: Event) -> LogInvalid:
    return LogInvalid(reason=reason, where=place_of(event), member=event.actor, at=time_text(event.at))


def _refuse(reason: str, event: Event) -> NoReturn:
    raise _invalid(reason, event)
