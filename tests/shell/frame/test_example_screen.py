"""The example screen: presenter without Qt, view by keys."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from apps.shell.example.area import room_with
from apps.shell.example.build import build_example
from apps.shell.example.presenter import ExamplePresenter
from apps.shell.example.state import AREA_LIMIT, ExampleState, Phase
from apps.shell.runner import Runner
from apps.shell.tasks import ImmediateStarter, Lane, Progress
from core.errors import Cancelled
from core.messages import Catalogue
from core.ports.progress import JobContext
from tests.shell.walkers import press, unreachable, without_name

ROOMS = (("hall", "64.2"), ("store", ""), ("office", "2400"))
RIGHT = (("hall", "64.2"), ("store", "10"))


class HeldWork:
    """A starter a test lets go on step by step: it keeps what it was given."""

    def __init__(self) -> None:
        self.running, self.stopped = False, False

    def start(
        self,
        work: Callable[[JobContext], object],
        *,
        done: Callable[..., None],
        failed: Callable[..., None],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        lane: Lane = Lane.WORK,
    ) -> HeldWork:
        self.work, self.done, self.report, self.cancelled, self.running = work, done, progress, cancelled, True
        return self

    def cancel(self) -> None:
        self.stopped = True

    def forget(self) -> None: ...

    # a JobContext
    def progress(self, done: int, total: int, key: str) -> None:
        self.report(Progress(done, total, key))

    def raise_if_cancelled(self) -> None:
        if self.stopped:
            raise Cancelled

    def let_it_run(self) -> None:
        try:
            result = self.work(self)
        except Cancelled:
            self.cancelled()
        else:
            self.done(result)


def presenter(
    rooms: tuple[tuple[str, str], ...], target: Path, starter: object | None = None
) -> tuple[ExamplePresenter, list[ExampleState]]:
    states: list[ExampleState] = []
    return ExamplePresenter(states.append, starter or ImmediateStarter(), rooms, target), states  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "area"),
    [("36.5", "36.5"), (" 36.50 ", "36.50"), ("３６．５", "36.5"), ("500", "500"), ("0.01", "0.01")],
)
def test_an_area_is_understood(typed: str, area: str) -> None:
    assert room_with("r", typed).area == Decimal(area)


@pytest.mark.parametrize("typed", ["", "0", "-1", "1e3", "NaN", "12,5", "1.234", "500.01", "9" * 40, "٣", "m"])
def test_what_is_no_area_has_a_problem_in_words(typed: str, words: Catalogue) -> None:
    room = room_with("r", typed)
    assert room.area is None
    assert room.problem is not None
    assert "shell." not in room.problem.text(words)


@given(st.text(max_size=20))
def test_any_text_is_an_area_within_the_limit_or_a_problem(typed: str) -> None:
    room = room_with("r", typed)
    assert (room.area is None) != (room.problem is None)
    assert room.area is None or 0 < room.area <= AREA_LIMIT


def test_work_does_not_start_while_something_is_missing(tmp_path: Path) -> None:
    one, states = presenter(ROOMS, tmp_path / "paint.txt")
    one.start()
    assert (one.state.missing, states) == (2, [])
    assert not (tmp_path / "paint.txt").exists()


def test_the_next_problem_goes_round(tmp_path: Path) -> None:
    one, _ = presenter(ROOMS, tmp_path / "paint.txt")
    seen = []
    for _ in range(3):
        one.next_problem()
        seen.append(one.state.chosen)
    assert seen == [1, 2, 1]


def test_the_work_reports_and_ends_with_a_list_on_disk(tmp_path: Path, words: Catalogue) -> None:
    target = tmp_path / "paint.txt"
    one, states = presenter(RIGHT, target)
    one.start()
    assert states[0].phase is Phase.WORKING
    assert [state.progress.done for state in states if state.progress] == [1, 2]
    assert one.state.phase is Phase.DONE
    assert one.state.outcome is not None
    assert "26.0 升" in one.state.outcome.text(words)
    assert target.read_text("utf-8").splitlines() == ["hall\t64.2\t22.5", "store\t10\t3.5"]


def test_a_failure_is_said_with_its_cause_and_can_be_tried_again(tmp_path: Path, words: Catalogue) -> None:
    folder = tmp_path / "none"
    one, _ = presenter(RIGHT, folder / "paint.txt")
    one.start()
    assert one.state.phase is Phase.FAILED
    assert one.state.outcome is not None
    assert "文件夹不存在" in one.state.outcome.text(words)
    folder.mkdir()
    one.start()
    assert one.state.phase is Phase.DONE


def test_stopping_says_so_until_it_has_stopped_and_leaves_no_file(tmp_path: Path) -> None:
    work = HeldWork()
    one, _ = presenter(RIGHT, tmp_path / "paint.txt", work)
    one.start()
    one.type_area("1")
    assert one.state.rooms[0].typed == "64.2", "rooms stay as they are while work is under way"
    one.cancel()
    assert one.state.phase is Phase.STOPPING
    work.let_it_run()
    assert one.state.phase is Phase.IDLE
    assert list(tmp_path.iterdir()) == []


def test_the_screen_is_worked_by_keys_alone_with_the_real_runner(
    qtbot: QtBot, words: Catalogue, tmp_path: Path
) -> None:
    runner = Runner()
    view = build_example(words, runner, ROOMS, tmp_path / "paint.txt")
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    start = next(one for one in view.findChildren(QPushButton) if one.property("kind") == "primary")
    assert not start.isEnabled()
    assert without_name(view) == []
    assert unreachable(view) == []
    press([Qt.Key.Key_F4, "10", Qt.Key.Key_F4, "36.5"])
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert start.isEnabled()
    start.setFocus()
    press([Qt.Key.Key_Space])
    qtbot.waitUntil((tmp_path / "paint.txt").exists)
    qtbot.waitUntil(lambda: not view.findChildren(QProgressBar)[0].isVisible())
    runner.close()


def test_the_field_is_named_with_unit_and_limit(qtbot: QtBot, words: Catalogue, tmp_path: Path) -> None:
    view = build_example(words, ImmediateStarter(), ROOMS, tmp_path / "paint.txt")
    qtbot.addWidget(view)
    assert (
        view.findChildren(QLineEdit)[0].accessibleName() == "hall的面积，单位平方米，大于 0，不超过 500，最多 2 位小数"
    )
