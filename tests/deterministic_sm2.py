"""SM2 signatures with nonces derived from key and message, so that test vectors regenerate byte for byte.

Pure Python after GB/T 32918.2, independent of the product, slow and open to timing: for tests only. The product never
takes a nonce from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from signing.x509.certificate import load_pem_certificates

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
GX = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
GY = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
IDENTITY = b"1234567812345678"

Point = tuple[int, int] | None


def sm3(data: bytes) -> bytes:
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()


def add(left: Point, right: Point) -> Point:
    if left is None or right is None:
        return left or right
    if left[0] == right[0]:
        if (left[1] + right[1]) % P == 0:
            return None
        slope = (3 * left[0] * left[0] + A) * pow(2 * left[1], -1, P) % P
    else:
        slope = (right[1] - left[1]) * pow(right[0] - left[0], -1, P) % P
    x = (slope * slope - left[0] - right[0]) % P
    return x, (slope * (left[0] - x) - left[1]) % P


def multiply(factor: int, point: Point) -> Point:
    result: Point = None
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


def _bytes(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _der_integer(number: int) -> bytes:
    content = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return bytes([2, len(content)]) + content


@dataclass(frozen=True)
class FixedKey:
    """A private key whose signatures are always the same for the same message."""

    d: int

    @property
    def public(self) -> bytes:
        point = multiply(self.d, (GX, GY))
        assert point is not None
        return b"\x04" + _bytes(point[0]) + _bytes(point[1])

    def sign(self, message: bytes) -> bytes:
        z = sm3(
            (len(IDENTITY) * 8).to_bytes(2, "big") + IDENTITY + b"".join(map(_bytes, (A, B, GX, GY))) + self.public[1:]
        )
        digest = int.from_bytes(sm3(z + message), "big")
        nonce = int.from_bytes(sm3(b"test nonce" + _bytes(self.d) + _bytes(digest)), "big") % (N - 1) + 1
        point = multiply(nonce, (GX, GY))
        assert point is not None
        r = (digest + point[0]) % N
        s = pow(1 + self.d, -1, N) * (nonce - r * self.d) % N
        assert r
        assert s
        content = _der_integer(r) + _der_integer(s)
        return bytes([0x30, len(content)]) + content


@dataclass(frozen=True)
class FixedSigner:
    """A :class:`signing.api.Signer` for vectors."""

    key: FixedKey
    certificates: Sequence[bytes]

    def certificate(self) -> bytes:
        return self.certificates[0]

    def chain(self) -> Sequence[bytes]:
        return self.certificates[1:]

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


@cache
def fixed_signer(name: str) -> FixedSigner:
    """The signer of a committed identity in tests/vectors/keys (see the README there)."""
    folder = Path(__file__).parent / "vectors" / "keys"
    key = FixedKey(int((folder / f"{name}.key.hex").read_text().strip(), 16))
    return FixedSigner(key, load_pem_certificates((folder / f"{name}.pem").read_bytes()))
