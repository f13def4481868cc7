"""A person at a real display: keys and mouse through the X server, a window manager between, states read back."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.shell.real_keys.display import display, missing

pytestmark = [pytest.mark.full, pytest.mark.xdist_group("display")]
PROGRAM = Path(__file__).with_name("program.py")
PATIENCE = 30.0


class Person:
    """Presses keys and waits for what the program says."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self.program = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(folder)], env=environment, stdout=subprocess.PIPE, text=True
        )
        self._told: queue.Queue[dict] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def come(self) -> None:
        self.hears(lambda said: said["screen"] == "ready")
        self._do("search", "--sync", "--onlyvisible", "--name", "real-keys", "windowactivate", "--sync")

    def leave(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait(10)
        self._listener.join(10)
        assert self.program.stdout is not None
        self.program.stdout.close()

    def _listen(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            self._told.put(json.loads(line))

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=60, capture_output=True)

    def press(self, *keys: str) -> None:
        self._do("key", "--clearmodifiers", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        self._do("type", "--delay", "40", text)

    def hears(self, wanted: Callable[[dict], bool]) -> dict:
        while True:
            said = self._told.get(timeout=PATIENCE)
            if wanted(said):
                return said


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    if missing():
        pytest.skip(f"not installed: {', '.join(missing())}; make test-full installs them")
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    with display() as environment:
        made = Person(environment, tmp_path)
        try:
            made.come()
            yield made
        finally:
            made.leave()


def test_a_screen_is_filled_and_its_work_done_with_real_keys(person: Person, tmp_path: Path) -> None:
    person.press("Tab")
    person.press("F4")
    chosen = person.hears(lambda said: said["screen"] == "example" and said["chosen"] == 1)
    assert chosen["missing"] == 1
    for _ in range(12):
        person.type("7")
        try:
            said = person._told.get(timeout=1.5)
        except queue.Empty:
            person.press("Tab")
            continue
        if said["screen"] == "example" and "7" in said["typed"][1]:
            break
    else:
        pytest.fail("the field was not reached by Tab")
    person.type("2")
    filled = person.hears(lambda said: said["screen"] == "example" and said["typed"][1].endswith("72"))
    assert filled["missing"] == 0


def test_palette_pages_and_type_size_by_keys(person: Person) -> None:
    person.press("ctrl+k")
    person.hears(lambda said: said["screen"] == "frame" and said["palette"])
    person.press("Escape")
    person.hears(lambda said: said["screen"] == "frame" and not said["palette"])
    person.press("ctrl+2")
    person.hears(lambda said: said["screen"] == "frame" and said["page"] == "settings")
    person.press("F8")
    person.hears(lambda said: said["screen"] == "frame" and said["scale"] == 1.25)
    person.press("alt+Left")
    person.hears(lambda said: said["screen"] == "frame" and said["page"] == "rooms")
    person.press("alt+F4")
    assert person.program.wait(PATIENCE) == 0
