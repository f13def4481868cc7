"""Certificate extensions, each at most once and in its one DER spelling."""

from __future__ import annotations

from signing.errors import CertificateInvalid
from signing.gm.der import BIT_STRING, BOOLEAN, OCTET_STRING, NotDer, Reader, read_one
from signing.x509 import oids

KEY_IDENTIFIER_TAG = 0x80
KEY_USAGE_NAMES = (
    "digital_signature",
    "non_repudiation",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class Extensions:
    """The extensions that path validation needs, each at most once and strictly encoded."""

    def __init__(self, wrapped: Reader) -> None:
        self.key_usage: frozenset[str] = frozenset()
        self.is_ca = False
        self.path_length: int | None = None
        self.subject_key_id: bytes | None = None
        self.authority_key_id: bytes | None = None
        unknown: list[str] = []
        for identifier, critical, value in read_extensions(wrapped):
            if identifier in oids.UNDERSTOOD_EXTENSIONS:
                self._take(identifier, value)
            elif critical:
                unknown.append(identifier)
        self.unknown_critical = tuple(unknown)

    def _take(self, identifier: str, value: bytes) -> None:
        if identifier == oids.KEY_USAGE:
            self.key_usage = _key_usage(value)
        elif identifier == oids.BASIC_CONSTRAINTS:
            self.is_ca, self.path_length = _basic_constraints(value)
        elif identifier == oids.SUBJECT_KEY_ID:
            self.subject_key_id = read_one(value, OCTET_STRING).untrusted
        else:
            self.authority_key_id = read_authority_key_id(value)


def read_extensions(wrapped: Reader) -> tuple[tuple[str, bool, bytes], ...]:
    """(identifier, critical, value) of every extension; none may occur twice."""
    listed = wrapped.inside()
    wrapped.end()
    found: dict[str, tuple[str, bool, bytes]] = {}
    while listed.more():
        extension = listed.inside()
        identifier, critical = extension.oid(), False
        if extension.peek() == BOOLEAN:
            critical = extension.value().content == b"\xff"
            if not critical:
                raise NotDer("a default value is written out")
        value = extension.octets()
        extension.end()
        if identifier in found:
            raise CertificateInvalid(reason="extension_twice")
        found[identifier] = (identifier, critical, value)
    return tuple(found.values())


def _key_usage(value: bytes) -> frozenset[str]:
    reader = Reader(value)
    bits = reader.value(BIT_STRING).content
    reader.end()
    if not 2 <= len(bits) <= 3 or bits[0] > 7 or not bits[-1]:
        raise NotDer("key usage")
    if bits[-1] & ((1 << bits[0] + 1) - 1) != 1 << bits[0]:  # named bits: trailing zeros are unused bits
        raise NotDer("key usage in another spelling")
    number = int.from_bytes(bits[1:], "big") << (0 if len(bits) == 3 else 8)
    return frozenset(name for place, name in enumerate(KEY_USAGE_NAMES) if number >> (15 - place) & 1)


def _basic_constraints(value: bytes) -> tuple[bool, int | None]:
    reader = read_one(value)
    is_ca, length = False, None
    if reader.peek() == BOOLEAN:
        is_ca = reader.value().content == b"\xff"
        if not is_ca:
            raise NotDer("a default value is written out")
    if reader.more():
        length = reader.integer()
    reader.end()
    if length is not None and not is_ca:
        raise CertificateInvalid(reason="path_length")
    return is_ca, length


def read_authority_key_id(value: bytes) -> bytes | None:
    """The keyIdentifier field; None where the extension names the issuer otherwise."""
    reader = read_one(value)
    if reader.peek() == KEY_IDENTIFIER_TAG:
        return reader.value().content
    return None
