"""Work in a process of its own: for what is hostile, or holds the interpreter so long that the window stands still.

``runner.start(ChildWork(...), ...)``: limits of memory and time, progress line by line, cancelling ends the process at
once, and a crash over there is an error here, nothing more. On Windows the memory is not limited yet. No Qt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, cast

from apps.shell.running.child_wire import LINE_BYTES, Answer, Failure, heard, line
from core.ports.progress import JobContext
from signing.canonical_json import Json
from signing.errors import CodedError

_POLL_SECONDS = 0.05  # how soon a cancel is seen
_POLITE_SECONDS = 1.0  # between the request to end and the end


def isolated(module: str) -> list[str]:
    """Our interpreter, without the environment, the working folder and the user's own packages."""
    return [sys.executable, "-I", "-X", "utf8", "-m", module]


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """Bounds of one child: address space (bytes), wall clock and processor (seconds)."""

    memory_bytes: int = 1 << 30
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class ChildWork:
    """One task of a ``module`` that calls :func:`apps.shell.running.child_side.serve`; call it on a worker.

    ``fault`` makes the error a person reads from why there is no answer: ``time``, ``memory``, ``unreadable`` (the task
    raised), ``crash`` (it died, or broke the form of messages). ``untrusted`` are the bytes the task works on.
    ``command`` says how a module is run: a frozen program has its own way.
    """

    module: str
    task: str
    fault: Callable[[str], CodedError]
    untrusted: bytes = field(default=b"", repr=False)
    arguments: Mapping[str, Json] = field(default_factory=dict)
    limits: ChildLimits = ChildLimits()
    command: Callable[[str], list[str]] = isolated

    def __call__(self, context: JobContext) -> Json:
        """The child's answer, untrusted but plain values. Raises ``fault(...)`` or Cancelled; no process is left."""
        process = self._begin()
        lines: SimpleQueue[bytes] = SimpleQueue()
        talkers = [
            Thread(target=self._ask, args=(cast("BinaryIO", process.stdin),), daemon=True),
            Thread(target=_listen, args=(cast("BinaryIO", process.stdout), lines), daemon=True),
        ]
        for talker in talkers:
            talker.start()
        try:
            return self._wait(context, lines)
        finally:
            _end(process)
            for talker in talkers:
                talker.join(_POLITE_SECONDS)
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast("BinaryIO", stream).close()

    def _begin(self) -> subprocess.Popen[bytes]:
        # The child gets no variable of ours (no PIN, no path); Windows needs these two to start at all.
        environment = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self.command(self.module),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip

    def _ask(self, stream: BinaryIO) -> None:
        request: dict[str, Json] = {
            "task": self.task, "arguments": dict(self.arguments), "size": len(self.untrusted),
            "memory": self.limits.memory_bytes, "seconds": self.limits.seconds,
        }  # fmt: skip
        with suppress(OSError, ValueError):  # a child that died is noticed by who listens
            stream.write(line(request))
            stream.write(self.untrusted)
            stream.flush()

    def _wait(self, context: JobContext, lines: SimpleQueue[bytes]) -> Json:
        end = time.monotonic() + self.limits.seconds
        while True:
            context.raise_if_cancelled()
            try:
                said = heard(lines.get(timeout=_POLL_SECONDS))
            except Empty:
                said = None
            if isinstance(said, Answer):
                return said.value
            if isinstance(said, Failure):
                raise self.fault(said.word)
            if said is not None:
                context.progress(said.done, said.total, said.key)
            if time.monotonic() > end:
                raise self.fault("time")


def _listen(stream: BinaryIO, lines: SimpleQueue[bytes]) -> None:
    """Lines until the pipe ends; then one empty line, which is no message and so a crash."""
    with suppress(OSError, ValueError):
        while untrusted := stream.readline(LINE_BYTES):
            lines.put(untrusted)
    lines.put(b"")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_POLITE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
