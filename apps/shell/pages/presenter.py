"""Decides what a viewer shows: page box, panes, search, faults. No Qt; the pages themselves are behind ``Stage``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from apps.shell.pages.fault import Fault
from apps.shell.pages.state import Pane, Phase, SearchState, ViewerState
from apps.shell.screen import Presenter


class Stage(Protocol):
    """What the presenter can have done."""

    def page_of(self, text: str) -> int:
        """The page a label or number means; -1 where there is none."""

    def show_page(self, page: int) -> None:
        """Scrolls to a page."""

    def start_search(self, query: str) -> None:
        """Begins a search; "" ends it."""

    def step_hit(self, forward: bool) -> None:
        """Shows the next or previous hit."""

    def open_again(self, password: str) -> None:
        """Opens the document again; with "" as it was."""


class ViewerPresenter(Presenter[ViewerState]):
    """One viewer's decisions."""

    def __init__(self, show: Callable[[ViewerState], None], stage: Stage) -> None:
        super().__init__(show, ViewerState())
        self._stage = stage

    def opening(self, name: str) -> None:
        """A document is being opened; the side pane stays as the person left it."""
        self._show(ViewerState(Phase.OPENING, name=name, pane=self.state.pane))

    def opened(self, pages: int) -> None:
        """It is open."""
        self._show(replace(self.state, phase=Phase.READY, fault=None, pages=pages, changed_on_disk=False))

    def failed(self, fault: Fault) -> None:
        """It cannot be shown, or no longer."""
        self._show(replace(self.state, phase=Phase.FAILED, fault=fault))

    def page_shown(self, page: int, label: str) -> None:
        """Another page is in front."""
        if (page, label) != (self.state.page, self.state.label):
            self._show(replace(self.state, page=max(page, 0), label=label, unknown_page=""))

    def zoomed(self, per_cent: int, fit: str) -> None:
        """The zoom is another one."""
        if (per_cent, fit) != (self.state.zoom, self.state.fit):
            self._show(replace(self.state, zoom=per_cent, fit=fit))

    def searched(self, search: SearchState) -> None:
        """The search went on."""
        if search != self.state.search:
            self._show(replace(self.state, search=search))

    def file_changed(self) -> None:
        """The file on disk is another one now."""
        self._show(replace(self.state, changed_on_disk=True))

    def go_to(self, text: str) -> None:
        """The person typed a page."""
        page = self._stage.page_of(text)
        if page < 0:
            self._show(replace(self.state, unknown_page=text.strip()))
            return
        self._show(replace(self.state, unknown_page=""))
        self._stage.show_page(page)

    def step_page(self, by: int) -> None:
        """One page on or back."""
        page = self.state.page + by
        if 0 <= page < self.state.pages:
            self._stage.show_page(page)

    def choose_pane(self, pane: Pane) -> None:
        """Opens a side pane; the same again closes it."""
        self._show(replace(self.state, pane=Pane.NONE if pane is self.state.pane else pane))

    def open_search(self, opened: bool = True) -> None:
        """Shows or hides the search bar; hiding it ends the search."""
        pane = self.state.pane if opened or self.state.pane is not Pane.HITS else Pane.NONE
        self._show(replace(self.state, search_open=opened, pane=pane))
        if not opened:
            self._stage.start_search("")

    def find(self, query: str) -> None:
        """The person typed or changed a query."""
        if query.strip() != self.state.search.query:
            self._stage.start_search(query.strip())

    def step_hit(self, forward: bool) -> None:
        """Next or previous hit."""
        if self.state.search.hits:
            self._stage.step_hit(forward)

    def retry(self) -> None:
        """Tries the document again."""
        self._show(replace(self.state, phase=Phase.OPENING, fault=None, changed_on_disk=False))
        self._stage.open_again("")

    def unlock(self, password: str) -> None:
        """The person typed the document's password."""
        if password:
            self._show(replace(self.state, phase=Phase.OPENING, fault=None))
            self._stage.open_again(password)
