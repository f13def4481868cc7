"""Small pictures of all pages beside the pages; only those in sight are drawn."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from apps.shell.pages.document import PageDocument
from apps.shell.pages.pane_table import Index, PaneTable
from apps.shell.pages.requests import Draw, Lane
from apps.shell.pages.tiles import Kept, preview_of
from apps.shell.theme.style import color, look_of
from core.messages import Catalogue

MEMORY = 16 * 2**20  # bytes
ROW, SIDE = 176, 140
_NO_PARENT = QModelIndex()


class ThumbnailModel(QAbstractTableModel):
    """One row a page; the picture is painted by the delegate."""

    def __init__(self, words: Catalogue, document: PageDocument) -> None:
        super().__init__()
        self._words = words
        self.document = document
        self.pictures: Kept[QImage] = Kept(MEMORY)
        self.count = 0

    def renew(self) -> None:
        """Another document."""
        self.beginResetModel()
        self.pictures.clear()
        self.count = self.document.page_count
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """Pages."""
        return 0 if parent.isValid() else self.count

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The page's label, for screen readers a sentence."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.document.table.label(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words.text(
                "shell.pages.thumbnail", page=index.row() + 1, label=self.document.table.label(index.row())
            )
        return None

    def wish(self, page: int, ratio: float) -> Draw:
        """The picture of a page in device pixels."""
        side = round(look_of().px(SIDE) * ratio)
        return preview_of(*self.document.table.sizes[page], page, 0, side, "thumbnail")


class _Painted(QStyledItemDelegate):
    def __init__(self, model: ThumbnailModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paper, picture, label; the present page has a thick frame and a bold label."""
        rect: QRect = option.rect  # type: ignore[attr-defined] # PySide's stubs lack the public fields
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        look = look_of()
        page = index.row()
        wish = self._model.wish(page, self.parent().devicePixelRatioF())  # type: ignore[attr-defined]
        side = look.px(SIDE) / max(wish.region.width, wish.region.height)
        paper = QRectF(0, 0, wish.region.width * side, wish.region.height * side)
        paper.moveCenter(QRectF(rect.x(), rect.y() + look.px(6), rect.width(), look.px(SIDE)).center())
        painter.save()
        painter.fillRect(rect, color("surface"))
        painter.setPen(QPen(color("primary" if chosen else "line2"), 2 if chosen else 1))
        painter.fillRect(paper, QColor("#FFFFFF"))
        picture = self._model.pictures.get(wish)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, picture)
        painter.drawRect(paper.adjusted(-1, -1, 1, 1))
        font = painter.font()
        font.setPixelSize(look.px(13))
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(color("text" if chosen else "muted"))
        below = QRect(rect.x(), rect.y() + look.px(SIDE + 8), rect.width(), look.px(22))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._model.document.table.label(page))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, ARG002
        """All alike."""
        return QSize(look_of().px(SIDE), look_of().px(ROW))


class ThumbnailPane(PaneTable):
    """Asks for what is in sight each time it scrolls."""

    page_wanted = Signal(int)

    def __init__(self, words: Catalogue, document: PageDocument, parent: QWidget | None = None) -> None:
        self._model = ThumbnailModel(words, document)
        super().__init__(self._model, words.text("shell.pages.pane.thumbnails"), ROW, parent)
        self._document = document
        self.setItemDelegate(_Painted(self._model, self))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._later.start(0))
        self.chosen.connect(self.page_wanted)
        document.opened.connect(self._renew)
        document.drawn.connect(self._drawn)

    def show_page(self, page: int) -> None:
        """Marks the present page."""
        if not self.hasFocus():
            self.show_row(page)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More may be in sight."""
        super().resizeEvent(event)
        self._later.start(0)

    def _renew(self) -> None:
        self._model.renew()
        self._later.start(0)

    def _ask(self) -> None:
        if not self._model.count or not self.isVisible():
            return
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        pages = range(first, (last if last >= 0 else self._model.count - 1) + 1)
        ratio = self.devicePixelRatioF()
        wishes = [wish for page in pages if (wish := self._model.wish(page, ratio)) not in self._model.pictures]
        self._document.want(Lane.THUMBNAILS, wishes)

    def _drawn(self, wish: Draw, picture: QImage) -> None:
        if wish.kind == "thumbnail":
            self._model.pictures.put(wish, picture, picture.sizeInBytes())
            self.viewport().update()
