"""What the window asks the child for. Frozen values: equal requests are the same wish."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import ClassVar

from apps.shell.pages.source import Region
from apps.shell.pages.wire import Message


class Lane(IntEnum):
    """Which wishes come first: what the eye sees, then what makes it usable, then what is only ahead."""

    NOW = 0
    SIZES = 1
    TEXT = 2
    ASKED = 3
    OUTLINE = 4
    AHEAD = 5
    THUMBNAILS = 6
    SEARCH = 7


@dataclass(frozen=True, slots=True)
class Draw:
    """One region of one page as a picture; ``kind`` tells tiles, previews and thumbnails apart."""

    op: ClassVar[str] = "render"
    page: int
    region: Region
    kind: str = "tile"


@dataclass(frozen=True, slots=True)
class ReadText:
    """The characters of one page with their boxes."""

    op: ClassVar[str] = "text"
    page: int


@dataclass(frozen=True, slots=True)
class ReadSizes:
    """Sizes and labels of pages from ``first`` on."""

    op: ClassVar[str] = "sizes"
    first: int


@dataclass(frozen=True, slots=True)
class ReadFrames:
    """Boxes and rotations of ``count`` pages from ``first`` on."""

    op: ClassVar[str] = "frames"
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadOutline:
    """Bookmarks from the ``first``-th on."""

    op: ClassVar[str] = "outline"
    first: int


@dataclass(frozen=True, slots=True)
class Find:
    """Hits of a query from page ``first`` on, as far as one slice of time allows."""

    op: ClassVar[str] = "search"
    query: str
    first: int


Request = Draw | ReadText | ReadSizes | ReadFrames | ReadOutline | Find


def message_of(request: Request) -> Message:
    """The request as it goes over the wire."""
    head = asdict(request)
    head.pop("kind", None)
    return Message({"op": request.op, **head})


def page_of(request: Request) -> int:
    """The page whose fault it is when the child dies over this request; -1 where it is no single page's."""
    return request.page if isinstance(request, Draw | ReadText) else -1
