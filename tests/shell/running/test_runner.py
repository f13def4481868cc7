"""The runner: work beside the window, callbacks at home, nothing lost, nothing stalled."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from apps.shell.runner import Runner
from apps.shell.running.scope import Scope
from apps.shell.tasks import ImmediateStarter, Lane, Progress, Starter
from core.errors import Cancelled, DraftBusy, UnexpectedFault
from core.ports.progress import JobContext
from tests.shell.ticks import TickRecorder


@pytest.fixture
def runner(qtbot: object) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close() == ()


class Heard:
    """What came back."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.failures: list[object] = []
        self.steps: list[Progress] = []
        self.cancellations = 0
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def failed(self, error: object) -> None:
        self.failures.append(error)

    def cancelled(self) -> None:
        self.cancellations += 1

    def all(self) -> dict[str, object]:
        return {"done": self.done, "failed": self.failed, "progress": self.steps.append, "cancelled": self.cancelled}


def test_a_result_comes_home_to_the_windows_thread(runner: Runner, qtbot) -> None:
    heard = Heard()
    worker: list[int] = []

    def work(_context: JobContext) -> int:
        worker.append(threading.get_ident())
        return 42

    handle = runner.start(work, **heard.all())
    qtbot.waitUntil(lambda: bool(heard.results))
    assert heard.results == [42]
    assert heard.threads == {threading.get_ident()} != set(worker)
    assert not handle.running
    assert runner.busy == ()


def test_an_error_of_ours_is_told_as_it_is_and_any_other_as_unexpected(runner: Runner, qtbot) -> None:
    heard = Heard()

    def coded(_context: JobContext) -> None:
        raise DraftBusy(path="x")

    def bug(_context: JobContext) -> None:
        raise ZeroDivisionError

    runner.start(coded, **heard.all())
    qtbot.waitUntil(lambda: len(heard.failures) == 1)
    runner.start(bug, **heard.all())
    qtbot.waitUntil(lambda: len(heard.failures) == 2)
    assert [type(error) for error in heard.failures] == [DraftBusy, UnexpectedFault]


def test_cancelled_work_ends_as_cancelled_and_only_that(runner: Runner, qtbot) -> None:
    heard, begun = Heard(), Event()

    def work(context: JobContext) -> None:
        begun.set()
        while True:
            context.raise_if_cancelled()

    handle = runner.start(work, **heard.all())
    qtbot.waitUntil(begun.is_set)
    handle.cancel()
    qtbot.waitUntil(lambda: heard.cancellations == 1)
    assert (heard.results, heard.failures) == ([], [])


def test_work_that_waits_is_cancelled_before_it_begins(runner: Runner, qtbot) -> None:
    heard, gate, ran = Heard(), Event(), Event()
    runner.start(lambda _context: gate.wait(10), **heard.all(), lane=Lane.TOKEN)
    waiting = runner.start(lambda _context: ran.set(), **heard.all(), lane=Lane.TOKEN)
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: heard.cancellations == 1)
    assert not ran.is_set()


def test_the_store_lane_keeps_the_order_of_edits(runner: Runner, qtbot) -> None:
    heard, order = Heard(), []
    for number in range(200):
        runner.start(lambda _context, n=number: order.append(n), **heard.all(), lane=Lane.STORE)
    qtbot.waitUntil(lambda: len(heard.results) == 200)
    assert order == list(range(200))


def test_progress_is_thinned_but_its_last_step_arrives_before_the_end(runner: Runner, qtbot) -> None:
    heard, seen = Heard(), []

    def work(context: JobContext) -> str:
        for step in range(5000):
            context.progress(step + 1, 5000, "shell.gallery.progress")
        return "end"

    runner.start(
        work, done=lambda _: seen.append("end"), failed=heard.failed, progress=lambda p: seen.append(p.done),
    )  # fmt: skip
    qtbot.waitUntil(lambda: "end" in seen)
    assert seen[-2:] == [5000, "end"]
    assert len(seen) < 500


def test_a_worker_that_reports_two_activities_in_turn_is_thinned_too(runner: Runner, qtbot) -> None:
    heard, begun = Heard(), time.monotonic()

    def work(context: JobContext) -> None:
        for step in range(100_000):
            context.progress(step, 100_000, "even" if step % 2 else "odd")

    runner.start(work, **heard.all())
    qtbot.waitUntil(lambda: bool(heard.results), timeout=20_000)
    assert len(heard.steps) <= (time.monotonic() - begun) * 20 + 2
    assert heard.steps[-1].done == 99_999


