"""The items of a draft as hand-outs know them (records and files), and the decision about each when merging.

Source: docs/spec/draft-handout.md §3 to §5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.formats.handout_content import ABSENT, Item, digest
from core.ports.drafts import Attachment, DraftPort, Shared
from signing.canonical_json import Json

RECORD, FILE = "record:", "file:"


class Decision(StrEnum):
    """What a merge does with one item."""

    SAME = "same"
    TAKE = "take"
    KEEP = "keep"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Judged:
    """One item: the states of both sides and the newest one they had in common, None where there is none."""

    item: str
    decision: Decision
    mine: Json
    theirs: Json
    base: Json


@dataclass(frozen=True, slots=True)
class DraftItems:
    """Everything a draft holds that can be handed out, and what it remembers of exchanges."""

    states: Mapping[str, Json]
    shared: Mapping[str, Sequence[Shared]]

    def state(self, item: str) -> Json:
        """The state now."""
        return self.states.get(item, ABSENT)

    def known(self, item: str) -> list[str]:
        """Digests exchanged of an item, oldest first."""
        return [one.digest for one in self.shared.get(item, ())]


def items_of(draft: DraftPort) -> DraftItems:
    """Reads a draft; contents of files stay where they are."""
    states: dict[str, Json] = {RECORD + key: {"value": draft.get(key)} for key in draft.keys()}  # noqa: SIM118
    states |= {FILE + one.name: file_state(one) for one in draft.attachments()}
    shared: dict[str, list[Shared]] = {}
    for one in draft.shared():
        shared.setdefault(one.item, []).append(one)
    return DraftItems(states, shared)


def file_state(attachment: Attachment) -> Json:
    """The state of a file."""
    return {"file": {"media_type": attachment.media_type, "size": attachment.size, "sm3": attachment.sm3}}


def value_of(state: Json) -> Json:
    """The value of a record's state, None for any other."""
    return state.get("value") if isinstance(state, Mapping) else None


def chosen(items: DraftItems, prefix: str, patterns: Iterable[str]) -> list[str]:
    """The items of one kind named by patterns (``NAME`` or ``BEGINNING*``), removed ones included, sorted."""
    names = {name for name in (*items.states, *items.shared) if name.startswith(prefix)}
    found: set[str] = set()
    for pattern in patterns:
        wanted = prefix + pattern
        if wanted.endswith("*"):
            found |= {name for name in names if name.startswith(wanted[:-1])}
        else:
            found |= names & {wanted}
    return sorted(found)


def judge(here: DraftItems, theirs: Item) -> Judged:
    """The rules of §5 for one item."""
    mine = here.state(theirs.item)
    shared = here.shared.get(theirs.item, ())
    known = [one.digest for one in shared]
    base = common(known, theirs.known)
    never = not known and mine == ABSENT
    decision = Decision.TAKE if never else _decide(digest(mine), theirs.known[-1], base)
    newest = next((one.state for one in reversed(shared) if one.digest in theirs.known), None)
    return Judged(theirs.item, decision, mine, theirs.state, newest)


def common(known_here: Sequence[str], known_there: Sequence[str]) -> str | None:
    """The newest state both sides had, where both lists agree which one that is."""
    here = next((one for one in reversed(known_here) if one in known_there), None)
    there = next((one for one in reversed(known_there) if one in known_here), None)
    return here if here == there else None


def learned(here: DraftItems, theirs: Item, decision: Decision) -> tuple[Shared, ...]:
    """What to move or append to the list of a merged item: the sender's, unless theirs was kept out as old."""
    known = {one.digest: one for one in here.shared.get(theirs.item, ())}
    if decision is Decision.KEEP or (decision is Decision.SAME and theirs.known[-1] in known):
        return ()
    older = tuple(known.get(one, Shared(theirs.item, one, None)) for one in theirs.known[:-1])
    return (*older, Shared(theirs.item, theirs.known[-1], theirs.state))


def _decide(mine: str, theirs: str, base: str | None) -> Decision:
    if mine == theirs:
        return Decision.SAME
    if mine == base:
        return Decision.TAKE
    return Decision.KEEP if theirs == base else Decision.CONFLICT
