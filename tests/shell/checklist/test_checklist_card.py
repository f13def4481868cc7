"""The checklist by keyboard, by mouse and by ear."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from apps.shell.checklist.build import build_checklist
from apps.shell.checklist.row import ChecklistRow
from apps.shell.checklist.state import ChecklistItem, ItemState
from core.messages import Catalogue
from tests.shell.checklist.test_checklist_decides import GOAL, ITEMS
from tests.shell.walkers import unreachable, without_name


def card(qtbot, words: Catalogue, items=ITEMS):
    jumps: list[str] = []
    acts: list[bool] = []
    view, presenter = build_checklist(words, GOAL, jump=jumps.append, act=lambda: acts.append(True))
    qtbot.addWidget(view)
    presenter.set_items(items)
    view.resize(400, 640)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view, presenter, jumps, acts


def test_up_and_down_walk_and_enter_goes_there(qtbot, words: Catalogue):
    view, presenter, jumps, _acts = card(qtbot, words)
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert presenter.state.current == "survey"
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert jumps == []
    for _ in range(2):
        qtbot.keyClick(view.list, Qt.Key.Key_Down)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert jumps == ["letter"]
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    qtbot.keyClick(view.list, Qt.Key.Key_Enter)
    assert jumps == ["letter", "hint"]


def test_a_click_on_the_link_goes_there_and_a_click_beside_it_does_not(qtbot, words: Catalogue):
    view, _presenter, jumps, _acts = card(qtbot, words)
    view.grab()
    row = view.findChild(ChecklistRow)
    place = view.list.visualRect(view.list.model().index(2, 0))
    link = row.link_rect(place, ITEMS[2])
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 60, place.center().y()))
    assert jumps == []
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert jumps == ["letter"]


def test_the_action_is_disabled_and_says_why_to_eye_and_ear(qtbot, words: Catalogue):
    view, presenter, _jumps, acts = card(qtbot, words)
    action = next(one for one in view.findChildren(QPushButton) if one.text() == "生成移交文件")
    assert not action.isEnabled()
    assert "3" in action.accessibleDescription()
    assert any(
        label.text() == action.accessibleDescription() and label.isVisible() for label in view.findChildren(QLabel)
    )
    presenter.set_items(ITEMS[:2])
    assert action.isEnabled()
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    assert acts == [True]


def test_rows_are_heard_with_their_state(qtbot, words: Catalogue):
    view, *_ = card(qtbot, words)
    interface = QAccessible.queryAccessibleInterface(view.list)
    heard = [interface.child(number).text(QAccessible.Text.Name) for number in range(interface.childCount())]
    assert any("委托函，必须处理" in text for text in heard)
    assert any("现场勘测，已完成" in text for text in heard)


def test_everything_has_a_name_and_is_reached_by_tab(qtbot, words: Catalogue):
    view, presenter, *_ = card(qtbot, words)
    presenter.set_items(ITEMS[:2])
    assert without_name(view) == []
    assert unreachable(view) == []


def test_progress_shows_the_share_that_is_done(qtbot, words: Catalogue):
    view, *_ = card(qtbot, words)
    bar = view.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (1, 6)
    assert "1 / 6" in bar.accessibleDescription()


def test_a_change_of_state_keeps_the_row_the_reader_stands_on(qtbot, words: Catalogue):
    view, presenter, *_ = card(qtbot, words)
    presenter.stand_on("letter")
    mended = tuple(
        ChecklistItem(one.key, one.title, ItemState.DONE) if one.key == "letter" else one for one in ITEMS
    )  # fmt: skip
    presenter.set_items(mended)
    assert view.list.currentIndex().row() == 2
    assert view.title.text() == "距离可以移交还差 2 项"


def test_long_words_wrap_within_the_card_and_grow_the_row(qtbot, words: Catalogue):
    long = ChecklistItem("long", "标题" * 30, ItemState.BLOCKING, "没有空格的长词" * 20, "条款" * 40)
    view, *_ = card(qtbot, words, (long, ITEMS[0]))
    view.grab()
    tall = view.list.visualRect(view.list.model().index(0, 0))
    short = view.list.visualRect(view.list.model().index(1, 0))
    assert tall.height() > 4 * short.height()
    assert tall.width() <= view.list.viewport().width()
    view.resize(900, 640)
    qtbot.waitUntil(lambda: view.list.visualRect(view.list.model().index(0, 0)).height() < tall.height())


def test_the_same_state_twice_changes_nothing(qtbot, words: Catalogue):
    view, presenter, *_ = card(qtbot, words)
    before = view.grab().toImage()
    view.show_state(presenter.state)
    assert view.grab().toImage() == before