def test_the_newest_step_is_told_although_the_worker_falls_silent(runner: Runner, qtbot) -> None:
    heard, gate = Heard(), Event()

    def work(context: JobContext) -> None:
        for step in (1, 2, 3):
            context.progress(step, 3, "x")
        gate.wait(10)

    runner.start(work, **heard.all())
    qtbot.waitUntil(lambda: bool(heard.steps) and heard.steps[-1].done == 3, timeout=5000)
    assert heard.results == []
    gate.set()


@pytest.mark.parametrize("how", ["failed", "cancelled"])
def test_the_last_step_comes_before_a_bad_end_too(runner: Runner, qtbot, how: str) -> None:
    told: list[object] = []

    def work(context: JobContext) -> None:
        context.progress(1, 9, "x")
        context.progress(7, 9, "x")
        if how == "failed":
            raise DraftBusy(path="x")
        raise Cancelled

    runner.start(
        work, done=told.append, failed=lambda _: told.append("failed"), progress=lambda step: told.append(step.done),
        cancelled=lambda: told.append("cancelled"),
    )  # fmt: skip
    qtbot.waitUntil(lambda: how in told)
    assert told[-2:] == [7, how]


def test_work_that_wants_to_end_the_program_ends_as_a_fault(runner: Runner, qtbot) -> None:
    heard = Heard()

    def work(_context: JobContext) -> None:
        sys.exit(3)

    runner.start(work, **heard.all())
    qtbot.waitUntil(lambda: len(heard.failures) == 1)
    assert isinstance(heard.failures[0], UnexpectedFault)


def test_a_fault_in_a_progress_listener_is_told_and_the_end_still_comes(runner: Runner, qtbot, monkeypatch) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: told.append(kind))
    heard = Heard()

    def listen(_step: Progress) -> None:
        raise ZeroDivisionError

    def work(context: JobContext) -> int:
        context.progress(1, 1, "x")
        return 5

    runner.start(work, done=heard.done, failed=heard.failed, progress=listen)
    qtbot.waitUntil(lambda: heard.results == [5])
    assert told == [ZeroDivisionError]


def test_a_scope_forgets_what_its_screen_began_and_lets_edits_be_written(runner: Runner, qtbot) -> None:
    scope, heard, gate, written = Scope(runner), Heard(), Event(), []

    def edit(_context: JobContext) -> None:
        gate.wait(10)
        written.append("edit")

    def endless(context: JobContext) -> None:
        while True:
            context.raise_if_cancelled()
            gate.wait(0.01)

    scope.start(edit, **heard.all(), lane=Lane.STORE)
    scope.start(endless, **heard.all())
    view = QWidget()
    view.destroyed.connect(partial(Scope.leave, scope))
    view.deleteLater()
    qtbot.waitUntil(lambda: len(runner.busy) == 1)  # the endless work was cancelled
    gate.set()
    late = scope.start(lambda _context: 1, **heard.all())
    qtbot.waitUntil(lambda: runner.busy == () and not late.running)
    assert written == ["edit"]
    assert (heard.results, heard.failures, heard.cancellations) == ([], [], 0)


def test_a_screen_that_is_gone_is_not_called(runner: Runner, qtbot) -> None:
    heard, gate = Heard(), Event()
    handle = runner.start(lambda _context: gate.wait(10), **heard.all())
    handle.forget()
    gate.set()
    qtbot.waitUntil(lambda: not handle.running)
    assert heard.results == []


def test_closing_cancels_joins_and_lets_edits_be_written(qtbot) -> None:
    runner, heard, written, gate = Runner(), Heard(), [], Event()

    def endless(context: JobContext) -> None:
        while True:
            context.raise_if_cancelled()
            gate.wait(0.01)

    runner.start(endless, **heard.all())
    for number in range(20):
        runner.start(lambda _context, n=number: written.append(n), **heard.all(), lane=Lane.STORE)
    assert runner.close() == ()
    assert written == list(range(20))
    assert heard.results == []
    late = runner.start(lambda _context: written.append("late"), **heard.all())
    qtbot.waitUntil(lambda: not late.running)
    assert "late" not in written


