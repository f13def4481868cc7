"""The settings page: what can be taken is applied and saved at once; what cannot says why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from shiboken6 import isValid

from apps.shell.runner import Runner
from apps.shell.settings_page.build import build_settings
from apps.shell.settings_page.presenter import SettingsPresenter
from apps.shell.settings_page.state import SettingsState
from apps.shell.settings_page.store import FileSettings
from apps.shell.settings_page.view import SettingsView
from apps.shell.tasks import ImmediateStarter
from core.errors import FileNotWritable
from core.messages import Catalogue
from core.settings import load_settings


class Page:
    """The presenter with a list as view."""

    def __init__(self, words: Catalogue, file: Path, environment: Mapping[str, str] | None = None) -> None:
        self.states: list[SettingsState] = []
        self.applied: list[tuple[str, str]] = []
        self.file = file
        self.presenter = SettingsPresenter(
            self.states.append, words, FileSettings(file, environment or {}), ImmediateStarter(),
            lambda key, value: self.applied.append((key, value)),
        )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_a_choice_is_applied_and_saved_at_once(words: Catalogue, file: Path) -> None:
    page = Page(words, file)
    page.presenter.change("theme", "dark")
    assert page.applied == [("theme", "dark")]
    assert load_settings({}, file=file).theme == "dark"
    assert page.presenter.state.row("theme").changed


def test_a_value_out_of_range_says_why_and_is_not_saved(words: Catalogue, file: Path) -> None:
    page = Page(words, file)
    page.presenter.change("snapshots", "0")
    assert page.presenter.state.row("snapshots").fault == "range"
    assert page.applied == []
    assert not file.exists()
    page.presenter.change("snapshots", "12")
    assert page.presenter.state.row("snapshots").fault == ""
    assert load_settings({}, file=file).snapshots == 12


def test_what_the_environment_sets_cannot_be_changed(words: Catalogue, file: Path) -> None:
    page = Page(words, file, {"TENDERBOX_THEME": "dark"})
    page.presenter.change("theme", "light")
    assert page.presenter.state.row("theme").entry == "dark"
    assert page.presenter.state.row("theme").locked


def test_reset_all_leaves_an_empty_file_and_other_versions_entries(words: Catalogue, file: Path) -> None:
    file.write_text('theme = "dark"\nsnapshots = "3"\nfuture = "x"\n')
    page = Page(words, file)
    page.presenter.reset_all()
    assert page.applied == [("theme", "light"), ("snapshots", "10")]
    assert file.read_text() == 'future = "x"\n'


def test_reset_all_can_be_undone_until_something_else_is_changed(words: Catalogue, file: Path) -> None:
    file.write_text('theme = "dark"\nsnapshots = "3"\n')
    page = Page(words, file)
    page.presenter.reset_all()
    assert len(page.presenter.state.undo) == 2
    page.presenter.undo_reset()
    assert (load_settings({}, file=file).theme, load_settings({}, file=file).snapshots) == ("dark", 3)
    assert page.applied[-2:] == [("theme", "dark"), ("snapshots", "3")]
    assert page.presenter.state.undo == ()
    page.presenter.reset_all()
    page.presenter.change("snapshots", "5")
    assert page.presenter.state.undo == ()


def test_the_undo_of_a_reset_stands_on_the_page(view: SettingsView, file: Path) -> None:
    view.changed.emit("theme", "dark")
    view.reset.click()
    undo = next(one for one in view.findChildren(QPushButton) if one.text() == "撤销恢复")
    undo.click()
    assert load_settings({}, file=file).theme == "dark"


def test_a_page_that_is_gone_is_not_told_how_its_last_write_ended(qtbot, words: Catalogue, tmp_path: Path) -> None:
    gate = Event()

    class Slow(FileSettings):
        def write(self, values: Mapping[str, str]) -> None:
            gate.wait(10)
            raise FileNotWritable(path=self.file, reason="no_space")

    runner = Runner()
    view, presenter = build_settings(words, Slow(tmp_path / "s.toml", {}), runner, lambda _key, _value: None)
    before = presenter.state
    presenter.change("theme", "dark")
    view.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view))
    gate.set()
    qtbot.waitUntil(lambda: runner.busy == ())
    assert presenter.state.not_saved == before.not_saved
    assert runner.close() == ()


def test_language_says_that_it_needs_a_new_start(words: Catalogue, file: Path) -> None:
    page = Page(words, file)
    page.presenter.change("theme", "dark")
    assert not page.presenter.state.restart
    page.presenter.change("language", "en")
    assert page.presenter.state.restart


def test_a_file_that_cannot_be_written_is_told_and_told_no_longer_when_it_can(words: Catalogue, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"a file, not a folder")
    page = Page(words, blocked / "settings.toml")
    page.presenter.change("theme", "dark")
    assert str(blocked) in page.presenter.state.not_saved
    blocked.unlink()
    page.presenter.change("theme", "contrast")
    assert page.presenter.state.not_saved == ""


def test_search_looks_into_names_help_and_choices(words: Catalogue, file: Path) -> None:
    page = Page(words, file)
    page.presenter.search("弱视")
    assert page.presenter.state.shown == ("theme",)
    page.presenter.search("英")
    assert page.presenter.state.shown == ()
    page.presenter.search("")
    assert len(page.presenter.state.shown) == len(page.presenter.state.rows)


@pytest.fixture
def view(qtbot, words: Catalogue, file: Path) -> SettingsView:
    made, presenter = build_settings(words, FileSettings(file, {}), ImmediateStarter(), lambda _key, _value: None)
    made.setProperty("presenter", presenter)
    qtbot.addWidget(made)
    made.resize(1040, 760)
    made.show()
    return made


def test_the_page_is_used_with_the_keyboard_alone(view: SettingsView, file: Path) -> None:
    combo = next(c for c in view.findChildren(QComboBox) if c.accessibleName().startswith("主题"))
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert load_settings({}, file=file).theme == "dark"
    edit = next(e for e in view.findChildren(QLineEdit) if e.accessibleName().startswith("每日备份份数"))
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "7")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert load_settings({}, file=file).snapshots == 7


def test_what_is_wrong_is_said_to_a_screen_reader_too(view: SettingsView) -> None:
    edit = next(e for e in view.findChildren(QLineEdit) if e.accessibleName().startswith("页面缓存"))
    edit.setText("5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "16 至 1024" in edit.accessibleName()


def test_showing_the_same_state_twice_changes_nothing(view: SettingsView) -> None:
    presenter = view.property("presenter")
    before = view.grab().toImage()
    presenter.refresh()
    assert view.grab().toImage() == before
