"""What a screen reader hears in the grid, and that everything has a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from apps.shell.gallery.grid import SPECIMENS
from apps.shell.grid.order import Query, SortKey
from apps.shell.grid.problems import Problem, Severity
from apps.shell.grid.store import Row, RowKind
from apps.shell.grid.view import GridView
from core.messages import Catalogue
from tests.shell.grid.tables import COLUMNS

Speech = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def spoken(qtbot: QtBot, words: Catalogue) -> GridView:
    view = GridView(words, COLUMNS, title="材料")
    qtbot.addWidget(view)
    tree = (Row("g", ("01", "组"), kind=RowKind.GROUP), Row("a", ("02", "地砖"), "g"))
    view.show_rows(tree, {("a", "price"): Problem(Severity.ERROR, "单价未填")})
    view.show()
    return view


def test_a_cell_speaks_its_column_value_unit_and_problem(spoken: GridView) -> None:
    assert spoken.model.index(1, 3).data(Speech) == "单价，空白 元，错误：单价未填"
    assert spoken.model.index(1, 0).data(Speech) == "编码，02，不可修改"
    assert spoken.model.index(0, 0).data(Speech) == "编码，01，不可修改，已展开"
    assert spoken.model.index(0, 6).data(Speech) == "检查，没有问题"
    assert spoken.model.index(1, 6).data(Speech) == "检查，单价未填"


def test_qt_hands_the_speech_of_a_cell_to_the_screen_reader(spoken: GridView) -> None:
    spoken.table.setCurrentIndex(spoken.model.index(1, 3))
    table = QAccessible.queryAccessibleInterface(spoken.table)
    names = [
        child.text(QAccessible.Text.Name)
        for place in range(table.childCount())
        if (child := table.child(place)) is not None
    ]
    assert "单价，空白 元，错误：单价未填" in names


def test_rows_and_titles_speak_number_level_problem_sort_and_protection(spoken: GridView) -> None:
    spoken.show_query(Query(sort=(SortKey("price", descending=True),)))
    model = spoken.model
    assert model.headerData(1, Qt.Orientation.Vertical, Speech) == "第 2 行，第 2 级，单价未填"
    assert model.headerData(3, Qt.Orientation.Horizontal, Speech) == "单价，单位 元，降序"
    assert model.headerData(0, Qt.Orientation.Horizontal, Speech) == "编码，不可修改"


def nameless(widget: QWidget) -> list[str]:
    """Buttons and inputs that have neither text nor name."""
    found = [*widget.findChildren(QAbstractButton), *widget.findChildren(QLineEdit)]
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in found
        if one.isVisible() and not one.objectName().startswith("qt_") and type(one).__name__ != "QAbstractButton"
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]  # fmt: skip


def test_every_button_and_input_of_the_bars_has_a_name(spoken: GridView) -> None:
    assert nameless(spoken.top) == []
    spoken.top.undo.setAccessibleName("")
    assert nameless(spoken.top) == ["QPushButton "]


def test_the_editor_is_named_for_its_column_and_unit(spoken: GridView) -> None:
    spoken.table.setCurrentIndex(spoken.model.index(1, 3))
    spoken.table.edit(spoken.table.currentIndex(), spoken.table.EditTrigger.EditKeyPressed, None)
    assert [line.accessibleName() for line in spoken.table.viewport().findChildren(QLineEdit)] == ["单价 元"]


@pytest.mark.parametrize("specimen", [one for one in SPECIMENS if one.name != "grid.many"], ids=lambda one: one.name)
def test_every_specimen_can_be_built_in_english(specimen: object, qtbot: QtBot, english: Catalogue) -> None:
    from apps.shell.gallery.specimen import Specimen

    assert isinstance(specimen, Specimen)
    widget = specimen.build(english)
    qtbot.addWidget(widget)
    widget.show()
    assert nameless(widget) == []
