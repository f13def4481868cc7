"""A checklist: facts with a state each, a goal and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ItemState(StrEnum):
    """Blocking stands in the way of the goal, a reminder does not, waiting is for later steps."""

    DONE = "done"
    BLOCKING = "blocking"
    REMINDER = "reminder"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One fact. ``detail``: how it stands; ``clause``: which rule asks for it; ``jump``: there is a place to go to."""

    key: str
    title: str
    state: ItemState
    detail: str = ""
    clause: str = ""
    jump: bool = True

    @property
    def offers_jump(self) -> bool:
        """Whether 'go there' is offered: where something is to be done and the place is known."""
        return self.jump and self.state in {ItemState.BLOCKING, ItemState.REMINDER}


@dataclass(frozen=True, slots=True)
class Goal:
    """Catalogue keys of the caller: the headline while something blocks (slot ``count``), the one when nothing does,
    the action's button, and the reason under it while it is disabled (slot ``count``; "" for the shell's own).
    """

    missing_key: str
    ready_key: str
    action_key: str
    reason_key: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistState:
    """Items in order, the key of the one the reader stands on ("" for none), a note beside the counts."""

    goal: Goal
    items: tuple[ChecklistItem, ...] = ()
    current: str = ""
    note: str = ""
    busy: bool = False

    def count(self, state: ItemState) -> int:
        """How many items are in a state."""
        return sum(item.state is state for item in self.items)

    @property
    def missing(self) -> int:
        """What stands in the way."""
        return self.count(ItemState.BLOCKING)

    @property
    def can_act(self) -> bool:
        """Whether the action may be taken now: there is a list, nothing blocks, nothing is under way."""
        return bool(self.items) and not self.missing and not self.busy
