"""Where the writer's randomness comes from: the operating system, always.

The protocol exists so that the generator of the test vectors (``tests/vectors/make``) can write the same bytes twice.
Nothing in the product implements it a second time or lets a caller choose a key, blind or nonce; a test keeps it so.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Protocol

from signing.cms.enveloped_data import envelop
from signing.x509.certificate import Certificate


class Randomness(Protocol):
    """Fresh random bytes, and wraps made with fresh randomness."""

    def draw(self, length: int, /) -> bytes:
        """That many bytes nobody can predict."""

    def wrap(self, secret: bytes, recipients: Sequence[Certificate]) -> bytes:
        """The EnvelopedData of a secret to all recipients."""


class SystemRandomness:
    """The randomness of every container we ship."""

    def draw(self, length: int, /) -> bytes:
        """Bytes of the operating system's generator."""
        return secrets.token_bytes(length)

    def wrap(self, secret: bytes, recipients: Sequence[Certificate]) -> bytes:
        """The EnvelopedData of :mod:`signing.cms`."""
        return envelop(secret, recipients)
