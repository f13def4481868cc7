"""One side of a conflict: whose, its text with the differences marked, and the button that chooses it."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from apps.shell.editing.conflicts.differences import changed_spans
from apps.shell.icons import icon
from apps.shell.theme.style import color, look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue


class SideCard(QWidget):
    """``key`` of the button's text, "" for the base, which cannot be chosen."""

    def __init__(self, words: Catalogue, key: str, missing: str) -> None:
        super().__init__()
        self._words, self._missing = words, missing
        self.title: QLabel = label("", "strong")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.choose: QPushButton | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look_of().px(8))
        layout.addWidget(self.title)
        layout.addWidget(self.text, 1)
        if key:
            self.choose = button(words, key)
            self.choose.setCheckable(True)
            layout.addWidget(self.choose)
        else:
            room = QWidget()  # keeps the three texts of one height
            room.setFixedHeight(look_of().px(34))
            layout.addWidget(room)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_side(self, title: str, item: str, text: str | None, base: str | None, *, chosen: bool) -> None:
        """Shows a text and what of it is not in the base."""
        self.title.setText(title)
        shown = self._missing if text is None else text
        if self.text.toPlainText() != shown:
            self.text.setPlainText(shown)
        name = self._words.text("shell.editing.conflicts.value_of", side=title, item=item)
        self.text.setAccessibleName(name)
        self.text.setAccessibleDescription(shown)
        self._mark(changed_spans(base, text), missing=text is None)
        if self.choose is not None:
            self.choose.setChecked(chosen)
            self.choose.setIcon(icon("check-circle" if chosen else "circle", "primary" if chosen else "muted"))
            mark(self.choose, chosen=chosen)

    def _mark(self, spans: tuple[tuple[int, int], ...], *, missing: bool) -> None:
        plain = QTextCharFormat()  # the style sheet greys what cannot be edited, but this is to be read
        plain.setForeground(color("muted" if missing else "text"))
        changed = QTextCharFormat()
        changed.setForeground(color("text"))
        changed.setBackground(color("warn_bg"))
        changed.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        changed.setUnderlineColor(color("warn"))
        whole = (0, self.text.document().characterCount() - 1)
        self.text.setExtraSelections([
            self._selection(whole, plain),
            *(self._selection(span, changed) for span in spans),
        ])  # fmt: skip

    def _selection(self, span: tuple[int, int], look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look  # type: ignore[attr-defined]
        return made
