"""Reading X.509 certificates strictly: one spelling, an SM2 key, an SM2-with-SM3 signature.

Source: GB/T 20518-2018 / RFC 5280 as described by docs/spec; texts of GM/T 0015-2023 were not available to us.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from asn1crypto import pem
from asn1crypto import x509 as asn1

from signing.errors import CertificateInvalid
from signing.gm import sm2, sm2_der
from signing.gm.der import (
    BIT_STRING,
    GENERALIZED_TIME,
    NULL,
    SEQUENCE,
    UTC_TIME,
    NotDer,
    Reader,
    check_strict,
    encode,
    read_one,
)
from signing.gm.sm3 import sm3
from signing.x509 import oids
from signing.x509.extensions import Extensions
from signing.x509.limits import CERTIFICATE_BYTES, TRUST_ENTRIES

CREDIT_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")  # shape of GB 32100-2015; its check digit belongs to the core

VERSION_TAG, VERSION_3 = 0xA0, 2
EXTENSIONS_TAG = 0xA3
SERIAL_LIMIT = 1 << 160  # 20 bytes
TIME_FORMS: Mapping[int, str] = MappingProxyType({UTC_TIME: "%y%m%d%H%M%SZ", GENERALIZED_TIME: "%Y%m%d%H%M%SZ"})


@dataclass(frozen=True, slots=True)
class Name:
    """What of a distinguished name we show and compare; empty where absent.

    ``credit_code`` is the unified social credit code: attribute organizationIdentifier (2.5.4.97), or serialNumber
    (2.5.4.5) of CAs that put it there; empty unless exactly one such value has the shape of a credit code.
    """

    common_name: str = ""
    organisation: str = ""
    unit: str = ""
    credit_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A strictly parsed certificate. Nothing is said about who signed it: that is path validation."""

    der: bytes
    subject: Name
    issuer: Name
    serial: int
    public_key: sm2.PublicKey
    not_before: datetime
    not_after: datetime
    key_usage: frozenset[str]  # of KEY_USAGE_NAMES; empty where the extension is absent
    is_ca: bool
    path_length: int | None
    subject_key_id: bytes | None
    authority_key_id: bytes | None
    subject_der: bytes
    issuer_der: bytes
    unknown_critical: tuple[str, ...]  # object identifiers of critical extensions we do not understand
    signed_part: bytes
    signature: bytes

    @property
    def sm3(self) -> str:
        """SM3 of the encoding, lower-case hex: how certificates are named everywhere."""
        return sm3(self.der).hex()

    @property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same name."""
        return self.subject_der == self.issuer_der


def parse(untrusted_der: bytes) -> Certificate:
    """The certificate in exactly these bytes; raises :class:`CertificateInvalid` for any other spelling or kind."""
    if len(untrusted_der) > CERTIFICATE_BYTES:
        raise CertificateInvalid(reason="too_large")
    try:
        check_strict(untrusted_der)
        return _parse(untrusted_der)
    except NotDer as error:
        raise CertificateInvalid(reason="not_der", detail=error) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise CertificateInvalid(reason="not_a_certificate", detail=type(error).__name__) from error


def _parse(untrusted_der: bytes) -> Certificate:
    signed_part, signature = split_signed(untrusted_der)
    body = read_one(signed_part)
    if body.inside(VERSION_TAG).integer() != VERSION_3:
        raise CertificateInvalid(reason="version")
    serial = body.integer()
    if not 0 < serial < SERIAL_LIMIT:
        raise CertificateInvalid(reason="serial_number")
    body.value(SEQUENCE)  # the algorithm, compared with the outer one already
    issuer = body.value(SEQUENCE).encoded
    validity = body.inside()
    not_before, not_after = read_time(validity), read_time(validity)
    validity.end()
    subject = body.value(SEQUENCE).encoded
    public_key = _public_key(body.value(SEQUENCE).encoded)
    extensions = Extensions(body.inside(EXTENSIONS_TAG))
    body.end()
    return Certificate(
        der=untrusted_der,
        subject=read_name(subject),
        issuer=read_name(issuer),
        serial=serial,
        public_key=public_key,
        not_before=not_before,
        not_after=not_after,
        key_usage=extensions.key_usage,
        is_ca=extensions.is_ca,
        path_length=extensions.path_length,
        subject_key_id=extensions.subject_key_id,
        authority_key_id=extensions.authority_key_id,
        subject_der=subject,
        issuer_der=issuer,
        unknown_critical=extensions.unknown_critical,
        signed_part=signed_part,
        signature=signature,
    )


def split_signed(untrusted_der: bytes) -> tuple[bytes, bytes]:
    """(signed part, SM2 signature) of a certificate or revocation list whose two algorithm fields agree.

    The identifier is SM2-with-SM3 with parameters absent or NULL, both times alike. Raises :class:`NotDer` or
    :class:`CertificateInvalid`.
    """
    outer = read_one(untrusted_der)
    signed, algorithm = outer.value(SEQUENCE), outer.value(SEQUENCE)
    signature = read_whole_bytes(outer)
    outer.end()
    inner = Reader(signed.content)
    while inner.peek() != SEQUENCE:  # version and serial number stand before the inner identifier
        inner.value()
    if inner.value(SEQUENCE).encoded != algorithm.encoded:
        raise CertificateInvalid(reason="signature_algorithm")
    parameters = Reader(algorithm.content)
    if parameters.oid() != oids.SM2_WITH_SM3:
        raise CertificateInvalid(reason="signature_algorithm")
    if parameters.more() and parameters.value(NULL).content:
        raise NotDer("parameters")
    parameters.end()
    sm2_der.decode_signature(signature)
    return signed.encoded, signature


def read_whole_bytes(reader: Reader) -> bytes:
    """The content of a BIT STRING without unused bits."""
    bits = reader.value(BIT_STRING).content
    if bits[:1] != b"\x00":
        raise NotDer("BIT STRING with unused bits")
    return bits[1:]


def read_time(reader: Reader) -> datetime:
    """UTCTime until 2049, GeneralizedTime from 2050, both in whole seconds with Z."""
    value = reader.value()
    form = TIME_FORMS.get(value.tag)
    if form is None:
        raise NotDer("time")
    text = value.content.decode("ascii")
    moment = datetime.strptime(text, form).replace(tzinfo=UTC)
    if value.tag == UTC_TIME and moment.year >= 2050:
        moment = moment.replace(year=moment.year - 100)
    if encode_time(moment) != value.encoded:
        raise NotDer("time in another spelling")
    return moment


def encode_time(moment: datetime) -> bytes:
    """The DER Time of RFC 5280: UTCTime for 1950 to 2049, else GeneralizedTime. Cut to seconds; naive is refused."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    utc = moment.astimezone(UTC)
    tag = UTC_TIME if 1950 <= utc.year < 2050 else GENERALIZED_TIME
    return encode(tag, utc.strftime(TIME_FORMS[tag]).encode("ascii"))


