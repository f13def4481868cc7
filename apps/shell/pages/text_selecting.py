"""The text selection of a page view: grows by mouse and keys, is copied even where it spans pages not read yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from apps.shell.pages.selection import Selection, TextPlace, box_of, character_at, line_move, nearest, word_at

if TYPE_CHECKING:
    from apps.shell.pages.page_view import PageView

PAGES_MAX = 50  # pages copied at once


class TextSelecting:
    """Owned by a page view."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self.selection: Selection | None = None
        self._copying: set[int] = set()
        view.document.text_ready.connect(self._text_ready)

    def clear(self) -> None:
        """Selects nothing."""
        self._set(None)

    def place_at(self, point: QPointF) -> TextPlace | None:
        """The place between characters under a viewport point; None while the words are not here."""
        page, x, y = self._view.to_page(point)
        text = self._view.document.ask_text(page) if page >= 0 else None
        return TextPlace(page, nearest(text, x, y)) if text is not None else None

    def begin(self, point: QPointF) -> None:
        """The mouse went down."""
        place = self.place_at(point)
        self._set(Selection(place, place) if place is not None else None)

    def extend(self, point: QPointF) -> None:
        """The mouse is dragged, or Shift and click."""
        place = self.place_at(point)
        if place is None:
            return
        self._set(Selection(self.selection.anchor if self.selection is not None else place, place))

    def take_word(self, point: QPointF) -> None:
        """A double click."""
        page, x, y = self._view.to_page(point)
        text = self._view.document.ask_text(page) if page >= 0 else None
        if text is not None:
            start, stop = word_at(text, character_at(text, x, y))
            self._set(Selection(TextPlace(page, start), TextPlace(page, stop)))

    def take_page(self) -> None:
        """Selects all text of the present page."""
        page = self._view.page
        text = self._view.document.ask_text(page)
        if text is not None:
            self._set(Selection(TextPlace(page, 0), TextPlace(page, len(text.text))))

    def move(self, *, characters: int = 0, lines: int = 0) -> None:
        """Moves the end of the selection by keys; it begins at the top of the present page."""
        view = self._view
        start = TextPlace(view.page, 0)
        now = self.selection or Selection(start, start)
        page, index = now.focus.page, now.focus.index
        text = view.document.ask_text(page)
        if text is None:
            return
        moved = index + characters if characters else line_move(text, index, lines > 0)
        if moved > len(text.text) and page + 1 < view.document.page_count:
            page, moved = page + 1, 0
        elif moved < 0 and page > 0:
            before = view.document.ask_text(page - 1)
            page, moved = page - 1, len(before.text) if before is not None else 0
        self._set(Selection(now.anchor, TextPlace(page, max(0, moved))))
        shown = view.document.ask_text(page)
        if shown is not None and shown.text:
            view.ensure_seen(view.box_rect(page, box_of(shown, min(max(0, moved), len(shown.text) - 1))))

    def copy(self) -> bool:
        """Puts the selected text on the clipboard, at once or when all its pages are read."""
        selection = self.selection
        if selection is None or selection.empty:
            return False
        pages = range(selection.first.page, min(selection.last.page + 1, selection.first.page + PAGES_MAX))
        self._copying = {page for page in pages if self._view.document.ask_text(page) is None}
        if not self._copying:
            QGuiApplication.clipboard().setText(self.text())
        return True

    def text(self) -> str:
        """The selected text as far as its pages are here; of too many pages the last line says what lacks."""
        selection = self.selection
        if selection is None:
            return ""
        parts = []
        for page in range(selection.first.page, min(selection.last.page + 1, selection.first.page + PAGES_MAX)):
            text = self._view.document.ask_text(page)
            if text is not None:
                start, stop = selection.on_page(page, len(text.text))
                parts.append(text.text[start:stop].replace("\r\n", "\n").replace("\x00", ""))
        lacking = selection.last.page - selection.first.page + 1 - PAGES_MAX
        if lacking > 0:
            parts.append(self._view.words.text("shell.pages.copy_capped", pages=PAGES_MAX, lacking=lacking))
        return "\n".join(parts)

    def _text_ready(self, page: int) -> None:
        if page in self._copying:
            self._copying.discard(page)
            if not self._copying:
                QGuiApplication.clipboard().setText(self.text())

    def _set(self, selection: Selection | None) -> None:
        if selection != self.selection:
            self.selection = selection
            self._view.selection_changed.emit()
            self._view.viewport().update()
