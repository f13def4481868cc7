"""Merging a colleague's hand-out into a draft: three sides compared, conflicts chosen by a person, one step to undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import HandoutInvalid, UsageError
from core.formats.handout import OpenedHandout, open_handout
from core.formats.handout_content import file_of
from core.jobs.draft_hand_out import scratch
from core.jobs.draft_items import FILE, RECORD, Decision, Judged, items_of, judge, learned, value_of
from core.jobs.verify import read_trust
from core.ports.drafts import Attachment, DraftPort, FileChange, RecordChange, Shared, Step
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from signing.canonical_json import Json
from signing.validation.report import SignatureReport, Verdict
from signing.validation.signature import assess_detached

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """``choose``: ``ITEM=mine`` or ``ITEM=theirs`` for conflicts; ``take``: a side for all others; ``new``: make it."""

    draft: Path
    handout: Path
    enc_cert: Path
    enc_key: Path
    choose: tuple[str, ...] = ()
    take: str = ""
    new: bool = False
    trust: Path | None = None
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One item both sides changed; ``base`` is what both last had in common, None where there was nothing."""

    item: str
    mine: object
    theirs: object
    base: object


@dataclass(frozen=True, slots=True)
class MergedDraft:
    """What a merge did. With ``conflicts`` nothing was written. ``verdict`` speaks of the sender's certificate."""

    path: str
    sender: str
    verdict: Verdict
    taken: tuple[str, ...]
    kept: tuple[str, ...]
    same: int
    conflicts: tuple[Conflict, ...]


def merge(request: MergeDraft, services: Services, context: JobContext) -> MergedDraft:
    """Merges all of a hand-out or, while a conflict is open, nothing of it."""
    sides = _sides(request)
    decrypter = services.keys.decrypter(KeySource(request.enc_cert, request.enc_key, request.pin_file))

    def told(done: int, total: int) -> None:
        context.raise_if_cancelled()
        context.progress(done, total, "draft.progress.merge")

    opened = open_handout(request.handout, decrypter, told)
    sender = _sender(opened, request.trust, services)
    draft = _draft(request, opened, services)
    try:
        with draft, scratch(request.draft) as folder:
            merged = _merge(draft, opened, sides, request.take, folder, services)
    except BaseException:
        if request.new:
            request.draft.unlink(missing_ok=True)
        raise
    name = sender.signer.subject.common_name if sender.signer is not None else ""
    taken, kept, same, conflicts = merged
    return MergedDraft(str(request.draft), name, sender.verdict, taken, kept, same, conflicts)


def _draft(request: MergeDraft, opened: OpenedHandout, services: Services) -> DraftPort:
    content = opened.content
    if request.new:
        return services.drafts.create(request.draft, content.draft_kind, content.work)
    draft = services.drafts.open(request.draft)
    if (draft.kind, draft.work) != (content.draft_kind, content.work):
        draft.close()
        raise HandoutInvalid(path=request.handout, reason="other_work")
    return draft


def _merge(
    draft: DraftPort, opened: OpenedHandout, sides: Mapping[str, str], take: str, folder: Path, services: Services
) -> tuple[tuple[str, ...], tuple[str, ...], int, tuple[Conflict, ...]]:
    here = items_of(draft)
    items = {one.item: one for one in opened.content.items}
    judged = [judge(here, one) for one in opened.content.items]
    clashes = {one.item for one in judged if one.decision is Decision.CONFLICT}
    unknown = sides.keys() - items.keys()
    if unknown:
        raise UsageError(detail=f"--choose {min(unknown)}")
    chosen = {item: sides.get(item, take) for item in clashes}
    if not all(chosen.values()):
        left = [one for one in judged if one.item in clashes and not chosen[one.item]]
        return (), (), 0, tuple(Conflict(one.item, one.mine, one.theirs, one.base) for one in left)
    taken = [one for one in judged if one.decision is Decision.TAKE or chosen.get(one.item) == THEIRS]
    kept = tuple(one.item for one in judged if one.decision is Decision.KEEP or chosen.get(one.item) == MINE)
    shared = tuple(one for seen in judged for one in learned(here, items[seen.item], seen.decision))
    _write(draft, opened, taken, shared, folder, services)
    return tuple(one.item for one in taken), kept, len(judged) - len(taken) - len(kept), ()


def _write(
    draft: DraftPort,
    opened: OpenedHandout,
    taken: list[Judged],
    shared: tuple[Shared, ...],
    folder: Path,
    services: Services,
) -> None:
    """All in one transaction; contents of files come before it and have no name until then."""
    items = {one.item: one for one in opened.content.items}
    for one in taken:
        if file_of(one.theirs) is not None:
            target = folder / "file"
            opened.file_to(items[one.item], target)
            with target.open("rb") as source:
                draft.keep_body(source)
            target.unlink()
    if not taken:
        draft.share(shared)
        return
    records = tuple(_record(one) for one in taken if one.item.startswith(RECORD))
    files = tuple(_file(one) for one in taken if one.item.startswith(FILE))
    position = 1 + max((step.position for step in draft.steps() if not step.undone), default=0)
    draft.write(Step(position, "draft.merged", services.clock.now(), records, files), shared)


def _record(judged: Judged) -> RecordChange:
    return RecordChange(judged.item.removeprefix(RECORD), value_of(judged.mine), value_of(judged.theirs))


def _file(judged: Judged) -> FileChange:
    name = judged.item.removeprefix(FILE)
    return FileChange(name, _attachment(name, judged.mine), _attachment(name, judged.theirs))


def _attachment(name: str, state: Json) -> Attachment | None:
    file = file_of(state)
    return None if file is None else Attachment(name, *file)


def _sides(request: MergeDraft) -> dict[str, str]:
    sides = {}
    for entry in request.choose:
        item, _, side = entry.rpartition("=")
        if side not in {MINE, THEIRS} or not item:
            raise UsageError(detail=f"--choose {entry}")
        sides[item] = side
    if request.take not in {"", MINE, THEIRS}:
        raise UsageError(detail=f"--take {request.take}")
    return sides


def _sender(opened: OpenedHandout, trust: Path | None, services: Services) -> SignatureReport:
    """Who signed, and what a trust list (where there is one) says of him: shown, not decided."""
    return assess_detached(
        opened.sealed.signature_der or b"",
        opened.sealed.signed_bytes,
        trust=read_trust(trust),
        roles=None,
        now=services.clock.now(),
        require_crl=False,
    )
