"""Runs work in steps between the events of the window: a few milliseconds, then the event loop has its turn.

Jobs run one after another in the order they were started, so that an edit never meets a half-made order. Small work
is finished before :meth:`Slicer.start` returns.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from apps.shell.grid.steps import Steps
from signing.errors import CodedError

T = TypeVar("T")
BUDGET_SECONDS = 0.008
LONGEST_SECONDS = 0.03


@dataclass(slots=True)
class _Job:
    name: str
    begin: Callable[[], None]
    step: Callable[[], bool]  # True when finished
    stop: Callable[[], None]


class Slicer(QObject):
    """Foreground jobs wait for each other; one background job at a time gives way to them and then begins anew."""

    def __init__(self, failed: Callable[[CodedError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._jobs: deque[_Job] = deque()
        self._background: _Job | None = None
        self._begun: _Job | None = None
        self._stepping = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    @property
    def busy(self) -> bool:
        """Whether foreground work is waiting or under way."""
        return bool(self._jobs)

    @property
    def idle(self) -> bool:
        """Whether nothing is left to do."""
        return not self._jobs and self._background is None

    def start(self, begin: Callable[[], Steps[T]], done: Callable[[T], None], *, replaces: str = "") -> None:
        """Queues a job. A job that ``replaces`` a name drops earlier ones of that name that are not done."""
        for job in [job for job in self._jobs if replaces and job.name == replaces]:
            self._drop(job)
            self._jobs.remove(job)
        self._jobs.append(_job(replaces, begin, done))
        self._turn()

    def start_background(self, begin: Callable[[], Steps[T]], done: Callable[[T], None]) -> None:
        """Replaces the background job: reading that must not keep any other work waiting."""
        if self._background is not None:
            self._drop(self._background)
        self._background = _job("", begin, done)
        self._turn()

    def stop(self) -> None:
        """Drops everything; for a window that closes."""
        for job in [*self._jobs, *([self._background] if self._background else [])]:
            self._drop(job)
        self._jobs.clear()
        self._background = None
        self._timer.stop()

    def _drop(self, job: _Job) -> None:
        job.stop()
        if self._begun is job:
            self._begun = None

    def _turn(self) -> None:
        if self._stepping:
            return
        self._stepping = True
        try:
            self._run_for_a_while()
        finally:
            self._stepping = False
            if self.idle:
                self._timer.stop()
            elif not self._timer.isActive():
                self._timer.start()

    def _run_for_a_while(self) -> None:
        """Steps until the time is up; what other programs took of it does not count, as long as it is short."""
        began, worked = perf_counter(), thread_time()
        while (job := self._jobs[0] if self._jobs else self._background) is not None:
            self._step(job)
            waited = perf_counter() - began
            if waited >= LONGEST_SECONDS or (waited >= BUDGET_SECONDS and thread_time() - worked >= BUDGET_SECONDS):
                return

    def _step(self, job: _Job) -> None:
        if self._begun is not job:
            if self._begun is not None:
                self._begun.stop()
            self._begun = job
            job.begin()
        finished = True  # also when it raises
        try:
            finished = job.step()
        except CodedError as error:
            self._failed(error)
        finally:
            if finished:
                self._finish(job)

    def _finish(self, job: _Job) -> None:
        if self._begun is job:
            self._begun = None
        if self._jobs and self._jobs[0] is job:
            self._jobs.popleft()
        elif self._background is job:
            self._background = None


def _job(name: str, begin: Callable[[], Steps[T]], done: Callable[[T], None]) -> _Job:
    steps: list[Steps[T]] = []

    def open_steps() -> None:
        steps[:] = [begin()]

    def step() -> bool:
        try:
            next(steps[0])
        except StopIteration as end:
            done(end.value)
            return True
        return False

    def stop() -> None:
        for opened in steps:
            opened.close()

    return _Job(name, open_steps, step, stop)
