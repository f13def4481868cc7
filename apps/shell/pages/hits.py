"""The hits of a search, growing while the document is read; which one is the present one. No Qt here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from apps.shell.pages.wire import Value

HITS_MAX = 50_000


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Characters ``start`` to ``stop`` of a page."""

    page: int
    start: int
    stop: int
    context: str = field(default="", compare=False)


class Hits:
    """All hits of one query in reading order."""

    def __init__(self, query: str = "", pages: int = 0) -> None:
        self.query = query
        self.pages = pages
        self.searched = 0
        self.complete = not query
        self.capped = False
        self.unread: list[int] = []
        self.current = -1
        self._all: list[Hit] = []
        self._first: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, index: int) -> Hit:
        return self._all[index]

    @property
    def current_hit(self) -> Hit | None:
        """The hit the person looks at."""
        return self._all[self.current] if 0 <= self.current < len(self._all) else None

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Appends (page, start, stop) rows, which come in reading order."""
        for row in rows:
            if len(self._all) >= HITS_MAX:
                self.capped = True
                return
            numbers = [value for value in row[:3] if isinstance(value, int)]
            if len(row) == 4 and len(numbers) == 3:
                hit = Hit(numbers[0], numbers[1], numbers[2], str(row[3]))
                if 0 <= hit.page < self.pages and 0 <= hit.start < hit.stop:
                    self._first.setdefault(hit.page, len(self._all))
                    self._all.append(hit)

    def on_page(self, page: int) -> list[tuple[int, Hit]]:
        """(number, hit) of a page."""
        index = self._first.get(page, len(self._all))
        found = []
        while index < len(self._all) and self._all[index].page == page:
            found.append((index, self._all[index]))
            index += 1
        return found

    def step(self, forward: bool, from_page: int) -> Hit | None:
        """Makes the next or previous hit the present one, round the end; the first at or after ``from_page``."""
        if not self._all:
            return None
        if self.current < 0:
            place = bisect_left(self._all, Hit(from_page, 0, 0))
            self.current = (place if forward else place - 1) % len(self._all)
        else:
            self.current = (self.current + (1 if forward else -1)) % len(self._all)
        return self._all[self.current]

    def choose(self, index: int) -> Hit | None:
        """Makes a hit of the list the present one."""
        self.current = index if 0 <= index < len(self._all) else -1
        return self.current_hit
