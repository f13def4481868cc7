"""One demonstration for all tests of the chain; they run in one worker (xdist_group)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from apps.cli.console import Console
from apps.cli.main import run
from core.messages import load


@dataclass(frozen=True)
class CommandResult:
    code: int
    out: str
    err: str

    def json(self) -> dict:
        return json.loads(self.out)


def run_command(*words: object) -> CommandResult:
    """One ``tenderbox`` command in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = run([str(word) for word in words], None, Console(load("zh_CN"), out=out, err=err))
    return CommandResult(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def command() -> Callable[..., CommandResult]:
    return run_command


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder written by ``tenderbox demo`` with the shipped bills of quantities."""
    out = tmp_path_factory.mktemp("demo") / "out"
    result = run_command("demo", "--out", out)
    assert result.code == 0, result.err + result.out[-2000:]
    return out
