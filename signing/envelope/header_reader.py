"""Reads the header of a sealed container strictly: every field, type, limit and recipient, before anything else.

Source: docs/spec/sealed-bid.md §3, §4, §9 check 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NoReturn

from signing.canonical_json import Json, NotCanonicalJson, decode_object
from signing.cms.enveloped_data import recipients_of
from signing.envelope.header import TIME_FORMAT, PartHeader, SealedHeader, StageHeader
from signing.envelope.limits import (
    CHUNK_SIZE_MAX,
    CHUNK_SIZE_STEP,
    CONTEXT_LIMIT,
    CONTEXT_NAME,
    CONTEXT_VALUE_LIMIT,
    DIGEST_BYTES,
    FILE_ID_BYTES,
    IDENTIFIER,
    PADDED_LIMIT,
    PART_LIMIT,
    STAGE_LIMIT,
    SUITE,
    WRAP_LIMIT,
    padded_length,
)
from signing.errors import CertificateInvalid, ContainerInvalid, MessageInvalid
from signing.policy.plain import PolicyUnreadable, decode_base64, policy_from_plain
from signing.policy.tree import Leaf, leaves
from signing.x509.certificate import parse

_FIELDS = frozenset(
    {"chunk_size", "context", "file_id", "kind", "parts", "sealed_at", "signer", "stages", "suite", "twin"}
)
_STAGE_FIELDS = frozenset({"commitments", "id", "policy", "wraps"})
_PART_FIELDS = frozenset({"id", "kind", "padded_length", "stage"})
_KINDS = frozenset({"bid", "committee", "handout"})
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def read_header(untrusted: bytes) -> SealedHeader:
    """The header of its canonical JSON bytes, still without tags; raises :class:`ContainerInvalid`, layer header."""
    try:
        fields = decode_object(untrusted)
    except NotCanonicalJson:
        _refuse("not_canonical")
    _exact(fields, _FIELDS, "header")
    if _integer(fields["suite"], "suite") != SUITE:
        _refuse("suite")
    if fields["kind"] not in _KINDS:
        _refuse("value", "kind")
    header = SealedHeader(
        file_id=_hex(fields["file_id"], FILE_ID_BYTES, "file_id"),
        kind=str(fields["kind"]),
        chunk_size=_chunk_size(fields["chunk_size"]),
        context=_context(fields["context"]),
        sealed_at=_time(fields["sealed_at"], "value", "sealed_at"),
        signer=_digest_or_none(fields["signer"], "signer"),
        twin=_digest_or_none(fields["twin"], "twin"),
        stages=tuple(_stage(stage) for stage in _array(fields["stages"], STAGE_LIMIT, "stages")),
        parts=tuple(_part(part) for part in _array(fields["parts"], PART_LIMIT, "parts")),
    )
    _cross_check(header)
    return header


def _cross_check(header: SealedHeader) -> None:
    stages = [stage.id for stage in header.stages]
    parts = [part.id for part in header.parts]
    if len(set(stages)) != len(stages):
        _refuse("stages", "id")
    if len(set(parts)) != len(parts):
        _refuse("parts", "id")
    if {part.stage for part in header.parts} != set(stages):
        _refuse("parts", "stage")


def _chunk_size(untrusted: Json) -> int:
    size = _integer(untrusted, "chunk_size")
    if not CHUNK_SIZE_STEP <= size <= CHUNK_SIZE_MAX or size % CHUNK_SIZE_STEP:
        _refuse("chunk_size")
    return size


def _context(untrusted: Json) -> Mapping[str, str]:
    if not isinstance(untrusted, Mapping) or len(untrusted) > CONTEXT_LIMIT:
        _refuse("context")
    context: dict[str, str] = {}
    for name, value in untrusted.items():
        if not CONTEXT_NAME.fullmatch(name) or not isinstance(value, str) or _CONTROL.search(value):
            _refuse("context", name[:64])
        if len(value.encode("utf-8")) > CONTEXT_VALUE_LIMIT:
            _refuse("context", name)
        context[name] = value
    for name in ("deadline", "opening_at"):
        if name in context:
            _time(context[name], "context", name)
    return context


def _part(untrusted: Json) -> PartHeader:
    fields = _object(untrusted, _PART_FIELDS, "parts")
    length = _integer(fields["padded_length"], "padded_length")
    part = PartHeader(
        id=_identifier(fields["id"], "parts"),
        kind=_identifier(fields["kind"], "parts"),
        stage=_identifier(fields["stage"], "parts"),
        padded_length=length,
    )
    step = padded_length(part.kind, 0)  # an empty part is one step long
    if not step <= length <= PADDED_LIMIT or length % step:
        _refuse("parts", "padded_length")
    return part


def _stage(untrusted: Json) -> StageHeader:
    fields = _object(untrusted, _STAGE_FIELDS, "stages")
    try:
        policy = policy_from_plain(fields["policy"])
    except PolicyUnreadable as error:
        _refuse("policy", str(error))
    holders = leaves(policy)
    commitments = _array(fields["commitments"], len(holders), "commitments")
    wraps = _array(fields["wraps"], len(holders), "wrap")
    if len(commitments) != len(holders):
        _refuse("commitments", "count")
    if len(wraps) != len(holders):
        _refuse("wrap", "count")
    return StageHeader(
        id=_identifier(fields["id"], "stages"),
        policy=policy,
        wraps=tuple(_wrap(wrap, leaf) for wrap, leaf in zip(wraps, holders, strict=True)),
        commitments=tuple(_hex(one, DIGEST_BYTES, "commitments", reason="commitments") for one in commitments),
    )


def _wrap(untrusted: Json, leaf: Leaf) -> bytes:
    """The DER of a wrap addressed to exactly the certificates of its leaf."""
    expected = set()
    for der in leaf.certificates:
        try:
            certificate = parse(der)
        except CertificateInvalid:
            _refuse("certificate", leaf.holder)
        expected.add((certificate.issuer_der, certificate.serial))
    if len(expected) != len(leaf.certificates):
        _refuse("certificate", leaf.holder)
    try:
        der = decode_base64(untrusted)
        if len(der) > WRAP_LIMIT:
            _refuse("wrap", leaf.holder)
        found = [(recipient.issuer_der, recipient.serial) for recipient in recipients_of(der)]
    except (ValueError, TypeError, MessageInvalid):
        _refuse("wrap", leaf.holder)
    if len(found) != len(expected) or set(found) != expected:
        _refuse("wrap", leaf.holder)
    return der


def _object(untrusted: Json, names: frozenset[str], where: str) -> Mapping[str, Json]:
    if not isinstance(untrusted, Mapping):
        _refuse("fields", where)
    _exact(untrusted, names, where)
    return untrusted


def _exact(fields: Mapping[str, Json], names: frozenset[str], where: str) -> None:
    if fields.keys() != names:
        odd = min(fields.keys() ^ names)
        _refuse("fields", f"{where}.{odd[:64]}")


def _array(untrusted: Json, limit: int, reason: str) -> Sequence[Json]:
    if isinstance(untrusted, str) or not isinstance(untrusted, Sequence) or not 1 <= len(untrusted) <= limit:
        _refuse(reason, "count")
    return untrusted


def _integer(untrusted: Json, where: str) -> int:
    if not isinstance(untrusted, int) or isinstance(untrusted, bool):
        _refuse("value", where)
    return untrusted


def _identifier(untrusted: Json, reason: str) -> str:
    if not isinstance(untrusted, str) or not IDENTIFIER.fullmatch(untrusted):
        _refuse(reason, "id")
    return untrusted


def _hex(untrusted: Json, length: int, where: str, *, reason: str = "value") -> bytes:
    if not isinstance(untrusted, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", untrusted):
        _refuse(reason, where)
    return bytes.fromhex(untrusted)


def _digest_or_none(untrusted: Json, where: str) -> str | None:
    return None if untrusted is None else _hex(untrusted, DIGEST_BYTES, where).hex()


def _time(untrusted: Json, reason: str, where: str) -> datetime:
    if not isinstance(untrusted, str):
        _refuse(reason, where)
    try:
        time = datetime.strptime(untrusted, TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        _refuse(reason, where)
    if time.strftime(TIME_FORMAT) != untrusted:
        _refuse(reason, where)
    return time


def _refuse(reason: str, where: str = "") -> NoReturn:
    raise ContainerInvalid(layer="header", reason=reason, where=where) from None
