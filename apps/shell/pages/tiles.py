"""Which pieces of pages are drawn, in which order they are asked for, and which are kept. No Qt here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from apps.shell.pages.layout import PageStrip
from apps.shell.pages.requests import Draw
from apps.shell.pages.source import Region

TILE = 1024  # device pixels a side
PREVIEW = 180  # device pixels: the long side of the picture shown until the tiles are there
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Band:
    """What of the strip is seen: window pixels."""

    left: float
    top: float
    width: float
    height: float


class Kept(Generic[T]):
    """Pictures by wish, the least recently used thrown away first when ``limit_bytes`` is passed."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._pictures: OrderedDict[Draw, tuple[T, int]] = OrderedDict()
        self.held_bytes = 0

    def get(self, wish: Draw) -> T | None:
        """The picture, now the most recently used."""
        found = self._pictures.get(wish)
        if found is None:
            return None
        self._pictures.move_to_end(wish)
        return found[0]

    def of_page(self, page: int) -> list[tuple[Draw, T]]:
        """All pictures of a page, the least recently used first."""
        return [(wish, picture) for wish, (picture, _) in self._pictures.items() if wish.page == page]

    def __contains__(self, wish: Draw) -> bool:
        return wish in self._pictures

    def put(self, wish: Draw, picture: T, size_bytes: int) -> None:
        """Keeps a picture; one larger than the limit is not kept."""
        self.drop(wish)
        if size_bytes > self._limit:
            return
        self._pictures[wish] = (picture, size_bytes)
        self.held_bytes += size_bytes
        while self.held_bytes > self._limit:
            _, (_, freed) = self._pictures.popitem(last=False)
            self.held_bytes -= freed

    def drop(self, wish: Draw) -> None:
        """Forgets one picture."""
        found = self._pictures.pop(wish, None)
        if found is not None:
            self.held_bytes -= found[1]

    def drop_page(self, page: int) -> None:
        """Forgets all pictures of a page."""
        for wish in [wish for wish in self._pictures if wish.page == page]:
            self.drop(wish)

    def clear(self) -> None:
        """Forgets everything."""
        self._pictures.clear()
        self.held_bytes = 0


def tiles_of(strip: PageStrip, page: int, band: Band) -> Iterator[Draw]:
    """The tiles of a page that the band touches, top to bottom."""
    rect = strip.rect(page)
    ratio = strip.ratio
    width, height = round(rect.width * ratio), round(rect.height * ratio)
    left, top = (band.left - rect.x) * ratio, (band.top - rect.y) * ratio
    right, bottom = left + band.width * ratio, top + band.height * ratio
    for y in range(max(0, int(top) // TILE * TILE), min(height, int(bottom) + 1), TILE):
        for x in range(max(0, int(left) // TILE * TILE), min(width, int(right) + 1), TILE):
            area = Region(x, y, min(TILE, width - x), min(TILE, height - y), strip.scale, strip.turns)
            yield Draw(page, area, "tile")


def preview_of(width: float, height: float, page: int, turns: int, side: int = PREVIEW, kind: str = "preview") -> Draw:
    """A whole page in small; width and height in points before the turn."""
    if turns % 2:
        width, height = height, width
    scale = side / max(width, height, 1.0)
    return Draw(page, Region(0, 0, max(1, round(width * scale)), max(1, round(height * scale)), scale, turns), kind)
