"""Things placed on pages: where they are in mm, how they move, what they snap to. No Qt here.

Places are millimetres from the top left of the visible page, as a reader sees it; ``geometry.PageFrame`` turns them
into user space of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from apps.shell.pages.geometry import POINTS_PER_MM

STEP, LARGE_STEP = 1.0, 10.0  # mm a press of an arrow key, with Shift
SNAP = 2.0  # mm within which an edge or middle jumps to a line
SIDE_MARGIN = 20.0  # mm from the page's edge: a line to snap to


@dataclass(frozen=True, slots=True)
class Overlay:
    """One placed thing. ``key`` is the caller's; ``page`` from 0; x, y, width, height in mm."""

    key: str
    page: int
    x: float
    y: float
    width: float
    height: float
    label: str
    movable: bool = True


@dataclass(frozen=True, slots=True)
class SnapLine:
    """A line shown while dragging: ``at`` mm from the left (upright) or the top."""

    upright: bool
    at: float


class OverlayBoard:
    """All overlays of a document and which one is selected; tells ``changed`` after each change."""

    def __init__(self, page_points: Callable[[int], tuple[float, float]], changed: Callable[[], None]) -> None:
        self._page_points = page_points
        self._changed = changed
        self._items: dict[str, Overlay] = {}
        self.selected = ""
        self.lines: tuple[SnapLine, ...] = ()

    @property
    def items(self) -> tuple[Overlay, ...]:
        """All overlays by page, then from top to bottom."""
        return tuple(sorted(self._items.values(), key=lambda item: (item.page, item.y, item.x, item.key)))

    def set_items(self, items: Iterable[Overlay]) -> None:
        """Replaces all overlays."""
        self._items = {item.key: item for item in items}
        if self.selected not in self._items:
            self.selected = ""
        self._changed()

    def get(self, key: str) -> Overlay | None:
        """One overlay."""
        return self._items.get(key)

    def on_page(self, page: int) -> list[Overlay]:
        """The overlays of a page, the lowest first."""
        return [item for item in self._items.values() if item.page == page]

    def at(self, page: int, x: float, y: float) -> Overlay | None:
        """The topmost overlay under a point (mm)."""
        for item in reversed(self.on_page(page)):
            if item.x <= x <= item.x + item.width and item.y <= y <= item.y + item.height:
                return item
        return None

    def select(self, key: str) -> None:
        """Selects one; "" selects none."""
        wanted = key if key in self._items else ""
        if wanted != self.selected:
            self.selected = wanted
            self.lines = ()
            self._changed()

    def select_next(self, forward: bool = True) -> Overlay | None:
        """Selects the next overlay in reading order, round the end."""
        keys = [item.key for item in self.items]
        if not keys:
            return None
        place = keys.index(self.selected) if self.selected in keys else (-1 if forward else 0)
        self.select(keys[(place + (1 if forward else -1)) % len(keys)])
        return self._items[self.selected]

    def move_to(self, key: str, x: float, y: float, *, snap: bool = False) -> bool:
        """Moves an overlay within its page; False where it cannot be moved."""
        item = self._items.get(key)
        if item is None or not item.movable:
            return False
        width, height = self.page_mm(item.page)
        self.lines = ()
        if snap:
            x, y = self._snapped(item, x, y)
        moved = replace(item, x=_within(x, item.width, width), y=_within(y, item.height, height))
        if moved != item or snap:
            self._items[key] = moved
            self._changed()
        return True

    def nudge(self, dx: float, dy: float) -> bool:
        """Moves the selected overlay by mm."""
        item = self._items.get(self.selected)
        return item is not None and self.move_to(item.key, item.x + dx, item.y + dy)

    def drop(self) -> None:
        """The mouse button went up: no more snap lines."""
        self.lines = ()
        self._changed()

    def repeat(self, key: str, first: int, last: int) -> tuple[Overlay, ...]:
        """Puts the same overlay at the same place on pages ``first`` to ``last``; those that exist are moved there.

        Copies have the key ``KEY@page``. On a smaller page the place moves inwards as far as needed.
        """
        item = self._items.get(key)
        if item is None:
            return ()
        origin = key.split("@", maxsplit=1)[0]
        made = []
        for page in range(first, last + 1):
            if page == item.page:
                continue
            width, height = self.page_mm(page)
            x, y = _within(item.x, item.width, width), _within(item.y, item.height, height)
            copy = replace(item, key=f"{origin}@{page}", page=page, x=x, y=y)
            self._items[copy.key] = copy
            made.append(copy)
        self._changed()
        return tuple(made)

    def page_mm(self, page: int) -> tuple[float, float]:
        """Width and height of a visible page in mm."""
        width, height = self._page_points(page)
        return width / POINTS_PER_MM, height / POINTS_PER_MM

    def _snapped(self, item: Overlay, x: float, y: float) -> tuple[float, float]:
        width, height = self.page_mm(item.page)
        others = [other for other in self.on_page(item.page) if other.key != item.key]
        upright = [SIDE_MARGIN, width / 2, width - SIDE_MARGIN]
        upright += [edge for o in others for edge in (o.x, o.x + o.width / 2, o.x + o.width)]
        level = [SIDE_MARGIN, height / 2, height - SIDE_MARGIN]
        level += [edge for o in others for edge in (o.y, o.y + o.height / 2, o.y + o.height)]
        new_x, line_x = _snap(x, item.width, upright)
        new_y, line_y = _snap(y, item.height, level)
        lines = [SnapLine(True, line_x)] if line_x is not None else []
        self.lines = tuple(lines + ([SnapLine(False, line_y)] if line_y is not None else []))
        return new_x, new_y


def _snap(start: float, length: float, lines: Iterable[float]) -> tuple[float, float | None]:
    """The start at which an edge or the middle lies on the nearest line, and that line."""
    found = min(
        ((abs(start + part - line), line - part, line) for line in lines for part in (0.0, length / 2, length)),
        default=None,
    )
    return (found[1], found[2]) if found is not None and found[0] <= SNAP else (start, None)


def _within(start: float, length: float, whole: float) -> float:
    return round(max(0.0, min(start, whole - length)), 3)
