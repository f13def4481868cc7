"""What a worker does and what it hands home. No Qt.

A callback may hold the last reference to a widget, and a widget that ends on a worker's thread takes the process down.
So the window keeps everything a caller gave (:class:`Begun`) until the worker has let go of it (``future.done()``), and
the executor is handed a :class:`Task` that is empty once it has run.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from core.errors import Cancelled, UnexpectedFault
from core.log import unexpected
from core.ports.progress import JobContext
from signing.errors import CodedError

T = TypeVar("T")


@dataclass(slots=True)
class Outcome(Generic[T]):
    """How work ended: one result, or an error, or neither where it was cancelled."""

    results: list[T] = field(default_factory=list)
    error: CodedError | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """Work as the window sees it: what it calls back with, and the future that tells when the worker let go."""

    end: Callable[[], None]
    kept: object
    future: Future[None]


class Task(Generic[T]):
    """Does the work once and says so; holds nothing afterwards."""

    def __init__(
        self, work: Callable[[JobContext], T], context: JobContext, outcome: Outcome[T], ended: Callable[[], None]
    ) -> None:
        self._parts = [(work, context, outcome, ended)]

    def __call__(self) -> None:
        """On the worker. No exception is lost, none leaves."""
        work, context, outcome, ended = self._parts.pop()
        try:
            context.raise_if_cancelled()
            outcome.results.append(work(context))
        except Cancelled:
            pass
        except CodedError as error:
            outcome.error = error
        except BaseException as error:  # also SystemExit: nobody would hear of it here
            outcome.error = UnexpectedFault(log=unexpected(error))
        ended()


def at_home(
    outcome: Outcome[T],
    done: Callable[[T], None],
    failed: Callable[[CodedError], None],
    cancelled: Callable[[], None] | None,
) -> Callable[[], None]:
    """The one callback the work ends with, once its outcome is known."""

    def end() -> None:
        if outcome.error is not None:
            failed(outcome.error)
        elif outcome.results:
            done(outcome.results.pop())
        elif cancelled is not None:
            cancelled()

    return end
