"""Where a window may stand: a saved place is taken only as far as a screen still shows it."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST = (960, 600)  # below this the rail and header no longer fit
PREFERRED = (1366, 768)
_GRIP = 48  # of the top edge, so much must be on a screen for a person to take hold of it


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of whole logical pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def shared(self, other: Rect) -> int:
        """The area both cover."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0, across) * max(0, down)


def brought_back(saved: Rect | None, screens: tuple[Rect, ...]) -> Rect | None:
    """Where a window goes: as saved, or moved and cut to the screen that shows most of it, or centred on the first.

    ``screens`` are the usable parts (without task bars), the main one first; with none of them the answer is None: the
    window is left to the system.
    """
    if not screens:
        return None
    if saved is None or saved.width <= 0 or saved.height <= 0:
        return _centred(PREFERRED, screens[0])
    best = max(screens, key=saved.shared)
    if saved.shared(best) == 0:
        return _centred((saved.width, saved.height), screens[0])
    if _graspable(saved, screens):
        return saved
    width, height = min(saved.width, best.width), min(saved.height, best.height)
    x = min(max(saved.x, best.x), best.right - width)
    y = min(max(saved.y, best.y), best.bottom - height)
    return Rect(x, y, width, height)


def _graspable(window: Rect, screens: tuple[Rect, ...]) -> bool:
    """Whether the top edge can be taken hold of and the window is wholly on screens, perhaps across two."""
    top = Rect(window.x, window.y, window.width, min(_GRIP, window.height))
    seen = sum(top.shared(screen) for screen in screens)
    whole = sum(window.shared(screen) for screen in screens)
    return seen >= top.width * top.height and whole >= window.width * window.height


def _centred(size: tuple[int, int], screen: Rect) -> Rect:
    width, height = min(size[0], screen.width), min(size[1], screen.height)
    return Rect(screen.x + (screen.width - width) // 2, screen.y + (screen.height - height) // 2, width, height)
