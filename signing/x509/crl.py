"""Reading certificate revocation lists strictly. Whether one may be believed is path validation's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from signing.errors import CertificateInvalid
from signing.gm.der import INTEGER, SEQUENCE, NotDer, Reader, check_strict, read_one
from signing.x509 import oids
from signing.x509.certificate import read_time, split_signed
from signing.x509.extensions import read_authority_key_id, read_extensions
from signing.x509.limits import CRL_BYTES

VERSION_2 = 1
EXTENSIONS_TAG = 0xA0
ENUMERATED = 0x0A
REASON_NAMES: Mapping[int, str] = MappingProxyType(
    {
        0: "unspecified",
        1: "key_compromise",
        2: "ca_compromise",
        3: "affiliation_changed",
        4: "superseded",
        5: "cessation_of_operation",
        6: "certificate_hold",
        9: "privilege_withdrawn",
        10: "aa_compromise",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One revoked certificate."""

    at: datetime
    reason: str  # a value of REASON_NAMES


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A strictly parsed, complete (not delta, not indirect) revocation list."""

    der: bytes
    issuer_der: bytes
    authority_key_id: bytes | None
    this_update: datetime
    next_update: datetime
    entries: Mapping[int, Entry]  # by serial number
    signed_part: bytes
    signature: bytes


def parse_crl(untrusted_der: bytes) -> RevocationList:
    """The list in exactly these bytes.

    Raises :class:`CertificateInvalid` for another spelling, a delta list or an unknown critical extension.
    """
    if len(untrusted_der) > CRL_BYTES:
        raise CertificateInvalid(reason="too_large")
    try:
        check_strict(untrusted_der)
        return _parse(untrusted_der)
    except NotDer as error:
        raise CertificateInvalid(reason="not_der", detail=error) from error
    except (ValueError, OverflowError) as error:
        raise CertificateInvalid(reason="not_a_crl", detail=type(error).__name__) from error


def _parse(untrusted_der: bytes) -> RevocationList:
    signed_part, signature = split_signed(untrusted_der)
    body = read_one(signed_part)
    if body.integer() != VERSION_2:
        raise CertificateInvalid(reason="version")
    body.value(SEQUENCE)  # the algorithm, compared with the outer one already
    issuer = body.value(SEQUENCE).encoded
    this_update, next_update = read_time(body), read_time(body)
    entries: dict[int, Entry] = {}
    if body.peek() == SEQUENCE:
        listed = body.inside()
        while listed.more():
            serial, entry = _entry(listed.inside())
            if serial in entries:
                raise CertificateInvalid(reason="serial_number")
            entries[serial] = entry
    authority = _authority_key_id(body.inside(EXTENSIONS_TAG)) if body.more() else None
    body.end()
    return RevocationList(
        untrusted_der, issuer, authority, this_update, next_update, MappingProxyType(entries), signed_part, signature
    )


def _entry(reader: Reader) -> tuple[int, Entry]:
    if reader.peek() != INTEGER:
        raise NotDer("entry")
    serial, at, reason = reader.integer(), read_time(reader), 0
    if reader.more():
        wrapped = Reader(reader.value(SEQUENCE).encoded)
        for identifier, critical, value in read_extensions(wrapped):
            if identifier == oids.CRL_REASON:
                coded = Reader(value)
                reason = int.from_bytes(coded.value(ENUMERATED).content, "big")
                coded.end()
            elif critical:
                raise CertificateInvalid(reason="crl_extension")
    reader.end()
    if reason not in REASON_NAMES:
        raise CertificateInvalid(reason="crl_entry")
    return serial, Entry(at, REASON_NAMES[reason])


def _authority_key_id(wrapped: Reader) -> bytes | None:
    found = None
    for identifier, critical, value in read_extensions(wrapped):
        if identifier == oids.AUTHORITY_KEY_ID:
            found = read_authority_key_id(value)
        elif critical:  # delta lists and issuing distribution points are critical: a partial list is not "good"
            raise CertificateInvalid(reason="crl_extension")
    return found
