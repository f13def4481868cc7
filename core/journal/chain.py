"""A member's session: a fresh key in memory, certified at sign-in, that signs the acts of one hash chain.

The private session key never leaves the process: after a crash the member signs in again, to a new chain.
Specification: docs/spec/event-log.md §5.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.errors import LogInvalid, StepNotAllowed
from core.journal.event import FIRST_PREVIOUS, SALT_BYTES, Event, SignedEvent, kind_of, text_of, time_of
from core.journal.limits import KIND_COUNT_LIMIT
from core.ports.clock import Clock
from core.values.codec import time_text
from signing.api import Signer
from signing.canonical_json import Json
from signing.cms.digest import sm3
from signing.cms.session_key import SessionKey
from signing.cms.signed_data import sign_detached

OPENING_KIND: Final = "session.open"
LARGE: Final = frozenset({OPENING_KIND})  # kinds that are large in every log; procedures add theirs
PUBLIC_KEY_BYTES: Final = 65
_FIELDS: Final = frozenset({"member", "name", "role", "public_key", "device", "ends_at", "kinds"})


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the member's certificate certifies: who acts, where, until when and for which kinds of events."""

    project: str
    member: str
    name: str
    role: str
    device: str
    kinds: frozenset[str]
    ends_at: datetime

    def body(self, public_key: bytes) -> dict[str, Json]:
        """The body of the opening event for this session key (65 bytes)."""
        return {
            "member": self.member,
            "name": self.name,
            "role": self.role,
            "public_key": public_key.hex(),
            "device": self.device,
            "ends_at": time_text(self.ends_at),
            "kinds": sorted(self.kinds),
        }


def read_opening(event: Event) -> tuple[SignIn, bytes]:
    """The sign-in and session public key of an opening event; raises :class:`core.errors.LogInvalid`."""
    body = event.body
    if event.kind != OPENING_KIND or body.keys() != _FIELDS:
        raise LogInvalid(reason="opening", where=event.chain)
    kinds, key = body["kinds"], body["public_key"]
    if not isinstance(kinds, list) or len(kinds) > KIND_COUNT_LIMIT or not isinstance(key, str):
        raise LogInvalid(reason="opening", where=event.chain)
    names = [kind_of(kind) for kind in kinds]
    if names != sorted(set(names)) or OPENING_KIND in names:
        raise LogInvalid(reason="opening", where=event.chain)
    sign_in = SignIn(
        project=event.project,
        member=text_of(body["member"], "member"),
        name=text_of(body["name"], "name"),
        role=text_of(body["role"], "role"),
        device=text_of(body["device"], "device"),
        kinds=frozenset(names),
        ends_at=time_of(body["ends_at"], "ends_at"),
    )
    return sign_in, _public_key(key, event)


def chain_of(public_key: bytes) -> str:
    """The name of a session's chain: SM3 of its public key, hex."""
    return sm3(public_key).hex()


def _public_key(untrusted: str, event: Event) -> bytes:
    try:
        key = bytes.fromhex(untrusted)
    except ValueError as error:
        raise LogInvalid(reason="opening", where=event.chain) from error
    if len(key) != PUBLIC_KEY_BYTES or key.hex() != untrusted:
        raise LogInvalid(reason="opening", where=event.chain)
    return key


class Session:
    """A signed-in member who can act. Made by :meth:`open`; not for use by two threads at once."""

    def __init__(
        self, signer: Signer, key: SessionKey, sign_in: SignIn, clock: Clock, keep: Callable[[bytes], object]
    ) -> None:
        self._signer = signer
        self._key = key
        self._sign_in = sign_in
        self._clock = clock
        self._keep = keep
        self._chain = chain_of(key.public_raw)
        self._number = 0
        self._previous = FIRST_PREVIOUS
        self._broken = False

    @classmethod
    def open(
        cls, signer: Signer, sign_in: SignIn, *, clock: Clock, keep: Callable[[bytes], object]
    ) -> tuple[Session, SignedEvent]:
        """Signs in with the member's certificate and keeps the opening event.

        ``keep`` gets the entry bytes of every act and must return only once they are durable
        (:meth:`core.ports.drafts.DraftPort.append_event`); an act counts from then on.
        """
        key = SessionKey.generate()
        session = cls(signer, key, sign_in, clock, keep)
        return session, session._sign_and_keep(OPENING_KIND, sign_in.body(key.public_raw), large=True)

    @property
    def chain(self) -> str:
        """The name of this session's chain, hex."""
        return self._chain

    @property
    def sign_in(self) -> SignIn:
        """What was certified."""
        return self._sign_in

    def append(self, kind: str, body: Mapping[str, Json], *, large: bool = False) -> SignedEvent:
        """Signs one act and returns it once it is durable.

        Raises :class:`core.errors.StepNotAllowed` with reason ``session_kind`` (the sign-in does not cover it),
        ``session_ended`` or ``session_broken`` (an earlier act could not be kept: sign in again). Whatever ``keep``
        raises passes through; then the act has not happened and the session is broken.
        """
        if kind not in self._sign_in.kinds:
            raise StepNotAllowed(step=kind, reason="session_kind")
        return self._sign_and_keep(kind, body, large=large)

    def _sign_and_keep(self, kind: str, body: Mapping[str, Json], *, large: bool) -> SignedEvent:
        at = self._clock.now()
        if self._broken:
            raise StepNotAllowed(step=kind, reason="session_broken")
        if at > self._sign_in.ends_at:
            raise StepNotAllowed(step=kind, reason="session_ended")
        event = Event(
            project=self._sign_in.project,
            chain=self._chain,
            number=self._number,
            previous=self._previous,
            kind=kind,
            at=at,
            actor=self._sign_in.member,
            body=body,
            time_source=self._clock.source,
            salt=secrets.token_hex(SALT_BYTES),
            large=large,
        )
        signed = self._signed(event)
        self._broken = True  # until the act is known to be kept: a second act of this number would fork the chain
        self._keep(signed.encode())
        self._broken = False
        self._number += 1
        self._previous = signed.digest
        return signed

    def _signed(self, event: Event) -> SignedEvent:
        content = event.encode()
        certificate_signature = None
        if event.large:
            moment = event.at.replace(microsecond=0)
            certificate_signature = sign_detached(content, self._signer, signed_at=moment)
        return SignedEvent.of(content, self._key.sign(content), certificate_signature)
