"""The one place where windows meet threads: lanes of executors and one queued signal that brings callbacks home.

Work runs on three lanes (see :class:`apps.shell.tasks.Lane`); every callback runs in the window's own thread, in the
order it was sent. Of progress at most 20 steps a second and work arrive, always the newest, and the last one before the
end. Work on the STORE lane is edits: closing waits for it, all other work is cancelled.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from apps.shell.running.door import Door
from apps.shell.running.steps import Steps
from apps.shell.running.task import Begun, Outcome, Task, at_home
from apps.shell.tasks import Lane, Progress
from core.errors import Cancelled
from core.ports.progress import JobContext
from signing.errors import CodedError

T = TypeVar("T")
PROGRESS_SECONDS = 0.05
_THREADS = {Lane.STORE: 1, Lane.WORK: 4, Lane.TOKEN: 1}


class Running:
    """One piece of work under way; see :class:`apps.shell.tasks.Handle`."""

    def __init__(self, name: str, lane: Lane, progress: Callable[[Progress], None] | None) -> None:
        self.name, self.lane = name, lane
        self.stop = Event()
        self.steps: Steps | None = None
        self._progress = progress
        self._told_at = 0.0
        self._ended = False
        self._forgotten = False

    @property
    def running(self) -> bool:
        """Whether its last callback has not been called yet."""
        return not self._ended

    def cancel(self) -> None:
        """Asks the work to stop."""
        self.stop.set()

    def forget(self) -> None:
        """Calls nobody back any more."""
        self._forgotten = True

    def tell_progress(self, *, at_once: bool = False) -> bool:
        """Calls back with the newest step and says so; False where the one before is too fresh (not ``at_once``)."""
        now = time.monotonic()
        if now - self._told_at < PROGRESS_SECONDS and not at_once:
            return False
        step = self.steps.take() if self.steps is not None and not self._ended else None
        if step is not None and self._progress is not None and not self._forgotten:
            self._told_at = now
            try:
                self._progress(step)
            except Exception:
                sys.excepthook(*sys.exc_info())
        return True

    def end(self, callback: Callable[[], None]) -> None:
        """Calls back for the last time, after the newest progress."""
        self.tell_progress(at_once=True)
        self._ended, self._progress, self.steps = True, None, None  # nothing of the caller's is kept any longer
        if not self._forgotten:
            callback()


class _Context:
    """What the work sees of its handle."""

    def __init__(self, handle: Running) -> None:
        self._handle = handle

    def progress(self, done: int, total: int, key: str) -> None:
        """See :class:`core.ports.progress.JobContext`."""
        steps = self._handle.steps
        if steps is not None:
            steps.put(Progress(done, total, key))

    def raise_if_cancelled(self) -> None:
        """See :class:`core.ports.progress.JobContext`."""
        if self._handle.stop.is_set():
            raise Cancelled


class Runner(QObject):
    """Implements :class:`apps.shell.tasks.Starter` for windows. Lives in the window's thread; close it at the end."""

    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"shell-{lane.value}")
            for lane, count in _THREADS.items()
        }
        self._under_way: dict[Running, Begun] = {}
        self._leaving: list[Begun] = []
        self._with_news: list[Running] = []
        self._closed = False
        self._later = QTimer(self)
        self._later.setInterval(round(PROGRESS_SECONDS * 1000))
        self._later.timeout.connect(self._tell_news)
        self._home.connect(self._call, Qt.ConnectionType.QueuedConnection)
        door: Door[tuple[Running, bool]] = Door(self._home.emit)
        self._door = door
        self.destroyed.connect(partial(Door.shut, door))  # a bound method PySide holds weakly: it may be half gone then

    def __del__(self) -> None:
        self._door.shut()  # before Qt's side goes

    def start(
        self,
        work: Callable[[JobContext], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[CodedError], None],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        lane: Lane = Lane.WORK,
    ) -> Running:
        """See :class:`apps.shell.tasks.Starter`. After :meth:`close` the work is cancelled before it begins."""
        handle = Running(getattr(work, "__qualname__", type(work).__name__), lane, progress)
        outcome: Outcome[T] = Outcome()
        end, door = at_home(outcome, done, failed, cancelled), self._door
        if self._closed:
            handle.cancel()
            self._under_way[handle] = Begun(end, work, _no_worker())
            self._home.emit((handle, True))
            return handle
        if progress is not None:
            handle.steps = Steps(lambda: door.send((handle, False)))
        task = Task(work, _Context(handle), outcome, lambda: door.send((handle, True)))
        self._under_way[handle] = Begun(end, work, self._pools[lane].submit(task))
        return handle

    @property
    def busy(self) -> tuple[str, ...]:
        """What is under way, by the names of the functions."""
        return tuple(handle.name for handle in self._under_way)

    def close(self, seconds: float = 10.0) -> tuple[str, ...]:
        """Cancels everything, waits for it at most so long and returns what still runs. Nobody is called back.

        What waits on the STORE lane is not cancelled but done: an edit somebody typed is never dropped.
        """
        self._closed = True
        self._later.stop()
        for handle in self._under_way:
            handle.forget()
            if handle.lane is not Lane.STORE:
                handle.cancel()
        wait([begun.future for begun in self._under_way.values()], timeout=seconds)
        self._door.shut()
        for pool in self._pools.values():
            pool.shutdown(wait=False)
        for handle in [handle for handle, begun in self._under_way.items() if begun.future.done()]:
            handle.end(self._under_way.pop(handle).end)
        return self.busy

    @Slot(object)
    def _call(self, sent: tuple[Running, bool]) -> None:
        handle, ended = sent
        if not ended:
            self._with_news.append(handle)
            self._tell_news()
        elif handle in self._under_way:
            begun = self._under_way.pop(handle)
            self._leaving.append(begun)
            if not self._later.isActive():
                self._later.start()
            handle.end(begun.end)

    @Slot()
    def _tell_news(self) -> None:
        self._leaving = [begun for begun in self._leaving if not begun.future.done()]
        news, self._with_news = self._with_news, []
        self._with_news += [handle for handle in news if not handle.tell_progress()]
        if self._with_news or self._leaving:
            self._later.start()
        else:
            self._later.stop()


def _no_worker() -> Future[None]:
    """The future of work no worker ever gets."""
    future: Future[None] = Future()
    future.set_result(None)
    return future
