"""Work in a process of its own: whatever happens over there, here it is an answer, an error, or the end asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.runner import Runner
from apps.shell.running.child_wire import Answer, Failure, heard, line
from apps.shell.running.child_work import ChildLimits, isolated
from apps.shell.tasks import Progress
from core.errors import DocumentInvalid
from core.ports.progress import Quiet
from signing.canonical_json import Json
from tests.shell.running.child_cast import work
from tests.shell.running.child_tasks import hold
from tests.shell.ticks import TickRecorder

ANSWER = hold()
DYING = Path(__file__).with_name("dying_parent.py")


@pytest.fixture
def runner(qtbot) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close() == ()


def test_the_answer_and_the_steps_come_back_and_nothing_of_ours_goes_over(monkeypatch) -> None:
    monkeypatch.setenv("TENDERBOX_PIN", "123456")
    steps: list[tuple[int, int, str]] = []

    class Context(Quiet):
        def progress(self, done: int, total: int, key: str) -> None:
            steps.append((done, total, key))

    answer = work("count", untrusted=b"x" * 3_000_000, asked=["a", 1])(Context())
    assert isinstance(answer, dict)
    assert (answer["size"], answer["asked"]) == (3_000_000, ["a", 1])
    assert "TENDERBOX_PIN" not in answer["variables"]
    assert steps == [(number, 5, "shell.gallery.progress") for number in range(1, 6)]


@pytest.mark.parametrize(
    ("task", "word"), [("die", "crash"), ("killed", "crash"), ("greedy", "memory"), ("raises", "unreadable"), ("babbles", "crash")]
)  # fmt: skip
def test_what_goes_wrong_over_there_is_an_error_here(task: str, word: str) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        work(task)(Quiet())
    assert caught.value.params["reason"] == word


def test_who_takes_too_long_is_ended_even_against_his_will() -> None:
    begun = time.monotonic()
    pids: list[int] = []

    class Context(Quiet):
        def progress(self, done: int, total: int, key: str) -> None:
            pids.append(done)

    with pytest.raises(DocumentInvalid) as caught:
        work("stubborn", limits=ChildLimits(seconds=1))(Context())
    assert caught.value.params["reason"] == "time"
    assert time.monotonic() - begun < 10
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_cancelling_ends_the_process_and_the_work(runner: Runner, qtbot) -> None:
    pids: list[int] = []
    ended: list[str] = []
    handle = runner.start(
        work("stubborn"), done=lambda _: ended.append("done"), failed=lambda _: ended.append("failed"),
        progress=lambda step: pids.append(step.done), cancelled=lambda: ended.append("cancelled"),
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(pids), timeout=10_000)
    handle.cancel()
    qtbot.waitUntil(lambda: bool(ended), timeout=10_000)
    assert ended == ["cancelled"]
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def _stall(runner: Runner, qtbot, job: object) -> float:
    done: list[object] = []
    with TickRecorder() as ticks:
        runner.start(job, done=done.append, failed=done.append)
        qtbot.waitUntil(lambda: bool(done), timeout=60_000)
    assert done == [ANSWER]
    return ticks.longest


def test_a_task_that_holds_the_interpreter_does_not_hold_the_window(runner: Runner, qtbot) -> None:
    here = _stall(runner, qtbot, lambda _context: hold())  # the control: the same in a thread of ours
    there = _stall(runner, qtbot, work("holds_the_interpreter"))
    assert there < here / 3


def test_a_child_goes_with_its_parent() -> None:
    told = subprocess.run([sys.executable, str(DYING)], capture_output=True, check=False)
    assert told.returncode == -9
    pid, end = int(told.stdout), time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        threading.Event().wait(0.05)
    pytest.fail("the child outlived its parent")


def test_a_child_knows_neither_our_variables_nor_our_folder() -> None:
    assert isolated("x.y")[1] == "-I"


@given(st.binary(max_size=200))
def test_no_line_of_a_child_is_more_than_a_crash(untrusted: bytes) -> None:
    assert isinstance(heard(untrusted), Failure | Answer | Progress)


@pytest.mark.parametrize(
    "said",
    [{"step": [1, 2]}, {"step": [1, 2, "<b>x</b>"]}, {"step": [-1, 2, "a"]}, {"step": [1.5, 2, "a"]}, {"failure": "prices"},
     {"answer": 1, "step": [1, 1, "a"]}, {}, [1]],
)  # fmt: skip
def test_a_line_of_another_form_is_a_crash(said: Json) -> None:
    assert heard(line(said)) == Failure("crash")


def test_a_step_and_an_answer_are_read() -> None:
    assert heard(line({"step": [1, 2, "a.b"]})) == Progress(1, 2, "a.b")
    assert heard(line({"answer": None})) == Answer(None)
