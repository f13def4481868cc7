"""What other rooms ask of keys: protocols only. Implementations live in :mod:`signing.providers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Signer(Protocol):
    """A signing key, wherever it lives: file, token, module."""

    def certificate(self) -> bytes:
        """DER of the signing certificate, never the encryption one."""

    def chain(self) -> Sequence[bytes]:
        """DER of the certificates above it, nearest first, without the root."""

    def sign(self, message: bytes) -> bytes:
        """SM2 with SM3 over ``message`` with Z of the default identity; returns strict DER SEQUENCE(r, s)."""


class Decrypter(Protocol):
    """A decryption key, wherever it lives."""

    def certificate(self) -> bytes:
        """DER of the encryption certificate."""

    def open_envelope(self, encrypted_key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
        """Opens one wrap in two hops, as a token does: SM2 decrypts the SM4 key, SM4-CBC (PKCS#7) the content.

        Raises :class:`signing.errors.DecryptionFailed`.
        """
