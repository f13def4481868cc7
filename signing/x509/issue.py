"""Issuing certificates and revocation lists: the demo's CAs, day certificates of a centre, tests.

Not a certification authority product: no approval, no archive. Leaf certificates come in pairs, one to sign and one
to encrypt. Times are explicit; nothing here reads a clock.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from asn1crypto import x509 as asn1

from signing.errors import CertificateInvalid
from signing.gm import der, sm2
from signing.gm.sm3 import sm3
from signing.x509 import oids
from signing.x509.certificate import Certificate, encode_time, parse
from signing.x509.extensions import KEY_IDENTIFIER_TAG, KEY_USAGE_NAMES

Usage = Literal["sign", "encrypt"]

KEY_ID_BYTES = 20
SERIAL_BYTES = 16
CA_USAGE = frozenset({"key_cert_sign", "crl_sign"})
LEAF_USAGE: Mapping[Usage, frozenset[str]] = MappingProxyType(
    {
        "sign": frozenset({"digital_signature", "non_repudiation"}),
        "encrypt": frozenset({"key_encipherment", "data_encipherment", "key_agreement"}),
    }
)
CRL_REASONS: Mapping[str, int] = MappingProxyType(
    {
        "key_compromise": 1,
        "ca_compromise": 2,
        "affiliation_changed": 3,
        "superseded": 4,
        "cessation_of_operation": 5,
    }
)

_ALGORITHM = der.sequence(der.oid(oids.SM2_WITH_SM3))  # parameters absent
_TRUE = der.encode(der.BOOLEAN, b"\xff")


@dataclass(frozen=True, slots=True)
class Subject:
    """The distinguished name to be written. ``credit_code`` becomes organizationIdentifier (2.5.4.97)."""

    common_name: str
    organisation: str = ""
    unit: str = ""
    credit_code: str = ""
    country: str = "CN"

    def der(self) -> bytes:
        """The encoded Name: country as PrintableString, all else UTF8String."""
        attributes = {
            "country_name": self.country,
            "organization_name": self.organisation,
            "organizational_unit_name": self.unit,
            "organization_identifier": self.credit_code,
            "common_name": self.common_name,
        }
        return bytes(asn1.Name.build({name: value for name, value in attributes.items() if value}).dump())


@dataclass(frozen=True, slots=True)
class Revocation:
    """One entry of a revocation list; ``reason`` is a key of ``CRL_REASONS`` or None."""

    serial: int
    at: datetime
    reason: str | None = None


def issue_root(subject: Subject, private: sm2.PrivateKey, *, not_before: datetime, not_after: datetime) -> bytes:
    """A self-signed CA certificate without a limit on the path below it."""
    name = subject.der()
    extensions = (*_ca_extensions(private.public, None), _authority(key_id(private.public)))
    body = _body(name, name, private.public, (not_before, not_after), extensions)
    return _signed(body, private)


def issue_ca(
    subject: Subject,
    public_key: sm2.PublicKey,
    issuer_private: sm2.PrivateKey,
    issuer_certificate: bytes,
    *,
    not_before: datetime,
    not_after: datetime,
    path_length: int | None = 0,
) -> bytes:
    """A subordinate CA certificate; by default one that may issue leaf certificates only."""
    issuer = _issuer(issuer_private, issuer_certificate)
    extensions = (*_ca_extensions(public_key, path_length), _authority(_id_of(issuer)))
    body = _body(issuer.subject_der, subject.der(), public_key, (not_before, not_after), extensions)
    return _signed(body, issuer_private)


def issue_leaf(
    subject: Subject,
    public_key: sm2.PublicKey,
    usage: Usage,
    issuer_private: sm2.PrivateKey,
    issuer_certificate: bytes,
    *,
    not_before: datetime,
    not_after: datetime,
) -> bytes:
    """An end-entity certificate to sign or to encrypt, never both. It carries no BasicConstraints."""
    issuer = _issuer(issuer_private, issuer_certificate)
    extensions = (_key_usage(LEAF_USAGE[usage]), _subject_key(public_key), _authority(_id_of(issuer)))
    body = _body(issuer.subject_der, subject.der(), public_key, (not_before, not_after), extensions)
    return _signed(body, issuer_private)


def issue_crl(
    issuer_private: sm2.PrivateKey,
    issuer_certificate: bytes,
    *,
    this_update: datetime,
    next_update: datetime,
    revoked: Sequence[Revocation] = (),
    number: int = 1,
) -> bytes:
    """A complete version 2 revocation list of the issuer."""
    issuer = _issuer(issuer_private, issuer_certificate)
    entries = [_entry(one) for one in sorted(revoked, key=lambda entry: entry.serial)]
    extensions = der.sequence(_authority(_id_of(issuer)), _extension(oids.CRL_NUMBER, der.integer(number)))
    body = der.sequence(
        der.integer(1),
        _ALGORITHM,
        issuer.subject_der,
        encode_time(this_update),
        encode_time(next_update),
        *([der.sequence(*entries)] if entries else []),
        der.encode(0xA0, extensions),
    )
    return _signed(body, issuer_private)


def key_id(public_key: sm2.PublicKey) -> bytes:
    """The key identifier we write: the first 20 bytes of SM3 over 04‖x‖y."""
    return sm3(public_key.raw)[:KEY_ID_BYTES]


def subject_public_key_info(public_key: sm2.PublicKey) -> bytes:
    """SubjectPublicKeyInfo as id-ecPublicKey with the SM2 curve, the spelling every reader knows."""
    algorithm = der.sequence(der.oid(oids.EC_PUBLIC_KEY), der.oid(oids.SM2_CURVE))
    return der.sequence(algorithm, der.encode(der.BIT_STRING, b"\x00", public_key.raw))


def _issuer(private: sm2.PrivateKey, certificate_der: bytes) -> Certificate:
    issuer = parse(certificate_der)
    if issuer.public_key != private.public:
        raise CertificateInvalid(reason="key_not_of_certificate")
    if not issuer.is_ca:
        raise CertificateInvalid(reason="issuer_not_ca")
    return issuer


def _id_of(issuer: Certificate) -> bytes:
    return issuer.subject_key_id if issuer.subject_key_id is not None else key_id(issuer.public_key)


def _body(
    issuer: bytes,
    subject: bytes,
    public_key: sm2.PublicKey,
    validity: tuple[datetime, datetime],
    extensions: Sequence[bytes],
) -> bytes:
    serial = int.from_bytes(secrets.token_bytes(SERIAL_BYTES), "big") | 1 << (SERIAL_BYTES * 8 - 2)
    return der.sequence(
        der.encode(0xA0, der.integer(2)),
        der.integer(serial & ((1 << SERIAL_BYTES * 8 - 1) - 1)),
        _ALGORITHM,
        issuer,
        der.sequence(*(encode_time(moment) for moment in validity)),
        subject,
        subject_public_key_info(public_key),
        der.encode(0xA3, der.sequence(*extensions)),
    )


def _signed(body: bytes, private: sm2.PrivateKey) -> bytes:
    return der.sequence(body, _ALGORITHM, der.encode(der.BIT_STRING, b"\x00", sm2.sign(private, body)))


def _ca_extensions(public_key: sm2.PublicKey, path_length: int | None) -> tuple[bytes, ...]:
    constraints = der.sequence(_TRUE, *([] if path_length is None else [der.integer(path_length)]))
    return (
        _extension(oids.BASIC_CONSTRAINTS, constraints, critical=True),
        _key_usage(CA_USAGE),
        _subject_key(public_key),
    )


def _key_usage(names: frozenset[str]) -> bytes:
    places = [KEY_USAGE_NAMES.index(name) for name in names]
    size = max(places) // 8 + 1
    number = sum(1 << (size * 8 - 1 - place) for place in places)
    unused = size * 8 - 1 - max(places)
    bits = der.encode(der.BIT_STRING, bytes((unused,)), number.to_bytes(size, "big"))
    return _extension(oids.KEY_USAGE, bits, critical=True)


def _subject_key(public_key: sm2.PublicKey) -> bytes:
    return _extension(oids.SUBJECT_KEY_ID, der.octets(key_id(public_key)))


def _authority(identifier: bytes) -> bytes:
    return _extension(oids.AUTHORITY_KEY_ID, der.sequence(der.encode(KEY_IDENTIFIER_TAG, identifier)))


def _extension(identifier: str, value: bytes, *, critical: bool = False) -> bytes:
    return der.sequence(der.oid(identifier), *([_TRUE] if critical else []), der.octets(value))


def _entry(revocation: Revocation) -> bytes:
    parts = [der.integer(revocation.serial), encode_time(revocation.at)]
    if revocation.reason is not None:
        code = der.encode(0x0A, bytes((CRL_REASONS[revocation.reason],)))
        parts.append(der.sequence(_extension(oids.CRL_REASON, code)))
    return der.sequence(*parts)