def test_closing_tells_what_would_not_stop(qtbot) -> None:
    runner, gate = Runner(), Event()

    def stubborn(_context: JobContext) -> None:
        gate.wait(30)

    runner.start(stubborn, done=lambda _: None, failed=lambda _: None)
    left = runner.close(seconds=0.05)
    gate.set()
    assert len(left) == 1
    assert "stubborn" in left[0]


def test_a_runner_that_goes_while_workers_report_takes_nothing_down(qtbot) -> None:
    """Without its door the runner ended on a worker's thread, and the process with it, in one run of ten."""
    for _ in range(60):
        gate, ended = Event(), []

        def work(context: JobContext, gate: Event = gate, ended: list[int] = ended) -> None:
            gate.wait(10)
            for step in range(200):
                context.progress(step, 200, "x")
            ended.append(1)

        runner = Runner()
        for _ in range(4):
            runner.start(work, done=lambda _: None, failed=lambda _: None, progress=lambda _: None)
        gate.set()
        del runner
        qtbot.waitUntil(lambda ended=ended: len(ended) == 4)


class _Window:
    """Stands for a widget: it must end on the thread of the window."""

    def __init__(self, ended_on: list[int]) -> None:
        self.ended_on = ended_on

    def work(self, context: JobContext) -> None:
        context.progress(1, 1, "x")

    def hear(self, _what: object = None) -> None:
        """A callback that holds the window."""

    def __del__(self) -> None:
        self.ended_on.append(threading.get_ident())


def test_what_a_caller_gave_never_ends_on_a_worker(runner: Runner, qtbot) -> None:
    ended_on: list[int] = []
    for number in range(2000):
        window = _Window(ended_on)
        handle = runner.start(window.work, done=window.hear, failed=window.hear, progress=window.hear)
        if number % 3 == 0:
            handle.forget()
        if number % 50 == 0:
            QCoreApplication.processEvents()
    del window, handle
    qtbot.waitUntil(lambda: len(ended_on) == 2000, timeout=20_000)
    assert set(ended_on) == {threading.get_ident()}


@pytest.mark.parametrize("make", [Runner, ImmediateStarter])
def test_every_starter_keeps_the_contract(make: type, qtbot) -> None:
    starter: Starter = make()
    heard = Heard()

    def faulty(_context: JobContext) -> None:
        raise DraftBusy(path="x")

    starter.start(lambda _context: 1, **heard.all())
    starter.start(faulty, **heard.all())
    qtbot.waitUntil(lambda: bool(heard.results) and bool(heard.failures))
    assert (heard.results, len(heard.failures), heard.cancellations) == ([1], 1, 0)
    if isinstance(starter, Runner):
        starter.close()


def test_the_window_does_not_stall_while_work_runs(runner: Runner, qtbot) -> None:
    heard = Heard()

    def work(context: JobContext) -> int:
        total = 0
        for number in range(2_000_000):
            total += number
            if number % 10_000 == 0:
                context.progress(number, 2_000_000, "x")
        return total

    with TickRecorder() as ticks:
        runner.start(work, **heard.all())
        qtbot.waitUntil(lambda: bool(heard.results), timeout=20_000)
    assert ticks.count > 3
    assert ticks.longest_busy < 0.1


def test_a_stall_is_recorded(qtbot) -> None:
    """The failing control of the recorder."""
    with TickRecorder() as ticks:
        qtbot.wait(30)
        end = time.perf_counter() + 0.3
        while time.perf_counter() < end:
            pass
        qtbot.wait(30)
    assert ticks.longest >= 0.29


class _Signals(QObject):
    heard = Signal(object)
    plain = Signal(bool)


class _Model(QAbstractTableModel):
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None


def test_three_thousand_signals_in_a_row_arrive(runner: Runner, qtbot) -> None:
    heard = Heard()
    for number in range(3000):
        runner.start(lambda _context, n=number: n, **heard.all())
    qtbot.waitUntil(lambda: len(heard.results) == 3000, timeout=30_000)
    assert sorted(heard.results) == list(range(3000))


def test_no_reference_to_none_true_or_false_is_lost(qapp) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one with each call and aborts after some thousands."""
    signals, model = _Signals(), _Model()
    signals.heard.connect(lambda _value: None)
    index = model.index(0, 0)
    gc.collect()
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for _ in range(1000):
        signals.heard.emit(None)
        signals.plain.emit(True)
        signals.plain.emit(False)
        index.data()
    gc.collect()
    after = [sys.getrefcount(value) for value in (None, True, False)]
    assert all(now - then > -200 for now, then in zip(after, before, strict=True)), (before, after)
