"""What an SM2 implementation must offer, and the digest that a signature covers.

Backends see checked values only (points on the curve, r and s in range, plaintexts of 1 to 255 bytes): the checks
stand once, in :mod:`signing.gm.sm2`, whatever a library checks by itself.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from signing.gm.curve import GX, GY, A, B
from signing.gm.sm3 import sm3

ID_LIMIT = 8191  # bytes: ENTL counts bits in 16 bits


class Cipher(NamedTuple):
    """SM2 ciphertext: C1 = (x, y), C3 the digest, C2 the masked plaintext."""

    x: int
    y: int
    digest: bytes
    masked: bytes


class BackendFailed(Exception):
    """A library refused or is not usable here; never shown to a person as such."""


class Backend(Protocol):
    """One SM2 implementation. ``public`` is 65 bytes 04‖x‖y, ``private`` 32 bytes."""

    name: str

    def generate(self) -> bytes:
        """A fresh private key from the system's random source."""

    def public_of(self, private: bytes) -> bytes:
        """The public key of a private key in [1, n-2]."""

    def sign(self, private: bytes, public: bytes, message: bytes, signer_id: bytes) -> tuple[int, int]:
        """(r, s); the nonce comes from the library."""

    def verify(self, public: bytes, message: bytes, signature: tuple[int, int], signer_id: bytes) -> bool:
        """Whether (r, s) belongs to the message."""

    def encrypt(self, public: bytes, plaintext: bytes) -> Cipher:
        """A fresh ciphertext."""

    def decrypt(self, private: bytes, cipher: Cipher) -> bytes:
        """The plaintext; raises :class:`BackendFailed` when C3 does not match."""


def signed_digest(public: bytes, message: bytes, signer_id: bytes) -> bytes:
    """The digest e = SM3(Z ‖ message) with Z of the signer. Source: GB/T 32918.2-2016 5.5 and 6.1."""
    if len(signer_id) > ID_LIMIT:
        raise ValueError("signer identity too long")
    curve = b"".join(number.to_bytes(32, "big") for number in (A, B, GX, GY))
    z = sm3((len(signer_id) * 8).to_bytes(2, "big") + signer_id + curve + public[1:])
    return sm3(z + message)
