"""The screen everybody copies, with nothing in it and with names from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from apps.shell.example.build import build_example
from apps.shell.tasks import ImmediateStarter
from core.messages import Catalogue


def test_the_example_without_rooms_is_shown(qtbot: QtBot, words: Catalogue, tmp_path: Path) -> None:
    view = build_example(words, ImmediateStarter(), (), tmp_path / "out.txt")
    qtbot.addWidget(view)
    assert not view.grab().isNull()


@pytest.mark.parametrize("name", ["a\nb", "a\0b", "\u202ename", "<b>x</b>", "e\u0301" * 500, "\ud800"])
@pytest.mark.parametrize("typed", ["1E+999999", "NaN", "Infinity", "\uff11\uff10", "1" * 10_000, "-1", "\0", "\ud800"])
def test_the_example_takes_any_name_and_any_entry(
    qtbot: QtBot, words: Catalogue, tmp_path: Path, name: str, typed: str
) -> None:
    view = build_example(words, ImmediateStarter(), ((name, typed),), tmp_path / "out.txt")
    qtbot.addWidget(view)
    assert not view.grab().isNull()
