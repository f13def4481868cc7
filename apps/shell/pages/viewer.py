"""A whole viewer: buttons, search, side panes and pages of one document, put together and wired."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from apps.shell.pages.bookmark_pane import BookmarkPane
from apps.shell.pages.channel import Shelf
from apps.shell.pages.document import AskPassword, PageDocument
from apps.shell.pages.fault import Cause, Fault
from apps.shell.pages.hit_pane import HitPane
from apps.shell.pages.notice import Notice
from apps.shell.pages.overlay_pane import OverlayPane
from apps.shell.pages.page_view import MEMORY, ZOOM_STEP, Fit, PageView
from apps.shell.pages.presenter import ViewerPresenter
from apps.shell.pages.search_bar import SearchBar
from apps.shell.pages.state import Pane, Phase, SearchState, ViewerState
from apps.shell.pages.thumbnail_pane import ThumbnailPane
from apps.shell.pages.toolbar import KEYS, PageToolbar
from apps.shell.theme.style import look_of
from apps.shell.widgets.band import Band
from apps.shell.widgets.button import button
from core.messages import Catalogue

_PANE_WIDTH = 248


class Viewer(QWidget):
    """Open with :meth:`open`, end with :meth:`close_document`; without ``ask_password`` it asks in its own place."""

    def __init__(
        self,
        words: Catalogue,
        shelf: Shelf,
        *,
        ask_password: AskPassword | None = None,
        memory_bytes: int = MEMORY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._ask_password = ask_password
        self.document = PageDocument(shelf, self)
        self.pages = PageView(words, self.document, memory_bytes=memory_bytes)
        self.toolbar = PageToolbar(words)
        self.search = SearchBar(words)
        self.notice = Notice(words)
        self.reload = button(words, "shell.pages.reload", icon="refresh")
        self.band = Band("warn", words.text("shell.pages.file_changed"), (self.reload,))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words.text("shell.pages.pane.text"))
        self.bookmarks = BookmarkPane(words, self.document)
        self.thumbnails = ThumbnailPane(words, self.document)
        self.hit_list = HitPane(words, self.document)
        self.overlays = OverlayPane(words, self.pages)
        self.presenter = ViewerPresenter(self.show_state, self)
        self._panes: dict[Pane, QWidget] = {
            Pane.BOOKMARKS: self.bookmarks, Pane.THUMBNAILS: self.thumbnails, Pane.HITS: self.hit_list,
            Pane.TEXT: self.text, Pane.OVERLAYS: self.overlays,
        }  # fmt: skip
        self._lay_out()
        self._wire_document()
        self._wire_controls()
        self.presenter.refresh()

    def open(self, path: Path, *, media_type: str = "", password: str = "") -> None:
        """Opens a document; returns at once."""
        self.presenter.opening(path.name)
        self.document.open(path, media_type=media_type, password=password)

    def close_document(self) -> None:
        """Ends the child; call it before the window goes."""
        self.document.close()

    def ready(self) -> bool:
        """Whether a picture of the viewer would be complete."""
        state = self.presenter.state
        session = self.document.session
        idle = session is None or session.idle
        return state.phase is Phase.FAILED or (state.phase is Phase.READY and self.pages.is_drawn() and idle)

    def show_state(self, state: ViewerState) -> None:
        """Shows a state; the same twice changes nothing."""
        self.toolbar.show_state(state)
        self.search.show_state(state)
        self.notice.show_state(state)
        self.band.setVisible(state.changed_on_disk and state.phase is Phase.READY)
        self._stack.setCurrentWidget(self._body if state.phase is Phase.READY else self.notice)
        pane = self._panes.get(state.pane)
        self._side.setVisible(pane is not None)
        if pane is not None:
            self._side.setCurrentWidget(pane)
            self._fill_text(state)

    # what the presenter has done (Stage)

    def page_of(self, text: str) -> int:
        """See presenter.Stage."""
        return self.document.table.page_of(text)

    def show_page(self, page: int) -> None:
        """See presenter.Stage."""
        self.pages.go_to_page(page)

    def start_search(self, query: str) -> None:
        """See presenter.Stage."""
        self.document.find(query)

    def step_hit(self, forward: bool) -> None:
        """See presenter.Stage."""
        hit = self.document.hits.step(forward, max(self.pages.page, 0))
        if hit is not None:
            self.pages.show_hit(hit)
            self._hits_changed()

    def open_again(self, password: str) -> None:
        """See presenter.Stage."""
        if password:
            self.document.unlock(password)
        else:
            self.document.retry()

    def _lay_out(self) -> None:
        self._side = QStackedWidget()
        self._side.setMinimumWidth(look_of().px(180))
        self._side.setContentsMargins(look_of().px(12), 0, 0, look_of().px(12))
        for pane in self._panes.values():
            self._side.addWidget(pane)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self._side)
        self._body.addWidget(self.pages)
        self._body.setStretchFactor(1, 1)
        self._body.setSizes([look_of().px(_PANE_WIDTH), look_of().px(900)])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body)
        self._stack.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.toolbar, self.search, self.band):
            column.addWidget(part)
        column.addWidget(self._stack, 1)

    def _wire_document(self) -> None:
        document, presenter = self.document, self.presenter
        document.opened.connect(lambda: presenter.opened(document.page_count))
        document.failed.connect(self._failed)
        document.changed_on_disk.connect(presenter.file_changed)
        document.hits_changed.connect(self._hits_changed)
        document.outline_ready.connect(lambda: self.bookmarks.show_page(self.pages.page))
        document.text_ready.connect(lambda _page: self._fill_text(presenter.state))
        self.pages.page_changed.connect(self._page_changed)
        self.pages.zoom_changed.connect(lambda _zoom: self._zoomed())
        self.pages.retry_wanted.connect(self.pages.retry)

    def _wire_controls(self) -> None:
        presenter = self.presenter
        self.toolbar.pane_wanted.connect(presenter.choose_pane)
        self.toolbar.page_typed.connect(presenter.go_to)
        self.toolbar.pressed.connect(self._pressed)
        self.search.query_changed.connect(presenter.find)
        self.search.step_wanted.connect(presenter.step_hit)
        self.search.list_wanted.connect(lambda: presenter.choose_pane(Pane.HITS))
        self.search.closed.connect(self._close_search)
        self.notice.retry_wanted.connect(presenter.retry)
        self.notice.password_typed.connect(presenter.unlock)
        self.reload.clicked.connect(presenter.retry)
        self.bookmarks.page_wanted.connect(self.pages.go_to_page)
        self.thumbnails.page_wanted.connect(self.pages.go_to_page)
        self.hit_list.hit_wanted.connect(self._choose_hit)
        for name, act in self.toolbar.actions_by_name().items():
            shortcut = QShortcut(QKeySequence(KEYS[name]), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        for keys, forward in (("F3", True), ("Shift+F3", False)):
            step = QShortcut(QKeySequence(keys), self)
            step.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            step.activated.connect(lambda forward=forward: presenter.step_hit(forward))
        go = QShortcut(QKeySequence("Ctrl+G"), self)
        go.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        go.activated.connect(self._go)

    def _pressed(self, name: str) -> None:
        pages, presenter = self.pages, self.presenter
        actions: dict[str, Callable[[], None]] = {
            "previous_page": lambda: presenter.step_page(-1),
            "next_page": lambda: presenter.step_page(1),
            "zoom_in": lambda: pages.zoom_by(ZOOM_STEP),
            "zoom_out": lambda: pages.zoom_by(1 / ZOOM_STEP),
            "fit_width": lambda: pages.set_fit(Fit.WIDTH),
            "fit_page": lambda: pages.set_fit(Fit.PAGE),
            "real_size": lambda: pages.set_zoom(pages.real_size_zoom),
            "rotate": pages.turn,
            "find": self._find,
        }
        actions[name]()
        self._zoomed()
        self.toolbar.show_state(presenter.state)

    def _find(self) -> None:
        self.presenter.open_search()
        self.search.begin()

    def _close_search(self) -> None:
        self.presenter.open_search(opened=False)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self.toolbar.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.toolbar.page.selectAll()

    def _choose_hit(self, index: int) -> None:
        hit = self.document.hits.choose(index)
        if hit is not None:
            self.pages.show_hit(hit)
            self._hits_changed()

    def _page_changed(self, page: int) -> None:
        self.presenter.page_shown(page, self.document.table.label(page))
        self.bookmarks.show_page(page)
        self.thumbnails.show_page(page)

    def _zoomed(self) -> None:
        share = self.pages.zoom / self.pages.real_size_zoom
        self.presenter.zoomed(round(share * 100), self.pages.fit.value)

    def _hits_changed(self) -> None:
        hits = self.document.hits
        self.presenter.searched(
            SearchState(
                hits.query, len(hits), hits.current, hits.searched, hits.complete, hits.capped, len(hits.unread)
            )
        )

    def _failed(self, fault: Fault) -> None:
        if self._ask_password is not None and fault.cause in {Cause.PASSWORD, Cause.PASSWORD_WRONG}:
            password = self._ask_password(fault.cause is Cause.PASSWORD_WRONG)
            if password:
                self.presenter.unlock(password)
                return
        self.presenter.failed(fault)

    def _fill_text(self, state: ViewerState) -> None:
        if state.pane is not Pane.TEXT:
            return
        text = self.document.ask_text(state.page)
        shown = text.text.replace("\r\n", "\n") if text is not None else ""
        if text is not None and not shown.strip():
            shown = self._words.text("shell.pages.no_text", page=state.page + 1)
        if shown != self.text.toPlainText():
            self.text.setPlainText(shown)
