"""A program that is killed comes back where it was; one that ends ordinarily does not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit, QWidget

from apps.shell.crash.place import LIMIT_BYTES, Place, PlaceFile, PlaceKeeper, place_file, take_abandoned
from apps.shell.crash.tell import gave_up
from apps.shell.crash.trail import Trail
from apps.shell.crash.watch import GAVE_UP, crashed, watch
from apps.shell.crash.watch_place import field_name, go_to
from apps.shell.start import refuse_unfit, start
from apps.shell.tasks import Handle, ImmediateStarter, Lane
from apps.shell.theme.style import look_of
from apps.shell.theme.tokens import Theme
from core.errors import ProgramUnfit
from core.messages import Catalogue

NOW = datetime(2026, 11, 22, 6, 52, 7, tzinfo=UTC)
TINY, WINDOWED = (Path(__file__).with_name(name) for name in ("tiny.py", "windowed.py"))
DEAD = (1 << 22) + 17  # beyond the default largest process number


def tiny(folder: Path, how: str) -> list[str]:
    return [sys.executable, str(TINY), str(folder), how]


def left_behind(folder: Path, place: Place, pid: int = DEAD) -> Path:
    file = folder / f"p-{pid}.json"
    PlaceFile(file).write(place)
    return file


def test_a_killed_program_is_started_again_where_it_was(tmp_path: Path) -> None:
    assert watch(tiny(tmp_path, "once")) == 0
    assert len((tmp_path / "starts").read_text().splitlines()) == 2
    assert (tmp_path / "restored").read_text() == "rooms.tbd prices row-1"
    assert list(tmp_path.glob("*.json")) == []


def test_a_program_that_always_crashes_is_given_up_and_told(tmp_path: Path) -> None:
    told = tmp_path / "told"
    code = watch(tiny(tmp_path, "always"), give_up=[sys.executable, "-c", f"open({str(told)!r}, 'w')"])
    assert code == GAVE_UP
    assert len((tmp_path / "starts").read_text().splitlines()) == 4
    assert told.exists()


@pytest.mark.parametrize(("how", "code"), [("normal", 0), ("error", 5)])
def test_an_ordinary_end_is_passed_on(tmp_path: Path, how: str, code: int) -> None:
    assert watch(tiny(tmp_path, how)) == code
    assert len((tmp_path / "starts").read_text().splitlines()) == 1


def test_the_watcher_needs_no_qt() -> None:
    asked = "import sys, apps.shell.crash.watch; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.parametrize(
    ("code", "expected"), [(0, False), (1, False), (70, False), (-15, False), (-2, False), (-9, True), (-11, True),
                           (-6, True), (0xC0000005, True)]
)  # fmt: skip
def test_what_counts_as_a_crash(code: int, expected: bool) -> None:
    assert crashed(code) is expected


def test_the_newest_place_left_behind_is_taken_and_all_are_cleared(tmp_path: Path) -> None:
    left_behind(tmp_path, Place("a", "1", "", NOW))
    left_behind(tmp_path, Place("b", "2", "f", NOW + timedelta(minutes=1)), DEAD + 1)
    assert take_abandoned("p", tmp_path) == Place("b", "2", "f", NOW + timedelta(minutes=1))
    assert list(tmp_path.iterdir()) == []
    assert take_abandoned("p", tmp_path) is None


def test_the_place_of_a_program_that_runs_is_left_alone(tmp_path: Path) -> None:
    kept = left_behind(tmp_path, Place("a", "1", "", NOW), os.getppid())
    assert take_abandoned("p", tmp_path) is None
    assert kept.exists()


def test_an_ordinary_end_leaves_nothing(tmp_path: Path) -> None:
    file = place_file("p", tmp_path)
    file.write(Place("a", "1", "", NOW))
    file.remove()
    file.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 50_000, b"x" * (LIMIT_BYTES + 1), b'{"version": 1}', b'{"version": 0, "project": 1}',
     json.dumps({"version": 0, "project": "", "page": "", "field": "", "at": "yesterday"}).encode(),
     json.dumps({"version": 0, "project": "", "page": "", "field": "", "at": "2026-11-22T06:52:07"}).encode()],
)  # fmt: skip
def test_a_damaged_or_newer_place_file_tells_nothing_and_is_cleared(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"p-{DEAD}.json").write_bytes(content)
    assert take_abandoned("p", tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=50))
def test_a_place_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, project: str, page: str, field: str
) -> None:
    folder = tmp_path_factory.mktemp("p")
    place = Place(*[text.encode("utf-8", "replace").decode() for text in (project, page, field)], NOW)
    left_behind(folder, place)
    assert take_abandoned("p", folder) == place


def test_a_folder_that_cannot_be_written_costs_only_the_net(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    PlaceFile(blocked / "p-1.json").write(Place("a", "1", "", NOW))


def test_the_keeper_writes_only_where_something_changed(tmp_path: Path) -> None:
    keeper = PlaceKeeper(PlaceFile(tmp_path / f"p-{DEAD}.json"))
    assert keeper.move(NOW, project="a", page="1")
    assert not keeper.move(NOW + timedelta(1), page="1")
    assert keeper.move(NOW + timedelta(2), field="f")
    keeper.write()
    assert take_abandoned("p", tmp_path) == Place("a", "1", "f", NOW + timedelta(2))


class Delayed:
    """A starter whose work is done when the test says so: as a slow disk would."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(self, work, *, done, failed, progress=None, cancelled=None, lane=Lane.WORK) -> Handle:
        self.waiting.append(lambda: ImmediateStarter().start(work, done=done, failed=failed) and None)
        return ImmediateStarter().start(lambda _context: None, done=lambda _: None, failed=lambda _: None)


