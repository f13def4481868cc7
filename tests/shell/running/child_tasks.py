"""Tasks for the tests of work in a process of its own: each misbehaves in its own way."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Mapping

from apps.shell.running.child_side import Report, serve
from signing.canonical_json import Json


def count(untrusted: bytes, arguments: Mapping[str, Json], report: Report) -> Json:
    for step in range(5):
        report(step + 1, 5, "shell.gallery.progress")
    print("this must not reach the answer")
    return {"size": len(untrusted), "asked": arguments["asked"], "variables": sorted(os.environ)}


def die(_untrusted: bytes, _arguments: Mapping[str, Json], _report: Report) -> Json:
    return ctypes.string_at(0).decode()  # a real segmentation fault


def killed(_untrusted: bytes, _arguments: Mapping[str, Json], _report: Report) -> Json:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def greedy(_untrusted: bytes, _arguments: Mapping[str, Json], _report: Report) -> Json:
    return len(bytearray(4 << 30))


def stubborn(_untrusted: bytes, arguments: Mapping[str, Json], report: Report) -> Json:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    report(os.getpid(), 0, "pid")
    time.sleep(60)
    return None


def holds_the_interpreter(_untrusted: bytes, _arguments: Mapping[str, Json], _report: Report) -> Json:
    return hold()


def hold() -> int:
    """One long call into C, without a moment for other threads."""
    return 3**5_000_000 % 7


def raises(_untrusted: bytes, _arguments: Mapping[str, Json], _report: Report) -> Json:
    raise ValueError("what the file says, with prices")


def babbles(_untrusted: bytes, _arguments: Mapping[str, Json], report: Report) -> Json:
    report(1, 1, "Click <here> to win")
    return None


if __name__ == "__main__":
    tasks = (count, die, killed, greedy, stubborn, holds_the_interpreter, raises, babbles)
    serve({task.__name__: task for task in tasks})
