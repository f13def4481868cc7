"""Lines of an item table and how they fall on printed pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.boq.model import Boq, BoqItem, TableRole
from core.boq.text import folded
from core.rules.boq_headers import reading_rules

ROWS_PER_PAGE = 18
PAGE_HEIGHT = 600.0  # points left for lines on an A4 page under title and header
LINE_HEIGHT = 13.0
MIN_HEIGHT = 16.0
_NAME_WIDTH, _FEATURE_WIDTH = 15, 27  # half-width characters a cell takes in a line


@dataclass(frozen=True, slots=True)
class Line:
    """A section head or an item, with its height in points. ``depth`` counts heads from 0."""

    item: BoqItem | None
    head: str
    depth: int
    marker: int
    subtotal: Decimal | None
    height: float


def table_groups(boq: Boq) -> dict[tuple[TableRole, str], list[BoqItem]]:
    """Items by table role and unit work; unit-price measures under a measures head stay in the detail table."""
    groups: dict[tuple[TableRole, str], list[BoqItem]] = {}
    measure = reading_rules().rows.measure_section
    for item in boq.items:
        inside = item.role is TableRole.UNIT_MEASURE and any(measure.search(folded(part)) for part in item.section)
        role = TableRole.DETAIL if inside else item.role
        groups.setdefault((role, item.unit_work), []).append(item)
    return groups


def lines_of(boq: Boq, items: Sequence[BoqItem]) -> Iterator[Line]:
    """Items with the heads that open before them; a head without items is not written."""
    subtotals = {(section.unit_work, section.path): section.subtotal for section in boq.sections}
    path: tuple[str, ...] = ()
    counts: list[int] = []
    for item in items:
        shared = _shared(path, item.section)
        counts = counts[: shared + 1]
        for depth in range(shared, len(item.section)):
            counts = [*counts, 0][: depth + 1] if len(counts) <= depth else counts[: depth + 1]
            counts[depth] += 1
            head = item.section[depth]
            subtotal = subtotals.get((item.unit_work, item.section[: depth + 1]))
            yield Line(None, head, depth, counts[depth], subtotal, _height(head, ""))
        path = item.section
        yield Line(item, "", 0, 0, None, _height(item.name, item.feature))


def paginate(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines on pages by number and height; a page holds at least one line."""
    pages: list[list[Line]] = [[]]
    used = 0.0
    for line in lines:
        if pages[-1] and (len(pages[-1]) >= ROWS_PER_PAGE or used + line.height > PAGE_HEIGHT):
            pages.append([])
            used = 0.0
        pages[-1].append(line)
        used += line.height
    return pages


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    return next(
        (index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _height(name: str, feature: str) -> float:
    lines = max(_wrapped(name, _NAME_WIDTH), _wrapped(feature, _FEATURE_WIDTH))
    return max(MIN_HEIGHT, min(lines * LINE_HEIGHT + 3, 400.0))


def _wrapped(text: str, width: int) -> int:
    return sum(max(1, -(-_columns(part) // width)) for part in text.split("\n"))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
