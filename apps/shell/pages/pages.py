"""What is known of the pages so far: sizes, labels, faults. Sizes not read yet are taken to be like the first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from apps.shell.pages.fault import Cause, Fault
from apps.shell.pages.wire import Value

PAGES_MAX = 200_000
_A4 = (595.0, 842.0)


class PageTable:
    """One document's pages."""

    def __init__(self, count: int) -> None:
        self.count = min(count, PAGES_MAX)
        self.known = 0
        self._sizes: list[tuple[float, float]] = [_A4] * self.count
        self._labels: dict[int, str] = {}
        self._faults: dict[int, Fault] = {}

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """Width and height of each page in points."""
        return self._sizes

    def take(self, first: int, rows: Iterable[Sequence[Value]]) -> bool:
        """Takes (width, height, label, fault) rows; True where a size differs from what was assumed."""
        changed = False
        page = first
        for page, row in enumerate(rows, first):
            if page >= self.count:
                break
            size = _size(row)
            changed = changed or size != self._sizes[page]
            self._sizes[page] = size
            if len(row) > 2 and isinstance(row[2], str) and row[2]:
                self._labels[page] = row[2]
            if len(row) > 3 and row[3]:
                self._faults[page] = Fault(Cause.SIZE, page)
            self.known = max(self.known, page + 1)
        if first == 0 and self.known:
            self._sizes[self.known :] = [self._sizes[0]] * (self.count - self.known)
        return changed

    def label(self, page: int) -> str:
        """The page's own label; its number where it has none."""
        return self._labels.get(page) or str(page + 1)

    def page_of(self, text: str) -> int:
        """The page a person means by a label or a number; -1 where there is none."""
        wanted = text.strip()
        for page, label in self._labels.items():
            if label == wanted:
                return page
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 0
        if not 1 <= number <= self.count:
            low = wanted.casefold()
            return next((page for page, label in self._labels.items() if label.casefold() == low), -1)
        return number - 1

    def fault(self, page: int) -> Fault | None:
        """Why this page cannot be shown; None where nothing is known against it."""
        return self._faults.get(page)

    def set_fault(self, fault: Fault) -> None:
        """Notes a fault of one page."""
        self._faults[fault.page] = fault

    def clear_fault(self, page: int) -> None:
        """Forgets it: the person tries again."""
        self._faults.pop(page, None)


def _size(row: Sequence[Value]) -> tuple[float, float]:
    if len(row) < 2:
        return _A4
    width, height = row[0], row[1]
    if not (isinstance(width, int | float) and isinstance(height, int | float)):
        return _A4
    usable = all(math.isfinite(side) and 1 <= side <= 1e5 for side in (width, height))
    return (float(width), float(height)) if usable else _A4
