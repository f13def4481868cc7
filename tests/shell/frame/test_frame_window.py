"""The frame as a window: keys alone, names and focus for everybody, notices that keep quiet, look and place."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from apps.shell.frame.build_recent import build_recent
from apps.shell.frame.geometry import Rect
from apps.shell.frame.page_stack import Page
from apps.shell.frame.palette import PaletteBox
from apps.shell.frame.rail import RailButton
from apps.shell.frame.recent import RecentProject, RecentProjects
from apps.shell.frame.recent_file import load_recent, save_recent
from apps.shell.frame.say import say
from apps.shell.frame.state import ABOUT, NOTICES, SHORTCUTS, NavItem
from apps.shell.frame.status import Tone
from apps.shell.frame.window import Frame
from apps.shell.gallery.frame_cast import NOW, demo_frame
from apps.shell.tasks import ImmediateStarter
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look
from core.messages import Catalogue
from tests.shell.walkers import press, tab_stops, unreachable, without_name

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def shown(qtbot: QtBot, frame: Frame) -> Frame:
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    return frame


@pytest.fixture
def frame(qtbot: QtBot, words: Catalogue) -> Frame:
    return shown(qtbot, demo_frame(words))


def current(frame: Frame) -> str:
    return frame.presenter.state.current


def palette_of(frame: Frame) -> PaletteBox:
    return frame.findChildren(PaletteBox)[0]


# keys alone


def test_every_page_is_reached_by_its_number_and_the_way_back_by_alt_left(frame: Frame) -> None:
    press([Key.Key_4], CTRL)
    press([Key.Key_8], CTRL)
    assert current(frame) == "settings"
    press([Key.Key_Left], ALT)
    assert current(frame) == "cost"
    press([Key.Key_Right], ALT)
    assert current(frame) == "settings"


def test_f6_goes_round_the_panes_and_remembers_where_one_was(frame: Frame) -> None:
    panes = []
    for _ in range(4):
        press([Key.Key_F6])
        widget = QApplication.focusWidget()
        panes.append(next(name for name, pane in (
            ("rail", frame._rail), ("header", frame._header), ("page", frame.pages), ("status", frame._status),
        ) if pane.isAncestorOf(widget)))  # fmt: skip
    assert panes == ["status", "rail", "header", "page"]
    press([Key.Key_F6], SHIFT)
    press([Key.Key_F6], SHIFT)
    press([Key.Key_Down, Key.Key_Down])
    there = QApplication.focusWidget()
    press([Key.Key_F6, Key.Key_F6, Key.Key_F6, Key.Key_F6])
    assert QApplication.focusWidget() is there


def test_arrows_walk_the_rail_and_enter_goes(frame: Frame) -> None:
    frame._rail.buttons["home"].setFocus()
    press([Key.Key_Down, Key.Key_Down, Key.Key_Return])
    assert current(frame) == "chapters"
    assert isinstance(QApplication.focusWidget(), RailButton), "the rail keeps the focus it has"
    press([Key.Key_End, Key.Key_Space])
    assert current(frame) == "settings"
    press([Key.Key_Home, Key.Key_Up, Key.Key_Return])
    assert current(frame) == "home"


def test_the_palette_needs_no_mouse_and_gives_the_focus_back(frame: Frame) -> None:
    before = QApplication.focusWidget()
    press([Key.Key_K], CTRL)
    assert palette_of(frame).isVisible()
    press(["zdqz", Key.Key_Tab, Key.Key_Return])
    assert current(frame) == "stamp", "转到：签章 by its initials"
    assert not palette_of(frame).isVisible()
    press([Key.Key_1], CTRL)
    press([Key.Key_K], CTRL)
    press([Key.Key_Down, Key.Key_Escape])
    assert not palette_of(frame).isVisible()
    assert QApplication.focusWidget() is before


def test_the_palette_says_why_something_cannot_be_done(frame: Frame, words: Catalogue) -> None:
    press([Key.Key_K], CTRL)
    press(["dyqd", Key.Key_Return])
    assert palette_of(frame).isVisible()
    listed = palette_of(frame).findChildren(QListWidget)[0].item(0)
    assert "现在不能用：清单里还有 3 项没有填写。" in listed.data(Qt.ItemDataRole.AccessibleTextRole)
    assert frame.presenter.state.palette.refused == say("shell.frame.demo.reason_print")


def page_with_text(qtbot: QtBot, words: Catalogue, *fields: QWidget) -> Frame:
    """A frame whose page "list" holds these fields."""
    page = QWidget()
    column = QVBoxLayout(page)
    for field in fields:
        field.setAccessibleName("field")
        column.addWidget(field)
    frame = demo_frame(words)
    frame.pages._builders["list"] = lambda: page
    shown(qtbot, frame)
    press([Key.Key_2], CTRL)
    return frame


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QComboBox])
def test_the_windows_keys_work_from_inside_any_field(qtbot: QtBot, words: Catalogue, kind: type[QWidget]) -> None:
    field = kind()
    frame = page_with_text(qtbot, words, field)
    field.setFocus()
    press([Key.Key_K], CTRL)
    assert palette_of(frame).isVisible()
    press([Key.Key_Escape])
    assert QApplication.focusWidget() is field
    press([Key.Key_F1])
    assert current(frame) == SHORTCUTS
    press([Key.Key_Escape])
    assert QApplication.focusWidget() is field, "Escape leads back to the very field"
    press([Key.Key_Left], ALT)
    assert current(frame) == "home"


def test_a_question_mark_is_typed_in_a_field_and_asks_for_the_keys_elsewhere(qtbot: QtBot, words: Catalogue) -> None:
    field = QLineEdit()
    frame = page_with_text(qtbot, words, field)
    field.setFocus()
    press(["?"])
    assert (field.text(), current(frame)) == ("?", "list")
    frame._rail.buttons["list"].setFocus()
    press([Key.Key_Question], SHIFT)
    assert current(frame) == SHORTCUTS


def test_a_page_without_any_stop_gives_the_focus_to_its_place_on_the_rail(frame: Frame) -> None:
    press([Key.Key_2], CTRL)
    assert QApplication.focusWidget() is frame._rail.buttons["list"]
    press([Key.Key_1], CTRL)
    press([Key.Key_Left], ALT)
    assert current(frame) == "list"


def test_a_part_is_chosen_by_keys(frame: Frame) -> None:
    combo = frame._header.findChildren(QComboBox)[0]
    combo.setFocus()
    press([Key.Key_Down])
    assert frame.presenter.state.header.part == "store"


# names and focus


@pytest.mark.parametrize("page", ["home", "list", ABOUT, SHORTCUTS, NOTICES])
def test_everything_on_every_page_has_a_name_and_is_reached_by_tab(frame: Frame, page: str) -> None:
    frame.presenter.notify(
        Tone.ERR, say("shell.frame.demo.notice_disk"), action="save", action_title=say("shell.frame.recent.open")
    )
    frame.presenter.go(page)
    assert without_name(frame) == []
    assert unreachable(frame) == []
    assert len(tab_stops(frame)) >= 14


def test_the_current_page_badge_and_deadline_are_told_in_words(frame: Frame) -> None:
    names = {page: made.accessibleName() for page, made in frame._rail.buttons.items()}
    assert names["home"] == "项目，当前页面"
    assert names["list"] == "清单，3 项待处理"
    interface = QAccessible.queryAccessibleInterface(frame._header.countdown)
    assert "2 天 18:41" in interface.text(QAccessible.Text.Name)


# notices


def test_a_notice_never_takes_the_focus_nor_a_letter(qtbot: QtBot, words: Catalogue) -> None:
    field = QLineEdit()
    frame = page_with_text(qtbot, words, field)
    field.setFocus()
    press(["ab"])
    for tone in Tone:
        frame.presenter.notify(tone, say("shell.frame.demo.notice_import"))
    press(["cd"])
    assert QApplication.focusWidget() is field
    assert field.text() == "abcd"


def test_a_notice_is_announced_to_readers(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: told.append(event.accessibleInterface().text(QAccessible.Text.Name)),
    )
    frame.presenter.notify(Tone.ERR, say("shell.frame.demo.notice_disk"))
    assert told == ["错误：磁盘空间不足，14:46 以后的修改没有保存。请腾出空间后重试。"]


def test_the_keyboard_goes_to_a_notice_runs_it_and_lands_somewhere_sensible(frame: Frame) -> None:
    frame.presenter.notify(
        Tone.ERR, say("shell.frame.demo.notice_disk"), action="about", action_title=say("shell.frame.recent.open")
    )
    press([Key.Key_F6])
    stack = frame._notices
    assert stack.isAncestorOf(QApplication.focusWidget())
    press([Key.Key_Tab, Key.Key_Space])
    assert not stack.isVisible()
    assert frame.pages.isAncestorOf(QApplication.focusWidget()), "back in the page, not nowhere"
    frame.presenter.notify(Tone.ERR, say("shell.frame.demo.notice_disk"))
    press([Key.Key_J], CTRL | SHIFT)
    assert not stack.isVisible()


def test_the_stack_stays_in_the_corner_above_the_status_bar(frame: Frame) -> None:
    for number, tone in enumerate((Tone.ERR, Tone.WARN, Tone.INFO, Tone.INFO)):
        frame.presenter.notify(tone, say("shell.frame.notice.more", n=number))
    for size in ((1366, 768), (960, 600), (1600, 900)):
        frame.resize(*size)
        QApplication.processEvents()
        stack, ground = frame._notices, frame.centralWidget()
        assert stack.geometry().right() < ground.width()
        assert stack.geometry().bottom() < ground.height() - frame._status.height()
        assert stack.geometry().top() >= 0


# look


@pytest.fixture
def _old_look(looked_app: QApplication) -> Iterator[None]:
    yield
    apply_look(looked_app, Look())


@pytest.mark.usefixtures("_old_look")
def test_f8_makes_type_larger_and_the_frame_still_fits_a_small_screen(frame: Frame, qtbot: QtBot) -> None:
    before = frame._status.height()
    press([Key.Key_F8])
    press([Key.Key_F8])
    qtbot.waitUntil(lambda: frame._status.height() > before)
    assert frame.presenter.state.look.scale == 1.5
    assert frame.minimumSizeHint().width() <= 1366
    assert frame.minimumSizeHint().height() <= 768
    visible = frame._rail.viewport().rect()
    for made in frame._rail.buttons.values():
        place = made.rect().translated(made.mapTo(frame._rail.viewport(), made.rect().topLeft()))
        assert visible.contains(place), f"{made.text()} is cut off at 1366×768"


# place and time


def test_a_window_that_stood_on_a_missing_screen_comes_back(frame: Frame) -> None:
    frame.place(Rect(9000, 9000, 1000, 700))
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.contains(frame.geometry().topLeft())
    frame.setGeometry(9000, 9000, 1000, 700)
    frame._back_onto_a_screen()  # what the signal of a screen that went runs
    assert area.contains(frame.geometry().topLeft())


def test_the_clock_ticks_only_while_the_window_is_there(frame: Frame) -> None:
    assert frame._clock.isActive()
    frame.close()
    assert not frame._clock.isActive()


def test_a_program_may_refuse_to_close(frame: Frame) -> None:
    frame.may_close = lambda: False
    assert not frame.close()
    frame.may_close = lambda: True
    assert frame.close()


def test_pages_are_built_when_first_shown(qtbot: QtBot, words: Catalogue) -> None:
    built: list[str] = []
    from apps.shell.frame.build import Program, build_frame
    from apps.shell.gallery.frame_cast import NOW, demo_about

    def page(name: str) -> Page:
        return Page(NavItem(name, "shell.frame.demo.page_list", "list"), lambda: (built.append(name), QWidget())[1])

    frame = build_frame(words, Program("P", (page("a"), page("b")), demo_about(), lambda: NOW))
    shown(qtbot, frame)
    assert built == ["a"]
    press([Key.Key_2], CTRL)
    press([Key.Key_1], CTRL)
    press([Key.Key_2], CTRL)
    assert built == ["a", "b"]


def test_the_same_state_twice_changes_nothing_and_a_tick_is_quick(frame: Frame) -> None:
    kept = frame.findChildren(QWidget)
    begin = time.perf_counter()
    for _ in range(50):
        frame.presenter.refresh()
    assert frame.findChildren(QWidget) == kept
    assert (time.perf_counter() - begin) / 50 < 0.1, "the event loop may not stall"


def test_state_changes_lose_no_reference(frame: Frame) -> None:
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for _ in range(300):
        frame.presenter.refresh()
        QTest.keyClick(frame, Key.Key_Shift)
    assert all(sys.getrefcount(one) >= old - 50 for one, old in zip((None, True, False), before, strict=True))


# recent projects in a frame


def test_a_project_is_opened_forgotten_and_brought_back_by_keys(qtbot: QtBot, words: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "recent.json"
    there = tmp_path / "a.tbd"
    there.write_bytes(b"")
    projects = (RecentProject(str(there), "A", NOW), RecentProject(str(tmp_path / "gone.tbd"), "B", NOW))
    save_recent(file, RecentProjects(projects))
    frame = demo_frame(words)
    opened: list[str] = []
    sought: list[str] = []
    room = build_recent(
        words, ImmediateStarter(), frame.presenter, file,
        now=lambda: NOW, open_project=opened.append, find_project=sought.append,
    )  # fmt: skip
    frame.pages._builders["list"] = lambda: room.view
    shown(qtbot, frame)
    press([Key.Key_2], CTRL)
    press([Key.Key_Return, Key.Key_Down, Key.Key_Return])
    assert (opened, sought) == ([str(there)], [str(tmp_path / "gone.tbd")])
    press([Key.Key_Delete])
    assert [one.title for one in load_recent(file).projects] == ["A"]
    press([Key.Key_F6])
    press([Key.Key_Space])
    assert [one.title for one in load_recent(file).projects] == ["A", "B"]


# speed


def test_three_thousand_notices_and_states_are_shown_without_a_stall(frame: Frame, qtbot: QtBot) -> None:
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(tick)
    timer.start()
    for number in range(3000):
        frame.presenter.set_badge("list", number % 7)
        if number % 10 == 0:
            frame.presenter.notify(Tone.INFO, say("shell.frame.notice.more", n=number))
            frame.presenter.close_notice(frame.presenter.state.notices.shown[0].number)
        if number % 20 == 0:
            QApplication.processEvents()
    timer.stop()
    assert len(frame.presenter.state.notices.history) == 200
    assert sorted(gaps)[int(len(gaps) * 0.95)] < 0.1, "twenty states between two ticks"
