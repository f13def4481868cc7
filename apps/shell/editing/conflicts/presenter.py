"""Decides what the conflict chooser shows next. No Qt: a contract forbids it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from apps.shell.editing.conflicts.state import ConflictItem, ConflictState, Side
from apps.shell.screen import Presenter


class ConflictPresenter(Presenter[ConflictState]):
    """``finish`` gets the choice for every item, once all are made."""

    def __init__(
        self,
        show: Callable[[ConflictState], None],
        items: Sequence[ConflictItem],
        colleague: str,
        finish: Callable[[dict[str, Side]], None],
    ) -> None:
        super().__init__(show, ConflictState(tuple(items), colleague))
        self._finish = finish

    def look_at(self, index: int) -> None:
        """Shows another item."""
        if 0 <= index < len(self.state.items):
            self._show(replace(self.state, current=index))

    def choose(self, side: Side) -> None:
        """Chooses a side for the item looked at; the same again takes the choice back."""
        item = self.state.item
        if item is not None:
            self._replace(self.state.current, None if item.choice is side else side)

    def choose_and_go_on(self, side: Side) -> None:
        """Chooses by key: the choice is made and the next open item shown."""
        if self.state.item is not None:
            self._replace(self.state.current, side)
            self.next_open()

    def choose_rest(self, side: Side) -> None:
        """One side for all items not chosen yet."""
        items = tuple(replace(item, choice=item.choice or side) for item in self.state.items)
        self._show(replace(self.state, items=items))

    def next_open(self) -> None:
        """Shows the next item not chosen yet, from the present one on and around."""
        count = len(self.state.items)
        for step in range(1, count + 1):
            index = (self.state.current + step) % count
            if self.state.items[index].choice is None:
                self.look_at(index)
                return

    def finish(self) -> None:
        """Hands the choices over, once all are made."""
        choices = {item.key: item.choice for item in self.state.items if item.choice is not None}
        if len(choices) == len(self.state.items):
            self._finish(choices)

    def _replace(self, index: int, choice: Side | None) -> None:
        items = list(self.state.items)
        items[index] = replace(items[index], choice=choice)
        self._show(replace(self.state, items=tuple(items)))
