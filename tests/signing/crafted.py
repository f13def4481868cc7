"""Certificates that our issuing code would never write, for negative tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from signing.gm import der, sm2
from signing.x509 import issue, oids
from signing.x509.certificate import encode_time
from signing.x509.issue import Subject
from tests.pki import NOT_AFTER, NOT_BEFORE

ALGORITHM = der.sequence(der.oid(oids.SM2_WITH_SM3))
ALGORITHM_NULL = der.sequence(der.oid(oids.SM2_WITH_SM3), der.encode(der.NULL))
LEAF_USAGE = issue._key_usage(issue.LEAF_USAGE["sign"])


def extension(identifier: str, value: bytes, *, critical: bool = False) -> bytes:
    return issue._extension(identifier, value, critical=critical)


def key_usage(*names: str) -> bytes:
    return issue._key_usage(frozenset(names))


def certificate(
    issuer_private: sm2.PrivateKey,
    issuer_name: bytes,
    subject: bytes,
    public_key: sm2.PublicKey,
    *,
    extensions: Sequence[bytes] = (LEAF_USAGE,),
    not_before: datetime = NOT_BEFORE,
    not_after: datetime = NOT_AFTER,
    version: bytes = der.encode(0xA0, der.integer(2)),
    serial: bytes = der.integer(77),
    inner: bytes = ALGORITHM,
    outer: bytes = ALGORITHM,
    key_info: bytes | None = None,
) -> bytes:
    """A signed certificate with any of its parts replaced by raw DER."""
    body = der.sequence(
        version,
        serial,
        inner,
        issuer_name,
        der.sequence(encode_time(not_before), encode_time(not_after)),
        subject,
        key_info if key_info is not None else issue.subject_public_key_info(public_key),
        *([der.encode(0xA3, der.sequence(*extensions))] if extensions else []),
    )
    return signed(body, issuer_private, outer)


def signed(body: bytes, private: sm2.PrivateKey, algorithm: bytes = ALGORITHM) -> bytes:
    return der.sequence(body, algorithm, der.encode(der.BIT_STRING, b"\x00", sm2.sign(private, body)))


def self_signed(**changes: object) -> bytes:
    """A leaf-like certificate signed by its own fresh key."""
    key = sm2.generate_key()
    name = Subject("某人").der()
    return certificate(key, name, name, key.public, **changes)  # type: ignore[arg-type]
