"""Child processes of the checks: a time limit, little output, nothing of our environment that could be a secret."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

OUTPUT = 4096  # bytes that are looked at
_PASSED_ON = ("SYSTEMROOT", "TEMP", "TMP", "PATH", "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "LANG")


def ask_own_child(arguments: Sequence[str], seconds: float) -> str | None:
    """Runs one of our own modules in this interpreter; None after the time limit."""
    return ask_child([sys.executable, "-I", "-X", "utf8", "-m", *arguments], seconds)


def ask_child(command: Sequence[str], seconds: float) -> str | None:
    """What a program prints (its first 4 KiB), "" where it cannot be started; None after the time limit, when its whole
    process group is ended, for office suites start helpers that outlive them.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with tempfile.TemporaryFile() as out:
        try:
            child = subprocess.Popen(  # noqa: S603 -- a list of arguments, no shell
                list(command), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=environment,
                start_new_session=True,
            )  # fmt: skip
        except OSError:
            return ""
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(child)
            return None
        out.seek(0)
        return out.read(OUTPUT).decode("utf-8", "replace")


def _end(child: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        child.kill()
    else:
        import signal  # noqa: PLC0415 -- killpg is not on Windows

        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
