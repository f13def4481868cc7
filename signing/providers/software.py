"""Keys in files: the provider for the demo, tests, and institutions that accept software keys.

The key is in this process's memory in clear; a certified token is the boundary where law or the tender asks for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from signing.errors import CertificateInvalid, KeyFileInvalid, WrongPin
from signing.gm import sm2, sm4
from signing.x509.certificate import Certificate, load_pem_certificates, parse
from signing.x509.key_files import load_private_key
from signing.x509.purpose import is_encryption_certificate, is_signing_certificate


@dataclass(frozen=True, slots=True)
class FileSigner:
    """A signing key from a file; implements :class:`signing.api.Signer`.

    Raises :class:`KeyFileInvalid` when key and certificate do not belong together, :class:`CertificateInvalid` for an
    encryption certificate.
    """

    private: sm2.PrivateKey = field(repr=False)
    certificate_der: bytes
    chain_der: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        certificate = _belonging(self.private, self.certificate_der)
        if not is_signing_certificate(certificate):
            raise CertificateInvalid(reason="not_signing_certificate")
        object.__setattr__(self, "chain_der", tuple(self.chain_der))

    def certificate(self) -> bytes:
        """DER of the signing certificate."""
        return self.certificate_der

    def chain(self) -> Sequence[bytes]:
        """DER of the certificates above it, nearest first, without the root."""
        return self.chain_der

    def sign(self, message: bytes) -> bytes:
        """SM2 with SM3 over ``message``; verified before it is returned."""
        return sm2.sign(self.private, message)


@dataclass(frozen=True, slots=True)
class FileDecrypter:
    """A decryption key from a file; implements :class:`signing.api.Decrypter`. Raises as :class:`FileSigner`."""

    private: sm2.PrivateKey = field(repr=False)
    certificate_der: bytes

    def __post_init__(self) -> None:
        if not is_encryption_certificate(_belonging(self.private, self.certificate_der)):
            raise CertificateInvalid(reason="not_encryption_certificate")

    def certificate(self) -> bytes:
        """DER of the encryption certificate."""
        return self.certificate_der

    def open_envelope(self, encrypted_key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
        """SM2 opens the SM4 key, SM4-CBC the content."""
        return sm4.cbc_decrypt(sm2.decrypt(self.private, encrypted_key), iv, ciphertext)


def open_signer(certificate_path: Path, key_path: Path, password: bytes | None) -> FileSigner:
    """A signer from a PEM file (certificate first, then its chain) and a PKCS#8 key file.

    Raises :class:`WrongPin`, :class:`KeyFileInvalid`, :class:`CertificateInvalid` or :class:`OSError`.
    """
    leaf, *above = load_pem_certificates(certificate_path.read_bytes())
    chain = tuple(one for one in above if not parse(one).is_self_issued)
    return FileSigner(_load(key_path, password), leaf, chain)


def open_decrypter(certificate_path: Path, key_path: Path, password: bytes | None) -> FileDecrypter:
    """A decrypter from a PEM file and a PKCS#8 key file; raises as :func:`open_signer`."""
    leaf = load_pem_certificates(certificate_path.read_bytes())[0]
    return FileDecrypter(_load(key_path, password), leaf)


def _load(key_path: Path, password: bytes | None) -> sm2.PrivateKey:
    try:
        return load_private_key(key_path.read_bytes(), password)
    except WrongPin:
        raise WrongPin(name=key_path.name) from None


def _belonging(private: sm2.PrivateKey, certificate_der: bytes) -> Certificate:
    certificate = parse(certificate_der)
    if certificate.public_key != private.public:
        raise KeyFileInvalid(reason="key_not_of_certificate")
    return certificate
