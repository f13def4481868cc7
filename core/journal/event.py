"""One act and its one spelling; one act with its signatures and their one spelling. Nothing here verifies signatures.

Specification: docs/spec/event-log.md §3 and §4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NoReturn

from core.errors import DataInvalid, LogInvalid
from core.journal.limits import CERTIFICATE_SIGNATURE_LIMIT, ENTRY_LIMIT, EVENT_LIMIT, SIGNATURE_LIMIT, TEXT_LIMIT
from core.values.codec import parse_time, time_text
from signing.canonical_json import Json, NotCanonicalJson, decode_object, encode
from signing.cms.digest import sm3
from signing.errors import SigningError

FORMAT: Final = "tenderbox-event"
VERSION: Final = 0
FIRST_PREVIOUS: Final = "0" * 64
SALT_BYTES: Final = 32

_FIELDS: Final = frozenset(
    {
        "format",
        "version",
        "project",
        "chain",
        "number",
        "previous",
        "kind",
        "at",
        "actor",
        "time_source",
        "large",
        "salt",
        "body",
    }
)
_ENTRY_FIELDS: Final = frozenset({"certificate_signature", "event", "signature"})
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
_KIND: Final = re.compile(r"(?=.{1,64}\Z)[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,3}", re.ASCII)
_TIME_SOURCE: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one member in one session.

    ``chain`` names the session (SM3 of its public key, hex), ``number`` counts from 0 in it, ``previous`` is the digest
    of the event before. ``large`` acts are also signed by the certificate. ``salt`` (32 random bytes, hex) keeps a
    withheld event from being guessed by its digest. ``body``: JSON without floats; decimals are strings.
    """

    project: str
    chain: str
    number: int
    previous: str
    kind: str
    at: datetime
    actor: str
    body: Mapping[str, Json]
    time_source: str
    salt: str
    large: bool = False

    def encode(self) -> bytes:
        """The canonical bytes that are signed; raises :class:`core.errors.LogInvalid` outside the grammar."""
        data: dict[str, Json] = {
            "format": FORMAT,
            "version": VERSION,
            "project": self.project,
            "chain": self.chain,
            "number": self.number,
            "previous": self.previous,
            "kind": self.kind,
            "at": _time_text(self.at),
            "actor": self.actor,
            "time_source": self.time_source,
            "large": self.large,
            "salt": self.salt,
            "body": self.body,
        }
        _event(data)  # a writer may never produce what its reader refuses
        try:
            content = encode(data)
        except (SigningError, UnicodeError) as error:
            raise LogInvalid(reason="shape", where="body") from error
        if len(content) > EVENT_LIMIT:
            _refuse("limit", self.kind)
        return content


@dataclass(frozen=True, slots=True)
class SignedEvent:
    """An event with the signature of its session key and, for large acts, the CMS of the member's certificate."""

    event_bytes: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    certificate_signature: bytes | None = field(repr=False)
    event: Event = field(compare=False)
    digest: str = field(compare=False)  # SM3 of the event bytes, hex

    @classmethod
    def of(cls, event_bytes: bytes, signature: bytes, certificate_signature: bytes | None) -> SignedEvent:
        """The signed event of these parts; raises :class:`core.errors.LogInvalid` where they break the grammar."""
        return cls._checked(event_bytes, signature, certificate_signature, _decoded(event_bytes))

    def encode(self) -> bytes:
        """The canonical bytes of the entry, without a line end."""
        certificate_signature = self.certificate_signature
        large = b"null" if certificate_signature is None else b'"' + certificate_signature.hex().encode() + b'"'
        small = self.signature.hex().encode()
        return (
            b'{"certificate_signature":' + large + b',"event":' + self.event_bytes + b',"signature":"' + small + b'"}'
        )

    @classmethod
    def decode(cls, untrusted: bytes) -> SignedEvent:
        """The signed event of an entry's canonical bytes; raises :class:`core.errors.LogInvalid` for any others."""
        if len(untrusted) > ENTRY_LIMIT:
            _refuse("limit", "entry")
        data = _decoded(untrusted)
        if data.keys() != _ENTRY_FIELDS or not isinstance(data["event"], Mapping):
            _refuse("shape", "entry")
        large = data["certificate_signature"]
        signature = _hex(data["signature"], "signature")
        certificate_signature = None if large is None else _hex(large, "certificate_signature")
        before, after = _around(signature, certificate_signature)
        event_bytes = untrusted[len(before) : -len(after)]  # the text is canonical, so this part of it is, too
        return cls._checked(event_bytes, signature, certificate_signature, data["event"])

    @classmethod
    def _checked(
        cls, event_bytes: bytes, signature: bytes, certificate_signature: bytes | None, data: Mapping[str, Json]
    ) -> SignedEvent:
        if len(event_bytes) > EVENT_LIMIT or not 1 <= len(signature) <= SIGNATURE_LIMIT:
            _refuse("limit", "event")
        if certificate_signature is not None and not 1 <= len(certificate_signature) <= CERTIFICATE_SIGNATURE_LIMIT:
            _refuse("limit", "certificate_signature")
        return cls(event_bytes, signature, certificate_signature, _event(data), sm3(event_bytes).hex())


