"""SM2 keys, signatures and key encryption behind one strict front, whatever library does the work.

Source: GB/T 32918-2016/2017; encodings as GM/T 0009-2012. All checks of untrusted values stand here, before a backend
sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from signing.errors import CertificateInvalid, DecryptionFailed, KeyFileInvalid, SignatureInvalid
from signing.gm import sm2_der
from signing.gm.curve import COORDINATE_BYTES, N, is_on_curve
from signing.gm.der import NotDer
from signing.gm.sm2_backend import BackendFailed
from signing.gm.sm2_choice import chosen_backend

DEFAULT_ID = b"1234567812345678"
PLAINTEXT_LIMIT = sm2_der.PLAINTEXT_LIMIT
ENCRYPT_ATTEMPTS = 64  # a one-byte plaintext meets an all-zero mask once in 256


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point of the curve; making one raises :class:`CertificateInvalid` for coordinates that are not."""

    x: bytes
    y: bytes

    def __post_init__(self) -> None:
        if len(self.x) != COORDINATE_BYTES or len(self.y) != COORDINATE_BYTES:
            raise CertificateInvalid(reason="public_key_form")
        if not is_on_curve(int.from_bytes(self.x, "big"), int.from_bytes(self.y, "big")):
            raise CertificateInvalid(reason="public_key_curve")

    @property
    def raw(self) -> bytes:
        """65 bytes 04‖x‖y."""
        return b"\x04" + self.x + self.y

    @classmethod
    def from_raw(cls, untrusted: bytes) -> PublicKey:
        """The key of 65 bytes 04‖x‖y; raises :class:`CertificateInvalid` for anything else."""
        if len(untrusted) != 1 + 2 * COORDINATE_BYTES or untrusted[0] != 4:
            raise CertificateInvalid(reason="public_key_form")
        return cls(untrusted[1:33], untrusted[33:])


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key in [1, n-2] and the public key that belongs to it; the number is never shown."""

    d: bytes = field(repr=False)
    public: PublicKey = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.d) != COORDINATE_BYTES or not 1 <= int.from_bytes(self.d, "big") <= N - 2:
            raise KeyFileInvalid(reason="private_key_range")
        object.__setattr__(self, "public", PublicKey.from_raw(chosen_backend().public_of(self.d)))


def generate_key() -> PrivateKey:
    """A fresh key from the system's random source."""
    return PrivateKey(chosen_backend().generate())


def sign(private: PrivateKey, message: bytes, *, signer_id: bytes = DEFAULT_ID) -> bytes:
    """DER SEQUENCE(r, s) over SM3(Z ‖ message), verified before it is returned.

    Raises :class:`SignatureInvalid` when the fresh signature does not verify (a faulty library or machine).
    """
    backend, public = chosen_backend(), private.public.raw
    try:
        signature = backend.sign(private.d, public, message, signer_id)
    except BackendFailed as error:
        raise SignatureInvalid(reason="signing_failed") from error
    encoded = sm2_der.encode_signature(*signature)
    verify(private.public, message, encoded, signer_id=signer_id)
    return encoded


def verify(public: PublicKey, message: bytes, signature: bytes, *, signer_id: bytes = DEFAULT_ID) -> None:
    """Raises :class:`SignatureInvalid` unless ``signature`` is strict DER, in range and belongs to the message."""
    try:
        decoded = sm2_der.decode_signature(signature)
    except NotDer as error:
        raise SignatureInvalid(reason="not_der", detail=error) from error
    if not chosen_backend().verify(public.raw, message, decoded, signer_id):
        raise SignatureInvalid(reason="other_content_or_key")


def encrypt(public: PublicKey, plaintext: bytes) -> bytes:
    """DER SM2Cipher (C1 C3 C2) of 1 to 255 bytes."""
    if not 1 <= len(plaintext) <= PLAINTEXT_LIMIT:
        raise ValueError("SM2 encrypts 1 to 255 bytes")
    for _ in range(ENCRYPT_ATTEMPTS):
        cipher = chosen_backend().encrypt(public.raw, plaintext)
        if cipher.masked != plaintext:  # equal: the key stream was all zero, which the standard has us repeat
            return sm2_der.encode_cipher(cipher)
    raise DecryptionFailed(reason="key_stream")


def decrypt(private: PrivateKey, untrusted: bytes) -> bytes:
    """The plaintext of a DER SM2Cipher; raises :class:`DecryptionFailed` for every fault, without saying which key."""
    try:
        cipher = sm2_der.decode_cipher(untrusted)
        plaintext = chosen_backend().decrypt(private.d, cipher)
    except NotDer as error:
        raise DecryptionFailed(reason="not_der", detail=error) from error
    except BackendFailed:
        raise DecryptionFailed(reason="wrong_key_or_changed") from None
    if plaintext == cipher.masked:
        raise DecryptionFailed(reason="key_stream")
    return plaintext


def backend_name() -> str:
    """Name of the library in use, for self-test, doctor and audit records."""
    return chosen_backend().name
