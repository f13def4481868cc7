"""The gallery as a whole: every input has a name, every one is reached by Tab, nothing writes to Qt's log."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from apps.shell.gallery.catalogue import rooms, specimens
from apps.shell.gallery.window import GalleryWindow
from core.messages import Catalogue
from tests.shell.walkers import unreachable, without_name

NAMES = tuple(specimens())
# Small helpers inside an input whose keys do the same: the calendar (Alt+Down), clear (Delete), digits (typed).
INSIDE = re.compile(r"^QToolButton\(.*\) in (EntryLine|SearchField|FilterField)$|^PadKey\(")


@pytest.mark.parametrize("name", NAMES)
def test_every_input_of_a_specimen_has_a_name_and_is_reached_by_tab(name: str, words: Catalogue, qtbot) -> None:
    specimen = specimens()[name]
    widget = specimen.build(words)
    qtbot.addWidget(widget)
    widget.resize(*specimen.size)
    widget.show()
    assert without_name(widget) == []
    assert [found for found in unreachable(widget) if not INSIDE.search(found)] == []
    widget.close()


def test_a_nameless_button_in_a_specimen_would_be_found(words: Catalogue, qtbot) -> None:
    widget = specimens()["controls.buttons"].build(words)
    qtbot.addWidget(widget)
    widget.show()
    bad = QPushButton("", widget)
    bad.show()
    assert len(without_name(widget)) == 1


def test_the_gallery_is_walked_with_the_arrow_keys(words: Catalogue, qtbot) -> None:
    window = GalleryWindow(words, rooms())
    qtbot.addWidget(window)
    window.show()
    window.tree.setFocus()
    window.tree.setCurrentItem(window.tree.topLevelItem(0))
    QTest.keyClick(window.tree, Qt.Key.Key_Right)
    QTest.keyClick(window.tree, Qt.Key.Key_Down)
    shown: QWidget | None = window._stage.widget()
    assert shown is not None
    assert shown.findChildren(QPushButton)


def test_every_specimen_has_a_title_in_both_languages(words: Catalogue, english: Catalogue) -> None:
    for specimen in specimens().values():
        assert words.has(specimen.title_key), specimen.name
        assert english.has(specimen.title_key), specimen.name
