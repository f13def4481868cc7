"""SM2 by gmalg, pure Python: works everywhere, about 60 times slower than libcrypto, not constant in time."""

from __future__ import annotations

import secrets

import gmalg
import gmalg.errors

from signing.gm.curve import COORDINATE_BYTES, N
from signing.gm.sm2_backend import BackendFailed, Cipher


class Gmalg:
    """The backend of last resort."""

    name = "gmalg"

    def generate(self) -> bytes:
        """Uniform in [1, n-2] by :mod:`secrets`."""
        return (1 + secrets.randbelow(N - 2)).to_bytes(COORDINATE_BYTES, "big")

    def public_of(self, private: bytes) -> bytes:
        """d·G."""
        return bytes(gmalg.SM2().generate_pk(private))

    def sign(self, private: bytes, public: bytes, message: bytes, signer_id: bytes) -> tuple[int, int]:
        """The library computes Z itself."""
        r, s = gmalg.SM2(private, signer_id, public).sign(message)
        return int.from_bytes(r, "big"), int.from_bytes(s, "big")

    def verify(self, public: bytes, message: bytes, signature: tuple[int, int], signer_id: bytes) -> bool:
        """The library computes Z itself."""
        r, s = (number.to_bytes(COORDINATE_BYTES, "big") for number in signature)
        return gmalg.SM2(None, signer_id, public).verify(message, r, s) is True

    def encrypt(self, public: bytes, plaintext: bytes) -> Cipher:
        """SM2 encryption; gmalg's order is 04‖x‖y‖C3‖C2."""
        raw = bytes(gmalg.SM2(pk=public).encrypt(plaintext))
        x, y = int.from_bytes(raw[1:33], "big"), int.from_bytes(raw[33:65], "big")
        return Cipher(x, y, raw[65:97], raw[97:])

    def decrypt(self, private: bytes, cipher: Cipher) -> bytes:
        """SM2 decryption; gmalg compares C3."""
        point = b"\x04" + cipher.x.to_bytes(COORDINATE_BYTES, "big") + cipher.y.to_bytes(COORDINATE_BYTES, "big")
        try:
            return bytes(gmalg.SM2(private).decrypt(point + cipher.digest + cipher.masked))
        except gmalg.errors.GMError as error:
            raise BackendFailed("decrypt") from error
