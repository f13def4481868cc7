"""The cell the reader stands on, whole: what it says, what it is held against, where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from apps.shell.compare.state import CompareState, Difference
from apps.shell.compare.wording import TONES, cell_text, difference_word
from apps.shell.theme.style import look_of
from apps.shell.widgets.chip import Chip
from apps.shell.widgets.text import label
from core.messages import Catalogue

_CHIPS = {"warn": "warn", "err": "err", "muted": "plain"}


class CellDetail(QWidget):
    """Below the table."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        px = look_of().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        rule = QFrame()
        rule.setProperty("rule", True)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self._title = label("", "strong")
        self._chip = Chip("", "warn")
        head.addWidget(self._title)
        head.addWidget(self._chip)
        head.addStretch(1)
        self._text = label("", wrap=True, selectable=True)
        self._base = label("", "small", wrap=True)
        self._more = label("", "small", wrap=True)
        layout.addWidget(rule)
        layout.addLayout(head)
        for widget in (self._text, self._base, self._more):
            layout.addWidget(widget)

    def show_state(self, state: CompareState) -> None:
        """Shows the present cell, or how to come to one."""
        for row in state.shown:
            for column, subject in enumerate(state.table.subjects):
                if state.current == (row.criterion.id, subject.id):
                    kind, cell = row.differences[column], row.cells[column]
                    said = difference_word(row, column, self._words)
                    self._title.setText(
                        self._words.text("shell.compare.cell", criterion=row.criterion.title, subject=subject.title)
                    )
                    self._chip.setVisible(bool(said))
                    self._chip.show_chip(said, _CHIPS[TONES[kind]])
                    self._say(self._text, cell_text(cell, self._words))
                    other = kind not in {Difference.BASE, Difference.SAME} and row.base is not None
                    self._say(self._base, self._base_text(state, cell_text(row.base, self._words)) if other else "")
                    more = "" if cell is None else "\n".join(part for part in (cell.detail, cell.place) if part)
                    self._say(self._more, more)
                    return
        self._title.setText(self._words.text("shell.compare.choose"))
        self._chip.setVisible(False)
        for widget in (self._text, self._base, self._more):
            self._say(widget, "")

    def _base_text(self, state: CompareState, text: str) -> str:
        for subject in state.table.subjects:
            if subject.id == state.table.reference:
                return self._words.text("shell.compare.says", title=subject.title, text=text)
        return self._words.text("shell.compare.most_say", text=text)

    def _say(self, place: QLabel, text: str) -> None:
        place.setText(text)
        place.setAccessibleName(text)
        place.setVisible(bool(text))
