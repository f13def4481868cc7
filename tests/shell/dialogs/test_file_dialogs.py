"""File dialogs begin where the person works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from apps.shell.dialogs.files import FileDialogs, places
from apps.shell.dialogs.places import DialogPlaces
from core.messages import Catalogue


def test_the_last_folder_comes_before_the_work_folder_and_that_before_the_documents(tmp_path: Path) -> None:
    work, last = tmp_path / "work", tmp_path / "last"
    known = DialogPlaces(tmp_path, work)
    assert known.begin == tmp_path  # the work folder is on a share that is not there
    work.mkdir()
    assert known.begin == work
    known = known.used(last / "a.pdf")
    assert known.begin == work
    last.mkdir()
    assert known.begin == last
    assert known.used(work, is_folder=True).begin == work


def test_the_setting_counts_at_once(tmp_path: Path, words: Catalogue) -> None:
    dialogs = FileDialogs(words, DialogPlaces(tmp_path, last=tmp_path))
    (tmp_path / "chosen").mkdir()
    dialogs.follow_setting(tmp_path / "chosen")
    assert dialogs.places.begin == tmp_path / "chosen"


@pytest.fixture
def dialogs(qtbot, words: Catalogue, tmp_path: Path) -> FileDialogs:
    return FileDialogs(words, places(tmp_path), native=False)


@pytest.fixture
def parent(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def answered(act: Callable[[QFileDialog], None]) -> list[str]:
    """Answers the next dialog; says where it began."""
    begun: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        begun.append(dialog.directory().absolutePath())
        act(dialog)

    QTimer.singleShot(0, look)
    return begun


def choose(name: str) -> Callable[[QFileDialog], None]:
    def act(dialog: QFileDialog) -> None:
        dialog.selectFile(name)
        dialog.accept()

    return act


def test_a_file_is_chosen_and_the_next_dialog_begins_beside_it(
    dialogs: FileDialogs, parent: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "a.pdf"
    file.write_bytes(b"")
    begun = answered(choose(str(file)))
    assert dialogs.open_file(parent, "t", ("pdf",)) == file
    assert begun == [str(tmp_path)]
    begun = answered(QFileDialog.reject)
    assert dialogs.open_files(parent, "t") == ()
    assert begun == [str(tmp_path / "deep")]


def test_a_name_without_ending_gets_one(dialogs: FileDialogs, parent: QWidget, tmp_path: Path) -> None:
    answered(choose("report"))
    assert dialogs.save_file(parent, "t", "x", ("txt",)) == tmp_path / "report.txt"


def test_a_folder_is_chosen(dialogs: FileDialogs, parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    answered(choose(str(tmp_path / "inner")))
    assert dialogs.folder(parent, "t") == tmp_path / "inner"
    assert dialogs.places.begin == tmp_path / "inner"
