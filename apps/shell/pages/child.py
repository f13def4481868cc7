"""The child process: ``python -m apps.shell.pages.child MEMORY_BYTES``. Reads requests on stdin, answers on stdout.

One document a child. Whatever goes wrong becomes an answer; what kills the process kills nothing else.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from apps.shell.pages import wire
from apps.shell.pages.fault import Cause, PageFailure
from apps.shell.pages.limits import limit_this_process
from apps.shell.pages.source import ENGINES, OutlineEntry, PageSource, Region, open_source
from apps.shell.pages.textfold import Folded, fold, fold_query, matches
from apps.shell.pages.wire import Message, Value

SLICE = 0.020  # seconds a request that covers many pages may take before it hands back
SIZES_A_SLICE = 4000
BOOKMARKS_A_SLICE = 2000
HITS_A_SLICE = 4000
INDEX_LIMIT = 60_000_000  # characters kept for searching
NO_SIZE = (595.0, 842.0)  # shown for a page whose own size is absurd


class Desk:
    """Answers the requests about one document."""

    def __init__(self, at_page: Callable[[int], None]) -> None:
        self._at_page = at_page
        self._source: PageSource | None = None
        self._folded: dict[int, Folded] = {}
        self._originals: dict[int, str] = {}
        self._kept = 0
        self._outline: Iterator[OutlineEntry] = iter(())
        self._avoid: frozenset[Value] = frozenset()

    def answer(self, request: Message) -> Message:
        """The answer, a fault included."""
        try:
            return self._dispatch(request)
        except PageFailure as failure:
            return Message({"fault": failure.cause.value})
        except MemoryError:
            return Message({"fault": Cause.MEMORY.value})
        except Exception:  # the engine's own errors: all of them mean a page or file that cannot be read
            return Message({"fault": Cause.PAGE.value})

    def _dispatch(self, request: Message) -> Message:
        op = request.text("op")
        if op == "open":
            return self._open(request)
        if self._source is None:
            raise PageFailure(Cause.DAMAGED)
        page = request.number("page", request.number("first"))
        if op != "outline" and not 0 <= page < self._source.page_count:
            raise PageFailure(Cause.PAGE)
        handlers: dict[str, Callable[[PageSource, int, Message], Message]] = {
            "render": self._render, "text": self._text, "sizes": self._sizes, "frames": self._frames,
            "outline": self._bookmarks, "search": self._search,
        }  # fmt: skip
        return handlers[op](self._source, page, request)

    def _open(self, request: Message) -> Message:
        self._source = open_source(Path(request.text("path")), request.text("media_type"), request.text("password"))
        self._avoid = frozenset(row[0] for row in request.rows("avoid") if row and isinstance(row[0], int))
        return Message({"pages": self._source.page_count, "sizes": self._rows(self._source, 0, SLICE / 4)})

    def _sizes(self, source: PageSource, page: int, _request: Message) -> Message:
        return Message({"first": page, "sizes": self._rows(source, page, SLICE)})

    @staticmethod
    def _rows(source: PageSource, first: int, seconds: float) -> list[Value]:
        rows: list[Value] = []
        end = time.perf_counter() + seconds
        for page in range(first, min(source.page_count, first + SIZES_A_SLICE)):
            try:
                rows.append([*source.size(page), source.label(page), ""])
            except PageFailure as failure:
                rows.append([*NO_SIZE, source.label(page), failure.cause.value])
            if time.perf_counter() > end:
                break
        return rows

    @staticmethod
    def _frames(source: PageSource, page: int, request: Message) -> Message:
        end = time.perf_counter() + SLICE
        rows: list[Value] = []
        for number in range(page, min(source.page_count, page + request.number("count"))):
            frame = source.frame(number)
            rows.append([frame.left, frame.bottom, frame.right, frame.top, frame.rotation])
            if time.perf_counter() > end:
                break
        return Message({"frames": rows})

    @staticmethod
    def _render(source: PageSource, page: int, request: Message) -> Message:
        wanted = Message(area) if isinstance(area := request.head.get("region"), dict) else Message({})
        region = Region(
            wanted.number("x"), wanted.number("y"), wanted.number("width"), wanted.number("height"),
            wanted.real("scale"), wanted.number("turns"),
        )  # fmt: skip
        pixels = source.render(page, region)
        return Message({"width": region.width, "height": region.height, "changed": source.changed()}, pixels)

    @staticmethod
    def _text(source: PageSource, page: int, _request: Message) -> Message:
        found = source.text(page)
        return Message({"text": found.text}, found.boxes.tobytes())

    def _bookmarks(self, source: PageSource, first: int, _request: Message) -> Message:
        if first == 0:
            self._outline = source.outline()
        rows: list[Value] = []
        end = time.perf_counter() + SLICE
        for entry in self._outline:
            rows.append([entry.depth, entry.title, entry.page])
            if len(rows) >= BOOKMARKS_A_SLICE or time.perf_counter() > end:
                return Message({"rows": rows, "more": True})
        return Message({"rows": rows, "more": False})

    def _search(self, source: PageSource, first: int, request: Message) -> Message:
        query = fold_query(request.text("query"))
        rows: list[Value] = []
        unread: list[Value] = []
        end = time.perf_counter() + SLICE
        page = first
        while page < source.page_count:
            folded = self._folded_page(source, page)
            if folded is None:
                unread.append(page)
            else:
                text = self._originals.get(page, "")
                rows.extend([page, *place, _context(text, *place)] for place in matches(folded, query))
            page += 1
            if time.perf_counter() > end or len(rows) > HITS_A_SLICE:
                break
        return Message({"hits": rows, "next": page if page < source.page_count else -1, "unread": unread})

    def _folded_page(self, source: PageSource, page: int) -> Folded | None:
        if page in self._folded:
            return self._folded[page]
        if page in self._avoid:
            return None
        self._at_page(page)
        try:
            text = source.plain_text(page)
        except (PageFailure, ValueError):
            return None
        folded = fold(text)
        if self._kept < INDEX_LIMIT:
            self._folded[page] = folded
            self._originals[page] = text
            self._kept += len(folded.text)
        return folded


def _context(text: str, start: int, stop: int) -> str:
    """A hit with a few words round it, on one line."""
    return " ".join(text[max(0, start - 8) : stop + 28].replace("\x00", "").split())


def main() -> None:
    """Serves until stdin ends."""
    limit_this_process(int(sys.argv[1]))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    for engine in ENGINES.values():
        importlib.import_module(engine)
    desk = Desk(lambda page: wire.write(sink, Message({"at": page})))
    wire.write(sink, Message({"ready": True}))
    while True:
        try:
            request = wire.read(source)
        except wire.WireBroken:
            return
        wire.write(sink, desk.answer(request))


if __name__ == "__main__":
    main()
