"""The scrolled strip of pages: zoom, rotation, tiles, hits, selection and overlays of one document."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from apps.shell.pages.document import PageDocument
from apps.shell.pages.fault import Fault
from apps.shell.pages.geometry import POINTS_PER_MM, turn_box, unturn_point
from apps.shell.pages.hits import Hit
from apps.shell.pages.keys import PageKeys
from apps.shell.pages.layout import PageStrip, fit_page, fit_width
from apps.shell.pages.mouse import PageMouse
from apps.shell.pages.overlays import Overlay, OverlayBoard
from apps.shell.pages.painting import paint_pages
from apps.shell.pages.requests import Draw, Lane
from apps.shell.pages.selection import rectangles
from apps.shell.pages.text_selecting import TextSelecting
from apps.shell.pages.tiles import Band, Kept, preview_of, tiles_of
from core.messages import Catalogue

MEMORY = 64 * 2**20  # bytes of pictures kept
ZOOM_STEP = 1.2
_PREVIEW_SHARE = 8  # one part in eight of the memory for small pictures


class Fit(StrEnum):
    """What the zoom follows when the window changes."""

    NONE = "none"
    WIDTH = "width"
    PAGE = "page"


class PageView(QAbstractScrollArea):
    """Shows a :class:`PageDocument`; the owner closes the document."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    scrolled = Signal()
    selection_changed = Signal()
    overlays_changed = Signal()
    retry_wanted = Signal(int)

    def __init__(
        self, words: Catalogue, document: PageDocument, *, memory_bytes: int = MEMORY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.document = document
        self.tiles: Kept[QImage] = Kept(memory_bytes - memory_bytes // _PREVIEW_SHARE)
        self.previews: Kept[QImage] = Kept(memory_bytes // _PREVIEW_SHARE)
        self.fit = Fit.WIDTH
        self.turns = 0
        self.strip = PageStrip((), zoom=1.0, turns=0, ratio=1.0, viewport_width=1)
        self.board = OverlayBoard(self._page_points, self._board_changed)
        self.overlay_pictures: dict[str, QImage] = {}
        self.selecting = TextSelecting(self)
        self._keys = PageKeys(self)
        self._mouse = PageMouse(self)
        self._page = -1
        self._zoom = 1.0
        self._settling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._ask)
        self._dress()
        self._listen()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.words.text("shell.pages.view"))

    def _listen(self) -> None:
        document = self.document
        document.opened.connect(self._opened)
        document.sizes_changed.connect(self._arrange)
        document.drawn.connect(self._drawn)
        document.page_failed.connect(lambda _page: self.viewport().update())
        document.text_ready.connect(self._text_ready)
        document.hits_changed.connect(self.viewport().update)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._moved)

    # what is shown

    @property
    def page(self) -> int:
        """The page that fills the upper part of the window; -1 before a document is open."""
        return self._page

    @property
    def zoom(self) -> float:
        """Window pixels a point."""
        return self.strip.zoom

    @property
    def real_size_zoom(self) -> float:
        """The zoom at which a millimetre of the page is one of the screen, by what the screen says of itself."""
        dots = self.screen().physicalDotsPerInch()
        return (dots if 50 <= dots <= 400 else self.screen().logicalDotsPerInch()) / 72

    @property
    def place(self) -> tuple[int, float]:
        """Page and fraction of it at the top of the window."""
        return self.strip.place(self.verticalScrollBar().value())

    def visible_pages(self) -> range:
        """The pages in sight."""
        return self.strip.visible(self.verticalScrollBar().value(), self.viewport().height())

    def page_rect(self, page: int) -> QRectF:
        """Where a page lies in the viewport."""
        rect = self.strip.rect(page)
        return QRectF(rect.x - self.horizontalScrollBar().value(), rect.y - self.verticalScrollBar().value(),
                      rect.width, rect.height)  # fmt: skip

    def to_page(self, point: QPointF) -> tuple[int, float, float]:
        """A viewport point as (page, x, y) in points of the visible, unturned page; page -1 where there is none."""
        page = self.strip.page_at(point.y() + self.verticalScrollBar().value())
        if page < 0:
            return -1, 0.0, 0.0
        rect = self.page_rect(page)
        width, height = self._page_points(page)
        x, y = (point.x() - rect.x()) / self.zoom, (point.y() - rect.y()) / self.zoom
        return (page, *unturn_point(x, y, width, height, self.turns))

    def box_rect(self, page: int, box: tuple[float, float, float, float]) -> QRectF:
        """A box of the page (left, top, right, bottom, points) in the viewport."""
        left, top, right, bottom = turn_box(box, *self._page_points(page), self.turns)
        origin, zoom = self.page_rect(page), self.zoom
        return QRectF(origin.x() + left * zoom, origin.y() + top * zoom, (right - left) * zoom, (bottom - top) * zoom)

    def overlay_rect(self, item: Overlay) -> QRectF:
        """Where an overlay lies in the viewport."""
        k = POINTS_PER_MM
        return self.box_rect(item.page, (item.x * k, item.y * k, (item.x + item.width) * k, (item.y + item.height) * k))

    # what the person does

    def go_to_page(self, page: int, fraction: float = 0.0) -> None:
        """Scrolls a page to the top."""
        if 0 <= page < len(self.strip):
            top = self.strip.height_of((page, fraction)) - (0 if fraction else 4)
            self.verticalScrollBar().setValue(round(top))

    def set_zoom(self, zoom: float, *, at: QPointF | None = None) -> None:
        """Sets a fixed zoom; the point ``at`` (or the top of the window) stays where it is."""
        self.fit = Fit.NONE
        self._zoom = zoom
        self._arrange(at=at)

    def set_fit(self, fit: Fit) -> None:
        """Lets the zoom follow the window."""
        self.fit = fit
        self._arrange()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms in or out."""
        self.set_zoom(self.zoom * factor, at=at)

    def turn(self, quarters: int = 1) -> None:
        """Turns all pages clockwise in the window; the document stays as it is."""
        self.turns = (self.turns + quarters) % 4
        self.previews.clear()
        self._arrange()

    def show_hit(self, hit: Hit) -> None:
        """Brings a hit into sight."""
        text = self.document.ask_text(hit.page)
        boxes = rectangles(text, hit.start, hit.stop) if text is not None else []
        if not boxes:
            if hit.page not in self.visible_pages():
                self.go_to_page(hit.page)
            self.viewport().update()
            return
        rect = self.box_rect(hit.page, boxes[0])
        self.ensure_seen(rect)
        self.viewport().update()

    def ensure_seen(self, rect: QRectF) -> None:
        """Scrolls as little as needed so that a viewport rectangle stands well inside the window."""
        view = self.viewport()
        if rect.top() < 0 or rect.bottom() > view.height():
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + rect.center().y() - view.height() / 3))
        if rect.left() < 0 or rect.right() > view.width():
            side = self.horizontalScrollBar()
            side.setValue(round(side.value() + rect.center().x() - view.width() / 2))

    def retry(self, page: int) -> None:
        """Tries a failed page again."""
        self.document.retry(page)
        self.tiles.drop_page(page)
        self.previews.drop_page(page)
        self._ask()
        self.viewport().update()

    # arrangement and wishes

    def _opened(self) -> None:
        self.tiles.clear()
        self.previews.clear()
        self.selecting.clear()
        self._page = -1
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._moved()

    def _page_points(self, page: int) -> tuple[float, float]:
        sizes = self.document.table.sizes
        return sizes[page] if 0 <= page < len(sizes) else (1.0, 1.0)

    def _wanted_zoom(self) -> float:
        if self.fit is Fit.NONE or not self.document.page_count:
            return self._zoom
        size = self._page_points(max(self._page, 0))
        # The bar is always there when there is more than one page: its coming must not change the fit.
        width = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        if self.fit is Fit.WIDTH:
            return fit_width(size, self.turns, width)
        return fit_page(size, self.turns, width, self.maximumViewportSize().height())

    def _arrange(self, *, at: QPointF | None = None) -> None:
        """Lays all pages out anew; what was at the top, or at a point, stays there."""
        if self._settling:
            return
        view, down, side = self.viewport(), self.verticalScrollBar(), self.horizontalScrollBar()
        point = at or QPointF(view.width() / 2, 0)
        kept = self.strip.place(down.value() + point.y())
        across = (side.value() + point.x()) / max(self.strip.width, 1.0)
        before = self.strip.zoom
        self._settling = True
        self.strip = PageStrip(self.document.table.sizes, zoom=self._wanted_zoom(), turns=self.turns,
                               ratio=self.devicePixelRatioF(), viewport_width=view.width())  # fmt: skip
        self._zoom = self.strip.zoom
        down.setRange(0, max(0, round(self.strip.height) - view.height()))
        down.setPageStep(view.height())
        down.setSingleStep(max(16, view.height() // 16))
        side.setRange(0, max(0, round(self.strip.width) - view.width()))
        side.setPageStep(view.width())
        down.setValue(round(self.strip.height_of(kept) - point.y()))
        side.setValue(round(across * self.strip.width - point.x()))
        self._settling = False
        if before != self.strip.zoom:
            self.zoom_changed.emit(self.strip.zoom)
        self._moved()

    def _moved(self) -> None:
        if self._settling:
            return
        page = self.strip.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.viewport().update()
        self.scrolled.emit()
        self._later.start()

    def preview(self, page: int) -> Draw:
        """The wish for the small picture of a page."""
        return preview_of(*self._page_points(page), page, self.turns)

    def wanted_tiles(self) -> list[Draw]:
        """The tiles in sight."""
        view = self.viewport()
        band = Band(self.horizontalScrollBar().value(), self.verticalScrollBar().value(), view.width(), view.height())
        return [wish for page in self.visible_pages() for wish in tiles_of(self.strip, page, band)]

    def _ask(self) -> None:
        """Declares what is wanted: small pictures first, then tiles, then the next screen and the words."""
        if not len(self.strip):
            return
        seen = self.visible_pages()
        small = [wish for page in seen if (wish := self.preview(page)) not in self.previews]
        tiles = self.wanted_tiles()
        # A page whose tiles are all here needs no small picture in front of them.
        sharp = [wish for wish in tiles if wish not in self.tiles]
        needed = {wish.page for wish in sharp}
        self.document.want(Lane.NOW, [*(wish for wish in small if wish.page in needed), *sharp])
        near = [page for page in (seen.stop, seen.start - 1, seen.stop + 1) if 0 <= page < len(self.strip)]
        self.document.want(Lane.AHEAD, [wish for page in near if (wish := self.preview(page)) not in self.previews])
        for page in seen:
            self.document.ask_text(page)

    def is_drawn(self) -> bool:
        """Whether everything in sight is drawn sharply or known to fail."""
        table = self.document.table
        wishes = self.wanted_tiles()
        return bool(wishes) and all(wish in self.tiles or table.fault(wish.page) for wish in wishes)

    def _drawn(self, wish: Draw, picture: QImage) -> None:
        if wish.kind == "preview":
            self.previews.put(wish, picture, picture.sizeInBytes())
        elif wish.kind == "tile" and (wish.region.scale, wish.region.turns) == (self.strip.scale, self.strip.turns):
            self.tiles.put(wish, picture, picture.sizeInBytes())
        else:
            return
        if wish.page in self.visible_pages():
            self.viewport().update()

    def _text_ready(self, page: int) -> None:
        current = self.document.hits.current_hit
        if current is not None and current.page == page:
            self.show_hit(current)
        if page == self._page:
            text = self.document.ask_text(page)
            self.setAccessibleDescription(text.text[:2000] if text is not None else "")
        self.viewport().update()

    def _board_changed(self) -> None:
        self.viewport().update()
        self.overlays_changed.emit()

    def fault_text(self, fault: Fault) -> str:
        """What a failed page says."""
        return self.words.text(fault.key, page=fault.page + 1)

    # Qt's calls

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draws what is here; what is missing is asked for elsewhere."""
        paint_pages(self, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lays out anew."""
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl and wheel zoom at the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys of pages, text and overlays."""
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begins a selection or takes an overlay."""
        self._mouse.pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Goes on with it."""
        self._mouse.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ends it."""
        self._mouse.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Selects a word."""
        self._mouse.double_clicked(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Shows the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hides the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()
