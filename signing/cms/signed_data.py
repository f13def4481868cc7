"""Detached SM2 signatures as SignedData of GB/T 35275, in one canonical form and no other.

The reader takes the parts out, builds the message anew from them and compares bytes, so that no byte is malleable; a
signed attribute lists the digests of all embedded certificates and revocation lists, so that none can be exchanged,
dropped or added. Form: docs/spec/cms.md.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from signing.api import Signer
from signing.cms import oids
from signing.errors import CertificateInvalid, MessageInvalid, SignatureInvalid
from signing.gm import der, sm2
from signing.gm.der import SET, NotDer, Reader, read_one
from signing.gm.sm3 import sm3
from signing.x509.certificate import Certificate, encode_time, parse, read_time
from signing.x509.crl import parse_crl
from signing.x509.limits import CHAIN_CERTIFICATES, CHAIN_CRLS, SIGNED_DATA_BYTES
from signing.x509.purpose import is_signing_certificate

VERSION = 1
CONTENT_TAG, CERTIFICATES_TAG, CRLS_TAG, ATTRIBUTES_TAG = 0xA0, 0xA0, 0xA1, 0xA0
ATTRIBUTE_COUNT = 4

_SM3_ALGORITHM = der.sequence(der.oid(oids.SM3))
_SIGN_ALGORITHM = der.sequence(der.oid(oids.SM2_SIGN))


@dataclass(frozen=True, slots=True)
class SignedDetached:
    """A message whose signature verified. Whether its signer is to be trusted is path validation's business."""

    signer: Certificate
    certificates: tuple[Certificate, ...]  # signer first, then upwards
    crls: tuple[bytes, ...]
    signed_at: datetime  # the signer's own claim


def sign_detached(content: bytes, signer: Signer, *, signed_at: datetime, crls: Sequence[bytes] = ()) -> bytes:
    """DER SignedData over ``content``, which stays outside; verified with the certificate before it is returned.

    ``signed_at`` is cut to whole seconds. Raises :class:`CertificateInvalid` for a certificate that is no signing
    certificate, :class:`SignatureInvalid` when the key does not belong to it.
    """
    certificate = parse(signer.certificate())
    if not is_signing_certificate(certificate):
        raise CertificateInvalid(reason="not_signing_certificate")
    embedded = (certificate.der, *signer.chain())
    attributes = _attributes(sm3(content), signed_at, embedded, crls)
    signature = signer.sign(der.encode(SET, attributes))
    message = _message(certificate, embedded, crls, attributes, signature)
    verify_detached(message, content)
    return message


