"""The first table of clipboard HTML as spreadsheets write it, read in linear time and within limits.

No HTML engine: only the tags of a table are known, everything else is skipped. Source lines broken in the middle of a
text are joined, ``<br>`` is a line break, merged cells fill with blanks, hidden empty rows are dropped. An exact number
given beside its shown form (``x:num``) is kept apart.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from apps.shell.grid.steps import Steps

CELL_CHARACTERS = 32_767
SPAN_LIMIT = 1_000

# [^<>] ends at the next bracket, so that no input makes this slower than linear.
_TAG = re.compile(r"<(!--|/?[a-zA-Z][a-zA-Z0-9]{0,15})([^<>]{0,8192})>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?([0-9]{1,6})", re.IGNORECASE)
_NUMBER = re.compile(r"\bx:num\s*=\s*[\"']([^\"']{1,64})[\"']", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SKIPPED = {"style", "script", "head", "title", "xml"}
_TAGS_A_PIECE = 4_000
_LONGEST_TAG = 8_300
_STRETCH = 1_000_000  # characters searched for a tag at once


@dataclass(slots=True)
class Block:
    """A rectangle of texts from outside; ``exact`` holds the full number behind a shown one by (row, column)."""

    rows: list[list[str]]
    exact: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The width of its widest row."""
        return max((len(row) for row in self.rows), default=0)

    @property
    def cells(self) -> int:
        """Cells of the rectangle."""
        return self.width * len(self.rows)


class TooManyCells(Exception):
    """The table has more cells than the limit allows."""


class _Reader:
    """The state between two tags."""

    def __init__(self, limit_cells: int) -> None:
        self.block = Block([])
        self.depth = 0  # of tables
        self.done = False
        self._limit = limit_cells
        self._count = 0
        self._row: list[str] | None = None
        self._row_hidden = False
        self._cell: list[str] | None = None
        self._cell_size = 0
        self._attributes = ""
        self._below: dict[int, int] = {}  # column: rows a merged cell still reaches down

    def text(self, untrusted: str) -> None:
        """Text between two tags."""
        if self._cell is not None and self._cell_size <= CELL_CHARACTERS and untrusted:
            collapsed = _SPACE.sub(" ", untrusted[: CELL_CHARACTERS + 1])
            self._cell.append(collapsed)
            self._cell_size += len(collapsed)

    def tag(self, name: str, attributes: str) -> None:
        """One tag; a closing one begins with a slash."""
        if name == "table":
            self.depth += 1
        elif name == "/table":
            self.depth -= 1
            if self.depth <= 0:
                self.end()
        elif self.depth == 1:
            self._tag_in_table(name, attributes)
        if name in {"br", "/p", "/div"} and self._cell is not None and self._cell_size <= CELL_CHARACTERS:
            self._cell.append("\n")
            self._cell_size += 1

    def _tag_in_table(self, name: str, attributes: str) -> None:
        if name in {"td", "th", "/td", "/th", "tr", "/tr"}:
            self._end_cell()
        if name in {"tr", "/tr"}:
            self._end_row()
        if name == "tr":
            self._row, self._row_hidden = [], bool(_HIDDEN.search(attributes))
        elif name in {"td", "th"}:
            if self._row is None:
                self._row, self._row_hidden = [], False
            self._skip_merged()
            self._cell, self._cell_size, self._attributes = [], 0, attributes

    def _skip_merged(self) -> None:
        """Blanks where a cell from above reaches down."""
        while self._row is not None and self._below.get(len(self._row), 0) > 0:
            self._below[len(self._row)] -= 1
            self._add("")

    def _add(self, text: str) -> None:
        if self._row is None:
            return
        self._count += 1
        if self._count > self._limit:
            raise TooManyCells
        self._row.append(text)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        spans = {kind.lower(): min(max(int(size), 1), SPAN_LIMIT) for kind, size in _SPAN.findall(self._attributes)}
        number = _NUMBER.search(self._attributes)
        if number:
            self.block.exact[len(self.block.rows), len(self._row)] = number[1]
        column = len(self._row)
        self._add(_plain("".join(self._cell)))
        for _ in range(spans.get("col", 1) - 1):
            self._add("")
        if spans.get("row", 1) > 1:
            for covered in range(column, len(self._row)):
                self._below[covered] = spans["row"] - 1
        self._cell = None

    def _end_row(self) -> None:
        if self._row is None:
            return
        self._skip_merged()
        if not (self._row_hidden and not any(self._row)):
            self.block.rows.append(self._row)
            if not self._row:  # a row without cells costs room too
                self._add("")
                self._row.clear()
        self._row = None

    def end(self) -> None:
        """The table or the text has ended."""
        self._end_cell()
        self._end_row()
        self.done = True


def read_steps(untrusted_html: str, limit_cells: int) -> Steps[Block | None]:
    """The first table; None where there is none. Raises :class:`TooManyCells`."""
    reader = _Reader(limit_cells)
    place = 0
    seen = 0
    while not reader.done:
        match = yield from _next_tag(untrusted_html, place)
        if match is None:
            reader.text(untrusted_html[place:])
            break
        if reader.depth:
            reader.text(untrusted_html[place : match.start()])
        name = match[1].lower()
        place = match.end()
        if name == "!--":
            place = _after_comment(untrusted_html, match)
        elif name in _SKIPPED and not match[2].endswith("/"):
            place = _after_element(untrusted_html, name, place)
        else:
            reader.tag(name, match[2])
        seen += 1
        if seen % _TAGS_A_PIECE == 0:
            yield
    if not reader.done:
        reader.end()
    return reader.block if reader.block.width else None


def _next_tag(text: str, place: int) -> Steps[re.Match[str] | None]:
    """The next tag at or behind a place; a long stretch without one is looked through in pieces."""
    while (match := _TAG.search(text, place, place + _STRETCH)) is None and place + _STRETCH < len(text):
        place += _STRETCH - _LONGEST_TAG
        yield
    return match


def _after_comment(text: str, match: re.Match[str]) -> int:
    if match[2].endswith("--"):
        return match.end()
    end = text.find("-->", match.start() + 4)
    return len(text) if end < 0 else end + 3


def _after_element(text: str, name: str, place: int) -> int:
    """Behind the end of an element whose content is no text; the rest is dropped where it does not end."""
    end = re.compile(f"</{name}\\s*>", re.IGNORECASE).search(text, place)
    return len(text) if end is None else end.end()


def _plain(marked: str) -> str:
    """The text of a cell without entities and without the blanks of the source's layout."""
    try:
        text = html.unescape(marked)
    except ValueError:  # a character reference with thousands of digits
        text = marked
    lines = [line.strip(" ") for line in text.split("\n")]
    joined = "\n".join(lines).strip("\n")
    return joined.replace("\u00a0", " ")[: CELL_CHARACTERS + 1]
