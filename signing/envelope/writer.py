"""Seals parts into one container: deals keys, encrypts with two workers, signs, and renames into place.

Reading the result back with real keys is :mod:`signing.envelope.rehearse`; whether the signer may sign for the bidder
is the caller's question. Source: docs/spec/sealed-bid.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from signing.api import Signer
from signing.cms.signed_data import sign_detached
from signing.envelope.chunk_cipher import SPARE_BYTES, ChunkCipher
from signing.envelope.dealing import DealtStage, deal_stages
from signing.envelope.header import PartHeader, SealedHeader
from signing.envelope.header_reader import read_header
from signing.envelope.layout import ChunkPlace, Layout
from signing.envelope.limits import (
    DEFAULT_CHUNK_SIZE,
    FILE_ID_BYTES,
    HEADER_LIMIT,
    PREAMBLE_BYTES,
    SIGNATURE_LIMIT,
    padded_length,
)
from signing.envelope.merkle import leaf_hash, merkle_root
from signing.envelope.opening import Opening
from signing.envelope.pipeline import BUFFERS, in_order
from signing.envelope.randomness import Randomness, SystemRandomness
from signing.envelope.recipients import check_recipients, needed_until
from signing.envelope.source import PaddedReader, PartSource
from signing.envelope.trailer import Trailer
from signing.errors import ContainerInvalid
from signing.files import new_file
from signing.gm.sm3 import sm3
from signing.policy.plain import PolicyUnreadable, check_policy
from signing.policy.tree import Policy
from signing.x509.certificate import parse

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What to seal.

    ``kind`` is ``bid``, ``committee`` or ``handout``; ``twin`` the hexadecimal binding of a plain twin or None.
    """

    kind: str
    context: Mapping[str, str]
    stages: Mapping[str, Policy]
    parts: Sequence[PartSource]
    twin: str | None = None
    chunk_size: int = DEFAULT_CHUNK_SIZE


@dataclass(frozen=True, slots=True)
class SealedInfo:
    """The sealed file. Digests are hexadecimal; ``trailer_sm3`` pins every byte of the file, the signature included.

    ``openings`` are all shares by stage, kept in memory for the rehearsal only: forget them with this value.
    """

    path: Path
    file_id: str
    header_sm3: str
    root: str
    trailer_sm3: str
    size: int
    openings: Mapping[str, tuple[Opening, ...]] = field(repr=False)


def seal(
    target: Path, request: SealRequest, signer: Signer | None, *, sealed_at: datetime, on_progress: Progress
) -> SealedInfo:
    """Writes the container, or nothing: on any error ``target`` is as it was before.

    ``on_progress`` gets bytes done and bytes in all, and may raise to cancel. Without a signer the container is
    unsigned and says so. Raises :class:`~signing.errors.CertificateInvalid` for a recipient that cannot open it at the
    opening, :class:`~signing.errors.ContainerInvalid` (layers request, source), what the signer raises, and
    :class:`OSError` where the target cannot be written.
    """
    return seal_with(SystemRandomness(), target, request, signer, sealed_at=sealed_at, on_progress=on_progress)


def seal_with(
    randomness: Randomness,
    target: Path,
    request: SealRequest,
    signer: Signer | None,
    *,
    sealed_at: datetime,
    on_progress: Progress,
) -> SealedInfo:
    """:func:`seal` with the randomness named: for the generator of test vectors only."""
    moment = sealed_at.astimezone(UTC).replace(microsecond=0)
    _check_request(request, moment)
    lengths = [part.length() for part in request.parts]
    file_id = randomness.draw(FILE_ID_BYTES)
    dealt = deal_stages(request.stages, file_id=file_id, randomness=randomness)
    header = _header(request, lengths, dealt, file_id=file_id, signer=signer, sealed_at=moment)
    layout = Layout.of(header)
    ciphers = _part_ciphers(header, dealt)
    with new_file(target) as file:
        file.write(header.head)
        chunks = _ChunkWriter(file, layout, on_progress)
        with closing(_jobs(request.parts, lengths, layout, ciphers, chunks.free)) as jobs:
            in_order(jobs, _seal_chunk, chunks.take)
        trailer = _finish(file, header, layout, chunks.leaf_hashes, signer)
        size = file.tell()
    return SealedInfo(
        path=target,
        file_id=file_id.hex(),
        header_sm3=header.sm3.hex(),
        root=merkle_root(chunks.leaf_hashes).hex(),
        trailer_sm3=sm3(trailer).hex(),
        size=size,
        openings={stage.header.id: stage.openings for stage in dealt},
    )


def _check_request(request: SealRequest, sealed_at: datetime) -> None:
    until = needed_until(request.context, now=sealed_at)
    if not request.parts or not request.stages:
        raise ContainerInvalid(layer="request", reason="empty")
    for name, policy in request.stages.items():
        try:
            check_policy(policy)
        except PolicyUnreadable as error:
            raise ContainerInvalid(layer="request", reason="header", where=f"{name}: {error}") from error
        check_recipients(policy, now=sealed_at, until=until)


