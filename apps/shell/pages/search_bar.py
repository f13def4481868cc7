"""The search row: query, how many hits so far, next and previous, list of hits."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from apps.shell.pages.state import Pane, ViewerState
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.search_field import SearchField
from apps.shell.widgets.text import label
from core.messages import Catalogue

_PAUSE = 250  # ms after the last key before a search begins


class SearchBar(QWidget):
    """Enter: next hit; Shift+Enter: previous; Escape closes."""

    query_changed = Signal(str)
    step_wanted = Signal(bool)
    list_wanted = Signal()
    closed = Signal()

    def __init__(self, words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        look = look_of()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), 0, look.px(12), look.px(8))
        row.setSpacing(look.px(4))
        self.box = SearchField(words, "shell.pages.search.hint")
        self.box.setMaxLength(200)
        row.addWidget(self.box, 1)
        self.said = label("", "muted")
        self.said.setMinimumWidth(look.px(120))
        row.addSpacing(look.px(8))
        row.addWidget(self.said)
        self.previous = button(words, "", kind="quiet", icon="chevron-up", name_key="shell.pages.search.previous")
        self.next = button(words, "", kind="quiet", icon="chevron-down", name_key="shell.pages.search.next")
        self.all = button(words, "", kind="quiet", icon="list", name_key="shell.pages.pane.hits")
        self.all.setCheckable(True)
        self.close_button = button(words, "", kind="quiet", icon="x", name_key="shell.pages.search.close")
        for made in (self.previous, self.next, self.all, self.close_button):
            made.setFixedSize(look.px(34), look.px(34))
            row.addWidget(made)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.query_changed.emit(self.box.text()))
        self.box.textEdited.connect(lambda _text: self._pause.start())
        self.previous.clicked.connect(lambda: self.step_wanted.emit(False))
        self.next.clicked.connect(lambda: self.step_wanted.emit(True))
        self.all.clicked.connect(self.list_wanted)
        self.close_button.clicked.connect(self.closed)

    def show_state(self, state: ViewerState) -> None:
        """Shows how the search stands."""
        self.setVisible(state.search_open)
        search = state.search
        percent = 100 * search.searched // max(1, state.pages)
        self.said.setText(
            self._words.text(
                search.key, hits=search.hits, current=search.current + 1, percent=percent, unread=search.unread
            )
        )
        self.all.setChecked(state.pane is Pane.HITS)
        for made in (self.previous, self.next, self.all):
            made.setEnabled(bool(search.hits))

    def begin(self) -> None:
        """Takes the keyboard, the old query selected."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter searches at once or steps; Escape closes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._pause.isActive():
                self._pause.stop()
                self.query_changed.emit(self.box.text())
            self.step_wanted.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
