"""The comparison by keyboard, on screen and on the clipboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel

from apps.shell.compare.build import build_compare
from apps.shell.compare.state import Cell
from core.messages import Catalogue
from tests.shell.compare.test_compare_differences import number, table
from tests.shell.walkers import unreachable, without_name

LONG = "松木实木，厚度 25 mm，表面环保清漆；承重隔板另加钢制托架，每层承重不低于 60 kg"
TABLE = table(
    {"价": number("200"), "木": "橡木", "灯": "LED"},
    {"价": number("190"), "木": Cell(LONG, place="第 12 页"), "灯": "LED"},
    {"价": number("203"), "木": "橡木", "灯": "LED"},
    reference="0",
)


def card(qtbot, words: Catalogue, content=TABLE):
    view, presenter = build_compare(words, content)
    qtbot.addWidget(view)
    view.resize(760, 520)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view, presenter


def texts(view) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_arrows_walk_and_the_detail_shows_the_whole_cell(qtbot, words: Catalogue):
    view, presenter = card(qtbot, words)
    presenter.stand_on("价", "0")
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Right)
    assert presenter.state.current == ("木", "1")
    assert LONG in texts(view)
    assert "方案0：橡木" in texts(view)
    assert "第 12 页" in texts(view)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == LONG
    mods = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.table, Qt.Key.Key_C, mods)
    assert QGuiApplication.clipboard().text().startswith("比较项\t")


def test_only_differences_hides_rows_and_says_so_when_none_is_left(qtbot, words: Catalogue):
    view, presenter = card(qtbot, words)
    box = view.findChild(QCheckBox)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert view.table.model().rowCount() == 2
    presenter.set_table(table({"a": "x"}, {"a": "x"}))
    assert not view.table.isVisible()
    assert "没有差异" in texts(view)


def test_criteria_and_things_stay_in_sight_while_the_cells_scroll(qtbot, words: Catalogue):
    wide = table(*({str(row): f"{row}-{column}" for row in range(60)} for column in range(12)))
    view, _presenter = card(qtbot, words, wide)
    assert view.table.horizontalScrollBar().maximum() > 0
    view.table.horizontalScrollBar().setValue(view.table.horizontalScrollBar().maximum())
    view.table.verticalScrollBar().setValue(view.table.verticalScrollBar().maximum())
    assert view.table.verticalHeader().isVisible()
    assert view.table.verticalHeader().x() < view.table.viewport().x()
    assert view.table.horizontalHeader().y() < view.table.viewport().y()


def test_a_cell_that_differs_is_marked_with_words_in_its_accessible_text(qtbot, words: Catalogue):
    view, _presenter = card(qtbot, words)
    model = view.table.model()
    heard = model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "价，方案2，203，高 1.5%"
    interface = QAccessible.queryAccessibleInterface(view.table)
    assert interface.childCount() > 9


def test_everything_has_a_name_and_is_reached_by_tab(qtbot, words: Catalogue):
    view, presenter = card(qtbot, words)
    presenter.stand_on("木", "1")
    assert without_name(view) == []
    assert unreachable(view) == []


def test_long_cells_take_two_lines_and_no_more(qtbot, words: Catalogue):
    view, _presenter = card(qtbot, words)
    assert view.table.rowHeight(1) > view.table.rowHeight(2)
    assert view.table.rowHeight(1) < 3 * view.table.rowHeight(2)


def test_the_same_state_twice_changes_nothing(qtbot, words: Catalogue):
    view, presenter = card(qtbot, words)
    before = view.grab().toImage()
    view.show_state(presenter.state)
    assert view.grab().toImage() == before
