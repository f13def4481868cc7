"""What a window shows of saving and undo. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signing.errors import CodedError


class Saving(StrEnum):
    """Whether what the person did is on the disk."""

    SAVED = "saved"
    SAVING = "saving"
    NOT_SAVED = "not_saved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act that can be undone or redone; ``label`` is a catalogue key with the slot ``subject``.

    ``saved`` false: the act, or its last undo or redo, is not on the disk yet.
    """

    position: int
    label: str
    subject: str
    at: datetime
    undone: bool
    saved: bool = True


@dataclass(frozen=True, slots=True)
class EditState:
    """``at``: when the last write was on the disk. ``waiting``: acts not yet there. ``error``: why not."""

    saving: Saving
    at: datetime | None
    waiting: int = 0
    error: CodedError | None = None
    history: tuple[HistoryLine, ...] = ()
    recovered: bool = False

    @property
    def undo(self) -> HistoryLine | None:
        """The act the next undo takes back."""
        done = [line for line in self.history if not line.undone]
        return done[-1] if done else None

    @property
    def redo(self) -> HistoryLine | None:
        """The act the next redo does again."""
        return next((line for line in self.history if line.undone), None)
