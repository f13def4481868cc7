"""A section of a form: its title, what is still to do in it, its source, and its fields in columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from apps.shell.forms.arrangement import NARROWEST, arranged, columns_in
from apps.shell.forms.cell import Elided, FieldCell
from apps.shell.forms.editors.make import Workshop
from apps.shell.forms.schema import Section
from apps.shell.forms.state import FormState, summary
from apps.shell.theme.style import look_of
from apps.shell.widgets.card import Card
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.text import label


class FieldGrid(QWidget):
    """The fields of a section, set anew when width or visibility ask for it; the order of Tab never changes."""

    def __init__(self, workshop: Workshop, section: Section) -> None:
        super().__init__()
        self._gap = look_of().px(18)
        self._columns = 0
        self._visible: frozenset[str] = frozenset()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(self._gap)
        self._grid.setVerticalSpacing(0)
        self.cells = {
            item.key: FieldCell(
                workshop.words, item, workshop.editor(item), workshop.judges, workshop.intents.mend, self
            )
            for item in section.fields
        }

    def show_state(self, state: FormState) -> None:
        """Shows the fields of a state."""
        visible = frozenset(self.cells) & state.visible
        if visible != self._visible:
            self._visible = visible
            self._arrange()
        for key, cell in self.cells.items():
            if key in visible:
                cell.show_state(state)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """One, two or three columns."""
        super().resizeEvent(event)
        if columns_in(self.width(), look_of().px(NARROWEST), self._gap) != self._columns:
            self._arrange()

    def _arrange(self) -> None:
        self._columns = columns_in(self.width(), look_of().px(NARROWEST), self._gap)
        while self._grid.takeAt(0) is not None:
            pass
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
        shown = [(key, cell.item.span) for key, cell in self.cells.items() if key in self._visible]
        for place in arranged(shown, self._columns):
            row = place.line * 4
            if row:
                self._grid.setRowMinimumHeight(row - 1, look_of().px(12))
            head, editor, foot = self.cells[place.key].parts()
            below, top = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(head, row, place.column, 1, place.span, below)
            self._grid.addWidget(editor, row + 1, place.column, 1, place.span, top)
            self._grid.addWidget(foot, row + 2, place.column, 1, place.span)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        for key, cell in self.cells.items():
            for part in cell.parts():
                part.setVisible(key in self._visible)


class SectionCard(Card):
    """The card of a section."""

    def __init__(self, workshop: Workshop, section: Section) -> None:
        words = workshop.words
        super().__init__(words.text(section.title))
        self._words = words
        self._keys = frozenset(item.key for item in section.fields)
        self._required = any(item.required or item.required_when for item in section.fields)
        self._wrong = Chip("", "err")
        self._missing = Chip("", "warn")
        for chip in (self._wrong, self._missing):
            chip.hide()
            self.header.addWidget(chip)
        pieces = [words.text("shell.forms.required_note")] if self._required else []
        pieces += [words.text("shell.forms.source", source=words.text(section.source))] if section.source else []
        note = Elided(words.text("shell.forms.comma").join(pieces))
        note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.header.addWidget(note, 1)
        if section.help:
            self.body.addWidget(label(words.text(section.help), "muted", wrap=True))
        self.grid = FieldGrid(workshop, section)
        self.body.addWidget(self.grid)
        self.body.addStretch(1)

    def show_state(self, state: FormState) -> None:
        """Shows the fields and how many are still to do; a section without a visible field is not there."""
        self.setVisible(bool(self._keys & state.visible))
        found = summary(state, self._keys)
        wrong = [key for key in found.wrong if key in state.shown]
        self._show_chip(self._wrong, "wrong", len(wrong))
        self._show_chip(self._missing, "missing", len(found.missing))
        self.grid.show_state(state)

    def _show_chip(self, chip: Chip, name: str, count: int) -> None:
        if count:
            tone = "err" if name == "wrong" else "warn"
            chip.show_chip(self._words.text(f"shell.forms.chip_{name}", count=str(count)), tone)
        chip.setVisible(count > 0)
