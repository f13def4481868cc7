"""The child's side of :mod:`apps.shell.running.child_work`: a module that calls :func:`serve` and holds the tasks.

What a task prints goes nowhere; it answers by returning plain values. Hostile parsers are imported inside the tasks,
after the limits are set.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import BinaryIO

from apps.shell.running.child_wire import line
from signing.canonical_json import Json

Report = Callable[[int, int, str], None]
ChildTask = Callable[[bytes, Mapping[str, Json], Report], Json]


def serve(tasks: Mapping[str, ChildTask]) -> None:
    """Does the one task that is asked for and ends the process."""
    out = _own_pipe()
    request = json.loads(sys.stdin.buffer.readline())
    _limit_this_process(request["memory"], request["seconds"])
    untrusted = sys.stdin.buffer.read(request["size"])
    threading.Thread(target=_end_with_the_parent, daemon=True).start()

    def report(done: int, total: int, key: str) -> None:
        _say(out, {"step": [done, total, key]})

    try:
        said: dict[str, Json] = {"answer": tasks[request["task"]](untrusted, request["arguments"], report)}
        _say(out, said)
    except MemoryError:
        _say(out, {"failure": "memory"})
    except Exception:
        _say(out, {"failure": "unreadable"})
    os._exit(0)  # a library's threads or exit hooks must not hold us


def _own_pipe() -> BinaryIO:
    """Our way out for ourselves alone; whatever else is written to standard output is dropped."""
    kept = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return kept


def _say(out: BinaryIO, said: Mapping[str, Json]) -> None:
    rest = memoryview(line(said))
    while rest:
        rest = rest[out.write(rest) :]


def _end_with_the_parent() -> None:
    with suppress(OSError):
        os.read(0, 1)
    os._exit(1)


def _limit_this_process(memory_bytes: int, seconds: int) -> None:
    """Hard limits this process cannot lift again; without the ``resource`` module (Windows) only the parent's clock."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
