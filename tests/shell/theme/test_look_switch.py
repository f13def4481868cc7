"""Small parts in an open window follow a change of theme and type size."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from apps.shell.dialogs.frame import DialogFrame
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look, look_of
from apps.shell.theme.tokens import Theme, tokens
from apps.shell.widgets.button import button
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.picture import Picture
from apps.shell.widgets.search_field import SearchField
from core.messages import Catalogue


def test_chip_icon_and_search_field_grow_with_the_type(qtbot, words: Catalogue):
    before = look_of()
    parts = (
        Chip("3", "err"), Picture("warning", 20, "warn"), SearchField(words, "shell.settings.search"),
        button(words, "shell.dialogs.copy", icon="copy"),
    )  # fmt: skip
    for part in parts:
        qtbot.addWidget(part)
        part.show()
    try:
        sizes = []
        for look in (Look(Theme.LIGHT, 1.0), Look(Theme.DARK, 1.5)):
            _apply(look)
            sizes.append(_sizes(*parts))
    finally:
        _apply(before)
    assert sizes == [(18, 20, 20, 18), (27, 30, 30, 27)]


def test_a_picture_takes_the_colour_of_the_new_theme(qtbot):
    before, picture = look_of(), Picture("minus", 20, "err")
    qtbot.addWidget(picture)
    picture.show()
    try:
        _apply(Look(Theme.DARK, 1.0))
        middle = picture.pixmap().toImage()
    finally:
        _apply(before)
    wanted = QColor(tokens(Theme.DARK).err)
    column = [middle.pixelColor(middle.width() // 2, y) for y in range(middle.height())]
    strongest = max(column, key=lambda one: one.alpha())
    assert abs(strongest.red() - wanted.red()) < 12
    assert abs(strongest.blue() - wanted.blue()) < 12


def test_a_dialog_is_as_tall_as_its_words_and_no_taller(qtbot):
    dialog = DialogFrame("Title", "A sentence that needs more than one line. " * 4, icon="info", token="primary")
    dialog.buttons.addWidget(QPushButton("OK"))
    qtbot.addWidget(dialog)
    dialog.resize(dialog.maximumWidth(), 100)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.height() == dialog.layout().totalHeightForWidth(dialog.width()))
    wide = dialog.height()
    dialog.resize(dialog.minimumWidth(), wide)
    qtbot.waitUntil(lambda: dialog.height() > wide)
    assert dialog.height() == dialog.layout().totalHeightForWidth(dialog.width())


def test_the_cross_of_a_search_field_has_a_name(qtbot, words: Catalogue):
    field = SearchField(words, "shell.settings.search")
    qtbot.addWidget(field)
    assert [one.accessibleName() for one in field.findChildren(QToolButton)] == [words.text("shell.frame.clear_search")]


def _apply(look: Look) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_look(application, look)
    QCoreApplication.processEvents()


def _sizes(chip: Chip, picture: Picture, field: SearchField, pressed: QPushButton) -> tuple[int, int, int, int]:
    drawn = picture.pixmap()
    across = round(drawn.width() / drawn.devicePixelRatio())
    return chip.indent(), across, field.textMargins().left(), pressed.iconSize().width()
