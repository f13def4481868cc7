"""Work that belongs to a screen: when the screen goes, none of its callbacks is called any more. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from apps.shell.tasks import Handle, Lane, Progress, Starter
from core.ports.progress import JobContext
from signing.errors import CodedError

T = TypeVar("T")


class Scope:
    """A :class:`apps.shell.tasks.Starter` for one screen: ``view.destroyed.connect(partial(Scope.leave, scope))``.

    (A bound method alone PySide would hold weakly.)
    What waits or runs on the STORE lane goes on (an edit somebody typed is never dropped), other work is cancelled.
    """

    def __init__(self, starter: Starter) -> None:
        self._starter = starter
        self._begun: list[tuple[Handle, Lane]] = []
        self._left = False

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
        """See :class:`apps.shell.tasks.Starter`. After :meth:`leave` nobody is called back."""
        handle = self._starter.start(work, done=done, failed=failed, progress=progress, cancelled=cancelled, lane=lane)
        self._begun = [(one, of) for one, of in self._begun if one.running]
        self._begun.append((handle, lane))
        if self._left:
            self._drop()
        return handle

    def leave(self) -> None:
        """The screen is gone."""
        self._left = True
        self._drop()

    def _drop(self) -> None:
        begun, self._begun = self._begun, []
        for handle, lane in begun:
            handle.forget()
            if lane is not Lane.STORE:
                handle.cancel()
