"""What an attacker with real keys can make: packages signed anew, logs whose chains are rewritten by their owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.formats.package import Member, read_package, write_package
from core.journal.chain import OPENING_KIND, chain_of
from core.journal.event import FIRST_PREVIOUS, Event, SignedEvent
from core.journal.log import EventLog
from signing.cms.session_key import SessionKey
from signing.cms.signed_data import sign_detached
from signing.providers.software import FileSigner, open_signer

Change = Callable[[Event], Event | None]


@dataclass(frozen=True)
class Thief:
    """Somebody who has all keys of a demonstration."""

    demo: Path

    def signer(self, who: str) -> FileSigner:
        folder = self.demo / "work" / "keys" / who
        pin = (self.demo / "work" / "pin.txt").read_bytes().strip()
        return open_signer(folder / "sign.cert.pem", folder / "sign.key.pem", pin)

    def repacked(self, source: Path, target: Path, kind: str, who: str, changed: Mapping[str, bytes | None]) -> Path:
        """The package with members changed (None: removed), signed by ``who`` at the time it names."""
        package = read_package(source, kind)
        members = []
        for member in package.members:
            data = changed.get(member.path, member.data)
            if data is not None:
                members.append(Member(member.path, member.media_type, member.role, data))
        manifest = package.manifest
        write_package(
            target, kind, members, subject=manifest.subject, signers=(self.signer(who),),
            signed_at=manifest.created_at, time_source=manifest.time_source,
        )  # fmt: skip
        return target

    def log(self, package: Path, kind: str) -> EventLog:
        return EventLog.decode(read_package(package, kind).member("log.ndjson"))


def chains(log: EventLog) -> dict[str, list[SignedEvent]]:
    found: dict[str, list[SignedEvent]] = {}
    for signed in log.events:
        found.setdefault(signed.event.chain, []).append(signed)
    return found


def chain_with(log: EventLog, kind: str, actor: str = "") -> str:
    return next(
        signed.event.chain
        for signed in log.events
        if signed.event.kind == kind and signed.event.actor.startswith(actor)
    )


def rewritten(log: EventLog, chain: str, signer: FileSigner, change: Change) -> EventLog:
    """The log with one chain made anew by the owner of a certificate; events changed to None are left out."""
    own = chains(log)[chain]
    rest = [signed for signed in log.events if signed.event.chain != chain]
    return EventLog([*rest, *made((signed.event for signed in own), signer, change)])


def made(events: Iterable[Event], signer: FileSigner, change: Change = lambda event: event) -> list[SignedEvent]:
    key = SessionKey.generate()
    name, previous, out = chain_of(key.public_raw), FIRST_PREVIOUS, []
    for event in events:
        keyed = {**event.body, "public_key": key.public_raw.hex()} if event.kind == OPENING_KIND else event.body
        wanted = change(replace(event, body=keyed))
        if wanted is None:
            continue
        placed = replace(wanted, chain=name, number=len(out), previous=previous)
        content = placed.encode()
        large = sign_detached(content, signer, signed_at=placed.at.replace(microsecond=0)) if placed.large else None
        out.append(SignedEvent.of(content, key.sign(content), large))
        previous = out[-1].digest
    return out
