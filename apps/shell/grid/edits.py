"""Edits as values: what changed from what to what, one per action of the user; and the list that undoes them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from apps.shell.grid.columns import Value

UNDO_LIMIT = 200  # actions
UNDO_CELLS = 1_000_000  # cells in all remembered actions together; the oldest are dropped


class EditKind(StrEnum):
    """Which action of the user."""

    TYPE = "type"
    PASTE = "paste"
    FILL = "fill"
    CUT = "cut"
    CLEAR = "clear"
    UNDO = "undo"
    REDO = "redo"


class Change(NamedTuple):
    """One cell before and after (a tuple: a paste makes a hundred thousand of them)."""

    row: str
    column: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Edit:
    """One action of the user; ``of`` names the action that an undo or redo repeats."""

    kind: EditKind
    changes: tuple[Change, ...]
    of: EditKind | None = None

    def undone(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(EditKind.UNDO, tuple(Change(c.row, c.column, c.new, c.old) for c in self.changes), self.kind)

    def redone(self) -> Edit:
        """The edit that does this one again."""
        return Edit(EditKind.REDO, self.changes, self.kind)


class History:
    """Edits done and undone, newest last."""

    def __init__(self, limit: int = UNDO_LIMIT, cells: int = UNDO_CELLS) -> None:
        self._limit = limit
        self._cells = cells
        self._done: deque[Edit] = deque()
        self._undone: list[Edit] = []
        self._held = 0

    def push(self, edit: Edit) -> None:
        """Remembers a new edit; what was undone before it is forgotten."""
        self._undone.clear()
        self._done.append(edit)
        self._held += len(edit.changes)
        while len(self._done) > self._limit or (self._held > self._cells and len(self._done) > 1):
            self._held -= len(self._done.popleft().changes)

    def next_undo(self) -> Edit | None:
        """The edit an undo would take back."""
        return self._done[-1] if self._done else None

    def next_redo(self) -> Edit | None:
        """The edit a redo would do again."""
        return self._undone[-1] if self._undone else None

    def undid(self) -> None:
        """The newest edit has been taken back."""
        edit = self._done.pop()
        self._held -= len(edit.changes)
        self._undone.append(edit)

    def redid(self) -> None:
        """The newest undone edit has been done again."""
        edit = self._undone.pop()
        self._held += len(edit.changes)
        self._done.append(edit)

    def clear(self) -> None:
        """Forgets everything (other rows were loaded)."""
        self._done.clear()
        self._undone.clear()
        self._held = 0
