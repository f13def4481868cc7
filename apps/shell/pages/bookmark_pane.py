"""The bookmarks beside the pages: a tree shown as a list with levels."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from apps.shell.icons import pixmap
from apps.shell.pages.document import PageDocument
from apps.shell.pages.outline import Outline
from apps.shell.pages.pane_table import Index, PaneTable
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import tip
from core.messages import Catalogue

_NO_PARENT = QModelIndex()
_ARROW = 18
_ROLE_ENTRY = Qt.ItemDataRole.UserRole


class BookmarkModel(QAbstractTableModel):
    """The shown bookmarks of an outline."""

    def __init__(self, words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.outline = Outline()

    def show_outline(self, outline: Outline) -> None:
        """Shows another outline, or the same one after it changed."""
        self.beginResetModel()
        self.outline = outline
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """Shown bookmarks."""
        return 0 if parent.isValid() else len(self.outline.shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title; for screen readers also level, page and whether it is open."""
        number = self.outline.shown[index.row()]
        entry = self.outline.entries[number]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return tip(entry.title) if role == Qt.ItemDataRole.ToolTipRole else entry.title
        if role == _ROLE_ENTRY:
            return number
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "leaf"
            if self.outline.has_children(number):
                state = "open" if self.outline.is_open(number) else "closed"
            key = f"shell.pages.bookmark_{state}"
            return self._words.text(key, title=entry.title, level=entry.depth + 1, page=entry.page + 1)
        return None


class _Indented(QStyledItemDelegate):
    def __init__(self, model: BookmarkModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Arrow, then the title, moved in by its level."""
        outline = self._model.outline
        number = outline.shown[index.row()]
        look = look_of()
        indent = look.px(4) + outline.entries.depths[number] * look.px(14)
        super().paint(painter, _moved(option, indent + look.px(_ARROW)), index)
        if outline.has_children(number):
            side = look.px(14)
            rect = option.rect  # type: ignore[attr-defined] # PySide's stubs lack the public fields
            name = "chevron-down" if outline.is_open(number) else "chevron-right"
            place = QRect(rect.x() + indent, rect.center().y() - side // 2, side, side)
            painter.drawPixmap(place, pixmap(name, side, "muted"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, ARG002
        """All rows alike: rows are never measured."""
        return QSize(look_of().px(200), look_of().px(32))


def _moved(option: QStyleOptionViewItem, by: int) -> QStyleOptionViewItem:
    moved = QStyleOptionViewItem(option)
    moved.rect = moved.rect.adjusted(by, 0, 0, 0)  # type: ignore[attr-defined]
    return moved


class BookmarkPane(PaneTable):
    """Arrows move, Right and Left open and close, Enter goes to the page."""

    page_wanted = Signal(int)

    def __init__(self, words: Catalogue, document: PageDocument, parent: QWidget | None = None) -> None:
        self._model = BookmarkModel(words)
        super().__init__(self._model, words.text("shell.pages.pane.bookmarks"), 32, parent)
        self._document = document
        self.setItemDelegate(_Indented(self._model, self))
        self.chosen.connect(self._choose)
        document.outline_ready.connect(lambda: self._model.show_outline(document.outline))
        document.opened.connect(lambda: self._model.show_outline(document.outline))

    def show_page(self, page: int) -> None:
        """Marks the bookmark the page belongs to, unless the person is at work here."""
        if not self.hasFocus():
            self.show_row(self._model.outline.row_of_page(page))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Right and Left open and close or go to the parent."""
        row = self.currentIndex().row()
        if row >= 0 and event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            number = self._model.outline.shown[row]
            opened = event.key() == Qt.Key.Key_Right
            if not self._toggle(number, opened=opened) and not opened:
                self._show_number(self._model.outline.parent(number))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on the arrow opens or closes, elsewhere it goes to the page."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            number = self._model.outline.shown[index.row()]
            look = look_of()
            start = look.px(4) + self._model.outline.entries.depths[number] * look.px(14)
            if start <= event.position().x() <= start + look.px(_ARROW) and self._toggle(number):
                return
        super().mousePressEvent(event)

    def _toggle(self, number: int, *, opened: bool | None = None) -> bool:
        if not self._model.outline.toggle(number, opened=opened):
            return False
        place = self.verticalScrollBar().value()
        self._model.show_outline(self._model.outline)
        self.verticalScrollBar().setValue(place)
        self._show_number(number)
        return True

    def _show_number(self, number: int) -> None:
        if number in self._model.outline.shown:
            self.show_row(self._model.outline.shown.index(number))

    def _choose(self, row: int) -> None:
        page = self._model.outline.entries[self._model.outline.shown[row]].page
        if page >= 0:
            self.page_wanted.emit(page)
