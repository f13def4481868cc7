"""Reads sealed containers strictly: structure without keys, integrity without keys, parts with a stage key.

Whether the signer may be trusted is :mod:`signing.validation`; how a stage key comes about is
:mod:`signing.envelope.release`. The file is opened anew for each operation: what was checked is held in memory and
every chunk is checked against it again. Source: docs/spec/sealed-bid.md §9.
"""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from signing.cms.enveloped_data import Recipient, recipients_of
from signing.cms.signed_data import verify_detached
from signing.envelope.chunk_cipher import SPARE_BYTES
from signing.envelope.header import SealedHeader
from signing.envelope.keys import StageKey
from signing.envelope.layout import ChunkPlace, Layout
from signing.envelope.limits import DIGEST_BYTES
from signing.envelope.merkle import leaf_hash
from signing.envelope.parse import parse_container, read_exactly
from signing.envelope.pipeline import BUFFERS, in_order
from signing.envelope.trailer import Trailer
from signing.envelope.unpadding import Unpadder
from signing.errors import CertificateInvalid, ContainerInvalid, MessageInvalid, SignatureInvalid
from signing.files import new_file

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A container whose structure has been checked (checks 1–7); its chunks and signature have not.

    ``signature_der`` is the detached CMS signature over ``signed_bytes``, None where the file is unsigned and says so.
    """

    path: Path
    header: SealedHeader
    layout: Layout
    trailer: Trailer
    signed_bytes: bytes
    signature_der: bytes | None
    trailer_sm3: str
    size: int
    index: bytes = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> SealedFile:
        """Raises :class:`ContainerInvalid` with layer and reason, and :class:`OSError` where there is no such file."""
        found = parse_container(path)
        return cls(
            path=path,
            header=found.header,
            layout=found.layout,
            trailer=found.trailer,
            signed_bytes=found.body,
            signature_der=found.signature or None,
            trailer_sm3=found.trailer_sm3,
            size=found.size,
            index=found.index,
        )

    def recipients(self, stage_id: str) -> tuple[tuple[Recipient, ...], ...]:
        """To whom the share of each leaf is wrapped, by leaf index."""
        return tuple(tuple(recipients_of(wrap)) for wrap in self.header.stage(stage_id).wraps)

    def verify_integrity(self, on_progress: Progress = lambda _done, _total: None) -> None:
        """Checks every chunk and the signature (checks 8, 9), so that no byte of the file can have changed.

        Raises :class:`ContainerInvalid`; for a bad chunk with the id of its part and its number from 1.
        """
        if self.path.stat().st_size != self.size:
            raise ContainerInvalid(layer="layout", reason="changed_meanwhile")
        done = 0

        def take(job: _Job) -> None:
            nonlocal done
            free.append(job.buffers)
            done += job.place.plain_length
            on_progress(done, self.layout.plain_total)

        free = _buffers(self.layout, self.layout.chunk_count)
        with self.path.open("rb", buffering=0) as file, closing(_jobs(file, self.layout.places(), free)) as jobs:
            in_order(jobs, self._check_chunk, take)
        self._verify_signature()

    def read_part(self, key: StageKey, part_id: str, sink: BinaryIO) -> int:
        """Writes the content of a part to ``sink``, each chunk only after its tag verified; returns its length.

        Raises :class:`ContainerInvalid` (layers key, payload): what the sink got until then must be thrown away.
        """
        part = self.header.part(part_id)
        self._check_key(key, part.stage)
        cipher = key.cipher(self.header, part_id)
        free = _buffers(self.layout, self.layout.chunk_count)
        content = Unpadder(sink, part)

        def work(job: _Job) -> _Job:
            chunk = job.buffers.chunk[: job.place.length]
            cipher.open(job.place.number, last=job.place.last, chunk=chunk, out=job.buffers.plain)
            return job

        def take(job: _Job) -> None:
            content.feed(job.buffers.plain[: job.place.plain_length])
            free.append(job.buffers)

        places = self.layout.places_of(self.header.parts.index(part))
        try:
            with self.path.open("rb", buffering=0) as file, closing(_jobs(file, places, free)) as jobs:
                in_order(jobs, work, take)
        except ContainerInvalid as error:
            raise ContainerInvalid(**{**error.params, "part": part_id}) from error
        return content.length

    def read_part_to(self, key: StageKey, part_id: str, target: Path) -> int:
        """Like :meth:`read_part` into a file that appears whole or not at all."""
        with new_file(target) as file:
            return self.read_part(key, part_id, file)

    def _check_key(self, key: StageKey, stage_id: str) -> None:
        if key.stage != stage_id or key.file_id != self.header.file_id:
            raise ContainerInvalid(layer="key", reason="other_stage", stage=key.stage)
        if not hmac.compare_digest(key.header_tag(self.header.prefix), self.header.tag(stage_id)):
            raise ContainerInvalid(layer="key", reason="tag", stage=stage_id)

    def _check_chunk(self, job: _Job) -> _Job:
        place = job.place
        position = DIGEST_BYTES * job.position
        found = leaf_hash(place.part, place.number, job.buffers.chunk[: place.length])
        if found != self.index[position : position + DIGEST_BYTES]:
            part = self.header.parts[place.part].id
            raise ContainerInvalid(layer="chunk", reason="digest", part=part, chunk=place.number + 1)
        return job

    def _verify_signature(self) -> None:
        if self.signature_der is None:
            return
        try:
            signed = verify_detached(self.signature_der, self.signed_bytes)
        except (SignatureInvalid, MessageInvalid, CertificateInvalid) as error:
            raise ContainerInvalid(layer="signature", reason="invalid") from error
        if signed.signer.sm3 != self.header.signer:
            raise ContainerInvalid(layer="signature", reason="signer_differs")
        if signed.signed_at != self.header.sealed_at:
            raise ContainerInvalid(layer="signature", reason="time_differs")


class _Buffers:
    """One chunk as it lies in the file, and room for its plaintext."""

    __slots__ = ("chunk", "plain")

    def __init__(self, size: int) -> None:
        self.chunk = memoryview(bytearray(size + SPARE_BYTES))
        self.plain = memoryview(bytearray(size + SPARE_BYTES))


@dataclass(frozen=True, slots=True)
class _Job:
    place: ChunkPlace
    position: int  # of the chunk among those asked for
    buffers: _Buffers


def _buffers(layout: Layout, chunks: int) -> deque[_Buffers]:
    return deque(_Buffers(layout.largest_chunk) for _ in range(min(BUFFERS, chunks)))


def _jobs(file: BinaryIO, places: Iterator[ChunkPlace], free: deque[_Buffers]) -> Generator[_Job, None, None]:
    for position, place in enumerate(places):
        buffers = free.popleft()
        file.seek(place.position)
        read_exactly(file, buffers.chunk[: place.length])
        yield _Job(place, position, buffers)
