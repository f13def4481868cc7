"""A display of our own for real keys: Xvfb on a free number, openbox as window manager, both ended at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

NEEDED = ("Xvfb", "openbox", "xdotool")


def missing() -> tuple[str, ...]:
    """The programs that are not there; set-up for make test-full installs them."""
    return tuple(name for name in NEEDED if shutil.which(name) is None)


@contextmanager
def display(width: int = 1366, height: int = 768) -> Iterator[dict[str, str]]:
    """The environment of programs on that display."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    manager: subprocess.Popen[bytes] | None = None
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND", "XDG_SESSION"))
        }
        environment |= {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1"}
        manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield environment
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait(10)
