"""Buttons, words, chips, cards, bands, inputs: what everything else is put together from."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from apps.shell.gallery.specimen import Specimen
from apps.shell.icons import names, pixmap
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from apps.shell.widgets.card import Card
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.empty import EmptyState
from apps.shell.widgets.text import label
from core.messages import Catalogue

_K = "shell.gallery."


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(look_of().px(14))
    return page, layout


def build_buttons(words: Catalogue) -> QWidget:
    """Every kind of button, at rest and disabled."""
    page, layout = _page()
    for enabled in (True, False):
        card = Card(words.text(f"{_K}{'enabled' if enabled else 'disabled'}"))
        row = QHBoxLayout()
        row.setSpacing(look_of().px(10))
        made: list[QPushButton] = [
            button(words, f"{_K}primary", kind="primary", icon="check"),
            button(words, f"{_K}secondary", icon="folder-open"),
            button(words, f"{_K}danger", kind="danger", icon="trash"),
            button(words, f"{_K}quiet", kind="quiet", icon="undo"),
            button(words, f"{_K}link", kind="link"),
            button(words, "", icon="search", name_key=f"{_K}search"),
        ]
        for one in made:
            one.setEnabled(enabled)
            row.addWidget(one)
        row.addStretch(1)
        card.body.addLayout(row)
        layout.addWidget(card)
    layout.addStretch(1)
    return page


def build_inputs(words: Catalogue) -> QWidget:
    """Plain inputs in every state, with chips and bands."""
    page, layout = _page()
    card = Card(words.text(f"{_K}inputs"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look_of().px(14))
    grid.setVerticalSpacing(look_of().px(6))
    for column, (name, state, enabled) in enumerate(
        (("normal", "", True), ("faulty", "error", True), ("doubtful", "warn", True), ("disabled", "", False))
    ):
        title = label(words.text(f"{_K}{name}"))
        edit = QLineEdit(words.text(f"{_K}sample"))
        edit.setCursorPosition(0)
        edit.setEnabled(enabled)
        edit.setAccessibleName(title.text())
        title.setBuddy(edit)
        mark(edit, state=state)
        grid.addWidget(title, 0, column)
        grid.addWidget(edit, 1, column)
    combo = QComboBox()
    combo.addItems([words.text(f"{_K}sample"), words.text(f"{_K}normal")])
    combo.setAccessibleName(words.text(f"{_K}normal"))
    check = QCheckBox(words.text(f"{_K}check"))
    check.setChecked(True)
    one, other = QRadioButton(words.text(f"{_K}one")), QRadioButton(words.text(f"{_K}other"))
    one.setChecked(True)
    for column, widget in enumerate((combo, check, one, other)):
        grid.addWidget(widget, 2, column)
    card.body.addLayout(grid)
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(40)
    bar.setAccessibleName(words.text(f"{_K}progress"))
    card.body.addWidget(bar)
    chips = QHBoxLayout()
    for tone in ("ok", "warn", "err", "info", "plain"):
        chips.addWidget(Chip(words.text(f"{_K}chip_{tone}"), tone))
    chips.addStretch(1)
    card.body.addLayout(chips)
    layout.addWidget(card)
    for tone in ("info", "warn"):
        layout.addWidget(Band(tone, words.text(f"{_K}band_{tone}"), (button(words, f"{_K}fix", kind="link"),)))
    layout.addStretch(1)
    return page


def build_icons(words: Catalogue) -> QWidget:
    """Every icon with its name."""
    del words
    page, layout = _page()
    grid = QGridLayout()
    grid.setSpacing(look_of().px(6))
    for number, name in enumerate(names()):
        cell = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(pixmap(name, look_of().px(24)))
        cell.addWidget(picture)
        cell.addWidget(label(name, "small"), 1)
        grid.addLayout(cell, number // 6, number % 6)
    layout.addLayout(grid)
    layout.addStretch(1)
    return page


def build_empty(words: Catalogue) -> QWidget:
    """An empty list that says what would stand there."""
    page, layout = _page()
    card = Card()
    card.body.addWidget(
        EmptyState(
            "folder-open",
            words.text(f"{_K}empty_title"),
            words.text(f"{_K}empty_hint"),
            button(words, f"{_K}secondary", kind="primary"),
        )
    )
    layout.addWidget(card)
    return page


SPECIMENS = (
    Specimen("controls.buttons", f"{_K}buttons", build_buttons, (760, 320)),
    Specimen("controls.inputs", f"{_K}inputs", build_inputs, (760, 400)),
    Specimen("controls.icons", f"{_K}icons", build_icons, (1040, 700)),
    Specimen("controls.empty", f"{_K}empty", build_empty, (520, 340)),
)
