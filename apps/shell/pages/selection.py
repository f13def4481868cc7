"""Selecting text over pages: which character is meant, what lies between two places, where to paint it. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from apps.shell.pages.geometry import Box
from apps.shell.pages.source import PageText

_SAME_LINE = 0.5  # share of the smaller height two boxes must share to stand on one line
_SAME_RUN = 2.5  # heights: a wider gap begins a new rectangle


@dataclass(frozen=True, slots=True, order=True)
class TextPlace:
    """Before the ``index``-th character of a page."""

    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where the selection began to where it goes on; either may come first."""

    anchor: TextPlace
    focus: TextPlace

    @property
    def first(self) -> TextPlace:
        """The earlier end."""
        return min(self.anchor, self.focus)

    @property
    def last(self) -> TextPlace:
        """The later end."""
        return max(self.anchor, self.focus)

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.focus

    def on_page(self, page: int, length: int) -> tuple[int, int]:
        """The selected characters of a page with ``length`` characters; (0, 0) where there are none."""
        if not self.first.page <= page <= self.last.page:
            return 0, 0
        start = self.first.index if page == self.first.page else 0
        stop = self.last.index if page == self.last.page else length
        return (start, min(stop, length)) if start < stop else (0, 0)


def box_of(text: PageText, index: int) -> Box:
    """The box of a character: left, top, right, bottom in points."""
    boxes = text.boxes
    at = index * 4
    return boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]


def character_at(text: PageText, x: float, y: float) -> int:
    """The character nearest to a point of the page; -1 where there is no text."""
    best, distance = -1, float("inf")
    for index in range(len(text.text)):
        left, top, right, bottom = box_of(text, index)
        if right <= left or bottom <= top:
            continue
        across = max(left - x, 0.0, x - right)
        down = max(top - y, 0.0, y - bottom)
        away = across + down * 4  # lines first, then columns
        if away < distance:
            best, distance = index, away
            if not away:
                break
    return best


def nearest(text: PageText, x: float, y: float) -> int:
    """The place between characters nearest to a point of the page; 0 where there is no text."""
    index = character_at(text, x, y)
    if index < 0:
        return 0
    left, _, right, _ = box_of(text, index)
    return index if x < (left + right) / 2 else index + 1


def rectangles(text: PageText, start: int, stop: int) -> list[Box]:
    """The characters as few rectangles, one a line or run."""
    merged: list[Box] = []
    for index in range(max(0, start), min(stop, len(text.text))):
        box = box_of(text, index)
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        if merged and _joins(merged[-1], box):
            last = merged[-1]
            merged[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            merged.append(box)
    return merged


def _joins(last: Box, box: Box) -> bool:
    height = min(last[3] - last[1], box[3] - box[1])
    shared = min(last[3], box[3]) - max(last[1], box[1])
    return shared >= height * _SAME_LINE and -height < box[0] - last[2] < height * _SAME_RUN


def word_at(text: PageText, index: int) -> tuple[int, int]:
    """The word or unbroken run round a place; a single character where it is punctuation."""
    characters = text.text
    if not characters:
        return 0, 0
    middle = max(0, min(index, len(characters) - 1))
    if not characters[middle].isalnum():
        return middle, middle + 1
    start = middle
    while start > 0 and characters[start - 1].isalnum():
        start -= 1
    stop = middle + 1
    while stop < len(characters) and characters[stop].isalnum():
        stop += 1
    return start, stop


def line_move(text: PageText, index: int, down: bool) -> int:
    """The place one line below or above, as near as possible to the same column."""
    if not text.text:
        return 0
    here = box_of(text, min(index, len(text.text) - 1))
    x, middle, height = here[0], (here[1] + here[3]) / 2, max(here[3] - here[1], 1.0)
    lines = []
    for other in range(len(text.text)):
        box = box_of(text, other)
        offset = (box[1] + box[3]) / 2 - middle
        if box[2] > box[0] and (offset if down else -offset) > height * 0.6:
            lines.append((abs(offset), other))
    if not lines:
        return len(text.text) if down else 0
    near = min(lines)[0] + height * 0.4
    return min((abs(box_of(text, other)[0] - x), other) for away, other in lines if away <= near)[1]
