"""Where a point of a page lies: PDF user space, the visible page, and the page as turned in the window.

User space: points (1/72 inch), origin anywhere, y upwards, before ``/Rotate``. Visible page: origin at the top left of
what a reader shows (crop box applied, ``/Rotate`` applied), y downwards, points or millimetres. No Qt here.
"""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
Box = tuple[float, float, float, float]
LETTER: Box = (0.0, 0.0, 612.0, 792.0)  # what readers take where a page names no usable box


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible box in user space (points) and the clockwise rotation (0, 90, 180, 270) of one page."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the visible page in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def to_visible(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the visible page, points from its top left."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def to_user(self, x: float, y: float) -> tuple[float, float]:
        """A point of the visible page (points from its top left) in user space."""
        if self.rotation == 90:
            return y + self.left, x + self.bottom
        if self.rotation == 180:
            return self.right - x, y + self.bottom
        if self.rotation == 270:
            return self.right - y, self.top - x
        return x + self.left, self.top - y

    def box_to_visible(self, box: Box) -> Box:
        """(left, bottom, right, top) of user space as (left, top, right, bottom) of the visible page, points."""
        x1, y1 = self.to_visible(box[0], box[1])
        x2, y2 = self.to_visible(box[2], box[3])
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def mm_box_to_user(self, x: float, y: float, width: float, height: float) -> Box:
        """A rectangle in mm from the visible top left as (left, bottom, right, top) in user space points."""
        k = POINTS_PER_MM
        x1, y1 = self.to_user(x * k, y * k)
        x2, y2 = self.to_user((x + width) * k, (y + height) * k)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def user_box_to_mm(self, box: Box) -> Box:
        """A user space box as (x, y, width, height) in mm from the visible top left."""
        left, top, right, bottom = self.box_to_visible(box)
        k = POINTS_PER_MM
        return left / k, top / k, (right - left) / k, (bottom - top) / k


def frame_of(media: Box | None, crop: Box | None, rotate: int) -> PageFrame:
    """The frame readers show: crop box within media box, corners in any order, rotation to the next quarter turn."""
    outer = _ordered(media) if media is not None else LETTER
    if outer[2] - outer[0] <= 0 or outer[3] - outer[1] <= 0:
        outer = LETTER
    inner = outer
    if crop is not None:
        box = _ordered(crop)
        if box[2] > box[0] and box[3] > box[1]:
            inner = (max(box[0], outer[0]), max(box[1], outer[1]), min(box[2], outer[2]), min(box[3], outer[3]))
    if inner[2] <= inner[0] or inner[3] <= inner[1]:
        inner = outer
    return PageFrame(*inner, rotation=rotate // 90 % 4 * 90)


def _ordered(box: Box) -> Box:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def turned_size(width: float, height: float, turns: int) -> tuple[float, float]:
    """The size of a page turned clockwise by quarter turns in the window."""
    return (height, width) if turns % 2 else (width, height)


def turn_point(x: float, y: float, width: float, height: float, turns: int) -> tuple[float, float]:
    """A point of a page of this size after clockwise quarter turns, from the new top left."""
    turns %= 4
    if turns == 1:
        return height - y, x
    if turns == 2:
        return width - x, height - y
    return (y, width - x) if turns == 3 else (x, y)


def unturn_point(x: float, y: float, width: float, height: float, turns: int) -> tuple[float, float]:
    """The opposite of :func:`turn_point`; width and height are those of the page before the turn."""
    turned = turned_size(width, height, turns)
    return turn_point(x, y, turned[0], turned[1], -turns)


def turn_box(box: Box, width: float, height: float, turns: int) -> Box:
    """A (left, top, right, bottom) box after clockwise quarter turns of its page."""
    x1, y1 = turn_point(box[0], box[1], width, height, turns)
    x2, y2 = turn_point(box[2], box[3], width, height, turns)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
