"""Text as searches see it: full width as half width, capitals as small letters, line ends within Chinese left out.

Every folded character knows its place in the original, so a hit can be shown where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SPACES = re.compile(r"[\s\u0000\u00ad\ufffe\uffff]+")
_WIDE_BLOCKS = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
_IS_WIDE = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _WIDE_BLOCKS) + "]")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``cuts`` are (place in the folded text, characters left out so far), rising."""

    text: str
    cuts: tuple[tuple[int, int], ...]

    def place(self, position: int) -> int:
        """The place in the original of a folded character."""
        index = bisect_right(self.cuts, position, key=lambda cut: cut[0])
        return position + (self.cuts[index - 1][1] if index else 0)


def fold(original: str) -> Folded:
    """Folds a text; every remaining character keeps its place."""
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    length = end = 0
    for found in _SPACES.finditer(original):
        pieces.append(_plain(original[end : found.start()]))
        length += found.start() - end
        end = found.end()
        before, after = original[found.start() - 1 : found.start()], original[end : end + 1]
        if before and after and not (_IS_WIDE.match(before) or _IS_WIDE.match(after)):
            pieces.append(" ")
            length += 1
        cuts.append((length, end - length))
    pieces.append(_plain(original[end:]))
    return Folded("".join(pieces), tuple(cuts))


def matches(folded: Folded, query: str) -> Iterator[tuple[int, int]]:
    """(start, end) in the original of every place where the folded query stands, not overlapping."""
    if not query:
        return
    start = folded.text.find(query)
    while start >= 0:
        last = start + len(query) - 1
        yield folded.place(start), folded.place(last) + 1
        start = folded.text.find(query, last + 1)


def fold_query(query: str) -> str:
    """A query folded as the text is; empty where it holds nothing to search for."""
    return fold(query.strip()).text


def is_rising(folded: Folded) -> bool:
    """Whether places rise strictly: what :meth:`Folded.place` promises."""
    places = [folded.place(index) for index in range(len(folded.text))]
    return all(a < b for a, b in pairwise(places))


def _plain(piece: str) -> str:
    """Half width and small letters, length kept."""
    half = piece.translate(_HALF)
    small = half.lower()
    if len(small) == len(half):
        return small
    return "".join(low if len(low := character.lower()) == 1 else character for character in half)
