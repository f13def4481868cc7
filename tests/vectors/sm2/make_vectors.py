"""Makes ``signatures.json`` and ``ciphertexts.json`` from the worked examples of GB/T 32918.5 by textbook arithmetic.

Independent of the product: schoolbook curve arithmetic with chosen nonces, never to be used for real keys. Run
``python -m tests.vectors.sm2.make_vectors`` from the root; the result is the same in every run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
D = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
SIGN_K = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
ENCRYPT_K = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
ID = b"1234567812345678"
MESSAGE = b"message digest"
PLAINTEXT = b"encryption standard"

Point = tuple[int, int]
Row = dict[str, str]


def sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def add(p: Point | None, q: Point | None) -> Point | None:
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def multiply(k: int, p: Point) -> Point:
    result: Point | None = None
    addend: Point | None = p
    while k:
        if k & 1:
            result = add(result, addend)
        addend = add(addend, addend)
        k >>= 1
    assert result is not None
    return result


PUBLIC = multiply(D, G)


def b32(number: int) -> bytes:
    return number.to_bytes(32, "big")


def digest_to_sign(message: bytes, identity: bytes, public: Point = PUBLIC) -> int:
    z = sm3((8 * len(identity)).to_bytes(2, "big") + identity + b"".join(map(b32, (A, B, *G, *public))))
    return int.from_bytes(sm3(z + message), "big")


def sign(k: int, message: bytes = MESSAGE, identity: bytes = ID, d: int = D, public: Point = PUBLIC) -> tuple[int, int]:
    r = (digest_to_sign(message, identity, public) + multiply(k, G)[0]) % N
    return r, pow(1 + d, -1, N) * (k - r * d) % N


def kdf(z: bytes, length: int) -> bytes:
    blocks = (sm3(z + counter.to_bytes(4, "big")) for counter in range(1, length // 32 + 2))
    return b"".join(blocks)[:length]


def encrypt(k: int, plaintext: bytes) -> tuple[Point, bytes, bytes, bytes]:
    """C1, C3, C2 and the key stream."""
    x2, y2 = map(b32, multiply(k, PUBLIC))
    stream = kdf(x2 + y2, len(plaintext))
    return (
        multiply(k, G),
        sm3(x2 + plaintext + y2),
        bytes(a ^ b for a, b in zip(plaintext, stream, strict=True)),
        stream,
    )


def tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    if size < 256:
        return bytes((tag, 0x81, size)) + content
    return bytes((tag, 0x82)) + size.to_bytes(2, "big") + content


def integer(value: int) -> bytes:
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def sequence(*members: bytes) -> bytes:
    return tlv(0x30, b"".join(members))


def first_with_leading_zero(coordinate: int) -> int:
    """The least k for which a coordinate of k·G begins with a zero byte."""
    point = None
    for k in count(1):
        point = add(point, G)
        assert point is not None
        if point[coordinate] >> 248 == 0:
            return k
    raise AssertionError


def signature_rows() -> Iterator[tuple[str, str, bytes]]:
    r, s = sign(SIGN_K)
    good = sequence(integer(r), integer(s))
    yield "the example of GB/T 32918.5 A.2", "valid", good
    for k in (k for k in count(1) if sign(k)[0] >> 248 == 0):
        yield "r begins with a zero byte", "valid", sequence(*map(integer, sign(k)))
        break
    for k in (k for k in count(1) if sign(k)[1] >> 248 == 0):
        yield "s begins with a zero byte", "valid", sequence(*map(integer, sign(k)))
        break
    pairs = {
        "r is 0": (0, s), "s is 0": (r, 0), "r is n": (N, s), "s is n": (r, N), "r + n for r": (r + N, s),
        "s + n for s": (r, s + N), "r + s is n": (r, N - r),
        "s·G + t·P is infinity": (5 * (1 + D) % N, -5 * D % N), "r and s exchanged": (s, r), "n - s for s": (r, N - s),
    }  # fmt: skip
    for name, pair in pairs.items():
        yield name, "invalid", sequence(*map(integer, pair))
    body = integer(r) + integer(s)
    negative_r = tlv(2, b32(r))  # r begins with F5: without its zero byte the INTEGER is negative
    encodings = {
        "length in long form": bytes((0x30, 0x81, len(body))) + body,
        "length indefinite": b"\x30\x80" + body + b"\x00\x00",
        "a byte after the value": good + b"\x00",
        "a byte inside after s": sequence(body, b"\x00"),
        "a NULL inside after s": sequence(body, b"\x05\x00"),
        "r with a needless zero byte": sequence(tlv(2, b"\x00\x00" + b32(r)), integer(s)),
        "r negative": sequence(negative_r, integer(s)),
        "r empty": sequence(b"\x02\x00", integer(s)),
        "SET instead of SEQUENCE": tlv(0x31, body),
        "s missing": sequence(integer(r)),
        "cut off": good[:-1],
        "empty": b"",
        "raw r and s": b32(r) + b32(s),
    }
    for name, encoded in encodings.items():
        yield name, "invalid", encoded


def ciphertext_rows() -> Iterator[tuple[str, str, bytes, bytes]]:
    (x, y), c3, c2, _ = encrypt(ENCRYPT_K, PLAINTEXT)
    good = sequence(integer(x), integer(y), tlv(4, c3), tlv(4, c2))
    yield "the example of GB/T 32918.5 C.2", "valid", good, PLAINTEXT
    for name, k, plaintext in (
        ("one byte", 7, b"\x5a"),
        ("255 bytes", 8, bytes(range(255))),
        ("x begins with a zero byte", first_with_leading_zero(0), b"sixteen  bytes.."),
        ("y begins with a zero byte", first_with_leading_zero(1), b"sixteen  bytes.."),
    ):
        point, digest, masked, _ = encrypt(k, plaintext)
        yield name, "valid", sequence(*map(integer, point), tlv(4, digest), tlv(4, masked)), plaintext
    k = next(k for k in count(1) if encrypt(k, b"!")[3] == b"\x00")
    point, digest, masked, _ = encrypt(k, b"!")
    yield "key stream all zero", "invalid", sequence(*map(integer, point), tlv(4, digest), tlv(4, masked)), b""

    head = integer(x) + integer(y)
    tail = tlv(4, c3) + tlv(4, c2)
    refused = {
        "C1 is not on the curve": sequence(integer(x), integer(y + 1), tail),
        "C1 is (0, 0)": sequence(integer(0), integer(0), tail),
        "x plus p": sequence(integer(x + P), integer(y), tail),
        "y is the other root": sequence(integer(x), integer(P - y), tail),
        "first bit of C2": sequence(head, tlv(4, c3), tlv(4, bytes((c2[0] ^ 0x80,)) + c2[1:])),
        "last bit of C2": sequence(head, tlv(4, c3), tlv(4, c2[:-1] + bytes((c2[-1] ^ 1,)))),
        "first bit of C3": sequence(head, tlv(4, bytes((c3[0] ^ 0x80,)) + c3[1:]), tlv(4, c2)),
        "last bit of C3": sequence(head, tlv(4, c3[:-1] + bytes((c3[-1] ^ 1,))), tlv(4, c2)),
        "C3 cut off": sequence(head, tlv(4, c3[:-1]), tlv(4, c2)),
        "C2 cut off": sequence(head, tlv(4, c3), tlv(4, c2[:-1])),
        "C2 empty": sequence(head, tlv(4, c3), tlv(4, b"")),
        "C2 of 256 bytes": sequence(head, tlv(4, c3), tlv(4, bytes(256))),
        "the old order C1 C2 C3": sequence(head, tlv(4, c2), tlv(4, c3)),
        "length in long form": bytes((0x30, 0x81)) + good[1:],
        "a byte after the value": good + b"\x00",
        "a byte inside after C2": sequence(head, tail, b"\x00"),
        "x with a needless zero byte": sequence(tlv(2, b"\x00" + b32(x)), integer(y), tail),
        "y negative": sequence(integer(x), tlv(2, b32(y)), tail),
        "raw 04 x y C3 C2": b"\x04" + b32(x) + b32(y) + c3 + c2,
        "empty": b"",
    }
    for name, encoded in refused.items():
        yield name, "invalid", encoded, b""


@cache
def files() -> dict[str, str]:
    """Name and text of each vector file."""
    public = (b"\x04" + b32(PUBLIC[0]) + b32(PUBLIC[1])).hex()
    signatures: dict[str, object] = {
        "public": public,
        "message": MESSAGE.hex(),
        "id": ID.hex(),
        "vectors": [{"name": n, "expect": e, "signature": s.hex()} for n, e, s in signature_rows()],
    }
    ciphertexts: dict[str, object] = {
        "private": b32(D).hex(),
        "vectors": [
            {"name": n, "expect": e, "ciphertext": c.hex(), "plaintext": p.hex()} for n, e, c, p in ciphertext_rows()
        ],
    }
    both = {"signatures.json": signatures, "ciphertexts.json": ciphertexts}
    return {name: json.dumps(value, indent=1) + "\n" for name, value in both.items()}


if __name__ == "__main__":
    for name, text in files().items():
        (Path(__file__).parent / name).write_text(text, "utf-8")
