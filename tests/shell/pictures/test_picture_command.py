"""``--picture`` and ``--list-screens`` as a person types them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from apps.shell.pictures.options import parse
from apps.shell.theme.look import Look
from apps.shell.theme.tokens import Theme
from core.errors import UsageError

ROOT = Path(__file__).resolve().parents[3]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY"))}
    return subprocess.run(
        [sys.executable, "-m", "apps.shell", *words],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_options_have_the_documented_meaning(tmp_path: Path) -> None:
    read = parse(
        ["--picture", str(tmp_path / "x.png"), "--screen", "s", "--lang", "en", "--theme", "contrast", "--scale", "1.5",
         "--size", "1366x768"]
    )  # fmt: skip
    assert (read.target, read.screen, read.language) == (tmp_path / "x.png", "s", "en")
    assert (read.look, read.size) == (Look(Theme.CONTRAST, 1.5), (1366, 768))


@pytest.mark.parametrize(
    "wrong", [["--scale", "3"], ["--size", "x"], ["--size", "1x1"], ["--lang", "fr"], ["--nonsense"]]
)
def test_a_wrong_option_is_a_usage_error(wrong: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(wrong)


def test_a_picture_is_drawn_without_a_display(tmp_path: Path) -> None:
    target = tmp_path / "x.png"
    done = run("--picture", str(target), "--screen", "controls.empty", "--scale", "1.25", "--theme", "dark")
    assert done.returncode == 0, done.stderr
    picture = Image.open(target)
    assert picture.size == (650, 425)
    assert picture.getpixel((2, 2)) == (0x10, 0x15, 0x1F)


def test_an_unknown_screen_and_a_missing_folder_leave_nothing(tmp_path: Path) -> None:
    assert run("--picture", str(tmp_path / "x.png"), "--screen", "none").returncode == 2
    assert run("--picture", str(tmp_path / "no" / "x.png"), "--screen", "controls.empty").returncode == 4
    assert list(tmp_path.iterdir()) == []


def test_the_list_has_one_name_a_line() -> None:
    done = run("--list-screens")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert "controls.buttons" in lines
    assert len(lines) == len(set(lines))
