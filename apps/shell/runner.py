"""The one place where windows meet threads: lanes of executors and one queued signal that brings callbacks home.

Work runs on three lanes (see :class:`apps.shell.tasks.Lane`); every callback runs in the window's own thread, in the
order it was sent. Progress is thinned to 20 a second, the last one of an activity always arrives before the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from apps.shell.tasks import Lane, Progress
from core.errors import Cancelled, UnexpectedFault
from core.log import unexpected
from core.ports.progress import JobContext
from signing.errors import CodedError

T = TypeVar("T")
PROGRESS_SECONDS = 0.05
_THREADS = {Lane.STORE: 1, Lane.WORK: 4, Lane.TOKEN: 1}


class Running:
    """One piece of work under way; see :class:`apps.shell.tasks.Handle`."""

    def __init__(self, name: str, lane: Lane) -> None:
        self.name, self.lane = name, lane
        self.stop = Event()
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

    def deliver(self, callback: Callable[[], None], *, last: bool) -> None:
        """Calls back in the window's thread, unless nobody listens."""
        if self._ended:
            return
        self._ended = last
        if not self._forgotten:
            callback()


class _Context:
    """What the work sees: progress thinned out, cancellation polled."""

    def __init__(self, handle: Running, send: Callable[[Progress], None] | None) -> None:
        self._handle, self._send = handle, send
        self._lock = Lock()
        self._last = 0.0
        self._held: Progress | None = None

    def progress(self, done: int, total: int, key: str) -> None:
        """See :class:`core.ports.progress.JobContext`."""
        if self._send is None:
            return
        step, now = Progress(done, total, key), time.monotonic()
        with self._lock:
            changed = self._held is not None and self._held.key != key
            held, self._held = self._held, step
            due = now - self._last >= PROGRESS_SECONDS
            if due:
                self._last, self._held = now, None
        if changed and held is not None:
            self._send(held)
        if due:
            self._send(step)

    def flush(self) -> None:
        """Sends what was held back."""
        with self._lock:
            held, self._held = self._held, None
        if held is not None and self._send is not None:
            self._send(held)

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
        self._under_way: dict[Running, Future[None]] = {}
        self._closed = False
        self._home.connect(self._call, Qt.ConnectionType.QueuedConnection)

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
        handle = Running(getattr(work, "__qualname__", type(work).__name__), lane)
        if self._closed:
            handle.cancel()
            self._send(handle, cancelled or _nothing)
            return handle
        report: Callable[[Progress], None] | None = None
        if progress is not None:
            listener = progress
            report = lambda step: self._send(handle, lambda: listener(step), last=False)  # noqa: E731
        context = _Context(handle, report)

        def run() -> None:
            self._send(handle, _outcome(work, context, done, failed, cancelled or _nothing))

        self._under_way[handle] = self._pools[lane].submit(run)
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
        for handle in self._under_way:
            handle.forget()
            if handle.lane is not Lane.STORE:
                handle.cancel()
        futures = dict(self._under_way)
        wait(futures.values(), timeout=seconds)
        for pool in self._pools.values():
            pool.shutdown(wait=False)
        return tuple(handle.name for handle, future in futures.items() if not future.done())

    def _send(self, handle: Running, callback: Callable[[], None], *, last: bool = True) -> None:
        try:
            self._home.emit((handle, callback, last))
        except RuntimeError:  # the window's side is gone already
            return

    @Slot(object)
    def _call(self, sent: tuple[Running, Callable[[], None], bool]) -> None:
        handle, callback, last = sent
        if last:
            self._under_way.pop(handle, None)
        handle.deliver(callback, last=last)


def _outcome(
    work: Callable[[JobContext], T],
    context: _Context,
    done: Callable[[T], None],
    failed: Callable[[CodedError], None],
    cancelled: Callable[[], None],
) -> Callable[[], None]:
    """Does the work and returns the one callback it ends with; no exception is lost."""
    try:
        context.raise_if_cancelled()
        result = work(context)
    except Cancelled:
        return cancelled
    except CodedError as error:
        failure = error
        return lambda: failed(failure)
    except Exception as error:
        fault = UnexpectedFault(log=unexpected(error))
        return lambda: failed(fault)
    context.flush()
    return lambda: done(result)


def _nothing() -> None:
    """For callers who do not want to hear of it."""
