"""The bookmarks as a list with levels that open and close: 100,000 of them stay quick. No Qt here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from apps.shell.pages.source import OutlineEntry
from apps.shell.pages.wire import Value

_PAGES_MAX = 10_000_000
_OPEN_AT_FIRST = 400  # with more entries than that only the first level is shown at first


class Entries(Sequence[OutlineEntry]):
    """Bookmarks in columns: 100,000 objects of their own would make every garbage collection slow."""

    def __init__(self) -> None:
        self.depths = array("h")
        self.titles: list[str] = []
        self.pages = array("i")

    def __len__(self) -> int:
        return len(self.titles)

    @overload
    def __getitem__(self, index: int) -> OutlineEntry: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[OutlineEntry]: ...

    def __getitem__(self, index: int | slice) -> OutlineEntry | Sequence[OutlineEntry]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return OutlineEntry(self.depths[index], self.titles[index], self.pages[index])

    def add(self, depth: int, title: str, page: int) -> None:
        """Appends one; it lies at most one level below the one before."""
        before = self.depths[-1] if self.depths else -1
        self.depths.append(max(0, min(depth, before + 1)))
        self.titles.append(title)
        self.pages.append(page)


class Outline:
    """All bookmarks in order, and which of them are shown."""

    def __init__(self) -> None:
        self.entries = Entries()
        self.shown: list[int] = []
        self.complete = False
        self._open: set[int] = set()

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Appends (depth, title, page) rows; they are shown once :meth:`finish` is called."""
        for row in rows:
            if len(row) == 3 and isinstance(row[0], int) and isinstance(row[1], str) and isinstance(row[2], int):
                self.entries.add(row[0], row[1], max(-1, min(row[2], _PAGES_MAX)))

    def finish(self) -> None:
        """All have come: small outlines open their first level."""
        self.complete = True
        if len(self.entries) <= _OPEN_AT_FIRST:
            self._open = {i for i, depth in enumerate(self.entries.depths) if depth == 0 and self.has_children(i)}
        self.arrange()

    def has_children(self, index: int) -> bool:
        """Whether deeper entries follow this one."""
        depths = self.entries.depths
        return index + 1 < len(depths) and depths[index + 1] > depths[index]

    def is_open(self, index: int) -> bool:
        """Whether its children are shown."""
        return index in self._open

    def toggle(self, index: int, *, opened: bool | None = None) -> bool:
        """Opens or closes an entry; False where nothing changed."""
        wanted = index not in self._open if opened is None else opened
        if not self.has_children(index) or wanted == (index in self._open):
            return False
        if wanted:
            self._open.add(index)
        else:
            self._open.discard(index)
        self.arrange()
        return True

    def arrange(self) -> None:
        """Works out anew which entries are shown."""
        shown: list[int] = []
        hidden_below = 1 << 30
        for index, depth in enumerate(self.entries.depths):
            if depth > hidden_below:
                continue
            shown.append(index)
            hidden_below = 1 << 30 if index in self._open else depth
        self.shown = shown

    def parent(self, index: int) -> int:
        """The entry this one lies under; -1 at the first level."""
        depths = self.entries.depths
        return next((i for i in range(index - 1, -1, -1) if depths[i] < depths[index]), -1)

    def row_of_page(self, page: int) -> int:
        """The shown row whose page is the last not after ``page``; -1 where there is none."""
        best, best_page = -1, -1
        for row, index in enumerate(self.shown):
            target = self.entries.pages[index]
            if best_page <= target <= page and target >= 0:
                best, best_page = row, target
        return best

    def page_of_title(self, title: str) -> int:
        """The page of the first bookmark of this title, spaces and case aside; -1 where there is none."""
        wanted = _plain(title)
        return next((entry.page for entry in self.entries if entry.page >= 0 and _plain(entry.title) == wanted), -1)


def _plain(title: str) -> str:
    return "".join(title.split()).casefold()