def read_name(encoded: bytes) -> Name:
    """What we show of a distinguished name, whatever string types the CA used."""
    found: dict[str, list[str]] = {}
    for relative in asn1.Name.load(encoded, strict=True).chosen:
        for attribute in relative:
            found.setdefault(attribute["type"].dotted, []).append(str(attribute["value"].native))
    codes = _credit_codes(found)
    return Name(
        common_name=found.get(oids.COMMON_NAME, [""])[-1],
        organisation=found.get(oids.ORGANIZATION, [""])[-1],
        unit=" / ".join(found.get(oids.ORGANIZATIONAL_UNIT, [])),
        credit_code=codes[0] if len(codes) == 1 else "",
        country=found.get(oids.COUNTRY, [""])[-1],
    )


def _credit_codes(found: Mapping[str, Sequence[str]]) -> list[str]:
    """Distinct values shaped like a credit code; serialNumber counts only where organizationIdentifier is absent."""
    attribute = oids.ORGANIZATION_IDENTIFIER if oids.ORGANIZATION_IDENTIFIER in found else oids.SERIAL_NUMBER
    return sorted({value for value in found.get(attribute, ()) if CREDIT_CODE.fullmatch(value)})


def _public_key(encoded: bytes) -> sm2.PublicKey:
    """Both spellings: id-ecPublicKey with the SM2 curve, and the SM2 identifier itself (GM/T 0015-2023)."""
    outer = read_one(encoded)
    algorithm, point = outer.inside(), read_whole_bytes(outer)
    outer.end()
    kind = algorithm.oid()
    if kind not in {oids.EC_PUBLIC_KEY, oids.SM2_CURVE}:
        raise CertificateInvalid(reason="not_sm2_key")
    if kind == oids.SM2_CURVE and algorithm.peek() == NULL:
        algorithm.value(NULL)
    elif (kind == oids.EC_PUBLIC_KEY or algorithm.more()) and algorithm.oid() != oids.SM2_CURVE:
        raise CertificateInvalid(reason="not_sm2_key")
    algorithm.end()
    return sm2.PublicKey.from_raw(point)


def load_pem_certificates(untrusted: bytes) -> tuple[bytes, ...]:
    """The DER of every CERTIFICATE block in the order of the text; raises :class:`CertificateInvalid` for none."""
    found = []
    try:
        for kind, _, encoded in pem.unarmor(untrusted, multiple=True):
            if kind == "CERTIFICATE":
                found.append(bytes(encoded))
    except ValueError as error:
        raise CertificateInvalid(reason="not_pem") from error
    if not 1 <= len(found) <= TRUST_ENTRIES:
        raise CertificateInvalid(reason="no_certificate")
    return tuple(found)


def dump_pem(certificate_der: bytes) -> bytes:
    """The certificate as a PEM block."""
    return bytes(pem.armor("CERTIFICATE", certificate_der))
