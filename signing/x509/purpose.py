"""What a certificate may be used for, by its key usage. Chinese practice issues pairs: one to sign, one to encrypt."""

from __future__ import annotations

from signing.x509.certificate import Certificate

_SIGNS = frozenset({"digital_signature", "non_repudiation"})
_ENCRYPTS = frozenset({"key_encipherment", "data_encipherment"})


def is_signing_certificate(certificate: Certificate) -> bool:
    """An end-entity certificate with digitalSignature."""
    return not certificate.is_ca and "digital_signature" in certificate.key_usage


def is_encryption_certificate(certificate: Certificate) -> bool:
    """An end-entity certificate that enciphers keys or data and does not sign."""
    usage = certificate.key_usage
    return not certificate.is_ca and bool(usage & _ENCRYPTS) and not usage & _SIGNS
