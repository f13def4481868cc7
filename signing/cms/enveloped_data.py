"""Key material for several recipients as EnvelopedData of GB/T 35275, in one canonical form.

SM2 wraps a random SM4 key for each recipient, SM4-CBC carries the secret: the two-hop shape that tokens can open.
CBC does not prove who wrote it; our formats compare a signed commitment with what comes out.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from signing.api import Decrypter
from signing.cms import oids
from signing.errors import CertificateInvalid, DecryptionFailed, MessageInvalid
from signing.gm import der, sm2, sm2_der, sm4
from signing.gm.der import SET, NotDer, Reader, read_one
from signing.x509.certificate import Certificate, parse
from signing.x509.limits import ENVELOPE_BYTES, RECIPIENTS, SECRET_BYTES
from signing.x509.purpose import is_encryption_certificate

VERSION = 1
CONTENT_TAG, ENCRYPTED_TAG = 0xA0, 0x80

_KEY_ALGORITHM = der.sequence(der.oid(oids.SM2_ENCRYPT))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whose certificate can open an envelope."""

    issuer_der: bytes
    serial: int

    def names(self, certificate: Certificate) -> bool:
        """Whether this is the certificate meant."""
        return (certificate.issuer_der, certificate.serial) == (self.issuer_der, self.serial)


@dataclass(frozen=True, slots=True)
class _Envelope:
    recipients: tuple[tuple[Recipient, bytes], ...]  # each with its encrypted key
    iv: bytes
    ciphertext: bytes


def envelop(secret: bytes, recipients: Sequence[Certificate]) -> bytes:
    """DER EnvelopedData of 1 to 1024 bytes that each recipient can open alone.

    Raises :class:`CertificateInvalid` for a certificate that is not an encryption certificate, a repeated one, none
    or too many.
    """
    if not 1 <= len(secret) <= SECRET_BYTES:
        raise ValueError("an envelope carries 1 to 1024 bytes")
    named = {(one.issuer_der, one.serial) for one in recipients}
    if not 1 <= len(recipients) <= RECIPIENTS or len(named) != len(recipients):
        raise CertificateInvalid(reason="recipients")
    for one in recipients:
        if not is_encryption_certificate(one):
            raise CertificateInvalid(reason="not_encryption_certificate")
    key, iv = secrets.token_bytes(sm4.KEY_BYTES), secrets.token_bytes(sm4.BLOCK_BYTES)
    wrapped = tuple((Recipient(one.issuer_der, one.serial), sm2.encrypt(one.public_key, key)) for one in recipients)
    return _encode(_Envelope(wrapped, iv, sm4.cbc_encrypt(key, iv, secret)))


def recipients_of(untrusted_der: bytes) -> tuple[Recipient, ...]:
    """Who can open the envelope, in its order; raises :class:`MessageInvalid` unless the form is canonical."""
    return tuple(recipient for recipient, _ in _decode(untrusted_der).recipients)


def open_envelope(untrusted_der: bytes, decrypter: Decrypter) -> bytes:
    """The secret, opened with this key.

    Raises :class:`MessageInvalid` unless the form is canonical, :class:`DecryptionFailed` when the certificate is not
    a recipient or the wrap does not open.
    """
    envelope, certificate = _decode(untrusted_der), parse(decrypter.certificate())
    for recipient, encrypted_key in envelope.recipients:
        if recipient.names(certificate):
            return decrypter.open_envelope(encrypted_key, envelope.iv, envelope.ciphertext)
    raise DecryptionFailed(reason="not_recipient")


def _encode(envelope: _Envelope) -> bytes:
    infos = [
        der.sequence(
            der.integer(VERSION),
            der.sequence(recipient.issuer_der, der.integer(recipient.serial)),
            _KEY_ALGORITHM,
            der.octets(encrypted_key),
        )
        for recipient, encrypted_key in envelope.recipients
    ]
    content = der.sequence(
        der.oid(oids.DATA),
        der.sequence(der.oid(oids.SM4_CBC), der.octets(envelope.iv)),
        der.encode(ENCRYPTED_TAG, envelope.ciphertext),
    )
    body = der.sequence(der.integer(VERSION), der.set_of(infos), content)
    return der.sequence(der.oid(oids.ENVELOPED_DATA), der.encode(CONTENT_TAG, body))


def _decode(untrusted_der: bytes) -> _Envelope:
    if len(untrusted_der) > ENVELOPE_BYTES:
        raise MessageInvalid(reason="too_large")
    try:
        envelope = _read(untrusted_der)
    except (NotDer, ValueError) as error:
        raise MessageInvalid(reason="not_documented_structure", detail=error) from error
    if _encode(envelope) != untrusted_der:
        raise MessageInvalid(reason="not_canonical")
    return envelope


def _read(untrusted_der: bytes) -> _Envelope:
    outer = read_one(untrusted_der)
    if outer.oid() != oids.ENVELOPED_DATA:
        raise NotDer("content type")
    body = outer.inside(CONTENT_TAG).inside()
    body.integer()
    infos, recipients = body.inside(SET), []
    while infos.more():
        recipients.append(_read_recipient(infos.inside()))
        if len(recipients) > RECIPIENTS:
            raise NotDer("too many recipients")
    if not recipients or len({recipient for recipient, _ in recipients}) != len(recipients):
        raise NotDer("no recipient, or one twice")
    content = body.inside()
    content.oid()
    algorithm = content.inside()
    algorithm.oid()
    iv, ciphertext = algorithm.octets(), content.value(ENCRYPTED_TAG).content
    blocks, rest = divmod(len(ciphertext), sm4.BLOCK_BYTES)
    if len(iv) != sm4.BLOCK_BYTES or rest or not 1 <= blocks <= SECRET_BYTES // sm4.BLOCK_BYTES + 1:
        raise NotDer("length of the encrypted content")
    return _Envelope(tuple(recipients), iv, ciphertext)


def _read_recipient(info: Reader) -> tuple[Recipient, bytes]:
    info.integer()
    named = info.inside()
    recipient = Recipient(named.value().encoded, named.integer())
    der.check_strict(recipient.issuer_der)
    info.value()
    encrypted_key = info.octets()
    if len(sm2_der.decode_cipher(encrypted_key).masked) != sm4.KEY_BYTES:
        raise NotDer("length of the wrapped key")
    return recipient, encrypted_key