def _around(signature: bytes, certificate_signature: bytes | None) -> tuple[bytes, bytes]:
    """What stands before and after the event in an entry's canonical bytes: keys are sorted."""
    large = "null" if certificate_signature is None else f'"{certificate_signature.hex()}"'
    return f'{{"certificate_signature":{large},"event":'.encode(), f',"signature":"{signature.hex()}"}}'.encode()


def _decoded(untrusted: bytes) -> dict[str, Json]:
    try:
        return decode_object(untrusted)
    except (NotCanonicalJson, UnicodeError) as error:  # UnicodeError: a key that is half a surrogate pair
        raise LogInvalid(reason="json", where="entry") from error


def _event(data: Mapping[str, Json]) -> Event:
    if data.get("format") != FORMAT:
        _refuse("format", "format")
    if data.get("version") != VERSION or isinstance(data.get("version"), bool):
        _refuse("version", "version")
    if data.keys() != _FIELDS:
        _refuse("shape", ",".join(sorted(data.keys() ^ _FIELDS))[:80])
    number, large, body = data["number"], data["large"], data["body"]
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        _refuse("shape", "number")
    if not isinstance(large, bool):
        _refuse("shape", "large")
    if not isinstance(body, Mapping):
        _refuse("shape", "body")
    return Event(
        project=text_of(data["project"], "project"),
        chain=_matching(_DIGEST, data["chain"], "chain"),
        number=number,
        previous=_matching(_DIGEST, data["previous"], "previous"),
        kind=kind_of(data["kind"]),
        at=time_of(data["at"], "at"),
        actor=text_of(data["actor"], "actor"),
        body=body,
        time_source=_matching(_TIME_SOURCE, data["time_source"], "time_source"),
        salt=_matching(_DIGEST, data["salt"], "salt"),
        large=large,
    )


def kind_of(untrusted: Json) -> str:
    """An event kind by its grammar."""
    return _matching(_KIND, untrusted, "kind")


def time_of(untrusted: Json, where: str) -> datetime:
    """A time in its one spelling (RFC 3339, UTC, ``Z``)."""
    if not isinstance(untrusted, str):
        _refuse("shape", where)
    try:
        return parse_time(untrusted)
    except DataInvalid as error:
        raise LogInvalid(reason="shape", where=where) from error


def text_of(untrusted: Json, where: str) -> str:
    """A short text without control characters, not empty."""
    if not isinstance(untrusted, str) or not untrusted or _CONTROL.search(untrusted):
        _refuse("shape", where)
    if len(untrusted.encode("utf-8", "surrogatepass")) > TEXT_LIMIT:
        _refuse("shape", where)
    return untrusted


def _time_text(at: datetime) -> str:
    try:
        return time_text(at)
    except DataInvalid as error:
        raise LogInvalid(reason="shape", where="at") from error


def _matching(pattern: re.Pattern[str], untrusted: Json, where: str) -> str:
    if not isinstance(untrusted, str) or pattern.fullmatch(untrusted) is None:
        _refuse("shape", where)
    return untrusted


def _hex(untrusted: Json, where: str) -> bytes:
    return bytes.fromhex(_matching(_HEX, untrusted, where))


def _refuse(reason: str, where: str) -> NoReturn:
    raise LogInvalid(reason=reason, where=where)
