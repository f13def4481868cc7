"""Where every page lies in the scrolled strip, in window pixels. Plain arithmetic, no Qt.

Pages stand one below the other, centred. Sizes come in points; ``zoom`` is window pixels a point; ``ratio`` the
device's pixels a window pixel, so that pages end on whole device pixels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from apps.shell.pages.geometry import turned_size

GAP = 14  # window pixels between pages
MARGIN = 16
ZOOM_MIN, ZOOM_MAX = 0.08, 12.0
HEIGHT_MAX = 1_500_000_000  # a scroll bar counts in 32 bits
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageRect:
    """A page in the strip, window pixels from the strip's top left."""

    x: float
    y: float
    width: float
    height: float


class PageStrip:
    """One arrangement of all pages; a new one is made when sizes, zoom or rotation change."""

    def __init__(self, sizes: Sequence[Size], *, zoom: float, turns: int, ratio: float, viewport_width: int) -> None:
        self.turns = turns % 4
        self.ratio = ratio
        flat = sizes if not self.turns % 2 else [(height, width) for width, height in sizes]
        points = sum(height for _, height in flat)
        self.zoom = max(ZOOM_MIN, min(zoom, ZOOM_MAX, HEIGHT_MAX / max(points, 1.0)))
        scale = self.zoom * ratio
        self._widths = [max(1, round(width * scale)) / ratio for width, _ in flat]
        self._heights = [max(1, round(height * scale)) / ratio for _, height in flat]
        self._tops = list(accumulate((height + GAP for height in self._heights), initial=float(MARGIN)))
        self.width = max(max(self._widths, default=0.0) + 2 * MARGIN, float(viewport_width))
        self.height = self._tops[-1] - GAP + MARGIN

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def scale(self) -> float:
        """Device pixels a point."""
        return self.zoom * self.ratio

    def rect(self, page: int) -> PageRect:
        """Where a page lies."""
        width = self._widths[page]
        x = round((self.width - width) / 2 * self.ratio) / self.ratio
        return PageRect(x, round(self._tops[page] * self.ratio) / self.ratio, width, self._heights[page])

    def page_at(self, y: float) -> int:
        """The page at this height; the page above where it is a gap; -1 where there are none."""
        if not self._heights:
            return -1
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._heights) - 1))

    def visible(self, top: float, height: float) -> range:
        """The pages seen between these heights."""
        if not self._heights:
            return range(0)
        first, last = self.page_at(top), self.page_at(top + height)
        if self._tops[first] + self._heights[first] < top and first < last:
            first += 1
        return range(first, last + 1)

    def place(self, top: float) -> tuple[int, float]:
        """A height as (page, fraction of that page): what stays put when zoom or sizes change."""
        page = self.page_at(top)
        if page < 0:
            return 0, 0.0
        return page, (top - self._tops[page]) / (self._heights[page] + GAP)

    def height_of(self, place: tuple[int, float]) -> float:
        """The opposite of :meth:`place`."""
        if not self._heights:
            return 0.0
        page = max(0, min(place[0], len(self._heights) - 1))
        return self._tops[page] + place[1] * (self._heights[page] + GAP)


def fit_width(size: Size, turns: int, viewport_width: int) -> float:
    """The zoom at which a page fills the width."""
    return max(1.0, viewport_width - 2 * MARGIN) / max(1.0, turned_size(*size, turns)[0])


def fit_page(size: Size, turns: int, viewport_width: int, viewport_height: int) -> float:
    """The zoom at which a whole page is seen."""
    height = turned_size(*size, turns)[1]
    return min(fit_width(size, turns, viewport_width), max(1.0, viewport_height - 2 * MARGIN) / max(1.0, height))
