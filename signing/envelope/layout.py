"""Where every chunk of a sealed container lies: computed from the header alone, never read from the file.

Source: docs/spec/sealed-bid.md §2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from signing.envelope.header import SealedHeader
from signing.envelope.limits import CHUNK_LIMIT, DIGEST_BYTES, TAG_BYTES
from signing.errors import ContainerInvalid


@dataclass(frozen=True, slots=True)
class ChunkPlace:
    """One chunk: part and number from 0, position in the file, bytes of plaintext in it."""

    part: int
    number: int
    position: int
    plain_length: int
    last: bool

    @property
    def length(self) -> int:
        """Bytes in the file, with the tag."""
        return self.plain_length + TAG_BYTES


@dataclass(frozen=True, slots=True)
class Layout:
    """The positions of a container with this header."""

    chunk_size: int
    padded_lengths: tuple[int, ...]
    head_length: int

    @classmethod
    def of(cls, header: SealedHeader) -> Layout:
        """Raises :class:`ContainerInvalid` (layout, too_many_chunks) before anything is allocated."""
        layout = cls(header.chunk_size, tuple(part.padded_length for part in header.parts), len(header.head))
        if layout.chunk_count > CHUNK_LIMIT:
            raise ContainerInvalid(layer="layout", reason="too_many_chunks", count=layout.chunk_count)
        return layout

    @property
    def chunk_count(self) -> int:
        """Chunks of the whole file."""
        return sum(self._count(length) for length in self.padded_lengths)

    @property
    def plain_total(self) -> int:
        """Bytes of padded plaintext in the whole file."""
        return sum(self.padded_lengths)

    @property
    def index_position(self) -> int:
        """Where the index begins: after the last chunk."""
        return self.head_length + self.plain_total + TAG_BYTES * self.chunk_count

    @property
    def trailer_position(self) -> int:
        """Where the trailer begins."""
        return self.index_position + DIGEST_BYTES * self.chunk_count

    @property
    def largest_chunk(self) -> int:
        """Bytes of plaintext in the largest chunk: what buffers need."""
        return min(self.chunk_size, max(self.padded_lengths))

    def places(self) -> Iterator[ChunkPlace]:
        """All chunks in file order."""
        for part in range(len(self.padded_lengths)):
            yield from self.places_of(part)

    def places_of(self, part: int) -> Iterator[ChunkPlace]:
        """The chunks of one part in order."""
        before = self.padded_lengths[:part]
        start = self.head_length + sum(before) + TAG_BYTES * sum(self._count(length) for length in before)
        length = self.padded_lengths[part]
        for number in range(self._count(length)):
            done = number * self.chunk_size
            yield ChunkPlace(
                part=part,
                number=number,
                position=start + done + number * TAG_BYTES,
                plain_length=min(self.chunk_size, length - done),
                last=done + self.chunk_size >= length,
            )

    def _count(self, padded_length: int) -> int:
        return -(-padded_length // self.chunk_size)
