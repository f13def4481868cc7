"""DER of the two SM2 values that travel: the signature SEQUENCE(r, s) and the SM2Cipher.

Source: GM/T 0009-2012 as OpenSSL and GmSSL write it; the SM2Cipher order is C1 C3 C2.
"""

from __future__ import annotations

from signing.gm import der
from signing.gm.curve import N, is_on_curve
from signing.gm.sm2_backend import Cipher
from signing.gm.sm3 import DIGEST_BYTES

PLAINTEXT_LIMIT = 255  # bytes; SM2 carries keys, not documents


def encode_signature(r: int, s: int) -> bytes:
    """DER SEQUENCE(r, s)."""
    return der.sequence(der.integer(r), der.integer(s))


def decode_signature(untrusted: bytes) -> tuple[int, int]:
    """(r, s), both in [1, n-1] with r + s ≠ n; raises :class:`der.NotDer` otherwise."""
    reader = der.read_one(untrusted)
    r, s = reader.integer(), reader.integer()
    reader.end()
    if not (1 <= r < N and 1 <= s < N) or r + s == N:
        raise der.NotDer("r or s out of range")
    return r, s


def encode_cipher(cipher: Cipher) -> bytes:
    """DER SM2Cipher."""
    return der.sequence(
        der.integer(cipher.x), der.integer(cipher.y), der.octets(cipher.digest), der.octets(cipher.masked)
    )


def decode_cipher(untrusted: bytes) -> Cipher:
    """A ciphertext whose C1 lies on the curve; raises :class:`der.NotDer` otherwise."""
    reader = der.read_one(untrusted)
    cipher = Cipher(reader.integer(), reader.integer(), reader.octets(), reader.octets())
    reader.end()
    if not is_on_curve(cipher.x, cipher.y):
        raise der.NotDer("C1 is not on the curve")
    if len(cipher.digest) != DIGEST_BYTES or not 1 <= len(cipher.masked) <= PLAINTEXT_LIMIT:
        raise der.NotDer("length of C3 or C2")
    return cipher
