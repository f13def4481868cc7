"""What a page engine promises, and which engine reads which media type. Engines are loaded only in the child."""

from __future__ import annotations

import importlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from apps.shell.pages.fault import Cause, PageFailure
from apps.shell.pages.geometry import PageFrame

PDF = "application/pdf"
ENGINES: Mapping[str, str] = MappingProxyType({PDF: "apps.shell.pages.pdf_source"})
_HEAD = 1024  # bytes in which the mark of a PDF must begin


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in pixels of a page drawn at ``scale`` pixels a point, turned by quarter turns clockwise."""

    x: int
    y: int
    width: int
    height: int
    scale: float
    turns: int = 0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark: depth from 0, title, page from 0 (-1: it leads nowhere)."""

    depth: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class PageText:
    """The characters of a page in reading order; four numbers a character: left, top, right, bottom, visible points."""

    text: str
    boxes: array[float]


class PageSource(Protocol):
    """One open document. Methods raise PageFailure, MemoryError or ValueError; nothing else of the engine's own."""

    page_count: int

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of the visible page in points (crop box and rotation applied)."""

    def frame(self, page: int) -> PageFrame:
        """The visible box and rotation of a page."""

    def label(self, page: int) -> str:
        """The page's own label ("iv", "A-3"); empty where it has none."""

    def render(self, page: int, region: Region) -> bytes:
        """The region as rows of blue, green, red, unused; 4 bytes a pixel."""

    def text(self, page: int) -> PageText:
        """The characters with their boxes."""

    def plain_text(self, page: int) -> str:
        """The characters alone, as many as :meth:`text` gives."""

    def outline(self) -> Iterator[OutlineEntry]:
        """The bookmarks from first to last; ends on a cycle."""

    def changed(self) -> bool:
        """Whether the file on disk is no longer the one that was opened."""


class Engine(Protocol):
    """A module that can open documents of one media type."""

    def open_source(self, path: Path, password: str) -> PageSource:
        """Opens a document or raises PageFailure."""


def media_type_of(path: Path) -> str:
    """The media type by the file's first bytes; empty where no engine of ours reads it. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return PDF if b"%PDF-" in head else ""


def open_source(path: Path, media_type: str, password: str) -> PageSource:
    """Opens a document with the engine of its type. Raises PageFailure."""
    try:
        found = media_type or media_type_of(path)
    except OSError as error:
        raise PageFailure(Cause.MISSING) from error
    if found not in ENGINES:
        raise PageFailure(Cause.KIND)
    engine = cast("Engine", importlib.import_module(ENGINES[found]))
    return engine.open_source(path, password)
