"""The page with the real runner: what a person sees, hears and does by keyboard."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from apps.shell.doctor_page.build import DoctorPage
from apps.shell.gallery.doctor import SPECIMENS
from apps.shell.runner import Runner
from core.jobs.doctor.check import Check
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed
from core.messages import Catalogue
from tests.shell.doctor.doctor_world import inputs_at
from tests.shell.ticks import TickRecorder


class Machine:
    """Two checks whose answers a test changes, one of which can be held."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.key = failed("key", "wrong_pin", action="choose_certificate", facts={"key_file": "a.key"})
        self.fixed: list[Result] = []
        self.screens: list[object] = []
        self.checks = (Check("disk", self._disk, 10), Check("key", lambda _: self.key))

    def _disk(self, inputs: Inputs) -> Result:
        self.screens.append(inputs.screen)
        self.go.wait(9)
        return passed("disk", "enough", free=1, wanted=1)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def page(qtbot: QtBot, words: Catalogue, tmp_path: Path, machine: Machine) -> DoctorPage:
    runner = Runner()
    made = DoctorPage(words, runner, lambda: inputs_at(tmp_path), fix=machine.fixed.append, checks=machine.checks)
    qtbot.addWidget(made)
    runner.setParent(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def finished(page: DoctorPage) -> bool:
    return page.presenter.state.finished


def test_a_run_ends_with_the_failed_check_on_top_and_its_button_works(
    qtbot: QtBot, page: DoctorPage, machine: Machine
) -> None:
    qtbot.keyClick(page.view.run_button, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    key, disk = page.view.rows["key"], page.view.rows["disk"]
    assert key.y() < disk.y()
    assert key.fix_button.isVisible()
    assert not disk.fix_button.isVisible()
    qtbot.mouseClick(key.fix_button, Qt.MouseButton.LeftButton)
    assert [result.code for result in machine.fixed] == ["doctor.key.wrong_pin"]
    assert machine.screens[0] is not None


def test_while_a_check_runs_the_window_answers_and_stop_ends_the_run(
    qtbot: QtBot, page: DoctorPage, machine: Machine
) -> None:
    machine.go.clear()
    page.run()
    qtbot.waitUntil(lambda: page.presenter.state.current == "disk", timeout=2000)
    assert page.view.stop_button.isVisible()
    assert not page.view.rows["key"].recheck_button.isEnabled()
    qtbot.mouseClick(page.view.stop_button, Qt.MouseButton.LeftButton)
    assert not page.presenter.state.running
    assert page.view.run_button.isVisible()
    machine.go.set()


def test_a_mended_check_is_asked_again_by_its_own_button(qtbot: QtBot, page: DoctorPage, machine: Machine) -> None:
    page.run()
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    machine.key = passed("key", "signs")
    qtbot.mouseClick(page.view.rows["key"].recheck_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: finished(page) and "正常" in page.view.rows["key"].accessibleName(), timeout=5000)
    assert page.view.rows["key"].y() > page.view.rows["disk"].y()


def test_arrow_keys_go_from_check_to_check(qtbot: QtBot, page: DoctorPage) -> None:
    page.run()
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    page.view.rows["key"].setFocus()
    qtbot.keyClick(page.view.rows["key"], Qt.Key.Key_Down)
    assert page.view.rows["disk"].hasFocus()
    qtbot.keyClick(page.view.rows["disk"], Qt.Key.Key_Down)
    assert page.view.rows["disk"].hasFocus()
    qtbot.keyClick(page.view.rows["disk"], Qt.Key.Key_Up)
    assert page.view.rows["key"].hasFocus()


def test_a_row_is_heard_with_verdict_cause_and_remedy(qtbot: QtBot, page: DoctorPage) -> None:
    page.run()
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    heard = page.view.rows["key"].accessibleName()
    assert heard.startswith("密钥与 PIN: 有问题")
    assert "只试了一次" in heard
    assert "请勿反复猜测" in heard


def nameless(widget: object) -> list[str]:
    found = widget.findChildren(QAbstractButton)  # type: ignore[attr-defined]
    return [one.objectName() or type(one).__name__ for one in found
            if not (one.text() or one.accessibleName()) and one.isVisibleTo(widget)]  # fmt: skip


def test_every_button_has_a_name(qtbot: QtBot, page: DoctorPage) -> None:
    page.run()
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    assert nameless(page) == []
    page.view.rows["key"].recheck_button.setAccessibleName("")
    assert nameless(page) == ["QPushButton"]  # the failing control


def test_details_open_and_close(qtbot: QtBot, page: DoctorPage) -> None:
    page.run()
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    row = page.view.rows["key"]
    before = row.sizeHint().height()
    qtbot.keyClick(row.facts_button, Qt.Key.Key_Space)
    assert row.sizeHint().height() > before


def test_the_report_is_on_the_clipboard(qtbot: QtBot, page: DoctorPage) -> None:
    page.run()
    qtbot.waitUntil(lambda: finished(page), timeout=5000)
    qtbot.mouseClick(page.view.copy_button, Qt.MouseButton.LeftButton)
    assert "doctor.key.wrong_pin" in QApplication.clipboard().text()


def test_the_whole_registry_runs_without_stalling_the_window(qtbot: QtBot, words: Catalogue, tmp_path: Path) -> None:
    runner = Runner()
    page = DoctorPage(words, runner, lambda: inputs_at(tmp_path), fix=lambda _: None)
    qtbot.addWidget(page)
    runner.setParent(page)
    page.show()
    qtbot.waitExposed(page)
    with TickRecorder() as ticks:
        page.run()
        qtbot.waitUntil(lambda: finished(page), timeout=30_000)
    codes = [result.code for result in page.presenter.state.results]
    assert len(codes) == 21
    assert "doctor.any.raised" not in codes
    assert ticks.count > 20
    assert ticks.longest_busy < 0.1


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one.name)
def test_the_same_state_twice_changes_nothing(qtbot: QtBot, words: Catalogue, specimen: object) -> None:
    view = specimen.build(words)  # type: ignore[attr-defined]
    qtbot.addWidget(view)
    view.resize(1080, 760)
    view.show()
    qtbot.waitExposed(view)
    before = view.grab().toImage()
    view.show_state(view._state)
    assert view.grab().toImage() == before
