"""PDF by pypdfium2. Runs in the child only; the window's process never imports this file."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from apps.shell.pages.fault import Cause, PageFailure
from apps.shell.pages.geometry import PageFrame
from apps.shell.pages.source import OutlineEntry, PageText, Region

SIDE_LIMIT = 14_400 * 4  # points; four times what PDF itself allows
PIXEL_LIMIT = 16 * 2**20  # of one region
OUTLINE_LIMIT = 200_000
DEPTH_LIMIT = 64
TITLE_LIMIT = 500
TEXT_LIMIT = 400_000  # characters of one page
_OPEN_PAGES = 6
_CAUSES = {raw.FPDF_ERR_FILE: Cause.MISSING, raw.FPDF_ERR_FORMAT: Cause.DAMAGED, raw.FPDF_ERR_SECURITY: Cause.KIND}


class PdfSource:
    """One PDF; keeps the few pages used last parsed."""

    def __init__(self, document: pdfium.PdfDocument, path: Path) -> None:
        self._document = document
        self._path = path
        self._stamp = _stamp(path)
        self._pages: OrderedDict[int, pdfium.PdfPage] = OrderedDict()
        self.page_count = len(document)

    def size(self, page: int) -> tuple[float, float]:
        """See PageSource."""
        size = raw.FS_SIZEF()
        if not raw.FPDF_GetPageSizeByIndexF(self._document, page, size):
            raise PageFailure(Cause.PAGE)
        if not (_usable(size.width) and _usable(size.height)):
            raise PageFailure(Cause.SIZE)
        return size.width, size.height

    def frame(self, page: int) -> PageFrame:
        """See PageSource."""
        opened = self._page(page)
        box = raw.FS_RECTF()
        if not raw.FPDF_GetPageBoundingBox(opened, box):
            raise PageFailure(Cause.PAGE)
        return PageFrame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(opened) % 4 * 90)

    def label(self, page: int) -> str:
        """See PageSource."""
        needed = raw.FPDF_GetPageLabel(self._document, page, None, 0)
        if not 2 < needed <= 2 * TITLE_LIMIT:
            return ""
        buffer = ctypes.create_string_buffer(needed)
        raw.FPDF_GetPageLabel(self._document, page, buffer, needed)
        return buffer.raw[: needed - 2].decode("utf-16-le", "replace")

    def render(self, page: int, region: Region) -> bytes:
        """See PageSource."""
        if not (0 < region.width * region.height <= PIXEL_LIMIT and 0 < region.scale < 100):
            raise PageFailure(Cause.SIZE)
        width, height = self.size(page)
        if region.turns % 2:
            width, height = height, width
        opened = self._page(page)
        pixels = ctypes.create_string_buffer(region.width * region.height * 4)
        bitmap = raw.FPDFBitmap_CreateEx(region.width, region.height, raw.FPDFBitmap_BGRx, pixels, region.width * 4)
        if not bitmap:
            raise MemoryError
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, region.width, region.height, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(
                bitmap, opened, -region.x, -region.y, max(1, round(width * region.scale)),
                max(1, round(height * region.scale)), region.turns % 4, raw.FPDF_ANNOT,
            )  # fmt: skip
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return pixels.raw

    def text(self, page: int) -> PageText:
        """See PageSource."""
        frame = self.frame(page)
        text_page, count = self._text_page(page)
        try:
            characters = _characters(text_page, count)
            boxes = array("f")
            rect = raw.FS_RECTF()
            for index in range(count):
                rect.left = rect.bottom = rect.right = rect.top = 0
                raw.FPDFText_GetLooseCharBox(text_page, index, rect)
                boxes.extend(frame.box_to_visible((rect.left, rect.bottom, rect.right, rect.top)))
        finally:
            raw.FPDFText_ClosePage(text_page)
        return PageText(characters, boxes)

    def plain_text(self, page: int) -> str:
        """See PageSource."""
        text_page, count = self._text_page(page)
        try:
            return _characters(text_page, count)
        finally:
            raw.FPDFText_ClosePage(text_page)

    def outline(self) -> Iterator[OutlineEntry]:
        """See PageSource. Walks without recursion; an entry met twice ends its branch."""
        seen: set[int] = set()
        stack: list[tuple[object, int]] = [(raw.FPDFBookmark_GetFirstChild(self._document, None), 0)]
        while stack and len(seen) < OUTLINE_LIMIT:
            mark, depth = stack.pop()
            if not mark:
                continue
            address = ctypes.addressof(mark.contents)  # type: ignore[attr-defined] # a ctypes pointer
            if address in seen:
                continue
            seen.add(address)
            yield OutlineEntry(depth, _title(mark), self._target(mark))
            stack.append((raw.FPDFBookmark_GetNextSibling(self._document, mark), depth))
            if depth + 1 < DEPTH_LIMIT:
                stack.append((raw.FPDFBookmark_GetFirstChild(self._document, mark), depth + 1))

    def changed(self) -> bool:
        """See PageSource."""
        return _stamp(self._path) != self._stamp

    def _target(self, mark: object) -> int:
        place = raw.FPDFBookmark_GetDest(self._document, mark)
        if not place:
            action = raw.FPDFBookmark_GetAction(mark)
            if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_GOTO:
                place = raw.FPDFAction_GetDest(self._document, action)
        page = raw.FPDFDest_GetDestPageIndex(self._document, place) if place else -1
        return page if 0 <= page < self.page_count else -1

    def _text_page(self, page: int) -> tuple[object, int]:
        text_page = raw.FPDFText_LoadPage(self._page(page))
        if not text_page:
            raise PageFailure(Cause.PAGE)
        return text_page, min(max(0, raw.FPDFText_CountChars(text_page)), TEXT_LIMIT)

    def _page(self, page: int) -> pdfium.PdfPage:
        self.size(page)
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page]
        try:
            opened = self._document[page]
        except pdfium.PdfiumError as error:
            raise PageFailure(Cause.PAGE) from error
        self._pages[page] = opened
        while len(self._pages) > _OPEN_PAGES:
            self._pages.popitem(last=False)[1].close()
        return opened


def open_source(path: Path, password: str) -> PdfSource:
    """Opens a PDF. Raises PageFailure with MISSING, DAMAGED, PASSWORD, PASSWORD_WRONG, KIND or EMPTY."""
    try:
        document = pdfium.PdfDocument(path, password=password or None)
    except FileNotFoundError as error:
        raise PageFailure(Cause.MISSING) from error
    except pdfium.PdfiumError as error:
        number = raw.FPDF_GetLastError()
        if number == raw.FPDF_ERR_PASSWORD:
            raise PageFailure(Cause.PASSWORD_WRONG if password else Cause.PASSWORD) from error
        cause = _CAUSES.get(number, Cause.DAMAGED)
        raise PageFailure(Cause.EMPTY if cause is Cause.DAMAGED and _without_pages(path) else cause) from error
    if len(document) < 1:
        raise PageFailure(Cause.EMPTY)
    return PdfSource(document, path)


def _without_pages(path: Path) -> bool:
    """Whether a file PDFium calls damaged is only empty: a second reader, loaded just for this."""
    import pikepdf  # noqa: PLC0415 - costs every child its start otherwise

    try:
        with pikepdf.open(path) as document:
            return len(document.pages) == 0
    except (pikepdf.PdfError, OSError, ValueError):
        return False


def _usable(side: float) -> bool:
    return math.isfinite(side) and 1 <= side <= SIDE_LIMIT


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _title(mark: object) -> str:
    needed = raw.FPDFBookmark_GetTitle(mark, None, 0)
    if not 2 < needed <= 2**20:
        return ""
    buffer = ctypes.create_string_buffer(needed)
    raw.FPDFBookmark_GetTitle(mark, buffer, needed)
    return " ".join(buffer.raw[: needed - 2].decode("utf-16-le", "replace").split())[:TITLE_LIMIT]


def _characters(text_page: object, count: int) -> str:
    """One Python character for each of the engine's: its own string call may leave some out or split some."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: count * 2].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    return "".join(_character(raw.FPDFText_GetUnicode(text_page, index)) for index in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
