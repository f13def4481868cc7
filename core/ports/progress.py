"""How long work reports where it is and learns that the user stopped it."""

from __future__ import annotations

from typing import Protocol


class JobContext(Protocol):
    """Progress and cancellation of one piece of work; safe to call from the thread that does the work."""

    def progress(self, done: int, total: int, key: str) -> None:
        """Reports ``done`` of ``total`` steps (total 0: unknown) of the activity named by a catalogue key."""

    def raise_if_cancelled(self) -> None:
        """Raises :class:`core.errors.Cancelled` once the user has stopped the work."""


class Quiet:
    """A context that reports nothing and is never cancelled."""

    def progress(self, done: int, total: int, key: str) -> None:
        """Does nothing."""

    def raise_if_cancelled(self) -> None:
        """Does nothing."""