def verify_detached(untrusted_der: bytes, content: bytes) -> SignedDetached:
    """The signer and what the signature covers, only when everything holds together.

    Raises :class:`MessageInvalid` for any other spelling, part or order than ours, :class:`SignatureInvalid` when
    content, attributes or key do not belong together.
    """
    parts = _take_apart(untrusted_der)
    signed = _in_order(parts)
    rebuilt_attributes = _attributes(
        parts.content_digest, signed.signed_at, [one.der for one in signed.certificates], signed.crls
    )
    embedded = [one.der for one in signed.certificates]
    rebuilt = _message(signed.signer, embedded, signed.crls, rebuilt_attributes, parts.signature)
    if rebuilt != untrusted_der:
        raise MessageInvalid(reason="not_canonical")
    if not hmac.compare_digest(parts.content_digest, sm3(content)):
        raise SignatureInvalid(reason="other_content")
    sm2.verify(signed.signer.public_key, der.encode(SET, rebuilt_attributes), parts.signature)
    return signed


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a message holds, before any of it is believed."""

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    content_digest: bytes
    signed_at: datetime
    certificate_digests: tuple[bytes, ...]
    crl_digests: tuple[bytes, ...]
    signature: bytes


def _message(
    signer: Certificate, certificates: Sequence[bytes], crls: Sequence[bytes], attributes: bytes, signature: bytes
) -> bytes:
    signer_info = der.sequence(
        der.integer(VERSION),
        der.sequence(signer.issuer_der, der.integer(signer.serial)),
        _SM3_ALGORITHM,
        der.encode(ATTRIBUTES_TAG, attributes),
        _SIGN_ALGORITHM,
        der.octets(signature),
    )
    signed_data = der.sequence(
        der.integer(VERSION),
        der.set_of([_SM3_ALGORITHM]),
        der.sequence(der.oid(oids.DATA)),
        der.set_of(certificates, CERTIFICATES_TAG),
        *([der.set_of(crls, CRLS_TAG)] if crls else []),
        der.set_of([signer_info]),
    )
    return der.sequence(der.oid(oids.SIGNED_DATA), der.encode(CONTENT_TAG, signed_data))


def _attributes(
    content_digest: bytes, signed_at: datetime, certificates: Sequence[bytes], crls: Sequence[bytes]
) -> bytes:
    """The content of the SET of signed attributes."""
    digests = der.sequence(
        der.sequence(*(der.octets(sm3(one)) for one in certificates)),
        der.sequence(*(der.octets(sm3(one)) for one in crls)),
    )
    values = (
        (oids.CONTENT_TYPE, der.oid(oids.DATA)),
        (oids.MESSAGE_DIGEST, der.octets(content_digest)),
        (oids.SIGNING_TIME, encode_time(signed_at)),
        (oids.EMBEDDED_DIGESTS, digests),
    )
    return b"".join(sorted(der.sequence(der.oid(kind), der.set_of([value])) for kind, value in values))


def _take_apart(untrusted_der: bytes) -> _Parts:
    if len(untrusted_der) > SIGNED_DATA_BYTES:
        raise MessageInvalid(reason="too_large")
    try:
        return _read(untrusted_der)
    except (NotDer, ValueError) as error:
        raise MessageInvalid(reason="not_documented_structure", detail=error) from error


def _read(untrusted_der: bytes) -> _Parts:
    outer = read_one(untrusted_der)
    if outer.oid() != oids.SIGNED_DATA:
        raise NotDer("content type")
    body = outer.inside(CONTENT_TAG).inside()
    body.integer()
    body.value(SET)
    body.value()
    certificates = _members(body.inside(CERTIFICATES_TAG), CHAIN_CERTIFICATES)
    crls = _members(body.inside(CRLS_TAG), CHAIN_CRLS) if body.peek() == CRLS_TAG else ()
    info = body.inside(SET).inside()
    for _ in range(3):  # version, signer identifier, digest algorithm: fixed by the comparison of the rebuilt bytes
        info.value()
    attributes = _read_attributes(info.inside(ATTRIBUTES_TAG))
    info.value()
    listed = attributes[oids.EMBEDDED_DIGESTS].inside()
    return _Parts(
        certificates=certificates,
        crls=crls,
        content_digest=attributes[oids.MESSAGE_DIGEST].octets(),
        signed_at=read_time(attributes[oids.SIGNING_TIME]),
        certificate_digests=_digests(listed.inside(), CHAIN_CERTIFICATES),
        crl_digests=_digests(listed.inside(), CHAIN_CRLS),
        signature=info.octets(),
    )


def _members(reader: Reader, limit: int) -> tuple[bytes, ...]:
    found: list[bytes] = []
    while reader.more():
        found.append(reader.value().encoded)
        if len(found) > limit:
            raise NotDer("too many embedded certificates or revocation lists")
    return tuple(found)


def _digests(reader: Reader, limit: int) -> tuple[bytes, ...]:
    return tuple(Reader(one).octets() for one in _members(reader, limit))


def _read_attributes(reader: Reader) -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    while reader.more():
        attribute = reader.inside()
        kind = attribute.oid()
        found[kind] = attribute.inside(SET)
    expected = {oids.CONTENT_TYPE, oids.MESSAGE_DIGEST, oids.SIGNING_TIME, oids.EMBEDDED_DIGESTS}
    if set(found) != expected:
        raise NotDer("signed attributes")
    return found


def _in_order(parts: _Parts) -> SignedDetached:
    """Embedded certificates and lists in the order of their signed digests; they must match one to one."""
    certificates = _matched(parts.certificates, parts.certificate_digests)
    crls = _matched(parts.crls, parts.crl_digests)
    if not certificates:
        raise MessageInvalid(reason="no_signer")
    try:
        parsed = tuple(parse(one) for one in certificates)
        for one in crls:
            parse_crl(one)
    except CertificateInvalid as error:
        raise MessageInvalid(reason="embedded_unreadable", detail=error.params.get("reason", "")) from error
    return SignedDetached(parsed[0], parsed, crls, parts.signed_at.astimezone(UTC))


def _matched(embedded: Sequence[bytes], digests: Sequence[bytes]) -> tuple[bytes, ...]:
    by_digest = {sm3(one): one for one in embedded}
    if len(by_digest) != len(embedded) or len(digests) != len(embedded) or set(by_digest) != set(digests):
        raise MessageInvalid(reason="embedded_not_signed")
    return tuple(by_digest[digest] for digest in digests)
