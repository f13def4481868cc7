"""How presenters start long work without knowing threads: a starter, a handle, lanes. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from core.errors import Cancelled, UnexpectedFault
from core.log import unexpected
from core.ports.progress import JobContext
from signing.errors import CodedError

T = TypeVar("T")


class Lane(StrEnum):
    """Which queue work waits in: drafts one after another, ordinary work side by side, tokens one after another."""

    STORE = "store"
    WORK = "work"
    TOKEN = "token"  # noqa: S105 - a hardware token, not a secret


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` steps (total 0: unknown) of the activity named by a catalogue key."""

    done: int
    total: int
    key: str


class Handle(Protocol):
    """One piece of work under way."""

    @property
    def running(self) -> bool:
        """Whether none of its callbacks has been called yet."""

    def cancel(self) -> None:
        """Asks the work to stop; it ends with ``cancelled``, or with ``done`` where it was past stopping."""

    def forget(self) -> None:
        """Lets the work go on but calls nobody back: for a screen that is gone."""


class Starter(Protocol):
    """Starts work and calls back in the window's own thread, exactly one of done, failed and cancelled."""

    def start(
        self,
        work: Callable[[JobContext], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[CodedError], None],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        lane: Lane = Lane.WORK,
    ) -> Handle:
        """Starts ``work`` and returns at once. An error that is not coded becomes UnexpectedFault."""


class ImmediateStarter:
    """Does the work at once in the caller's thread: for tests of presenters and for the command line."""

    def start(
        self,
        work: Callable[[JobContext], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[CodedError], None],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        lane: Lane = Lane.WORK,
    ) -> Handle:
        """See :class:`Starter`."""
        del lane
        context = _ImmediateContext(progress)
        try:
            result = work(context)
        except Cancelled:
            if cancelled is not None:
                cancelled()
        except CodedError as error:
            failed(error)
        except Exception as error:
            failed(UnexpectedFault(log=unexpected(error)))
        else:
            done(result)
        return _Ended()


class _ImmediateContext:
    def __init__(self, report: Callable[[Progress], None] | None) -> None:
        self._report = report

    def progress(self, done: int, total: int, key: str) -> None:
        if self._report is not None:
            self._report(Progress(done, total, key))

    def raise_if_cancelled(self) -> None:
        """Nobody can cancel work that is done at once."""


class _Ended:
    @property
    def running(self) -> bool:
        return False

    def cancel(self) -> None:
        """Too late."""

    def forget(self) -> None:
        """Nothing to forget."""