def test_moves_during_a_write_are_written_together_after_it(tmp_path: Path) -> None:
    disk, file = Delayed(), PlaceFile(tmp_path / f"p-{DEAD}.json")
    trail = Trail(file, disk, lambda: NOW)
    for number in range(100):
        trail.move(project="a", page="1", field=str(number))
    assert len(disk.waiting) == 1
    disk.waiting.pop()()
    assert len(disk.waiting) == 1
    disk.waiting.pop()()
    assert disk.waiting == []
    assert take_abandoned("p", tmp_path) == Place("a", "1", "99", NOW)


def test_a_write_that_comes_after_the_end_leaves_nothing(tmp_path: Path) -> None:
    disk = Delayed()
    trail = Trail(PlaceFile(tmp_path / f"p-{DEAD}.json"), disk, lambda: NOW)
    trail.move(page="1")
    trail.close()
    disk.waiting.pop()()
    trail.move(page="2")
    assert (disk.waiting, list(tmp_path.iterdir())) == ([], [])


@pytest.fixture
def windowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[int, list[dict[str, object]]]]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(how: str) -> tuple[int, list[dict[str, object]]]:
        told = tmp_path / "gave-up"
        code = watch(
            [sys.executable, str(WINDOWED), str(tmp_path), how],
            give_up=[sys.executable, "-c", f"open({str(told)!r}, 'w')"],
        )
        return code, [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]

    return run


def test_a_killed_window_comes_back_to_its_page_and_field_and_says_so(windowed, tmp_path: Path) -> None:
    code, told = windowed("once")
    assert (code, len(told)) == (0, 2)
    assert (told[0]["page"], told[0]["restored"]) == ("first", False)
    assert (told[1]["page"], told[1]["field"], told[1]["restored"]) == ("second", "d", True)
    assert re.search(r"已恢复到 .*\d\d:\d\d:\d\d", "".join(told[1]["notes"]))
    assert list((tmp_path / "state").rglob("*.json")) == []


