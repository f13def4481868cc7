"""An open opening: its tender, its event log as state, and acts that are refused before they are written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from core.errors import DraftInvalid, FileMissing
from core.formats.tender_package import OpenedTender, open_tender_package
from core.jobs.room import Room, open_room
from core.journal.chain import Session
from core.opening.bodies import Kind
from core.opening.fold import advance, fold
from core.opening.state import OpeningState
from core.ports.keys import KeySource
from core.ports.services import Services
from core.values.acts import Act
from core.values.codec import to_plain
from signing.cms.digest import sm3_file
from signing.envelope.reader import SealedFile
from signing.x509.certificate import Certificate, parse

TENDER = "tender.tbz"
BIDDER_KINDS = frozenset({Kind.SHARE_RECEIVED.value, Kind.CONFIRMED.value, Kind.OBJECTED.value})
HOLDER_KINDS = frozenset({Kind.HOLDER_RELEASED.value})
HOST_KINDS = frozenset(kind.value for kind in Kind) - BIDDER_KINDS - HOLDER_KINDS


@dataclass(frozen=True, slots=True)
class OpeningRoom:
    """One opening at work."""

    room: Room
    tender: OpenedTender

    def acts(self) -> tuple[Act, ...]:
        """The verified log as acts."""
        return self.room.acts()

    def state(self) -> OpeningState:
        """Where the opening stands."""
        return fold(self.acts())

    def certificate(self) -> Certificate:
        """The encryption certificate shares are re-encrypted to."""
        return parse(self.room.draft.attachment("opening.cer"))

    def sealed(self, sm3: str) -> SealedFile:
        """A counted bid, its file unchanged since it was fetched and intact."""
        paths = self.room.draft.get("bids")
        path = paths.get(sm3) if isinstance(paths, Mapping) else None
        if not isinstance(path, str) or not Path(path).is_file():
            raise FileMissing(path=path or sm3)
        if sm3_file(Path(path)) != sm3:
            raise DraftInvalid(path=path, reason="bid_changed")
        sealed = SealedFile.open(Path(path))
        sealed.verify_integrity()
        return sealed

    def host_session(self, source: KeySource, *, role: str, kinds: frozenset[str]) -> Session:
        """Signs the host (or a bidder, a holder) in under the name of his certificate."""
        subject = parse(self.room.services.keys.signer(source).certificate()).subject
        member = f"{role}:{subject.credit_code or subject.common_name}"
        return self.room.sign_in(source, member=member, name=subject.common_name, role=role, kinds=kinds)

    def act(self, session: Session, kind: Kind, body: object, *, large: bool = False) -> str:
        """Writes an act after the rules allowed it; returns its event's SM3. Raises StepNotAllowed, nothing written."""
        plain = to_plain(body)
        now = self.room.services.clock.now().astimezone(UTC)
        attempt = Act(kind.value, now, session.sign_in.member, session.sign_in.role, plain)
        advance(self.state(), attempt)
        return session.append(kind.value, plain, large=large).digest


@contextmanager
def open_opening(path: Path, services: Services) -> Iterator[OpeningRoom]:
    """The opening of a draft, given back at the end."""
    with open_room(path, "opening", services) as room, tempfile.TemporaryDirectory(prefix="tenderbox-") as folder:
        file = Path(folder) / TENDER
        file.write_bytes(room.draft.attachment(TENDER))
        yield OpeningRoom(room, open_tender_package(file))
