"""Drafts on the command line: what they hold, their snapshots, and the conflicts of a merge with all sides."""

from __future__ import annotations

import json

from apps.cli.console import Console
from core.formats.handout_content import file_of
from core.jobs.draft_merge import MergedDraft
from core.jobs.draft_show import ShownDraft
from core.jobs.draft_snapshots import SnapshotList
from core.values.codec import parse_time
from core.values.sentences import time_words
from signing.canonical_json import Json

_SHOWN = 400  # characters of one value


def show_draft(draft: ShownDraft, console: Console) -> None:
    """Records and files with their sizes, then the history."""
    for item in draft.items:
        kind, name = _kind_and_name(item.item, console)
        value = _text(item.value) if item.value is not None else f"{item.size:,}"
        console.say("draft.item_line", kind=kind, item=name, value=value)
    for step in draft.steps:
        at = time_words(console.catalogue, parse_time(step.at))
        label = console.catalogue.text(step.label, subject=step.subject)
        console.say("draft.step_line", mark="↶" if step.undone else "·", at=at, label=label)


def show_snapshots(found: SnapshotList, console: Console) -> None:
    """Every snapshot with its mark."""
    for line in found.snapshots:
        console.say("draft.snapshot_line", mark="✓" if line.good else "✗", name=line.name, size=f"{line.size:,}")


def show_merge(merged: MergedDraft, console: Console) -> None:
    """Every open conflict with mine, theirs and what both had before."""
    for conflict in merged.conflicts:
        kind, name = _kind_and_name(conflict.item, console)
        console.say("draft.conflict_line", kind=kind, item=name)
        for side, state in (("mine", conflict.mine), ("theirs", conflict.theirs), ("base", conflict.base)):
            words = console.catalogue.text(f"draft.side.{side}")
            console.say("draft.conflict_side", side=words, value=_state(state, console))


def _kind_and_name(item: str, console: Console) -> tuple[str, str]:
    kind, _, name = item.partition(":")
    return console.catalogue.text(f"draft.{kind}"), name


def _state(state: object, console: Console) -> str:
    plain: Json = state if isinstance(state, dict) else None
    file = file_of(plain)
    if file is not None:
        return console.catalogue.text("draft.file_state", size=f"{file[1]:,}", sm3=file[2])
    if isinstance(plain, dict) and "value" in plain:
        return _text(plain["value"])
    return console.catalogue.text("draft.absent")


def _text(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
