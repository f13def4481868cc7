"""The grid under keys, mouse and clipboard."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from apps.shell.grid.area import Area
from apps.shell.grid.board import mime_of
from apps.shell.grid.clipboard import Clip
from apps.shell.grid.columns import Column, Value
from apps.shell.grid.edits import Edit, EditKind
from apps.shell.grid.order import Query, SortKey
from apps.shell.grid.preview import PasteDialog
from apps.shell.grid.problems import Problem, Severity
from apps.shell.grid.store import Row, RowKind
from apps.shell.grid.view import GridView
from core.errors import FileNotWritable
from core.messages import Catalogue
from tests.shell.grid.tables import COLUMNS, rows

Key, Mod = Qt.Key, Qt.KeyboardModifier
WRONG = Problem(Severity.ERROR, "单价未填")


@pytest.fixture
def grid(qtbot: QtBot, words: Catalogue, edits: list[Edit]) -> GridView:
    view = GridView(words, COLUMNS, on_edit=edits.append, title="材料")
    qtbot.addWidget(view)
    view.resize(1_000, 600)
    view.show_rows(rows(), {("r2", "price"): WRONG, ("r7", "name"): Problem(Severity.WARN, "名称太短")})
    view.show()
    qtbot.waitUntil(view.ready)
    view.activateWindow()
    view.table.setFocus()
    return view


def stand(view: GridView, row: int, column: int) -> None:
    view.table.setCurrentIndex(view.model.index(row, column))


def where(view: GridView) -> tuple[str, str]:
    index = view.table.currentIndex()
    row, number = view.model.cell(index)
    return view.sheet.store.ids[row], view.sheet.columns[number].key


def value(view: GridView, row: int, column: str) -> Value:
    return view.sheet.store.value(row, view.sheet.store.number_of_column[column])


def press(view: GridView, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    QTest.keyClick(view.table, key, modifier)


def editor(view: GridView, kind: type[QLineEdit] | type[QComboBox] = QLineEdit) -> QLineEdit | QComboBox:
    found = [w for pane in (view.table, view.table.pane) for w in pane.viewport().findChildren(kind) if w.isVisible()]
    assert len(found) == 1
    return found[0]


def put_text(text: str, html: str = "") -> None:
    QGuiApplication.clipboard().setMimeData(mime_of(Clip(text, html)))


def open_dialog(view: GridView) -> PasteDialog:
    dialog = view.actions_of_grid.dialog
    assert isinstance(dialog, PasteDialog)
    return dialog


def test_typing_and_enter_fill_a_cell_and_move_down(grid: GridView, edits: list[Edit]) -> None:
    stand(grid, 2, 3)
    QTest.keyClicks(grid.table, "1")
    QTest.keyClicks(editor(grid), ",234.5")
    QTest.keyClick(editor(grid), Key.Key_Return)
    assert value(grid, 2, "price") == Decimal("1234.5")
    assert where(grid) == ("r3", "price")
    assert [edit.kind for edit in edits] == [EditKind.TYPE]


def test_tab_commits_and_moves_right_and_over_the_end_of_a_row(grid: GridView) -> None:
    stand(grid, 0, 1)
    press(grid, Key.Key_F2)
    QTest.keyClicks(editor(grid), "new")
    QTest.keyClick(editor(grid), Key.Key_Tab)
    assert value(grid, 0, "name") == "new"
    assert where(grid) == ("r0", "quantity")
    stand(grid, 0, 6)
    press(grid, Key.Key_Tab)
    assert where(grid) == ("r1", "code")
    press(grid, Key.Key_Backtab, Mod.ShiftModifier)
    assert where(grid) == ("r0", "check")


def test_a_wrong_entry_stays_open_with_its_reason_and_escape_drops_it(grid: GridView, edits: list[Edit]) -> None:
    stand(grid, 0, 3)
    press(grid, Key.Key_F2)
    line = editor(grid)
    assert isinstance(line, QLineEdit)
    line.setText("12万")
    assert line.property("state") == "error"
    QTest.keyClick(line, Key.Key_Return)
    assert line.isVisible()
    assert grid.band.isVisible()
    assert "换算" in grid.band.accessibleName()
    QTest.keyClick(line, Key.Key_Escape)
    assert not grid.band.isVisible()
    assert edits == []


def test_a_protected_cell_says_why_it_does_not_open(grid: GridView) -> None:
    stand(grid, 0, 0)
    QTest.keyClicks(grid.table, "x")
    assert "编码" in grid.band.accessibleName()
    stand(grid, 0, 6)
    press(grid, Key.Key_F2)
    assert "检查结果" in grid.band.accessibleName()


def test_a_line_break_in_a_text_survives_editing_on_one_line(grid: GridView) -> None:
    grid.sheet.store.put(0, 1, "一\n二")
    stand(grid, 0, 1)
    press(grid, Key.Key_F2)
    line = editor(grid)
    assert isinstance(line, QLineEdit)
    line.end(False)
    QTest.keyClick(line, Key.Key_Return, Mod.AltModifier)
    QTest.keyClicks(line, "3")
    QTest.keyClick(line, Key.Key_Return)
    assert value(grid, 0, "name") == "一\n二\n3"


def test_a_choice_is_chosen_from_its_list(grid: GridView) -> None:
    stand(grid, 0, 5)
    press(grid, Key.Key_F2)
    box = editor(grid, QComboBox)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("a"))
    QTest.keyClick(box, Key.Key_Return)
    assert value(grid, 0, "way") == "a"


def test_a_frozen_cell_is_edited_where_it_is_seen(qtbot: QtBot, words: Catalogue) -> None:
    view = GridView(words, (Column(key="a", editable=True, frozen=True), Column(key="b", editable=True)))
    qtbot.addWidget(view)
    view.show_rows((Row("1", ("x", "y")),))
    view.show()
    stand(view, 0, 0)
    press(view, Key.Key_F2)
    assert editor(view).parent() is view.table.pane.viewport()
    QTest.keyClicks(editor(view), "z")
    QTest.keyClick(editor(view), Key.Key_Tab)
    assert value(view, 0, "a") == "z"
    assert where(view) == ("1", "b")


def test_frozen_columns_share_selection_and_scroll(grid: GridView, qtbot: QtBot) -> None:
    grid.show_rows(rows(500))
    qtbot.waitUntil(grid.ready)
    stand(grid, 400, 2)
    pane = grid.table.pane
    assert pane.verticalScrollBar().value() == grid.table.verticalScrollBar().value() > 0
    assert pane.selectionModel() is grid.table.selectionModel()
    assert pane.isVisible()
    assert pane.width() == grid.table.columnWidth(0)
    assert pane.isColumnHidden(1)


def test_a_cell_is_never_scrolled_below_the_frozen_columns(grid: GridView) -> None:
    grid.resize(460, 400)
    stand(grid, 0, 6)
    stand(grid, 0, 1)
    assert grid.table.columnViewportPosition(1) >= grid.table.pane.covered()


def test_copy_writes_text_and_html_and_cut_empties(grid: GridView, edits: list[Edit]) -> None:
    grid.table.select_area(Area(1, 1, 2, 3))
    press(grid, Key.Key_C, Mod.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "砂浆\t3.7\t54\r\n隔墙\t7.4\t\r\n"
    assert "<td" in mime.html()
    press(grid, Key.Key_X, Mod.ControlModifier)
    assert [edit.kind for edit in edits] == [EditKind.CUT]
    assert value(grid, 1, "name") is None
    press(grid, Key.Key_Z, Mod.ControlModifier)
    assert value(grid, 1, "name") == "砂浆"


def test_a_paste_shows_what_it_would_do_and_does_it_on_demand_as_one_action(grid: GridView, edits: list[Edit]) -> None:
    put_text("新砖\t１０\r\n新浆\t约20\r\n")
    stand(grid, 0, 1)
    press(grid, Key.Key_V, Mod.ControlModifier)
    dialog = open_dialog(grid)
    assert edits == []
    assert "3" in dialog.count.text()
    dialog.go.click()
    assert [(edit.kind, len(edit.changes)) for edit in edits] == [(EditKind.PASTE, 3)]
    assert value(grid, 0, "quantity") == Decimal(10)
    press(grid, Key.Key_Z, Mod.ControlModifier)
    assert [value(grid, row, "name") for row in (0, 1)] == ["地砖", "砂浆"]
    press(grid, Key.Key_Y, Mod.ControlModifier)
    assert value(grid, 1, "name") == "新浆"


def test_a_cancelled_paste_changes_nothing(grid: GridView, edits: list[Edit]) -> None:
    put_text("a\r\nb\r\n")
    stand(grid, 0, 1)
    press(grid, Key.Key_V, Mod.ControlModifier)
    open_dialog(grid).cancel.click()
    assert edits == []


def test_one_clean_cell_is_pasted_at_once_and_one_bad_cell_says_why(grid: GridView, edits: list[Edit]) -> None:
    stand(grid, 0, 3)
    put_text("88.5")
    press(grid, Key.Key_V, Mod.ControlModifier)
    assert value(grid, 0, "price") == Decimal("88.5")
    put_text("#REF!")
    press(grid, Key.Key_V, Mod.ControlModifier)
    assert "错误值" in grid.band.accessibleName()
    assert len(edits) == 1


def test_a_million_cells_are_refused_in_words(grid: GridView, edits: list[Edit]) -> None:
    put_text(("1\t" * 9 + "1\r\n") * 100_000)
    stand(grid, 0, 1)
    press(grid, Key.Key_V, Mod.ControlModifier)
    assert "200,000" in grid.band.accessibleName()
    assert edits == []


def test_fill_down_and_delete_work_on_the_selection(grid: GridView, edits: list[Edit]) -> None:
    grid.table.select_area(Area(0, 1, 3, 1))
    press(grid, Key.Key_D, Mod.ControlModifier)
    assert [value(grid, row, "name") for row in range(4)] == ["地砖"] * 4
    press(grid, Key.Key_Delete)
    assert [value(grid, row, "name") for row in range(4)] == [None] * 4
    assert [edit.kind for edit in edits] == [EditKind.FILL, EditKind.CLEAR]


def test_what_cannot_be_saved_is_said_and_not_shown(qtbot: QtBot, words: Catalogue) -> None:
    def full(_edit: Edit) -> None:
        raise FileNotWritable(path="x.tbd", reason="磁盘已满")

    view = GridView(words, COLUMNS, on_edit=full)
    qtbot.addWidget(view)
    view.show_rows(rows())
    view.show()
    stand(view, 0, 1)
    press(view, Key.Key_Delete)
    assert value(view, 0, "name") == "地砖"
    assert "磁盘已满" in view.band.accessibleName()


def test_ctrl_f_goes_to_the_filter_and_enter_comes_back(grid: GridView, qtbot: QtBot) -> None:
    press(grid, Key.Key_F, Mod.ControlModifier)
    assert grid.top.field.hasFocus()
    QTest.keyClicks(grid.top.field, "shu")
    grid.top.field.setText("书")
    qtbot.waitUntil(lambda: grid.model.rowCount() == 2)
    assert "2" in grid.foot.rows.text()
    QTest.keyClick(grid.top.field, Key.Key_Return)
    assert grid.table.hasFocus()
    grid.top.only.click()
    qtbot.waitUntil(lambda: grid.model.rowCount() == 1)


def test_selection_and_current_cell_follow_their_rows_through_sort_and_filter(grid: GridView, qtbot: QtBot) -> None:
    grid.table.select_area(Area(6, 1, 8, 3))
    grid.table.selectionModel().setCurrentIndex(
        grid.model.index(7, 2), grid.table.selectionModel().SelectionFlag.NoUpdate
    )
    grid.show_query(Query(sort=(SortKey("code", descending=True),)))
    assert grid.table.areas() == (Area(1, 1, 3, 3),)
    assert where(grid) == ("r7", "quantity")
    grid.show_query(Query(text="书"))
    assert grid.table.areas() == (Area(0, 1, 1, 3),)
    assert where(grid) == ("r7", "quantity")
    grid.show_query(Query())
    assert where(grid) == ("r7", "quantity")


def test_everything_selected_stays_selected_through_a_sort(grid: GridView) -> None:
    press(grid, Key.Key_A, Mod.ControlModifier)
    grid.show_query(Query(sort=(SortKey("price"),)))
    assert grid.table.areas() == (Area(0, 0, 9, 6),)


def test_f4_goes_through_the_problems_also_where_the_filter_hides_them(grid: GridView) -> None:
    stand(grid, 0, 0)
    press(grid, Key.Key_F4)
    assert where(grid) == ("r2", "price")
    assert "单价未填" in grid.band.accessibleName()
    press(grid, Key.Key_F4, Mod.ShiftModifier)
    assert where(grid) == ("r7", "name")
    grid.show_query(Query(text="地砖"))
    press(grid, Key.Key_F4)
    assert where(grid) == ("r2", "price")
    assert grid.model.rowCount() == 2
    assert "临时显示" in grid.band.accessibleName()


def test_f4_opens_a_folded_group(qtbot: QtBot, words: Catalogue) -> None:
    view = GridView(words, COLUMNS)
    qtbot.addWidget(view)
    tree = (Row("g", ("", "组"), kind=RowKind.GROUP), Row("a", ("", "甲"), "g"), Row("b", ("", "乙"), "g"))
    view.show_rows(tree, {("b", "name"): WRONG})
    view.show()
    stand(view, 0, 1)
    press(view, Key.Key_Left, Mod.AltModifier)
    assert view.model.rowCount() == 1
    press(view, Key.Key_F4)
    assert where(view) == ("b", "name")
    press(view, Key.Key_Left, Mod.AltModifier)
    assert where(view) == ("g", "name")
    press(view, Key.Key_Left, Mod.AltModifier)
    press(view, Key.Key_Right, Mod.AltModifier)
    assert view.model.rowCount() == 3


def test_a_press_on_the_sign_of_a_group_folds_it(qtbot: QtBot, words: Catalogue) -> None:
    view = GridView(words, COLUMNS)
    qtbot.addWidget(view)
    view.show_rows((Row("g", ("1", "组"), kind=RowKind.GROUP), Row("a", ("2", "甲"), "g")))
    view.show()
    pane = view.table.pane
    rect = pane.visualRect(view.model.index(0, 0))
    QTest.mouseClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, QPoint(rect.left() + 12, rect.center().y())
    )
    assert view.model.rowCount() == 1


def test_a_click_on_a_title_sorts_up_down_and_not_at_all(grid: GridView) -> None:
    header = grid.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(3) + 20, 10)
    found = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, at)
        found.append(grid.model.wanted.sort)
    assert found == [(SortKey("price"),), (SortKey("price", descending=True),), ()]
    grid.actions_of_grid.sort_title(1, add=True)
    grid.actions_of_grid.sort_title(3, add=True)
    assert [key.column for key in grid.model.wanted.sort] == ["name", "price"]


def test_the_set_up_of_columns_is_told_and_used_again(grid: GridView, qtbot: QtBot, words: Catalogue) -> None:
    with qtbot.waitSignal(grid.setup_changed, timeout=3_000) as told:
        grid.table.setColumnWidth(1, 333)
        grid.model.use_setup(grid.sheet.setup.changed("count", hidden=True).moved("price", 1))
    again = GridView(words, COLUMNS, setup_text=told.args[0])
    qtbot.addWidget(again)
    assert [again.sheet.column(place).key for place in range(6)] == [
        "code",
        "price",
        "name",
        "quantity",
        "way",
        "check",
    ]
    assert again.table.columnWidth(2) == 333


def test_dragging_a_title_moves_the_column_and_keeps_the_cells_in_line(grid: GridView, qtbot: QtBot) -> None:
    grid.table.horizontalHeader().moveSection(1, 3)
    qtbot.waitUntil(lambda: grid.sheet.column(3).key == "name")
    header = grid.table.horizontalHeader()
    assert [header.visualIndex(place) for place in range(7)] == list(range(7))


def test_the_footer_adds_up_the_selection_and_keeps_the_totals(grid: GridView) -> None:
    grid.table.select_area(Area(0, 3, 1, 3))
    assert "55" in grid.foot.chosen.text()
    before = grid.foot.totals.text()
    stand(grid, 0, 3)
    press(grid, Key.Key_Delete)
    assert grid.foot.totals.text() != before


def test_problems_that_change_are_counted_and_shown(grid: GridView) -> None:
    assert "1" in grid.top.errors.text()
    grid.change_problems({("r2", "price"): None, ("r3", "price"): WRONG, ("r4", "price"): WRONG})
    assert "2" in grid.top.errors.text()
    grid.show_problems({})
    assert not grid.top.errors.isVisible()
    press(grid, Key.Key_F4)
    assert "没有问题" in grid.foot.said.text()


def test_any_other_error_while_saving_goes_up_and_leaves_the_grid_usable(
    qtbot: QtBot, words: Catalogue, edits: list[Edit]
) -> None:
    broken = [True]

    def save(edit: Edit) -> None:
        if broken.pop() if broken else False:
            raise RuntimeError
        edits.append(edit)

    view = GridView(words, COLUMNS, on_edit=save)
    qtbot.addWidget(view)
    view.show_rows(rows())
    first = view.sheet.type_in(0, 1, "一")
    assert isinstance(first, Edit)
    with pytest.raises(RuntimeError):
        view.model.do(first)
    view.model.do(first)
    assert value(view, 0, "name") == "一"
    assert len(edits) == 1


def test_a_program_that_copied_something_ends_without_a_crash() -> None:
    code = (
        "from PySide6.QtWidgets import QApplication; from apps.shell.grid.board import mime_of;"
        "from apps.shell.grid.clipboard import Clip; a = QApplication([]);"
        "a.clipboard().setMimeData(mime_of(Clip('x', '<table></table>')));"
        "print(a.clipboard().mimeData().formats())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "['text/plain', 'text/html']")
