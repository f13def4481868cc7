"""Snapshots of a draft: take one, list them, restore one beside the draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import DraftInvalid
from core.ports.drafts import Snapshot
from core.ports.progress import JobContext
from core.ports.services import Services


@dataclass(frozen=True, slots=True)
class SnapshotDraft:
    """The draft to copy."""

    draft: Path


@dataclass(frozen=True, slots=True)
class TakenSnapshot:
    """The newest snapshot; ``made`` false: nothing had changed since it was taken."""

    path: str
    name: str
    made: bool


@dataclass(frozen=True, slots=True)
class ListSnapshots:
    """The draft whose snapshots are listed; it may be damaged or gone."""

    draft: Path


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One snapshot and whether it reads back whole."""

    name: str
    size: int
    good: bool


@dataclass(frozen=True, slots=True)
class SnapshotList:
    """All snapshots, newest first."""

    path: str
    good: int
    snapshots: tuple[SnapshotLine, ...]


@dataclass(frozen=True, slots=True)
class RestoreDraft:
    """Copies a snapshot (the newest good one without ``snapshot``) to the new file ``out``."""

    draft: Path
    out: Path
    snapshot: str = ""


@dataclass(frozen=True, slots=True)
class RestoredDraft:
    """The file made."""

    path: str
    name: str


def take_snapshot(request: SnapshotDraft, services: Services, context: JobContext) -> TakenSnapshot:
    """Takes a snapshot unless nothing changed since the newest."""

    def told(done: int, total: int) -> None:
        context.raise_if_cancelled()
        context.progress(done, total, "draft.progress.snapshot")

    with services.drafts.open(request.draft) as draft:
        taken = services.drafts.take_snapshot(draft, told)
    newest = taken or services.drafts.snapshots(request.draft)[0]
    return TakenSnapshot(str(newest.path), newest.name, taken is not None)


def list_snapshots(request: ListSnapshots, services: Services, context: JobContext) -> SnapshotList:
    """Reads every snapshot back."""
    lines = []
    found = services.drafts.snapshots(request.draft)
    for done, snapshot in enumerate(found):
        context.raise_if_cancelled()
        context.progress(done, len(found), "draft.progress.check")
        lines.append(SnapshotLine(snapshot.name, snapshot.size, services.drafts.is_good(snapshot)))
    return SnapshotList(str(request.draft), sum(line.good for line in lines), tuple(lines))


def restore_draft(request: RestoreDraft, services: Services, context: JobContext) -> RestoredDraft:
    """Never touches the draft itself; on any error ``request.out`` does not exist."""
    context.progress(0, 0, "draft.progress.check")
    chosen = _chosen(request, services)
    services.drafts.restore(chosen, request.out)
    return RestoredDraft(str(request.out), chosen.name)


def _chosen(request: RestoreDraft, services: Services) -> Snapshot:
    for snapshot in services.drafts.snapshots(request.draft):
        if request.snapshot == snapshot.name or (not request.snapshot and services.drafts.is_good(snapshot)):
            return snapshot
    raise DraftInvalid(path=request.draft, reason="no_snapshot")
