"""What the parser complains of, in the reader's language, and a PIN nobody can be asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from apps.cli.usage import complaint
from core.messages import load

WRONG = {
    "required": ["bid", "check"],
    "choice": ["bid", "nonsense"],
    "missing_value": ["bid", "check", "--draft"],
    "unknown": ["bid", "check", "--draft", "x", "--nonsense"],
    "no_value": ["bid", "check", "--draft", "x", "--json=1"],
}


def typed(*words: object, pin: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "apps.cli", *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, timeout=120, start_new_session=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_command_is_told_in_chinese(kind: str) -> None:
    done = typed(*WRONG[kind])
    words = re.split(r"\{\w+\}", load().text("app.usage", detail=load().sentences[f"cli.usage.{kind}"]))
    assert done.returncode == 2
    assert re.fullmatch(".+".join(map(re.escape, words)), done.stderr.strip())
    assert "argument" not in done.stderr


def test_a_complaint_of_a_future_parser_passes_as_it_is() -> None:
    assert complaint(load(), "something new") == "something new"


def test_help_has_chinese_headings() -> None:
    told = typed("bid", "check", "-h").stdout
    assert told.startswith("用法:")
    assert told.count("选项:") == 1
    assert "show this help" not in told


def test_a_pin_nobody_can_be_asked_for_is_told_with_what_to_do(tmp_path: Path) -> None:
    given, out = tmp_path / "given", tmp_path / "platform"
    given.write_text("anything")
    words = ("--cert", given, "--key", given, "--trust", given)
    done = typed("platform", "init", "--data", out, "--name", "x", *words)
    assert done.returncode == 8, done.stderr
    assert "--pin-file" in done.stderr
    assert "Warning" not in done.stderr
    assert not out.exists()
