"""Untrusted files are parsed in a child process with limits of memory, time and output; only JSON comes back.

The child has no environment of ours (no PIN, no path), no arguments but the task, the file on its standard input.
On systems without the ``resource`` module (Windows) only time and input are limited; a job object will limit memory
there when the frozen programs come. The child is ``sys.executable -m``, so a frozen program needs its own way in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from signing.canonical_json import Json

MEMORY_LIMIT: Final = 1 << 30  # bytes of address space
TIME_LIMIT: Final = 60  # seconds, wall clock and processor
INPUT_LIMIT: Final = 256 << 20  # bytes
OUTPUT_LIMIT: Final = 64 << 20  # bytes of JSON

Task = Callable[[bytes, Mapping[str, Json]], Json]


@dataclass(frozen=True, slots=True)
class ChildAnswer:
    """What the child found, or why there is nothing: ``too_large``, ``time``, ``memory``, ``unreadable``, ``crash``."""

    value: Json
    failure: str = ""


def ask_child(
    module: str, task: str, untrusted: bytes, arguments: Mapping[str, Json], *, seconds: int = TIME_LIMIT
) -> ChildAnswer:
    """Runs ``task`` of ``module`` (one that calls :func:`serve`) on the bytes, in a process of its own."""
    if len(untrusted) > INPUT_LIMIT:
        return ChildAnswer(None, "too_large")
    # Errors of the kernel's random seed and DLL search need these two on Windows; they carry no secret.
    environment = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    command = [sys.executable, "-I", "-X", "utf8", "-m", module, json.dumps([task, dict(arguments), seconds])]
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(  # noqa: S603 -- our own interpreter and module, arguments are JSON
                command, input=untrusted, stdout=out, stderr=subprocess.DEVNULL, env=environment, timeout=seconds,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return ChildAnswer(None, "time")
        out.seek(0)
        return _answer(done.returncode, out.read(OUTPUT_LIMIT))


def _answer(code: int, untrusted_output: bytes) -> ChildAnswer:
    try:
        value = json.loads(untrusted_output)
    except (ValueError, RecursionError):
        return ChildAnswer(None, "crash")
    if code != 0 or not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], str):
        return ChildAnswer(None, "crash")
    return ChildAnswer(value[0], value[1])


def serve(tasks: Mapping[str, Task]) -> None:
    """The child's side: limits itself, does the one task named on its command line, prints the answer."""
    task, arguments, seconds = json.loads(sys.argv[1])
    limit_this_process(seconds)
    answer: list[Json]
    try:
        answer = [tasks[task](sys.stdin.buffer.read(), arguments), ""]
    except MemoryError:
        answer = [None, "memory"]
    except Exception:
        answer = [None, "unreadable"]
    sys.stdout.write(json.dumps(answer))


def limit_this_process(seconds: int) -> None:
    """Sets hard limits that this process cannot lift again; without the ``resource`` module it does nothing."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, OUTPUT_LIMIT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
