"""A program that is killed comes back where it was; one that ends ordinarily does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.crash.place import LIMIT_BYTES, Place, PlaceFile, PlaceKeeper, place_file, take_abandoned
from apps.shell.crash.watch import GAVE_UP, crashed, watch
from apps.shell.start import refuse_unfit, start
from core.errors import ProgramUnfit

NOW = datetime(2026, 11, 22, 6, 52, 7, tzinfo=UTC)
TINY = Path(__file__).with_name("tiny.py")
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
