"""Shamir's secret sharing of 16-byte secrets over GF(2^128); the field is the one of GCM and of ``ssss``.

A byte string is a polynomial whose coefficient of x^127 is the highest bit of the first byte; the modulus is
x^128 + x^7 + x^2 + x + 1. Loops run a fixed number of times and choose by masks, never by branches on secrets; what
CPython's integers do below that is not ours to promise. A wrong share gives a wrong secret without an error: callers
check commitments first (:mod:`signing.envelope.opening`).
Source: A. Shamir, How to Share a Secret, 1979; docs/spec/sealed-bid.md §5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Draw: TypeAlias = Callable[[int], bytes]  # that many fresh random bytes

SECRET_LENGTH = 16  # bytes
_BITS = 128
_MASK = (1 << _BITS) - 1
_REDUCTION = 0x87  # x^7 + x^2 + x + 1


def multiply(a: int, b: int) -> int:
    """The product of two field elements."""
    product = 0
    for _ in range(_BITS):
        product ^= a & -(b & 1)
        b >>= 1
        a = ((a << 1) & _MASK) ^ (_REDUCTION & -(a >> (_BITS - 1)))
    return product


def invert(a: int) -> int:
    """The inverse of a field element other than 0, as a^(2^128 - 2)."""
    result = 1
    for _ in range(_BITS - 1):
        a = multiply(a, a)
        result = multiply(result, a)
    return result


def deal(secret: bytes, *, needed: int, total: int, draw: Draw) -> tuple[bytes, ...]:
    """Shares 1 … ``total`` of a secret, any ``needed`` of which give it back; fewer tell nothing."""
    if len(secret) != SECRET_LENGTH or not 1 <= needed <= total:
        raise ValueError(needed, total)
    constants = [int.from_bytes(secret, "big")]
    constants += [int.from_bytes(draw(SECRET_LENGTH), "big") for _ in range(needed - 1)]
    return tuple(_evaluate(constants, x).to_bytes(SECRET_LENGTH, "big") for x in range(1, total + 1))


def interpolate(shares: Mapping[int, bytes], *, at: int = 0) -> bytes:
    """The value at ``at`` of the polynomial through the shares (by number, from 1); at 0 it is the secret."""
    result = 0
    for number, share in shares.items():
        numerator, denominator = 1, 1
        for other in shares:
            if other != number:
                numerator = multiply(numerator, at ^ other)
                denominator = multiply(denominator, number ^ other)
        weight = multiply(numerator, invert(denominator))
        result ^= multiply(int.from_bytes(share, "big"), weight)
    return result.to_bytes(SECRET_LENGTH, "big")


def _evaluate(constants: list[int], x: int) -> int:
    value = 0
    for constant in reversed(constants):
        value = multiply(value, x) ^ constant
    return value
