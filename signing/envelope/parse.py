"""Takes a sealed container apart, from the outside in, checking each length before it is believed.

Source: docs/spec/sealed-bid.md §9, checks 1 to 7.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NoReturn

from signing.envelope.header import SealedHeader
from signing.envelope.header_reader import read_header
from signing.envelope.layout import Layout
from signing.envelope.limits import (
    BODY_LIMIT,
    DIGEST_BYTES,
    HEADER_LIMIT,
    MAGIC,
    PREAMBLE_BYTES,
    SIGNATURE_LIMIT,
    VERSION,
)
from signing.envelope.merkle import merkle_root
from signing.envelope.trailer import Trailer, check_body
from signing.errors import ContainerInvalid
from signing.gm.sm3 import sm3


@dataclass(frozen=True, slots=True)
class Container:
    """The pieces of a container whose structure holds together."""

    header: SealedHeader
    layout: Layout
    index: bytes
    trailer: Trailer
    body: bytes
    signature: bytes
    trailer_sm3: str
    size: int


def parse_container(path: Path) -> Container:
    """Raises :class:`ContainerInvalid`; reads everything but the chunks."""
    with path.open("rb") as file:
        header = _header(file)
        layout = Layout.of(header)
        size = file.seek(0, 2)
        if size < layout.trailer_position:
            _refuse("layout", "truncated")
        file.seek(layout.index_position)
        index = _read(file, layout.chunk_count * DIGEST_BYTES)
        body, signature = _block(file, BODY_LIMIT, "trailer_length"), _block(file, SIGNATURE_LIMIT, "signature_length")
        if file.read(1):
            _refuse("layout", "trailing_bytes")
    trailer = _trailer(header, layout, index)
    check_body(body, trailer)
    if header.signer is not None and not signature:
        _refuse("signature", "missing")
    if header.signer is None and signature:
        _refuse("signature", "unexpected")
    pieces = len(body).to_bytes(4, "big") + body + len(signature).to_bytes(4, "big") + signature
    return Container(header, layout, index, trailer, body, signature, sm3(pieces).hex(), size)


def read_exactly(file: BinaryIO, out: memoryview) -> None:
    """Fills ``out``; raises :class:`ContainerInvalid` (layout, truncated) where the file ends before."""
    taken = 0
    while taken < len(out):
        count = file.readinto(out[taken:])  # type: ignore[attr-defined]
        if not count:
            _refuse("layout", "truncated")
        taken += count


def _header(file: BinaryIO) -> SealedHeader:
    if file.read(len(MAGIC)) != MAGIC:
        _refuse("format", "magic")
    version = int.from_bytes(_read(file, 2), "big")
    if version != VERSION:
        raise ContainerInvalid(layer="format", reason="newer_version", version=version)
    length = int.from_bytes(_read(file, 4), "big")
    if not 0 < length <= HEADER_LIMIT:
        _refuse("layout", "header_length")
    text = _read(file, length)
    header = read_header(text)
    if header.prefix[PREAMBLE_BYTES:] != text:  # what is authenticated later is the value, written anew
        _refuse("header", "not_canonical")
    tags = tuple(_read(file, DIGEST_BYTES) for _ in header.stages)
    return replace(header, tags=tags)


def _trailer(header: SealedHeader, layout: Layout, index: bytes) -> Trailer:
    leaves = (index[start : start + DIGEST_BYTES] for start in range(0, len(index), DIGEST_BYTES))
    return Trailer(
        chunks=layout.chunk_count,
        file_id=header.file_id,
        head_sm3=header.sm3,
        index_sm3=sm3(index),
        merkle_root=merkle_root(leaves),
        offset=layout.trailer_position,
    )


def _block(file: BinaryIO, limit: int, reason: str) -> bytes:
    length = int.from_bytes(_read(file, 4), "big")
    if length > limit:
        _refuse("layout", reason)
    return _read(file, length)


def _read(file: BinaryIO, length: int) -> bytes:
    """Exactly that many bytes; ``length`` is already within its limit."""
    data = file.read(length)
    if len(data) != length:
        _refuse("layout", "truncated")
    return data


def _refuse(layer: str, reason: str) -> NoReturn:
    raise ContainerInvalid(layer=layer, reason=reason)
