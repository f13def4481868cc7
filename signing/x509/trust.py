"""The trust list: which roots are believed, which CAs speak for which roles, which revocation lists are at hand.

Trust is data given by the user or the installation, never a file that lies beside the artefact, never the system's
certificate store. Version 0 of the format; see docs/spec/trust-list.md.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from signing.errors import CertificateInvalid, TrustInvalid
from signing.x509.certificate import Certificate, load_pem_certificates, parse
from signing.x509.chain import is_signed_by
from signing.x509.crl import parse_crl
from signing.x509.limits import TRUST_ENTRIES, TRUST_LIST_BYTES

FORMAT = "tenderbox-trust"
VERSION = 0
ROLES = frozenset({"tenderer", "agency", "bidder", "centre", "supervisor", "expert"})
PEM_MARK = b"-----BEGIN CERTIFICATE-----"
TIME_FORM = "%Y-%m-%dT%H:%M:%SZ"
SM3_HEX_LENGTH = 64

_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class TrustedRoot:
    """A root that ends a path, and the name it is shown by."""

    certificate: Certificate
    name: str


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """A CA (root or subordinate) by the SM3 of its certificate, the roles of those it certified, and for how long.

    It is recognised from ``valid_from`` to ``valid_to``, both included.
    """

    sm3: str
    name: str
    roles: frozenset[str]
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class TrustList:
    """Everything that is believed. A chain gets the roles of the nearest listed CA above the leaf."""

    roots: tuple[TrustedRoot, ...]
    issuers: tuple[TrustedIssuer, ...] = ()
    crls: tuple[bytes, ...] = ()


def trust_root(certificate_der: bytes, name: str | None = None) -> TrustList:
    """A list of one root whose certificates may act in every role for as long as the root is valid."""
    root = _root_certificate(certificate_der)
    shown = name or root.subject.common_name or root.sm3
    every_role = TrustedIssuer(root.sm3, shown, ROLES, root.not_before, root.not_after)
    return TrustList((TrustedRoot(root, shown),), (every_role,))


def parse_trust(untrusted: bytes) -> TrustList:
    """A trust list from JSON text, or from PEM roots (then every role); raises :class:`TrustInvalid`.

    "Untrusted" until parsed: the caller vouches for where the bytes come from, this function for their form.
    """
    if len(untrusted) > TRUST_LIST_BYTES:
        raise TrustInvalid(reason="too_large")
    try:
        if PEM_MARK in untrusted:
            lists = [trust_root(one) for one in load_pem_certificates(untrusted)]
            return TrustList(tuple(one.roots[0] for one in lists), tuple(one.issuers[0] for one in lists))
        return _from_json(json.loads(untrusted.decode("utf-8"), object_pairs_hook=_no_duplicates))
    except CertificateInvalid as error:
        raise TrustInvalid(reason=error.params.get("reason", "certificate")) from error
    except (ValueError, RecursionError) as error:
        raise TrustInvalid(reason="not_json", detail=type(error).__name__) from error


def dump_trust(trust: TrustList) -> bytes:
    """The list as indented JSON that :func:`parse_trust` reads back to an equal value."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "roots": [{"name": root.name, "certificate": _to_base64(root.certificate.der)} for root in trust.roots],
        "issuers": [
            {
                "sm3": issuer.sm3,
                "name": issuer.name,
                "roles": sorted(issuer.roles),
                "valid_from": issuer.valid_from.astimezone(UTC).strftime(TIME_FORM),
                "valid_to": issuer.valid_to.astimezone(UTC).strftime(TIME_FORM),
            }
            for issuer in trust.issuers
        ],
        "crls": [_to_base64(crl) for crl in trust.crls],
    }
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"


def _from_json(value: object) -> TrustList:
    fields = _object(value, "format", "version", "roots", "issuers", "crls")
    if fields["format"] != FORMAT or fields["version"] is not VERSION:
        raise TrustInvalid(reason="format_or_version")
    return TrustList(
        _each(fields["roots"], _root), _each(fields["issuers"], _trusted_issuer), _each(fields["crls"], _checked_crl)
    )


def _root(value: object) -> TrustedRoot:
    fields = _object(value, "name", "certificate")
    return TrustedRoot(_root_certificate(_from_base64(fields["certificate"])), _text(fields["name"]))


def _root_certificate(untrusted_der: bytes) -> Certificate:
    root = parse(untrusted_der)
    if not (root.is_ca and root.is_self_issued and is_signed_by(root.signed_part, root.signature, root)):
        raise TrustInvalid(reason="root_not_ca")
    return root


def _trusted_issuer(value: object) -> TrustedIssuer:
    fields = _object(value, "sm3", "name", "roles", "valid_from", "valid_to")
    sm3_hex = _text(fields["sm3"])
    if len(sm3_hex) != SM3_HEX_LENGTH or bytes.fromhex(sm3_hex).hex() != sm3_hex:
        raise TrustInvalid(reason="sm3_hex")
    roles = frozenset(_each(fields["roles"], _text))
    if not roles <= ROLES:
        raise TrustInvalid(reason="unknown_role")
    return TrustedIssuer(
        sm3_hex, _text(fields["name"]), roles, _moment(fields["valid_from"]), _moment(fields["valid_to"])
    )


def _checked_crl(value: object) -> bytes:
    encoded = _from_base64(value)
    parse_crl(encoded)
    return encoded


def _object(value: object, *names: str) -> Mapping[str, object]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise TrustInvalid(reason="trust_fields", detail=", ".join(names))
    return value


def _each(value: object, read: Callable[[object], _Entry]) -> tuple[_Entry, ...]:
    if not isinstance(value, list) or len(value) > TRUST_ENTRIES:
        raise TrustInvalid(reason="trust_fields")
    return tuple(read(item) for item in value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TrustInvalid(reason="trust_fields")
    return value


def _moment(value: object) -> datetime:
    return datetime.strptime(_text(value), TIME_FORM).replace(tzinfo=UTC)


def _from_base64(value: object) -> bytes:
    try:
        return base64.b64decode(_text(value), validate=True)
    except binascii.Error as error:
        raise TrustInvalid(reason="base64") from error


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise TrustInvalid(reason="trust_fields")
    return found
