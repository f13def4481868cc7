"""``python -m apps.shell.crash.watch MODULE ARGUMENT...``: runs a program and starts it again when it crashes.

An ordinary end, with whatever exit code, is passed on. A crash (killed by a signal it was not asked to end by, or a
Windows exception code) restarts it, at most three times in five minutes; then a plain dialog tells where the log is.
Knows no Qt and holds nothing else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

RESTARTS = 3
CRASHES = "TENDERBOX_CRASHES"  # how often it crashed within the window, for the program started again
WINDOW_SECONDS = 300.0
GAVE_UP = 70
_ASKED = {signal.SIGTERM, signal.SIGINT, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])}


def crashed(code: int) -> bool:
    """Whether an exit code of ``subprocess`` tells of a crash and not of an end somebody asked for."""
    if code < 0:
        return -code not in {int(one) for one in _ASKED}
    return code >= 0x80000000  # a Windows exception such as 0xC0000005


def watch(command: Sequence[str], *, give_up: Sequence[str] = ()) -> int:
    """Runs the command until it ends ordinarily or crashes too often; returns the exit code to pass on."""
    crashes: list[float] = []
    while True:
        environment = {**os.environ, CRASHES: str(len(crashes))}
        child = subprocess.Popen(list(command), env=environment)  # noqa: S603 - this program itself
        code = _wait(child)
        if not crashed(code):
            return 128 - code if code < 0 else code
        now = time.monotonic()
        crashes = [moment for moment in crashes if now - moment < WINDOW_SECONDS] + [now]
        if len(crashes) > RESTARTS:
            if give_up:
                subprocess.run(list(give_up), check=False)  # noqa: S603 - as above
            return GAVE_UP


def _wait(child: subprocess.Popen[bytes]) -> int:
    """Waits for the child; a request to end is handed on to it."""

    def hand_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    before = {one: signal.signal(one, hand_on) for one in _ASKED if one is not signal.SIGINT}
    try:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the terminal has sent it to the child too
                continue
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


if __name__ == "__main__":
    base = [sys.executable, "-m"]
    sys.exit(watch([*base, *sys.argv[1:]], give_up=[*base, "apps.shell.crash.tell"]))
