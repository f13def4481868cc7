"""What a draft holds, without changing it: records, files, history, what was exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.formats.handout_content import file_of
from core.jobs.draft_items import RECORD, DraftItems, chosen, items_of, value_of
from core.ports.progress import JobContext
from core.ports.services import Services
from core.values.codec import time_text
from signing.canonical_json import encode


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """The draft to look into. ``records``: whose whole values are wanted (``NAME`` or ``BEGINNING*``)."""

    draft: Path
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One record or file, ``size`` in bytes. ``value`` only of records asked for. ``exchanged``: states known of it."""

    item: str
    size: int
    exchanged: int
    value: object = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step of the undo history; ``label`` is a catalogue key."""

    at: str
    label: str
    subject: str
    undone: bool


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """The draft's contents. ``events``: length of its event log."""

    path: str
    kind: str
    work: str
    items: tuple[ShownItem, ...]
    steps: tuple[ShownStep, ...]
    events: int
    snapshots: int


def show_draft(request: ShowDraft, services: Services, context: JobContext) -> ShownDraft:
    """Opens the draft like any program: refused where another holds it."""
    context.raise_if_cancelled()
    with services.drafts.open(request.draft) as draft:
        items = items_of(draft)
        wanted = set(chosen(items, RECORD, request.records))
        steps = tuple(ShownStep(time_text(step.at), step.label, step.subject, step.undone) for step in draft.steps())
        return ShownDraft(
            str(request.draft),
            draft.kind,
            draft.work,
            tuple(_shown(items, name, with_value=name in wanted) for name in sorted(items.states)),
            steps,
            len(draft.events()),
            len(services.drafts.snapshots(request.draft)),
        )


def _shown(items: DraftItems, name: str, *, with_value: bool) -> ShownItem:
    state = items.state(name)
    file, value = file_of(state), value_of(state)
    size = len(encode(value)) if file is None else file[1]
    return ShownItem(name, size, len(items.known(name)), value if with_value else None)
