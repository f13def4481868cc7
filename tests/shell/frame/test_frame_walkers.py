"""The walkers find what they are for: each has a window it must complain about, and one it must not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from apps.shell.icons import icon
from tests.shell.walkers import tab_stops, unreachable, without_name


def window_with(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for widget in widgets:
        row.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    return window


def icon_only() -> QPushButton:
    made = QPushButton()
    made.setIcon(icon("x"))
    made.setObjectName("bare")
    return made


def test_an_icon_only_button_without_a_name_is_reported(qtbot: QtBot) -> None:
    window = window_with(qtbot, QPushButton("named"), icon_only())
    assert without_name(window) == ["QPushButton('bare') in QWidget"]


def test_a_field_without_a_label_is_reported(qtbot: QtBot) -> None:
    assert len(without_name(window_with(qtbot, QLabel("not its buddy"), QLineEdit()))) == 1


def test_a_named_icon_button_and_a_labelled_field_are_not_reported(qtbot: QtBot) -> None:
    named, field, text = icon_only(), QLineEdit(), QLabel("area")
    named.setAccessibleName("close")
    text.setBuddy(field)
    assert without_name(window_with(qtbot, named, text, field)) == []


def test_a_widget_that_tab_passes_over_is_reported(qtbot: QtBot) -> None:
    skipped = QPushButton("skipped")
    skipped.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    window = window_with(qtbot, QPushButton("first"), skipped, QCheckBox("last"))
    assert unreachable(window) == ["QPushButton('skipped') in QWidget"]


class TabTrap(QLineEdit):
    def focusNextPrevChild(self, _forward: bool) -> bool:
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


def test_what_lies_behind_a_widget_that_keeps_tab_for_itself_is_reported(qtbot: QtBot) -> None:
    window = window_with(qtbot, QPushButton("first"), TabTrap(), QPushButton("behind"))
    assert "QPushButton('behind') in QWidget" in unreachable(window)


def test_an_ordinary_window_is_walked_in_order_and_nothing_is_reported(qtbot: QtBot) -> None:
    widgets = QPushButton("one"), QLineEdit(), QRadioButton("a"), QRadioButton("b"), QPushButton("off")
    widgets[4].setEnabled(False)
    window = window_with(qtbot, *widgets)
    assert unreachable(window) == []
    assert tab_stops(window)[:2] == [widgets[0], widgets[1]]
