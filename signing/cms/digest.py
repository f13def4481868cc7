"""The door to SM3 for rooms outside signing, which may not import :mod:`signing.gm`."""

from __future__ import annotations

from pathlib import Path

from signing.gm.sm3 import Sm3, sm3

__all__ = ["Sm3", "sm3", "sm3_file"]

_BLOCK_BYTES = 1 << 20


def sm3_file(path: Path) -> str:
    """SM3 of a whole file in hex, read in pieces; raises :class:`OSError` where it cannot be read."""
    digest = Sm3()
    with path.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.digest().hex()
