"""Settings: environment before file before default; whatever stands in the file, a program starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import load
from core.settings import load_settings
from core.settings.file import LIMIT_BYTES, read_settings_file, write_settings_file
from core.settings.schema import settings_schema

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_without_anything_the_defaults_hold(file: Path) -> None:
    found = load_settings({}, file=file)
    assert (found.language, found.theme, found.scale, found.snapshots, found.page_cache) == (
        "zh_CN",
        "light",
        1.0,
        10,
        64,
    )
    assert (found.trust, found.work_folder, found.notes) == (None, None, ())


def test_the_environment_beats_the_file_and_the_file_the_default(file: Path) -> None:
    write_settings_file(file, {"language": "en", "theme": "dark", "snapshots": "3"})
    found = load_settings({"TENDERBOX_THEME": "contrast", "TENDERBOX_TRUST": "/x/trust.json"}, file=file)
    assert (found.language, found.theme, found.snapshots, found.trust) == ("en", "contrast", 3, Path("/x/trust.json"))


def test_a_trust_list_is_never_taken_from_the_file(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('trust = "/evil.json"\n')
    assert load_settings({}, file=file).trust is None


def test_an_unusable_value_gives_the_default_and_a_note(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('theme = "pink"\nsnapshots = 0\npage_cache = "many"\nlanguage = true\nfuture = "x"\n')
    found = load_settings({}, file=file)
    assert (found.theme, found.snapshots, found.page_cache, found.language) == ("light", 10, 64, "zh_CN")
    assert {(note.key, note.code) for note in found.notes} == {
        ("theme", "choice"), ("snapshots", "range"), ("page_cache", "number"), ("language", "choice"), ("future", "unknown"),
    }  # fmt: skip


def test_an_unusable_variable_is_told_and_ignored(file: Path) -> None:
    found = load_settings({"TENDERBOX_SCALE": "9"}, file=file)
    assert (found.scale, found.notes[0].key) == (1.0, "TENDERBOX_SCALE")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"theme = ", b"a" * (LIMIT_BYTES + 1), b"[x\n", b'a."b'])
def test_garbage_is_put_aside_and_told(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert [note.code for note in load_settings({}, file=file).notes] == ["unreadable"]
    assert file.read_bytes() == content  # the command line, which tells nothing, moves nothing
    note = load_settings({}, file=file, put_aside=True).notes[0]
    assert note.code == "put_aside"
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == {note.value: content}
    assert load_settings({}, file=file).notes == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_stays(file: Path) -> None:
    write_settings_file(file, {"theme": "dark"})
    file.chmod(0)
    assert [note.code for note in load_settings({}, file=file, put_aside=True).notes] == ["unreadable"]
    assert file.exists()


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    assert [note.code for note in load_settings({}, file=file).notes] == ["unreadable"]


@given(st.binary(max_size=300))
def test_no_content_of_the_file_stops_a_program(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("s") / "settings.toml"
    path.write_bytes(content)
    assert load_settings({}, file=path).language in {"zh_CN", "en"}


@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), max_size=60), st.integers(1, 100))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, folder: str, count: int) -> None:
    path = tmp_path_factory.mktemp("s") / "settings.toml"
    write_settings_file(path, {"work_folder": folder, "snapshots": str(count)}, {"future": "kept"})
    read = read_settings_file(path)
    assert read.values.get("work_folder", "") == folder
    assert load_settings({}, file=path).snapshots == count
    assert read.others == {"future": "kept"}


def test_every_setting_has_its_words_in_both_languages() -> None:
    for language in ("zh_CN", "en"):
        words = load(language)
        for one in settings_schema():
            keys = [f"{one.key}.title", f"{one.key}.help", f"group.{one.group}"]
            keys += [f"{one.key}.{choice.replace('.', '_')}" for choice in one.choices]
            keys += [f"unit.{one.unit}"] if one.unit else []
            assert [key for key in keys if not words.has(f"shell.settings.{key}")] == []
            assert one.fault(one.default) == ""


def test_the_reference_page_is_the_schema() -> None:
    told = subprocess.run([sys.executable, "-m", "core.settings"], cwd=ROOT, capture_output=True, check=True).stdout
    assert (ROOT / "docs" / "settings.md").read_bytes() == told
