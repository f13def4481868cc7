"""Members, sessions and forged events for the tests of the event log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from core.journal.chain import OPENING_KIND, Session, SignIn, chain_of
from core.journal.event import FIRST_PREVIOUS, Event, SignedEvent
from core.journal.log import EventLog
from core.journal.verification import VerifiedLog
from signing.cms.session_key import SessionKey
from signing.cms.signed_data import sign_detached
from tests.pki import Party, shared_pki

PROJECT = "T-2026-001"
START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
NOW = START + timedelta(days=1)
KINDS = frozenset({"mark.set", "report.signed"})


@dataclass
class TickingClock:
    """A demo clock: one second a look."""

    at: datetime = START
    source: str = "demo"

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@cache
def member(name: str) -> Party:
    return shared_pki().party(name)


def sign_in(name: str = "张三") -> SignIn:
    return SignIn(PROJECT, f"expert-{name}", name, "expert", "评标机 1", KINDS, START + timedelta(hours=4))


def acts_of(name: str, count: int, *, large: Sequence[int] = ()) -> list[SignedEvent]:
    """A sign-in and ``count`` further acts through the product's writer."""
    entries: list[bytes] = []
    session, _ = Session.open(member(name).signer, sign_in(name), clock=TickingClock(), keep=entries.append)
    for number in range(count):
        session.append("mark.set", {"factor": f"T{number}", "score": "3.50"}, large=number in large)
    return [SignedEvent.decode(entry) for entry in entries]


def verified(log: EventLog, **changed: object) -> VerifiedLog:
    options: dict[str, object] = {"trust": shared_pki().trust, "roles": None, "now": NOW, **changed}
    project = str(options.pop("project", PROJECT))
    return log.verify(project, **options)  # type: ignore[arg-type]


Bend = Callable[[Event], Event]


@dataclass
class Forge:
    """Writes chains with every step open to change; signatures are genuine unless the test says otherwise."""

    party: Party = field(default_factory=lambda: member("张三"))
    sign_in: SignIn = field(default_factory=sign_in)
    key: SessionKey = field(default_factory=SessionKey.generate)
    salt: int = 0

    def opening(self, bend: Bend = lambda event: event, **parts: object) -> SignedEvent:
        body = self.sign_in.body(self.key.public_raw)
        event = self.event(0, FIRST_PREVIOUS, OPENING_KIND, large=True)
        return self.signed(bend(replace(event, body=body)), **parts)

    def after(self, before: SignedEvent, bend: Bend = lambda event: event, **parts: object) -> SignedEvent:
        event = self.event(before.event.number + 1, before.digest, "mark.set")
        return self.signed(bend(event), **parts)

    def event(self, number: int, previous: str, kind: str, *, large: bool = False) -> Event:
        self.salt += 1
        return Event(
            project=PROJECT,
            chain=chain_of(self.key.public_raw),
            number=number,
            previous=previous,
            kind=kind,
            at=START + timedelta(seconds=number),
            actor=self.sign_in.member,
            body={"score": "3.50"},
            time_source="demo",
            salt=f"{self.salt:064x}",
            large=large,
        )

    def signed(
        self,
        event: Event,
        *,
        key: SessionKey | None = None,
        by: Party | None = None,
        drop_certificate: bool = False,
        signed_at: datetime | None = None,
    ) -> SignedEvent:
        content = event.encode()
        certificate = None
        if event.large and not drop_certificate:
            moment = signed_at or event.at.replace(microsecond=0)
            certificate = sign_detached(content, (by or self.party).signer, signed_at=moment)
        return SignedEvent.of(content, (key or self.key).sign(content), certificate)
