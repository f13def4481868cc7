"""The header of a sealed container as a value, and its one encoding.

Reading it is :mod:`signing.envelope.header_reader`.

Everything here is in the clear before the opening: nothing of an offer may ever be put here.
Source: docs/spec/sealed-bid.md §4.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from signing.canonical_json import Json, encode
from signing.envelope.limits import MAGIC, SUITE, VERSION
from signing.errors import ContainerInvalid
from signing.gm.sm3 import sm3
from signing.policy.plain import policy_to_plain
from signing.policy.tree import Leaf, Policy, leaves

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class StageHeader:
    """One stage: who can open it, and the wrapped shares with the commitments to them, by leaf index."""

    id: str
    policy: Policy
    wraps: tuple[bytes, ...]
    commitments: tuple[bytes, ...]

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves by leaf index."""
        return leaves(self.policy)


@dataclass(frozen=True, slots=True)
class PartHeader:
    """One part; ``padded_length`` in bytes, the true length is encrypted."""

    id: str
    kind: str
    stage: str
    padded_length: int


@dataclass(frozen=True, slots=True)
class SealedHeader:
    """The clear head of a sealed container. ``signer`` and ``twin`` are hexadecimal SM3 digests or None."""

    file_id: bytes
    kind: str
    chunk_size: int
    context: Mapping[str, str]
    sealed_at: datetime
    signer: str | None
    twin: str | None
    stages: tuple[StageHeader, ...]
    parts: tuple[PartHeader, ...]
    tags: tuple[bytes, ...] = ()

    @property
    def prefix(self) -> bytes:
        """Magic, version, length and header: what the tags authenticate."""
        text = encode(self._plain())
        return MAGIC + VERSION.to_bytes(2, "big") + len(text).to_bytes(4, "big") + text

    @property
    def head(self) -> bytes:
        """Every byte of the file before the first chunk."""
        return self.prefix + b"".join(self.tags)

    @property
    def sm3(self) -> bytes:
        """SM3 of the head: bound into every chunk and into the trailer."""
        return sm3(self.head)

    def stage(self, stage_id: str) -> StageHeader:
        """The stage of this id; raises :class:`ContainerInvalid` where there is none."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise ContainerInvalid(layer="request", reason="no_such_stage", name=stage_id)

    def tag(self, stage_id: str) -> bytes:
        """The tag that authenticates the header with the content key of this stage."""
        return self.tags[self.stages.index(self.stage(stage_id))]

    def part(self, part_id: str) -> PartHeader:
        """The part of this id; raises :class:`ContainerInvalid` where there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise ContainerInvalid(layer="request", reason="no_such_part", name=part_id)

    def parts_of(self, stage_id: str) -> tuple[PartHeader, ...]:
        """The parts of a stage in file order."""
        return tuple(part for part in self.parts if part.stage == stage_id)

    def _plain(self) -> Json:
        return {
            "chunk_size": self.chunk_size,
            "context": dict(self.context),
            "file_id": self.file_id.hex(),
            "kind": self.kind,
            "parts": [
                {"id": part.id, "kind": part.kind, "padded_length": part.padded_length, "stage": part.stage}
                for part in self.parts
            ],
            "sealed_at": self.sealed_at.strftime(TIME_FORMAT),
            "signer": self.signer,
            "stages": [_stage_plain(stage) for stage in self.stages],
            "suite": SUITE,
            "twin": self.twin,
        }


def _stage_plain(stage: StageHeader) -> Json:
    return {
        "commitments": [commitment.hex() for commitment in stage.commitments],
        "id": stage.id,
        "policy": policy_to_plain(stage.policy),
        "wraps": [base64.b64encode(wrap).decode("ascii") for wrap in stage.wraps],
    }
