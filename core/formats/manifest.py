"""The signed description of a package's members: canonical JSON with a strict grammar, no unknown fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from core.formats.limits import CONTENT_LIMIT, MEMBER_COUNT_LIMIT, SIGNER_COUNT_LIMIT, SUBJECT_COUNT_LIMIT, TEXT_LIMIT
from core.formats.member_path import collides, is_member_path
from signing.canonical_json import Json, NotCanonicalJson, decode_object, encode

FORMAT: Final = "tenderbox-package"
VERSION: Final = 0
TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"

_FIELDS: Final = frozenset(
    {"format", "version", "kind", "created_at", "time_source", "producer", "subject", "members", "signers"}
)
_MEMBER_FIELDS: Final = frozenset({"path", "length", "sm3", "media_type", "role"})
_KIND: Final = re.compile(r"[a-z][a-z-]{0,31}", re.ASCII)
_TIME_SOURCE: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)
_SUBJECT_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_ROLE: Final = re.compile(r"[a-z][a-z0-9._-]{0,63}", re.ASCII)
_MEDIA_TYPE: Final = re.compile(r"(?=.{3,100}\Z)[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.ASCII)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class ManifestError(Exception):
    """The manifest is not of format 0; ``reason`` is one of the specification's, ``where`` the field."""

    def __init__(self, reason: str, where: str = "") -> None:
        self.reason = reason
        self.where = where
        super().__init__(reason, where)


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """What the manifest says of one member. ``length`` in bytes, ``sm3`` in hex."""

    path: str
    length: int
    sm3: str
    media_type: str
    role: str


@dataclass(frozen=True, slots=True)
class Producer:
    """The tool that wrote the package."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest of format 0. ``signers``: SM3 in hex of each signer's certificate, in order of the signatures."""

    kind: str
    created_at: datetime
    time_source: str
    producer: Producer
    subject: Mapping[str, str]
    members: tuple[MemberEntry, ...]
    signers: tuple[str, ...]

    def encode(self) -> bytes:
        """The signed bytes; raises :class:`ManifestError` where a field breaks the grammar."""
        members: list[Json] = [
            {
                "path": member.path,
                "length": member.length,
                "sm3": member.sm3,
                "media_type": member.media_type,
                "role": member.role,
            }
            for member in self.members
        ]
        data: dict[str, Json] = {
            "format": FORMAT,
            "version": VERSION,
            "kind": self.kind,
            "created_at": self.created_at.astimezone(UTC).strftime(TIME_FORMAT),
            "time_source": self.time_source,
            "producer": {"name": self.producer.name, "version": self.producer.version},
            "subject": dict(self.subject),
            "members": members,
            "signers": list(self.signers),
        }
        _from_data(data)  # a writer may never produce what its reader refuses
        return encode(data)


def decode_manifest(untrusted: bytes) -> Manifest:
    """The manifest of canonical bytes; raises :class:`ManifestError` in the order of checks of the specification."""
    try:
        data = decode_object(untrusted)
    except (NotCanonicalJson, UnicodeError) as error:  # UnicodeError: a key that is half a surrogate pair
        raise ManifestError("json") from error
    if data.get("format") != FORMAT:
        raise ManifestError("format", "format")
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        raise ManifestError("version", "version")
    return _from_data(data)


def _from_data(data: Mapping[str, Json]) -> Manifest:
    if data.keys() != _FIELDS:
        raise ManifestError("shape", ",".join(sorted(data.keys() ^ _FIELDS))[:80])
    return Manifest(
        kind=_matching(_KIND, data["kind"], "kind"),
        created_at=_time(data["created_at"]),
        time_source=_matching(_TIME_SOURCE, data["time_source"], "time_source"),
        producer=_producer(data["producer"]),
        subject=_subject(data["subject"]),
        members=_members(data["members"]),
        signers=_signers(data["signers"]),
    )


def _producer(untrusted: Json) -> Producer:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != {"name", "version"}:
        raise ManifestError("shape", "producer")
    name, version = (_text(untrusted[key], "producer") for key in ("name", "version"))
    if not name or not version:
        raise ManifestError("shape", "producer")
    return Producer(name, version)


def _subject(untrusted: Json) -> Mapping[str, str]:
    if not isinstance(untrusted, Mapping) or len(untrusted) > SUBJECT_COUNT_LIMIT:
        raise ManifestError("shape", "subject")
    return {_matching(_SUBJECT_KEY, key, "subject"): _text(value, "subject") for key, value in untrusted.items()}


def _members(untrusted: Json) -> tuple[MemberEntry, ...]:
    items = _array(untrusted, MEMBER_COUNT_LIMIT, "members")
    members = tuple(_member(item) for item in items)
    if list(members) != sorted(members, key=lambda member: member.path):
        raise ManifestError("shape", "members")
    seen: set[str] = set()
    for member in members:
        if collides(member.path, seen):
            raise ManifestError("shape", "members")
        seen.add(member.path)
    return members


def _member(untrusted: Json) -> MemberEntry:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != _MEMBER_FIELDS:
        raise ManifestError("shape", "members")
    path, length = untrusted["path"], untrusted["length"]
    if not isinstance(path, str) or not is_member_path(path):
        raise ManifestError("shape", "path")
    if not isinstance(length, int) or isinstance(length, bool) or not 0 <= length <= CONTENT_LIMIT:
        raise ManifestError("shape", "length")
    return MemberEntry(
        path=path,
        length=length,
        sm3=_matching(_DIGEST, untrusted["sm3"], "sm3"),
        media_type=_matching(_MEDIA_TYPE, untrusted["media_type"], "media_type"),
        role=_matching(_ROLE, untrusted["role"], "role"),
    )


def _signers(untrusted: Json) -> tuple[str, ...]:
    signers = tuple(_matching(_DIGEST, item, "signers") for item in _array(untrusted, SIGNER_COUNT_LIMIT, "signers"))
    if len(set(signers)) != len(signers):
        raise ManifestError("shape", "signers")
    return signers


def _array(untrusted: Json, limit: int, where: str) -> Sequence[Json]:
    if not isinstance(untrusted, list) or not 1 <= len(untrusted) <= limit:
        raise ManifestError("shape", where)
    return untrusted


def _time(untrusted: Json) -> datetime:
    text = _text(untrusted, "created_at")
    try:
        value = datetime.strptime(text, TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError as error:
        raise ManifestError("shape", "created_at") from error
    if value.strftime(TIME_FORMAT) != text:
        raise ManifestError("shape", "created_at")
    return value


def _text(untrusted: Json, where: str) -> str:
    if not isinstance(untrusted, str) or _CONTROL.search(untrusted) or _too_long(untrusted):
        raise ManifestError("shape", where)
    return untrusted


def _matching(pattern: re.Pattern[str], untrusted: Json, where: str) -> str:
    if not isinstance(untrusted, str) or pattern.fullmatch(untrusted) is None:
        raise ManifestError("shape", where)
    return untrusted


def _too_long(text: str) -> bool:
    try:
        return len(text.encode()) > TEXT_LIMIT
    except UnicodeError:  # half a surrogate pair
        return True
