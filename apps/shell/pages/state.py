"""What a viewer shows beside its pages. Frozen; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apps.shell.pages.fault import Fault


class Phase(StrEnum):
    """How far the document is."""

    EMPTY = "empty"
    OPENING = "opening"
    READY = "ready"
    FAILED = "failed"


class Pane(StrEnum):
    """What stands at the side; the value is part of catalogue keys."""

    NONE = "none"
    BOOKMARKS = "bookmarks"
    THUMBNAILS = "thumbnails"
    HITS = "hits"
    TEXT = "text"
    OVERLAYS = "overlays"


@dataclass(frozen=True, slots=True)
class SearchState:
    """How a search stands; ``current`` counts from 0, -1 before the first step."""

    query: str = ""
    hits: int = 0
    current: int = -1
    searched: int = 0
    complete: bool = True
    capped: bool = False
    unread: int = 0

    @property
    def key(self) -> str:
        """The sentence that says it."""
        if not self.query:
            return "shell.pages.search.none"
        if not self.complete:
            return "shell.pages.search.going"
        if not self.hits:
            return "shell.pages.search.nothing"
        if self.current < 0:
            return "shell.pages.search.found"
        if self.capped:
            return "shell.pages.search.capped"
        return "shell.pages.search.unread" if self.unread else "shell.pages.search.done"


@dataclass(frozen=True, slots=True)
class ViewerState:
    """One viewer. ``page`` counts from 0; ``zoom`` is per cent of real size."""

    phase: Phase = Phase.EMPTY
    fault: Fault | None = None
    name: str = ""
    page: int = 0
    pages: int = 0
    label: str = ""
    unknown_page: str = ""
    zoom: int = 100
    fit: str = "width"
    pane: Pane = Pane.NONE
    search_open: bool = False
    search: SearchState = SearchState()
    changed_on_disk: bool = False
