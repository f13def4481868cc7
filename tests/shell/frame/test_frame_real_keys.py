"""The frame under a real X server and window manager, with keys as the keyboard sends them."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.shell.real_keys.display import display, missing

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(bool(missing()), reason="needs Xvfb, openbox and xdotool"),
]


class RealWindow:
    """The child's window, its keyboard and what it says."""

    def __init__(self, environment: dict[str, str], output: int) -> None:
        self._environment, self._output = environment, output
        self._heard = ""

    def keys(self, *keys: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], env=self._environment, check=True, timeout=20)

    def types(self, text: str) -> None:
        subprocess.run(["xdotool", "type", "--delay", "30", text], env=self._environment, check=True, timeout=20)

    def says(self, line: str, seconds: float = 20) -> None:
        """Waits until the child has said this line after the last one waited for."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _, found, after = f"\n{self._heard}".partition(f"\n{line}\n")
            if found:
                self._heard = after
                return
            if select.select([self._output], [], [], 0.2)[0]:
                self._heard += os.read(self._output, 65536).decode()
        pytest.fail(f"never said {line!r}, but {self._heard.splitlines()}")


@pytest.fixture
def window() -> Iterator[RealWindow]:
    command = [sys.executable, "-m", "tests.shell.frame.real_keys_child"]
    with display() as environment:
        child = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert child.stdout is not None
        with child.stdout as output:
            try:
                made = RealWindow(environment, output.fileno())
                made.says("focus _List")
                yield made
            finally:
                child.kill()
                child.wait(10)


def test_real_keys_reach_pages_palette_help_and_large_type(window: RealWindow) -> None:
    window.keys("ctrl+2")
    window.says("focus QLineEdit")
    window.says("list False 1.0")
    window.types("why?")
    window.says("field why?")
    window.keys("ctrl+k")
    window.says("list True 1.0")
    window.types("go cost")
    window.keys("Return")
    window.says("cost False 1.0")
    window.keys("alt+Left")
    window.says("list False 1.0")
    window.keys("F6")
    window.says("focus StatusButton")
    window.keys("F6")
    window.says("focus RailButton")
    window.types("?")
    window.says("shell.shortcuts False 1.0")
    window.keys("Escape")
    window.says("list False 1.0")
    window.keys("F8")
    window.says("list False 1.25")
