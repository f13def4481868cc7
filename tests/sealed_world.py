"""Holders, policies and a small sealed bid for the tests of the sealed container."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from signing.envelope.source import PartSource
from signing.envelope.writer import SealedInfo, SealRequest, seal
from signing.policy.tree import All, Any_, Leaf, Policy
from tests.pki import Party, shared_pki

SEALED_AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
CONTEXT = {
    "tender_id": "T-2026-001",
    "lot_id": "lot-1",
    "bidder_name": "华夏测试建设有限公司",
    "deadline": "2026-03-05T01:00:00Z",
    "opening_at": "2026-03-05T01:00:00Z",
}
HOLDERS = ("bidder", "tenderer", "agency", "centre")
PARTS = (
    PartSource("letter", "document", "main", data=b"letter of tender " * 40),
    PartSource("summary", "summary", "main", data=b'{"total":"813106.47"}'),
    PartSource("empty", "document", "main", data=b""),
)


@cache
def holder(name: str) -> Party:
    """The party of a name: always the same keys within one run."""
    return shared_pki().party(name)


def leaf(*names: str) -> Leaf:
    """A leaf held by the first name, with the encryption certificates of all."""
    return Leaf(names[0], tuple(holder(name).decrypter.certificate() for name in names))


def default_policy() -> Policy:
    """bidder (with a backup certificate) AND (tenderer OR agency OR centre)."""
    return All((leaf("bidder", "bidder-backup"), Any_((leaf("tenderer"), leaf("agency"), leaf("centre")))))


def no_progress(_done: int, _total: int) -> None:
    """For calls whose progress nobody watches."""


@dataclass(frozen=True)
class Sealed:
    info: SealedInfo
    parts: Sequence[PartSource]

    @property
    def path(self) -> Path:
        return self.info.path


def seal_small(
    folder: Path,
    *,
    stages: Mapping[str, Policy] | None = None,
    parts: Sequence[PartSource] = PARTS,
    signed: bool = True,
    name: str = "bid.tbt",
    chunk_size: int = 65536,
    context: Mapping[str, str] = CONTEXT,
) -> Sealed:
    """A small container in ``folder``."""
    request = SealRequest("bid", context, stages or {"main": default_policy()}, parts, chunk_size=chunk_size)
    signer = holder("bidder").signer if signed else None
    return Sealed(seal(folder / name, request, signer, sealed_at=SEALED_AT, on_progress=no_progress), parts)
