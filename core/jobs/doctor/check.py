"""One check and how it is run: by itself, within its own time, so that no check ends the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Thread

from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Outcome, Result
from core.log import unexpected
from signing.errors import CodedError

RAISED, TIMED_OUT = "doctor.any.raised", "doctor.any.timeout"


@dataclass(frozen=True, slots=True)
class Check:
    """``name`` is stable and its title stands under ``doctor.title.<name>``; ``seconds`` is its time limit."""

    name: str
    probe: Callable[[Inputs], Result]
    seconds: float = 5.0


def run_check(check: Check, inputs: Inputs) -> Result:
    """The check's answer; never raises. One that raises or outlives its time is a failed answer with its name.

    A probe past its time cannot be ended from outside: its thread is left behind as a daemon that keeps nothing alive.
    """
    answers: SimpleQueue[Result] = SimpleQueue()
    started = time.perf_counter()
    Thread(target=_answer, args=(check, inputs, answers), name=f"doctor-{check.name}", daemon=True).start()
    try:
        result = answers.get(timeout=check.seconds)
    except Empty:
        limit = f"{check.seconds:g}"
        result = Result(check.name, Outcome.FAIL, TIMED_OUT, {"seconds": limit}, "call_help_desk", {"seconds": limit})
    return replace(result, name=check.name, milliseconds=round((time.perf_counter() - started) * 1000))


def _answer(check: Check, inputs: Inputs, answers: SimpleQueue[Result]) -> None:
    try:
        answers.put(check.probe(inputs))
    except CodedError as error:
        answers.put(Result(check.name, Outcome.FAIL, error.code, error.params))
    except Exception as error:  # whatever a machine does to a probe is its answer
        kind = type(error).__name__
        unexpected(error)
        answers.put(Result(check.name, Outcome.FAIL, RAISED, {"kind": kind}, "call_help_desk", {"kind": kind}))
