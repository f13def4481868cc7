"""The command palette: one line to type in, the answers below; keyboard alone is enough."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from apps.shell.frame.actions import Hit, PaletteState
from apps.shell.frame.glyph import Toned
from apps.shell.frame.key_names import key_name
from apps.shell.frame.palette_rows import HIT_ROLE, PaletteRows
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.search_field import SearchField
from core.messages import Catalogue

_ROWS = 9


class PaletteIntents(Protocol):
    """What a person does with the palette."""

    def search(self, query: str) -> None:
        """Typed."""

    def choose(self, number: int) -> None:
        """Moved the choice."""

    def run_chosen(self) -> None:
        """Pressed Enter."""

    def close_palette(self) -> None:
        """Pressed Escape or went elsewhere."""


class PaletteBox(QWidget):
    """Lies over the top of the window while it is shown, and gives the focus back when it goes."""

    def __init__(self, words: Catalogue, parent: QWidget, intents: PaletteIntents) -> None:
        super().__init__(parent)
        self._words, self._intents = words, intents
        self._came_from: QWidget | None = None
        self._shown = PaletteState()
        self.setAccessibleName(words.text("shell.frame.palette.name"))
        self._line = SearchField(words, "shell.frame.palette.hint", "shell.frame.palette.name")
        self._line.textEdited.connect(intents.search)
        self._line.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(words.text("shell.frame.palette.list"))
        self._list.setProperty("plain", True)  # the box around it is frame enough
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(PaletteRows(words, self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.itemClicked.connect(self._clicked)
        self._hint = Toned()
        column = QVBoxLayout(self)
        for widget in (self._line, self._list, self._hint):
            column.addWidget(widget)
        self._column = column
        self.hide()

    def show_palette(self, state: PaletteState) -> None:
        """Shows, changes or hides the palette."""
        if state == self._shown:
            return
        before, self._shown = self._shown, state
        if not state.shown:
            self._leave()
            return
        if self._line.text() != state.query:
            self._line.setText(state.query)
        if state.hits != before.hits or not before.shown:
            self._fill(state.hits)
        self._list.setCurrentRow(state.chosen)
        self._show_hint(state)
        if not before.shown:
            self._came_from = self.window().focusWidget()
            self.place()
            self.show()
            self.raise_()
            self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """Moves to the top of the window, in the middle."""
        parent, px = self.parentWidget(), look_of().px
        if parent is None:
            return
        self._column.setContentsMargins(px(14), px(14), px(14), px(10))
        self._column.setSpacing(px(8))
        self._list.setMinimumHeight(min(px(34) * _ROWS + 4, parent.height() // 2))
        self._hint.fit()
        width = min(px(640), parent.width() - 2 * px(24))
        self._list.setMaximumHeight(px(34) * _ROWS + 4)
        height = min(self._column.sizeHint().height(), parent.height() - 2 * px(24))
        self.setGeometry((parent.width() - width) // 2, min(px(72), (parent.height() - height) // 2), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Moves the choice from the line of text, and keeps Tab inside."""
        if watched is self._line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        if watched is self._line and event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._focus_left(event.reason())
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        if key in moves:
            self._intents.choose(self._shown.chosen + moves[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._intents.run_chosen()
        elif key == Qt.Key.Key_Escape:
            self._intents.close_palette()
        else:
            return key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        return True

    def _focus_left(self, reason: Qt.FocusReason) -> None:
        """Another window or a menu may come back; a click elsewhere in the window closes the palette for good."""
        stays = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
        if self._shown.shown and reason not in stays:
            self._came_from = None  # the focus is where the person put it
            self._intents.close_palette()

    def _leave(self) -> None:
        back, self._came_from = self._came_from, None
        self.hide()
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, hits: tuple[Hit, ...]) -> None:
        self._list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(HIT_ROLE, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(hit))
            self._list.addItem(item)

    def _spoken(self, hit: Hit) -> str:
        key = f"shell.frame.palette.{'item_key' if hit.action.shortcut else 'item'}"
        keys = key_name(hit.action.shortcuts[0]) if hit.action.shortcut else ""
        said = self._words.text(key, title=hit.title, group=hit.group, key=keys)
        if hit.action.reason is None:
            return said
        return self._words.text(
            "shell.frame.palette.item_reason", said=said, reason=hit.action.reason.text(self._words)
        )

    def _show_hint(self, state: PaletteState) -> None:
        text, token = self._words.text("shell.frame.palette.keys"), "muted"
        if state.refused is not None:
            text = self._words.text("shell.frame.palette.refused", reason=state.refused.text(self._words))
            token = "warn"  # noqa: S105 - a colour
        elif not state.hits:
            text = self._words.text("shell.frame.palette.none", query=state.query)
        self._hint.show_words(text, token)

    def _clicked(self, item: QListWidgetItem) -> None:
        self._intents.choose(self._list.row(item))
        self._intents.run_chosen()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card with a clear border: it lies over other things."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(color("surface"))
        radius = look_of().px(10)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.end()