def test_a_place_that_kills_is_not_returned_to_for_ever(windowed) -> None:
    code, told = windowed("always")
    assert code == GAVE_UP
    assert [one["restored"] for one in told] == [False, True, False, False]
    assert "接连意外退出" in "".join(told[2]["notes"])


def test_a_field_that_is_no_longer_there_is_not_gone_to(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = QLineEdit(window), QLineEdit(window)
    second.setObjectName("price")
    assert field_name(window, first) == "0.QLineEdit"
    assert field_name(window, second) == "#price"
    window.show()
    assert go_to(window, "#price")
    assert window.focusWidget() is second
    for field in ("", "/", "9.QLineEdit", "0.QLabel", "#other", "x.y", "#price/0.QLineEdit", "-1.QLineEdit"):
        assert not go_to(window, field)


def test_work_that_will_not_stop_does_not_hold_the_end_of_the_program(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    program = (
        "from threading import Event\n"
        "from apps.shell.start import start\n"
        "def stubborn(_context): Event().wait(60)\n"
        "started = start('stubborn', ['x'])\n"
        "started.runner.close = lambda close=started.runner.close: close(0.1)\n"
        "started.runner.start(stubborn, done=print, failed=print)\n"
        "started.leave(3)\n"
    )
    begun = time.monotonic()
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 3
    assert time.monotonic() - begun < 30
    assert "ended while working: stubborn" in next(tmp_path.rglob("tenderbox.log")).read_text()


def test_a_setting_that_can_follow_at_once_does(qapp, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    before = look_of()
    started = start("follow", ["x"], look=before)
    try:
        started.follow("theme", "dark")
        started.follow("work_folder", str(tmp_path))
        started.follow("snapshots", "3")
        assert (look_of().theme, look_of().scale) == (Theme.DARK, before.scale)
        assert started.files.places.begin == tmp_path
    finally:
        started.follow("theme", before.theme.value)
        assert started.close() == ()


def test_a_damaged_settings_file_is_told_with_its_new_name(qapp, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "tenderbox").mkdir()
    (tmp_path / "tenderbox" / "settings.toml").write_bytes(b"\xff = [")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    started = start("garbage", ["x"], look=look_of())
    assert started.close() == ()
    kept = [path.name for path in (tmp_path / "tenderbox").iterdir()]
    assert len(kept) == 1
    assert kept[0].startswith("settings.toml.bad-")
    assert kept[0] in "".join(started.notes)


def test_a_crash_below_python_leaves_its_stack_beside_the_log(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    program = "import ctypes; from apps.shell.start import start; kept = start('hard', ['x']); ctypes.string_at(0)"
    assert crashed(subprocess.run([sys.executable, "-c", program], check=False).returncode)
    assert "Segmentation fault" in next(tmp_path.rglob("hard-faults.log")).read_text()


def test_a_program_given_up_says_that_the_work_is_safe_and_where_the_log_is(qtbot, words: Catalogue) -> None:
    state = gave_up(words)
    assert "已保存" in state.cause
    assert state.log.endswith("tenderbox.log")


def test_a_qt_that_aborts_is_refused() -> None:
    with pytest.raises(ProgramUnfit):
        refuse_unfit("6.12.0", (3, 11))
    refuse_unfit("6.12.0", (3, 12))
    refuse_unfit("6.9.3", (3, 11))


def test_a_program_starts_without_fonts_log_or_usable_settings(qapp, tmp_path: Path, monkeypatch) -> None:
    config, state = tmp_path / "config", tmp_path / "state"
    (config / "tenderbox").mkdir(parents=True)
    (config / "tenderbox" / "settings.toml").write_text('theme = "pink"\n')
    state.write_bytes(b"a file where a folder should be")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    monkeypatch.setenv("TENDERBOX_FONTS", str(tmp_path))
    started = start("test-program", ["x"])
    try:
        text = "\n".join(started.notes)
        assert "theme" in text
        assert "日志文件夹" in text
        assert started.settings.theme == "light"
        assert started.place is None
    finally:
        assert started.close() == ()
