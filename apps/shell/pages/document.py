"""One open document in the window's thread: signals for what the child sends, methods for what the views want."""

from __future__ import annotations

import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from apps.shell.pages.channel import Channel, Shelf
from apps.shell.pages.fault import Cause, Fault
from apps.shell.pages.geometry import PageFrame
from apps.shell.pages.hits import Hits
from apps.shell.pages.outline import Outline
from apps.shell.pages.pages import PageTable
from apps.shell.pages.requests import Draw, Find, Lane, ReadFrames, ReadOutline, ReadSizes, ReadText, Request
from apps.shell.pages.session import Session, Target
from apps.shell.pages.source import PageText
from apps.shell.pages.textfold import fold_query
from apps.shell.pages.wire import Message, Value

_TEXTS_KEPT = 60
_SPARE_AFTER = 1500  # ms: the next spare child must not compete with the first page
_TICK = 250  # ms between looks at the child's clock
AskPassword = Callable[[bool], str]  # True: the last one was wrong; "" gives up


class PageDocument(QObject):
    """A document whose pages are read and drawn by a child. Close it with :meth:`close`."""

    opened = Signal()
    failed = Signal(object)  # Fault of the whole document
    sizes_changed = Signal()
    drawn = Signal(object, QImage)  # Draw
    page_failed = Signal(int)
    text_ready = Signal(int)
    outline_ready = Signal()
    hits_changed = Signal()
    frames_ready = Signal(int, object)  # first page, list of PageFrame
    changed_on_disk = Signal()
    restarted = Signal()
    _arrived = Signal(object, object)

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._session: Session | None = None
        self._texts: OrderedDict[int, PageText] = OrderedDict()
        self._restarts = 0
        self._noticed = False
        self.table = PageTable(0)
        self.outline = Outline()
        self.hits = Hits()
        self.path = Path()
        self._arrived.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)

    @property
    def page_count(self) -> int:
        """Pages of the open document; 0 before it is open."""
        return self.table.count

    @property
    def session(self) -> Session | None:
        """The talk with the child; None before :meth:`open`."""
        return self._session

    def open(self, path: Path, *, media_type: str = "", password: str = "") -> None:
        """Starts to open a document; ``opened`` or ``failed`` follows."""
        self.close()
        self.path = path
        self._noticed = False
        self._restarts = 0
        target = Target(str(path), media_type, password)
        self._session = Session(self, target, self._shelf.limits, self._start_child, time.monotonic)
        self.destroyed.connect(self._session.close)  # a window that goes takes its child along
        self._timer.start()
        self._session.open()

    def unlock(self, password: str) -> None:
        """Tries the document again with a password."""
        if self._session is not None:
            self._timer.start()
            self._session.open(password)

    def retry(self, page: int = -1) -> None:
        """Tries a page, or with -1 the whole document, again."""
        self.table.clear_fault(page)
        if page < 0 and self._session is not None:
            self._noticed = False
            self._timer.start()
            self._session.retry()

    def close(self) -> None:
        """Ends the child and forgets the document."""
        self._timer.stop()
        if self._session is not None:
            self._session.close()
        self._session = None
        self._texts.clear()
        self.table, self.outline, self.hits = PageTable(0), Outline(), Hits()

    def want(self, lane: Lane, requests: Iterable[Request]) -> None:
        """Replaces the wishes of a lane; faulty pages are left out."""
        if self._session is not None:
            wanted = (r for r in requests if not isinstance(r, Draw | ReadText) or self.table.fault(r.page) is None)
            self._session.want(lane, wanted)

    def ask_text(self, page: int) -> PageText | None:
        """The text of a page if it is here; else it is asked for and ``text_ready`` follows."""
        found = self._texts.get(page)
        if found is not None:
            self._texts.move_to_end(page)
        elif self._session is not None and self.table.fault(page) is None and 0 <= page < self.page_count:
            self._session.add(Lane.TEXT, ReadText(page))
        return found

    def ask_frames(self, first: int, count: int) -> None:
        """Asks for boxes and rotations; ``frames_ready`` follows, in slices."""
        if self._session is not None:
            self._session.add(Lane.ASKED, ReadFrames(first, count))

    def find(self, query: str) -> None:
        """Starts a new search; ``hits_changed`` follows as hits come. An empty query ends it."""
        self.hits = Hits(query if fold_query(query) else "", self.page_count)
        self.want(Lane.SEARCH, [Find(query, 0)] if self.hits.query else [])
        self.hits_changed.emit()

    def session_opened(self, message: Message) -> None:
        """See session.Owner."""
        if self._session is not None and self._session.restarts > self._restarts and self.page_count:
            self._restarts = self._session.restarts
            self.restarted.emit()
            return
        self.table = PageTable(message.number("pages"))
        self.table.take(0, message.rows("sizes"))
        self.outline, self.hits = Outline(), Hits()
        self._texts.clear()
        self._ask_sizes()
        self.opened.emit()
        self.want(Lane.OUTLINE, [ReadOutline(0)])

    def session_answered(self, request: Request, message: Message) -> None:
        """See session.Owner."""
        if isinstance(request, Draw):
            self._take_picture(request, message)
        elif isinstance(request, ReadText):
            self._take_text(request.page, message)
        elif isinstance(request, ReadSizes):
            if self.table.take(request.first, message.rows("sizes")):
                self.sizes_changed.emit()
            self._ask_sizes()
        elif isinstance(request, ReadOutline):
            self._take_outline(message)
        elif isinstance(request, Find):
            self._take_hits(request, message)
        else:
            self._take_frames(request, message)

    def session_failed(self, request: Request | None, fault: Fault) -> None:
        """See session.Owner."""
        if request is None:
            self._timer.stop()
            self.failed.emit(fault)
        elif isinstance(request, ReadText):
            self._texts[request.page] = PageText("", array("f"))  # drawn perhaps, but without words
            self.text_ready.emit(request.page)
        elif isinstance(request, Draw):
            self.table.set_fault(Fault(fault.cause, request.page))
            self.page_failed.emit(request.page)
        elif isinstance(request, ReadOutline):
            self.outline.finish()
            self.outline_ready.emit()
        elif isinstance(request, Find) and request.query == self.hits.query and self._session is not None:
            self._session.add(Lane.SEARCH, request)  # the page to blame is left out from now on

    def _start_child(self) -> Channel:
        channel = self._shelf.take()
        channel.hear(lambda message: self._arrived.emit(channel, message))
        QTimer.singleShot(_SPARE_AFTER, self._shelf.warm)
        return channel

    def _hear(self, channel: object, message: object) -> None:
        if self._session is not None:
            self._session.heard(cast("Channel", channel), cast("Message | None", message))

    def _tick(self) -> None:
        if self._session is not None:
            self._session.tick()

    def _ask_sizes(self) -> None:
        if 0 < self.table.known < self.table.count:
            self.want(Lane.SIZES, [ReadSizes(self.table.known)])

    def _take_picture(self, wish: Draw, message: Message) -> None:
        width, height = message.number("width"), message.number("height")
        area = wish.region
        if (width, height) != (area.width, area.height) or len(message.body) != width * height * 4:
            self.session_failed(wish, Fault(Cause.PAGE, wish.page))
            return
        # copy(): the picture must outlive the bytes
        picture = QImage(bytes(message.body), width, height, width * 4, QImage.Format.Format_RGB32).copy()
        self.drawn.emit(wish, picture)
        if message.head.get("changed") is True and not self._noticed:
            self._noticed = True
            self.changed_on_disk.emit()

    def _take_text(self, page: int, message: Message) -> None:
        text, boxes = message.text("text"), array("f")
        if len(message.body) == len(text) * 16:
            boxes.frombytes(message.body)
            self._texts[page] = PageText(text, boxes)
        else:
            self._texts[page] = PageText("", boxes)
        while len(self._texts) > _TEXTS_KEPT:
            self._texts.popitem(last=False)
        self.text_ready.emit(page)

    def _take_outline(self, message: Message) -> None:
        self.outline.add(message.rows("rows"))
        if message.head.get("more") is True and self._session is not None:
            self._session.add(Lane.OUTLINE, ReadOutline(len(self.outline.entries)))
        else:
            self.outline.finish()
            self.outline_ready.emit()

    def _take_hits(self, request: Find, message: Message) -> None:
        if request.query != self.hits.query or self._session is None:
            return
        self.hits.add(message.rows("hits"))
        unread = message.head.get("unread")
        self.hits.unread += [page for page in unread if isinstance(page, int)] if isinstance(unread, list) else []
        following = message.number("next", -1)
        if request.first < following < self.page_count and not self.hits.capped:
            self.hits.searched = following
            self._session.add(Lane.SEARCH, Find(request.query, following))
        else:
            self.hits.searched = self.page_count
            self.hits.complete = True
        self.hits_changed.emit()

    def _take_frames(self, request: ReadFrames, message: Message) -> None:
        frames = [frame for row in message.rows("frames") if (frame := _frame(row)) is not None]
        self.frames_ready.emit(request.first, frames)
        if frames and len(frames) < request.count:
            self.ask_frames(request.first + len(frames), request.count - len(frames))


def _frame(row: list[Value]) -> PageFrame | None:
    numbers = [float(value) for value in row if isinstance(value, int | float)]
    if len(numbers) != 5 or numbers[4] not in {0, 90, 180, 270}:
        return None
    return PageFrame(numbers[0], numbers[1], numbers[2], numbers[3], int(numbers[4]))
