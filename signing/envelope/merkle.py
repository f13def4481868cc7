"""The Merkle tree over ciphertext chunks. Source: docs/spec/sealed-bid.md §8; the shape is that of RFC 6962 §2.1."""

from __future__ import annotations

from collections.abc import Iterable

from signing.gm.sm3 import Sm3, sm3


def leaf_hash(part: int, number: int, chunk: bytes | bytearray | memoryview) -> bytes:
    """The digest of chunk ``number`` of the part at position ``part``; the chunk includes its tag."""
    digest = Sm3(b"\x00" + part.to_bytes(4, "big") + number.to_bytes(4, "big"))
    digest.update(chunk)
    return digest.digest()


def merkle_root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over at least one leaf hash in file order."""
    level = list(leaf_hashes)
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        level = [sm3(b"\x01" + left + right) for left, right in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]