def _header(
    request: SealRequest,
    lengths: Sequence[int],
    dealt: Sequence[DealtStage],
    *,
    file_id: bytes,
    signer: Signer | None,
    sealed_at: datetime,
) -> SealedHeader:
    """The header with its tags, proven readable by our own strict reader."""
    header = SealedHeader(
        file_id=file_id,
        kind=request.kind,
        chunk_size=request.chunk_size,
        context=request.context,
        sealed_at=sealed_at,
        signer=None if signer is None else parse(signer.certificate()).sm3,
        twin=request.twin,
        stages=tuple(stage.header for stage in dealt),
        parts=tuple(
            PartHeader(part.id, part.kind, part.stage, padded_length(part.kind, length))
            for part, length in zip(request.parts, lengths, strict=True)
        ),
    )
    prefix = header.prefix
    try:
        read_header(prefix[PREAMBLE_BYTES:])
    except ContainerInvalid as error:
        where = " ".join(filter(None, [error.params["reason"], error.params.get("where")]))
        raise ContainerInvalid(layer="request", reason="header", where=where) from error
    if len(prefix) - PREAMBLE_BYTES > HEADER_LIMIT:
        raise ContainerInvalid(layer="request", reason="header", where="length")
    return replace(header, tags=tuple(stage.key.header_tag(prefix) for stage in dealt))


def _part_ciphers(header: SealedHeader, dealt: Sequence[DealtStage]) -> list[ChunkCipher]:
    keys = {stage.header.id: stage.key for stage in dealt}
    return [keys[part.stage].cipher(header, part.id) for part in header.parts]


class _Buffers:
    """Plaintext of one chunk and room for its ciphertext."""

    __slots__ = ("plain", "sealed")

    def __init__(self, size: int) -> None:
        self.plain = memoryview(bytearray(size))
        self.sealed = memoryview(bytearray(size + SPARE_BYTES))


@dataclass(frozen=True, slots=True)
class _Job:
    place: ChunkPlace
    buffers: _Buffers
    cipher: ChunkCipher


def _jobs(
    parts: Sequence[PartSource],
    lengths: Sequence[int],
    layout: Layout,
    ciphers: Sequence[ChunkCipher],
    free: deque[_Buffers],
) -> Generator[_Job, None, None]:
    for number, (part, length) in enumerate(zip(parts, lengths, strict=True)):
        with PaddedReader(part, length) as reader:
            for place in layout.places_of(number):
                buffers = free.popleft()
                reader.fill(buffers.plain[: place.plain_length])
                yield _Job(place, buffers, ciphers[number])
            reader.finish()


def _seal_chunk(job: _Job) -> tuple[_Job, bytes]:
    """In a worker: the chunk into its buffer, and its leaf hash."""
    place, plain = job.place, job.buffers.plain[: job.place.plain_length]
    length = job.cipher.seal(place.number, last=place.last, plain=plain, out=job.buffers.sealed)
    return job, leaf_hash(place.part, place.number, job.buffers.sealed[:length])


class _ChunkWriter:
    """Takes sealed chunks home: into the file, digests kept, buffers back."""

    def __init__(self, file: BinaryIO, layout: Layout, on_progress: Progress) -> None:
        self.leaf_hashes: list[bytes] = []
        self.free = deque(_Buffers(layout.largest_chunk) for _ in range(min(BUFFERS, layout.chunk_count)))
        self._file, self._total, self._on_progress = file, layout.plain_total, on_progress
        self._done = 0

    def take(self, sealed: tuple[_Job, bytes]) -> None:
        job, digest = sealed
        self._file.write(job.buffers.sealed[: job.place.length])
        self.leaf_hashes.append(digest)
        self.free.append(job.buffers)
        self._done += job.place.plain_length
        self._on_progress(self._done, self._total)


def _finish(
    file: BinaryIO, header: SealedHeader, layout: Layout, leaf_hashes: Sequence[bytes], signer: Signer | None
) -> bytes:
    """Writes index and trailer; returns the trailer."""
    index = b"".join(leaf_hashes)
    body = Trailer(
        chunks=layout.chunk_count,
        file_id=header.file_id,
        head_sm3=header.sm3,
        index_sm3=sm3(index),
        merkle_root=merkle_root(leaf_hashes),
        offset=layout.trailer_position,
    ).body()
    signature = b"" if signer is None else sign_detached(body, signer, signed_at=header.sealed_at)
    if len(signature) > SIGNATURE_LIMIT:
        raise ContainerInvalid(layer="request", reason="header", where="signature length")
    trailer = len(body).to_bytes(4, "big") + body + len(signature).to_bytes(4, "big") + signature
    file.write(index)
    file.write(trailer)
    return trailer
