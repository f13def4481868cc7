"""Decides what the checklist's keys and buttons do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apps.shell.checklist.state import ChecklistItem, ChecklistState, Goal
from apps.shell.screen import Presenter


class ChecklistPresenter(Presenter[ChecklistState]):
    """``jump`` gets the key of the item to deal with, ``act`` is called only while nothing blocks."""

    def __init__(
        self, show: Callable[[ChecklistState], None], goal: Goal, *, jump: Callable[[str], None],
        act: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(show, ChecklistState(goal))
        self._jump, self._act = jump, act

    def set_items(self, items: tuple[ChecklistItem, ...], *, note: str = "", busy: bool = False) -> None:
        """Shows new facts; the reader stays on the same item where it still exists."""
        keys = [item.key for item in items]
        if len(set(keys)) != len(keys):
            message = "two items of a checklist have the same key"
            raise ValueError(message)
        current = self.state.current if self.state.current in keys else ""
        self._show(replace(self.state, items=items, note=note, busy=busy, current=current))

    def stand_on(self, key: str) -> None:
        """The reader moved to an item."""
        if key != self.state.current and any(item.key == key for item in self.state.items):
            self._show(replace(self.state, current=key))

    def jump(self, key: str) -> None:
        """Goes to where an item is dealt with, if it offers that."""
        for item in self.state.items:
            if item.key == key and item.offers_jump:
                self.stand_on(key)
                self._jump(key)

    def jump_to_first(self) -> None:
        """Goes to the first thing that blocks, else to the first reminder."""
        offering = [item for item in self.state.items if item.offers_jump]
        for item in sorted(offering, key=lambda one: one.state.value):  # "blocking" before "reminder"
            self.jump(item.key)
            return

    def act(self) -> None:
        """Takes the action, if nothing blocks."""
        if self.state.can_act:
            self._act()
