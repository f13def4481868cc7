"""SM3 and what is built on it: HMAC and HKDF. Source: GB/T 32905-2016, RFC 2104, RFC 5869."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

DIGEST_BYTES = 32


class Sm3:
    """A running SM3 digest."""

    __slots__ = ("_state",)

    def __init__(self, data: bytes | bytearray | memoryview = b"", *, state: hashes.Hash | None = None) -> None:
        self._state = hashes.Hash(hashes.SM3()) if state is None else state
        self._state.update(data)

    def update(self, data: bytes | bytearray | memoryview) -> None:
        """Takes more data in."""
        self._state.update(data)

    def copy(self) -> Sm3:
        """An independent digest of the same data so far."""
        return Sm3(state=self._state.copy())

    def digest(self) -> bytes:
        """The 32 bytes for the data so far; more may follow."""
        return self._state.copy().finalize()


def sm3(data: bytes | bytearray | memoryview) -> bytes:
    """The 32-byte digest of ``data``."""
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """HMAC-SM3, 32 bytes. Compare with :func:`hmac.compare_digest`."""
    mac = HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


def hkdf_sm3(key: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with HMAC-SM3; at most 8160 bytes."""
    return HKDF(hashes.SM3(), length, salt, info).derive(key)
