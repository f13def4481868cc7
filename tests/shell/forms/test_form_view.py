"""The form on screen: by keyboard alone, by input method, by screen reader, at any width."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QGuiApplication, QInputMethodEvent, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from apps.shell.forms.build import live_form
from apps.shell.forms.editors.choice import ComboEditor, RadioEditor
from apps.shell.forms.editors.day import DayEditor
from apps.shell.forms.editors.drop import DropEditor
from apps.shell.forms.editors.line import PAUSE, EntryLine
from apps.shell.forms.editors.rows import RowsEditor
from apps.shell.forms.entries import Entry, FileEntry, Files, PersonEntry, Picks, Rows
from apps.shell.forms.number_pad import NumberPad
from apps.shell.forms.presenter import FormPresenter
from apps.shell.forms.schema import ChoiceField, Form, MoneyField, Option, Section, TextField
from apps.shell.forms.summary_bar import SummaryBar
from apps.shell.forms.values import Judges
from apps.shell.forms.view import FormView
from core.messages import Catalogue
from tests.shell.forms.form_world import good_entries, whole_form

Edit = tuple[str, Entry, Entry]
K = Qt.Key


@dataclass
class Bench:
    view: FormView
    presenter: FormPresenter
    edits: list[Edit]
    chosen: list[str] = field(default_factory=list)

    def line(self, key: str) -> EntryLine:
        found = self.view.line(key)
        assert isinstance(found, EntryLine)
        return found

    def entry(self, key: str) -> Entry:
        return self.presenter.state.entry(key)


def make(qtbot: QtBot, words: Catalogue, entries: dict[str, Entry], width: int = 1000) -> Bench:
    edits: list[Edit] = []
    chosen: list[str] = []
    view, presenter = live_form(
        words,
        whole_form(),
        entries,
        on_edit=lambda key, old, new: edits.append((key, old, new)),
        judges=Judges(without_glyph=lambda _: ""),
        choose=lambda _parent, _field: chosen,
    )
    qtbot.addWidget(view)
    view.resize(width, 800)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is view)
    return Bench(view, presenter, edits, chosen)


@pytest.fixture
def bench(qtbot: QtBot, words: Catalogue) -> Bench:
    return make(qtbot, words, good_entries())


@pytest.fixture
def blank(qtbot: QtBot, words: Catalogue) -> Bench:
    return make(qtbot, words, {})


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def compose(line: QLineEdit | QPlainTextEdit, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def test_typing_is_one_edit_after_a_pause_and_one_on_leaving(qtbot: QtBot, bench: Bench) -> None:
    assert bench.view.focus_field("days")
    qtbot.keyClicks(focus(), "5")
    qtbot.keyClicks(focus(), "0")
    assert bench.edits == []
    qtbot.waitUntil(lambda: len(bench.edits) == 1, timeout=PAUSE * 4)
    qtbot.keyClicks(focus(), "0")
    qtbot.keyClick(focus(), K.Key_Tab)
    assert bench.edits == [("days", "540", "50"), ("days", "50", "500")]


def test_visiting_a_field_is_no_edit_and_no_fault(qtbot: QtBot, blank: Bench) -> None:
    blank.view.focus_field("name")
    qtbot.keyClick(focus(), K.Key_Tab)
    qtbot.keyClick(focus(), K.Key_Tab)
    assert blank.edits == []
    assert blank.presenter.state.shown == frozenset()


def test_a_field_is_tidied_when_it_is_left_and_keeps_what_was_typed(qtbot: QtBot, bench: Bench) -> None:
    assert bench.line("works").text() == "1,000,000.00"
    bench.view.focus_field("works")
    qtbot.keyClicks(focus(), "1.5")
    compose(bench.line("works"), "", "万")
    assert bench.line("works").text() == "1.5万"
    qtbot.keyClick(focus(), K.Key_Tab)
    assert bench.line("works").text() == "15,000.00"
    assert bench.entry("works") == "1.5万"
    bench.view.focus_field("books")
    qtbot.keyClicks(focus(), "12..5")
    qtbot.keyClick(focus(), K.Key_Tab)
    assert bench.line("books").text() == "12..5"


def test_the_caret_stays_while_typing_in_the_middle(qtbot: QtBot, bench: Bench) -> None:
    line = bench.line("name")
    bench.view.focus_field("name")
    line.setCursorPosition(2)
    qtbot.keyClicks(line, "xy")
    assert line.cursorPosition() == 4
    bench.presenter.refresh()
    bench.presenter.show_all_faults()
    assert (line.text(), line.cursorPosition()) == ("滨河xy图书馆", 4)


def test_a_state_that_is_late_does_not_take_back_what_was_typed(qtbot: QtBot, bench: Bench) -> None:
    late = bench.presenter.state
    bench.view.focus_field("name")
    bench.line("name").end(False)
    bench.view.show_state(late)
    qtbot.keyClicks(focus(), "A")
    early = bench.presenter.state
    qtbot.keyClicks(focus(), "B")
    bench.view.show_state(bench.presenter.state)
    bench.view.show_state(bench.presenter.state)
    assert bench.line("name").text().endswith("AB")
    assert early.entry("name") != bench.entry("name")


def test_the_caret_stays_where_another_state_changes_the_text(qtbot: QtBot, bench: Bench) -> None:
    line = bench.line("name")
    bench.view.focus_field("name")
    line.setCursorPosition(2)
    bench.presenter.set_entry("name", "滨河新图书馆")
    assert (line.text(), line.cursorPosition()) == ("滨河新图书馆", 2)
    bench.presenter.set_entry("name", "馆")
    assert line.cursorPosition() == 1


def test_undo_from_outside_reaches_the_field_being_edited(qtbot: QtBot, bench: Bench) -> None:
    bench.view.focus_field("days")
    qtbot.keyClicks(focus(), "77")
    bench.view.flush()
    bench.presenter.set_entry("days", "540")
    assert bench.line("days").text() == "540"


def test_composing_by_input_method_is_neither_judged_nor_disturbed(qtbot: QtBot, bench: Bench) -> None:
    line = bench.line("name")
    bench.view.focus_field("name")
    line.clear()
    bench.presenter.set_entry("name", "")
    compose(line, "bin he")
    bench.presenter.refresh()
    bench.presenter.set_entry("days", "1")
    assert not any(timer.isActive() for timer in line.findChildren(QTimer)), "no pause runs while composing"
    assert line.text() == ""
    assert bench.entry("name") == ""
    assert bench.edits == []
    compose(line, "", "滨河")
    assert line.text() == "滨河"
    assert bench.entry("name") == "滨河"
    qtbot.waitUntil(lambda: bench.edits == [("name", "", "滨河")], timeout=PAUSE * 4)


def test_a_state_that_comes_while_composing_waits(qtbot: QtBot, bench: Bench) -> None:
    line = bench.line("name")
    bench.view.focus_field("name")
    line.end(False)
    compose(line, "xin")
    bench.presenter.set_entry("name", "别处改了")
    assert line.text() == "滨河图书馆"
    compose(line, "")
    assert line.text() == "别处改了"


def test_composing_long_text_is_no_entry_either(qtbot: QtBot, bench: Bench) -> None:
    cell = bench.view.cell("reason")
    assert cell is not None
    (text,) = cell.editor.inputs()
    assert isinstance(text, QPlainTextEdit)
    text.setFocus()
    compose(text, "li you")
    assert bench.entry("reason") == ""
    compose(text, "", "理由")
    assert bench.entry("reason") == "理由"
    qtbot.keyClick(text, K.Key_Tab)
    assert bench.edits == [("reason", "", "理由")]


def test_composing_over_a_selection_is_not_judged_as_emptied(qtbot: QtBot, bench: Bench) -> None:
    bench.view.focus_field("name")
    bench.line("name").selectAll()
    compose(bench.line("name"), "xin")
    assert bench.entry("name") == "滨河图书馆"
    compose(bench.line("name"), "")
    assert bench.entry("name") == "", "given up: now the selection is gone"
    compose(bench.line("name"), "", "新馆")
    qtbot.keyClick(focus(), K.Key_Tab)
    assert bench.edits == [("name", "滨河图书馆", "新馆")]


def test_the_line_gives_undo_to_the_window_until_it_is_edited(qtbot: QtBot, bench: Bench) -> None:
    stack = QUndoStack(bench.view)
    action = stack.createUndoAction(bench.view)
    action.setShortcut("Ctrl+Z")
    bench.view.addAction(action)
    stack.push(QUndoCommand("one"))
    bench.view.focus_field("name")
    qtbot.keyClick(focus(), K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not stack.canUndo()
    stack.push(QUndoCommand("two"))
    qtbot.keyClicks(focus(), "q")
    qtbot.keyClick(focus(), K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stack.canUndo(), "typing is taken back first"


def test_the_whole_form_is_filled_by_keyboard_alone(qtbot: QtBot, blank: Bench) -> None:
    def type_and_go(text: str) -> None:
        qtbot.keyClicks(focus(), text)
        qtbot.keyClick(focus(), K.Key_Tab)

    blank.view.focus_field("name")
    for text in ("Library", "540", "90", "100000", "2000"):
        type_and_go(text)
    qtbot.keyClick(focus(), K.Key_Tab)  # past the computed one
    type_and_go("")  # code
    assert focus() in blank.view.cell("kind").editor.inputs()  # type: ignore[union-attr]
    qtbot.keyClick(focus(), K.Key_Space)
    qtbot.keyClick(focus(), K.Key_Right)
    assert blank.entry("kind") == "2"
    qtbot.keyClick(focus(), K.Key_Tab)
    type_and_go("Owner")
    qtbot.keyClick(focus(), K.Key_Down)  # level
    qtbot.keyClick(focus(), K.Key_Down)
    qtbot.keyClick(focus(), K.Key_Tab)
    compose(focus(), "", "选项17")  # type: ignore[arg-type]
    qtbot.keyClick(QApplication.activePopupWidget(), K.Key_Tab)  # the list of hits has the keyboard
    qtbot.keyClick(focus(), K.Key_Space)  # open: yes
    qtbot.keyClick(focus(), K.Key_Tab)
    qtbot.keyClick(focus(), K.Key_Space)  # first service
    for _ in range(5):
        qtbot.keyClick(focus(), K.Key_Tab)
    for text in ("20261124 9:30", "2026-11-04 9:30", "2026/12/1", "2027.5.30", "Li", "11010519491231002X"):
        type_and_go(text)
    qtbot.keyClick(focus(), K.Key_Down)
    qtbot.keyClick(focus(), K.Key_Tab)
    assert isinstance(focus(), QAbstractItemView)
    for letter in "Shelf":
        qtbot.keyClicks(focus(), letter)
    qtbot.keyClick(focus(), K.Key_Return)
    state = blank.presenter.state
    assert state.entry("name") == "Library"
    assert state.entry("lender") == "Owner"
    assert state.entry("street") == "17"
    assert state.entry("open") == "yes"
    assert state.entry("services") == Picks(("1",))
    assert state.entry("chief") == PersonEntry("Li", "11010519491231002X", "1")
    qtbot.waitUntil(lambda: blank.entry("materials") != Rows())
    assert blank.entry("materials") == Rows((("Shelf", "", "", "", ""),))
    assert blank.presenter.summary.ready


def test_tab_goes_in_reading_order_and_comes_back(qtbot: QtBot, blank: Bench) -> None:
    blank.view.focus_field("name")
    order: list[str] = []
    for _ in range(80):
        key = blank.presenter.state.focus
        if not order or order[-1] != key:
            order.append(key)
        qtbot.keyClick(focus(), K.Key_Tab)
        if blank.presenter.state.focus == "name" and len(order) > 1:
            break
    expected = [item.key for item in whole_form().fields() if item.key in blank.presenter.state.visible]
    assert order == expected


def named(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    found = [each for each in root.findChildren(QWidget) if isinstance(each, kinds) and each.isVisibleTo(root)]
    inner = [each for each in found if not each.objectName().startswith("qt_")]
    return [each for each in inner if not named(each)]


def test_every_input_has_a_name_a_screen_reader_says(bench: Bench) -> None:
    assert nameless(bench.view) == []
    assert named(bench.line("days")) == "工期（天），必填，不超过 560 天"


def test_the_walker_for_names_finds_a_nameless_button(bench: Bench) -> None:
    layout = bench.view.layout()
    assert isinstance(layout, QVBoxLayout)
    bare = QPushButton()
    layout.addWidget(bare)
    bare.show()
    assert nameless(bench.view) == [bare]


def test_labels_are_buddies_and_a_fault_is_spoken_with_its_field(qtbot: QtBot, bench: Bench) -> None:
    labels = [each for each in bench.view.findChildren(QLabel) if each.buddy() is bench.line("validity")]
    assert [each.text() for each in labels] == ["有效期（天）"]
    bench.view.focus_field("validity")
    qtbot.keyClicks(focus(), "60")
    qtbot.keyClick(focus(), K.Key_Tab)
    said = QAccessible.queryAccessibleInterface(bench.line("validity")).text(QAccessible.Text.Description)
    assert said.startswith("少于 90 天，请改为 90 或以上。")


def test_the_mend_is_reached_by_tab_and_puts_it_right(qtbot: QtBot, bench: Bench) -> None:
    bench.view.focus_field("validity")
    qtbot.keyClicks(focus(), "60")
    bench.view.flush()
    qtbot.keyClick(focus(), K.Key_Tab)
    made = focus()
    assert isinstance(made, QPushButton)
    assert made.text() == "改为 90"
    qtbot.keyClick(made, K.Key_Space)
    assert bench.entry("validity") == "90"
    assert focus() is bench.line("validity"), "the keyboard goes back to the field, not nowhere"


def test_a_jump_scrolls_and_gives_the_keyboard(qtbot: QtBot, bench: Bench) -> None:
    assert bench.view.focus_field("reason")
    assert focus() is bench.view.cell("reason").editor.inputs()[0]  # type: ignore[union-attr]
    corner = focus().mapTo(bench.view, QPoint(0, 0))
    assert 0 <= corner.y() < bench.view.height()
    assert not bench.view.focus_field("lender"), "not visible now"
    assert not bench.view.focus_field("nothing")


def test_f4_goes_from_one_open_field_to_the_next(qtbot: QtBot, blank: Bench, words: Catalogue) -> None:
    bar = SummaryBar(words, blank.view.focus_field)
    qtbot.addWidget(bar)
    bar.show_state(blank.presenter.state)
    seen = []
    for _ in range(6):
        bar.go()
        seen.append(blank.presenter.state.focus)
        bar.show_state(blank.presenter.state)
    assert seen == ["days", "validity", "works", "kind", "name", "days"], "the first has the keyboard already"


@pytest.mark.parametrize(("width", "columns"), [(400, 1), (640, 2), (1000, 3), (1600, 3)])
def test_columns_follow_the_width(qtbot: QtBot, words: Catalogue, width: int, columns: int) -> None:
    bench = make(qtbot, words, good_entries(), width)
    tops = [bench.line(key).mapTo(bench.view, QPoint(0, 0)).y() for key in ("name", "days", "validity", "works")]
    assert tops.count(tops[0]) == columns
    inside = [each for each in bench.view.findChildren(EntryLine) if each.isVisible()]
    assert all(each.mapTo(bench.view, QPoint(each.width(), 0)).x() <= width for each in inside)


def test_showing_a_state_twice_changes_nothing(bench: Bench) -> None:
    before = bench.view.grab().toImage()
    bench.view.show_state(bench.presenter.state)
    bench.view.show_state(bench.presenter.state)
    QApplication.processEvents()
    assert bench.view.grab().toImage() == before


def test_an_ampersand_in_a_label_is_shown_not_a_mnemonic(qtbot: QtBot, words: Catalogue) -> None:
    option = (Option("1", "A&B"), Option("2", "C"))
    field_ = ChoiceField(key="a", label="R&D", options=option)
    view, _ = live_form(words, Form("f", (Section("s", "S", (field_,)),)), {})
    qtbot.addWidget(view)
    view.show()
    texts = [each.text() for each in view.findChildren(QLabel)]
    assert "R&&D" in texts
    first = view.cell("a").editor.inputs()[0]  # type: ignore[union-attr]
    assert named(first) == "R&D: A&B"


def test_a_choice_that_is_read_only_cannot_be_changed(qtbot: QtBot, words: Catalogue) -> None:
    option = (Option("1", "A"), Option("2", "C"))
    fields = (
        ChoiceField(key="a", label="a", options=option, read_only=True),
        TextField(key="b", label="b", read_only=True),
    )
    view, presenter = live_form(words, Form("f", (Section("s", "S", fields),)), {"a": "1", "b": "x"})
    qtbot.addWidget(view)
    view.show()
    qtbot.mouseClick(view.cell("a").editor.inputs()[1], Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    qtbot.keyClicks(view.line("b"), "y")
    assert presenter.state.entries == {"a": "1", "b": "x"}


def test_a_conditional_field_appears_in_its_place(qtbot: QtBot, bench: Bench) -> None:
    cell, kind = bench.view.cell("lender"), bench.view.cell("kind")
    assert cell is not None
    assert kind is not None
    assert not cell.editor.isVisible()
    assert isinstance(kind.editor, RadioEditor)
    button = kind.editor.inputs()[1]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
    assert bench.entry("kind") == "2"
    assert cell.editor.isVisible()
    qtbot.keyClick(button, K.Key_Delete)
    assert bench.entry("kind") == ""
    assert not cell.editor.isVisible()


def test_a_long_list_keeps_what_is_no_option_and_says_so(qtbot: QtBot, bench: Bench) -> None:
    cell = bench.view.cell("street")
    assert cell is not None
    assert isinstance(cell.editor, ComboEditor)
    line = cell.editor.combo.lineEdit()
    assert line is not None
    line.setFocus()
    compose(line, "", "选项99")
    qtbot.keyClick(line, K.Key_Tab)
    assert bench.entry("street") == "选项99"
    assert line.text() == "选项99"
    assert bench.presenter.state.shown_faults("street")[0].code.endswith("not_listed")


def test_a_wheel_over_a_list_changes_nothing(qtbot: QtBot, bench: Bench) -> None:
    from PySide6.QtGui import QWheelEvent

    cell = bench.view.cell("level")
    assert cell is not None
    assert isinstance(cell.editor, ComboEditor)
    bench.presenter.set_entry("level", "3")
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(cell.editor.combo, event)
    assert bench.entry("level") == "3"


def test_the_calendar_opens_by_key_moves_and_takes_a_day(qtbot: QtBot, bench: Bench) -> None:
    cell = bench.view.cell("notice")
    assert cell is not None
    assert isinstance(cell.editor, DayEditor)
    bench.view.focus_field("notice")
    qtbot.keyClick(bench.line("notice"), K.Key_Down, Qt.KeyboardModifier.AltModifier)
    panel = cell.editor.panel
    assert panel is not None
    assert str(panel.day) == "2026-11-04"
    for key in (K.Key_PageUp, K.Key_Left, K.Key_Down):
        qtbot.keyClick(panel, key)
    assert str(panel.day) == "2026-10-10"
    qtbot.keyClick(panel, K.Key_Return)
    assert bench.entry("notice") == "2026-10-10 23:59"
    assert len(bench.edits) == 1


def rows_editor(bench: Bench) -> RowsEditor:
    cell = bench.view.cell("materials")
    assert cell is not None
    assert isinstance(cell.editor, RowsEditor)
    return cell.editor


def test_rows_are_added_moved_and_removed_by_keys(qtbot: QtBot, bench: Bench) -> None:
    table = rows_editor(bench).table
    table.setFocus()
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(table, K.Key_Return, control)
    entry = bench.entry("materials")
    assert isinstance(entry, Rows)
    assert [cells[0] for cells in entry.rows] == ["书架", "", "灯"]
    assert table.currentIndex().row() == 1
    qtbot.keyClick(table, K.Key_Delete, control)
    qtbot.keyClick(table, K.Key_Up, alt)
    entry = bench.entry("materials")
    assert isinstance(entry, Rows)
    assert [cells[0] for cells in entry.rows] == ["灯", "书架"]
    assert table.currentIndex().row() == 0
    assert len(bench.edits) == 3


def test_a_cell_is_edited_and_its_row_worked_out(qtbot: QtBot, bench: Bench) -> None:
    table = rows_editor(bench).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 2))
    qtbot.keyClicks(table, "5")
    qtbot.keyClick(focus(), K.Key_Return)
    qtbot.waitUntil(lambda: table.model().index(0, 4).data() == "52.50")
    assert str(bench.presenter.state.values["sum"]) == "352.50"
    assert len(bench.edits) == 1


def test_cells_are_pasted_from_a_spreadsheet_and_copied_back(qtbot: QtBot, bench: Bench) -> None:
    table = rows_editor(bench).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 0))
    QGuiApplication.clipboard().setText("桌\t选项1\t4\t80\n椅\t选项2\t8\t25\n")
    qtbot.keyClick(table, K.Key_V, Qt.KeyboardModifier.ControlModifier)
    entry = bench.entry("materials")
    assert isinstance(entry, Rows)
    assert [cells[:4] for cells in entry.rows[1:]] == [("桌", "1", "4", "80"), ("椅", "2", "8", "25")]
    assert len(bench.edits) == 1
    table.selectAll()
    qtbot.keyClick(table, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[2] == "椅\t选项2\t8.000\t25.00\t200.00".replace(
        "8.000", "8.00"
    )


def test_tab_leaves_the_table_at_its_ends(qtbot: QtBot, bench: Bench) -> None:
    table = rows_editor(bench).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 4))
    qtbot.keyClick(table, K.Key_Tab)
    assert not table.hasFocus()
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, K.Key_Backtab)
    assert not table.hasFocus()


def test_a_faulty_cell_has_words_and_an_icon_not_only_a_colour(qtbot: QtBot, bench: Bench) -> None:
    bench.presenter.committed("materials", Rows((("书架", "", "x", "", ""),)))
    index = rows_editor(bench).table.model().index(0, 2)
    assert "不是数字" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "不是数字" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()


def drop_editor(bench: Bench) -> DropEditor:
    cell = bench.view.cell("files")
    assert cell is not None
    assert isinstance(cell.editor, DropEditor)
    return cell.editor


def test_files_are_dropped_shown_and_removed(qtbot: QtBot, bench: Bench, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "plan.pdf").write_bytes(b"x" * 2048)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / "plan.pdf")), QUrl.fromLocalFile(str(folder))])
    editor = drop_editor(bench)
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    editor.zone.dropEvent(event)
    QApplication.processEvents()
    assert bench.entry("files") == Files((FileEntry(str(folder / "plan.pdf"), "plan.pdf", 2048),))
    shown = [each.text() for each in editor.findChildren(QLabel) if each.isVisible()]
    assert "2 KB" in shown
    assert any("是文件夹，没有添加。请打开它，选择其中的文件。" in text for text in shown)
    bench.presenter.file_known("files", str(folder / "plan.pdf"), pages=7, sm3="ab" * 32)
    QApplication.processEvents()
    shown = [each.text() for each in editor.findChildren(QLabel) if each.isVisible()]
    assert "2 KB  ·  7 页  ·  SM3 abababab…abab" in shown
    (remove,) = [each for each in editor.findChildren(QPushButton) if each.property("file") and each.isVisible()]
    assert named(remove) == "移除 plan.pdf"
    qtbot.keyClick(remove, K.Key_Space)
    assert bench.entry("files") == Files()
    assert focus() is editor.button


def test_files_are_chosen_by_keyboard(qtbot: QtBot, bench: Bench, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "photo.jpg"
    path.write_bytes(b"x")
    bench.chosen.append(str(path))
    bench.view.focus_field("files")
    qtbot.keyClick(focus(), K.Key_Space)
    assert bench.entry("files") == Files((FileEntry(str(path), "photo.jpg", 1),))


def test_the_pad_types_into_the_line_without_taking_the_keyboard(qtbot: QtBot, bench: Bench, words: Catalogue) -> None:
    pad = NumberPad(words)
    qtbot.addWidget(pad)
    pad.show()
    assert not pad.keys["1"].isEnabled()
    line = bench.line("days")
    bench.view.focus_field("days")
    line.clear()
    pad.serve(line)
    for key in ("1", "2", "up"):
        qtbot.mouseClick(pad.keys[key], Qt.MouseButton.LeftButton)
    assert line.text() == "12.5"
    assert bench.entry("days") == "12.5"
    assert all(named(made) for made in pad.keys.values())
    assert all(made.height() >= 44 and made.width() >= 44 for made in pad.keys.values())


def test_typing_never_stalls_a_form_of_sixty_fields(qtbot: QtBot, words: Catalogue) -> None:
    from time import process_time  # of this process: other work on the machine does not count

    fields = [TextField(key=f"t{n}", label=f"t{n}", required=True) for n in range(30)]
    money = [MoneyField(key=f"m{n}", label=f"m{n}") for n in range(30)]
    form = Form("many", (Section("a", "A", tuple(fields)), Section("b", "B", tuple(money))))
    view, presenter = live_form(words, form, {})
    qtbot.addWidget(view)
    view.show()
    longest = 0.0
    for number in range(60):
        start = process_time()
        presenter.typed("m7", str(number * 1000))
        QApplication.processEvents()
        longest = max(longest, process_time() - start)
    assert longest < 0.1, "the event loop must not stall"
