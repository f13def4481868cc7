"""The window all programs share. It shows a :class:`FrameState` and reports keys; the presenter decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from apps.shell.frame import commands
from apps.shell.frame.about import AboutState
from apps.shell.frame.asides import AboutView, NoticesView, ShortcutsView
from apps.shell.frame.geometry import SMALLEST, Rect, brought_back
from apps.shell.frame.header import HeaderBar
from apps.shell.frame.notice_stack import NoticeStack
from apps.shell.frame.page_stack import Page, PageStack
from apps.shell.frame.palette import PaletteBox
from apps.shell.frame.panes import Panes, focusable
from apps.shell.frame.presenter import FramePresenter
from apps.shell.frame.rail import Rail
from apps.shell.frame.state import ABOUT, NOTICES, SHORTCUTS, FrameState
from apps.shell.frame.status_bar import StatusBar
from core.messages import Catalogue

_SECOND = 1000  # milliseconds
_QUESTION = "?"


class Frame(QMainWindow):
    """Rail, header, pages, status bar; over them notices and the palette.

    Made by :func:`apps.shell.frame.build.build_frame`. ``may_close`` is asked before the window goes.
    """

    def __init__(
        self,
        words: Catalogue,
        program: str,
        pages: tuple[Page, ...],
        about: AboutState,
        presenter: Callable[[Callable[[FrameState], None]], FramePresenter],
    ) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        self._words, self._program = words, program
        self._shown_page = ""
        self._focus_of: dict[str, QWidget] = {}
        self._lent: QWidget | None = None  # where the focus waits while a page has no stop
        self._shortcuts: dict[str, tuple[str, list[QShortcut]]] = {}
        self.presenter = presenter(self.show_state)
        asides = {
            ABOUT: lambda: AboutView(words, about),
            NOTICES: lambda: NoticesView(words),
            SHORTCUTS: lambda: ShortcutsView(words),
        }
        self.pages = PageStack(words, {**{page.item.page: page.build for page in pages}, **asides})
        self._build()
        self._panes = Panes(self, self._all_panes)
        self.presenter.handle(commands.NEXT_PANE, partial(self._panes.move, 1))
        self.presenter.handle(commands.PREVIOUS_PANE, partial(self._panes.move, -1))
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND)
        self._clock.timeout.connect(self.presenter.tick)
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.timeout.connect(self._fit)
        self._screens = QGuiApplication.instance()
        if isinstance(self._screens, QGuiApplication):
            self._screens.screenRemoved.connect(self._screen_went)
        self.presenter.refresh()

    def show_state(self, state: FrameState) -> None:
        """Shows the frame's state; the same state twice changes nothing."""
        self._bind(state)
        self._header.show_header(state.header, state.countdown, state.notices.unread)
        self._rail.show_items(state.rail, state.current)
        self._status.show_status(state.status)
        self._show_page(state)
        self._notices.show_notices(state.notices)
        self._palette.show_palette(state.palette)
        named = self._program
        if state.header.title:
            named = self._words.text("shell.frame.window_title", title=state.header.title, program=self._program)
        if named != self.windowTitle():
            self.setWindowTitle(named)

    # where the window stands

    def place(self, saved: Rect | None) -> None:
        """Puts the window where it stood, or, where no screen shows that place, back onto a screen."""
        self._go_to(brought_back(saved, _screens()))

    @property
    def placed(self) -> Rect:
        """Where the window stands, to be kept for the next time (without a maximised state)."""
        shown = self.normalGeometry() if self.isMaximized() or self.isFullScreen() else self.geometry()
        return Rect(shown.x(), shown.y(), shown.width(), shown.height())

    def _screen_went(self) -> None:
        QTimer.singleShot(0, self, self._back_onto_a_screen)  # the list of screens is right only after this signal

    def _back_onto_a_screen(self) -> None:
        wanted = brought_back(self.placed, _screens())
        if wanted is not None and wanted != self.placed and not self.isMaximized():
            self._go_to(wanted)

    def _go_to(self, place: Rect | None) -> None:
        if place is not None:
            self.setGeometry(QRect(place.x, place.y, place.width, place.height))

    # what Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape and the question mark, where no widget wanted them."""
        if event.key() == Qt.Key.Key_Escape:
            self.presenter.escape()
        elif event.text() == _QUESTION:  # by what it writes: keyboards have it in different places
            self.presenter.go(SHORTCUTS)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The thumb buttons go back and forward."""
        if event.button() == Qt.MouseButton.BackButton:
            self.presenter.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.presenter.forward()
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What lies over the window moves with it."""
        super().resizeEvent(event)
        self._notices.place(above=self._status.height())
        self._palette.place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look: sizes of the frame are taken anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_refit"):
            self._refit.start()  # several such events in a row are one change of look

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The clock runs while the window is there; the first stop is the current page."""
        super().showEvent(event)
        self._clock.start()
        self.presenter.tick()
        if self.focusWidget() is None:
            self._panes.enter(self.pages)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Asks ``may_close``; the clock stops."""
        if not self.may_close():
            event.ignore()
            return
        self._clock.stop()
        super().closeEvent(event)

    # within

    def _build(self) -> None:
        state, presenter = self.presenter.state, self.presenter
        self._rail = Rail(self._words, state.rail, presenter.go)
        self._header = HeaderBar(
            self._words,
            choose_part=presenter.choose_part,
            palette=presenter.open_palette,
            notices=partial(presenter.go, NOTICES),
        )
        self._status = StatusBar(self._words, presenter.run)
        ground = QWidget()
        ground.setProperty("page", True)
        column, row, right = QVBoxLayout(ground), QHBoxLayout(), QVBoxLayout()
        for layout in (column, row, right):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        right.addWidget(self._header)
        right.addWidget(self.pages, 1)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        column.addLayout(row, 1)
        column.addWidget(self._status)
        self.setCentralWidget(ground)
        self._notices = NoticeStack(
            self._words,
            ground,
            run=presenter.run_notice,
            close=presenter.close_notice,
            leave=lambda: self._panes.enter(self.pages),
        )
        self._palette = PaletteBox(self._words, ground, presenter)
        self.setMinimumSize(*SMALLEST)

    def _fit(self) -> None:
        for part in (self._rail, self._header, self._status, self.pages, self._notices):
            part.fit()
        self.presenter.refresh()
        self._notices.place(above=self._status.height())

    def _all_panes(self) -> tuple[QWidget, ...]:
        return (self._rail, self._header, self.pages, self._notices, self._status)

    def _show_page(self, state: FrameState) -> None:
        page = state.current
        if page != self._shown_page:
            here = self.focusWidget()
            on_rail = here is not None and here is not self._lent and self._rail.isAncestorOf(here)
            if here is not None and self.pages.isAncestorOf(here):
                self._focus_of[self._shown_page] = here
            self._shown_page = page
            self.pages.show_page(page)
            if self.isVisible() and not on_rail:  # who walks the rail stays on it
                self._give_focus(page)
        shown = self.pages.page(page)
        if isinstance(shown, ShortcutsView):
            shown.show_actions(state.actions)
        elif isinstance(shown, NoticesView):
            shown.show_history(state.notices.history)

    def _give_focus(self, page: str) -> None:
        """To where it was on this page, else to its first stop, else to the page's place on the rail."""
        stops, kept = focusable(self.pages), self._focus_of.get(page)
        self._lent = None if stops else self._rail.buttons.get(page)
        target = kept if kept in stops else stops[0] if stops else self._lent
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bind(self, state: FrameState) -> None:
        """Every key of every action; Escape and the question mark are left to the widgets first."""
        for action in state.actions:
            bound = self._shortcuts.get(action.name)
            if action.name == commands.ESCAPE or (bound is not None and bound[0] == action.shortcut):
                continue
            for old in bound[1] if bound else ():
                old.setEnabled(False)
                old.deleteLater()
            made = [QShortcut(QKeySequence(key), self) for key in action.shortcuts if key != _QUESTION]
            for one in made:
                one.activated.connect(partial(self.presenter.run, action.name))
            self._shortcuts[action.name] = (action.shortcut, made)


def _screens() -> tuple[Rect, ...]:
    main = QGuiApplication.primaryScreen()
    ordered = sorted(QGuiApplication.screens(), key=lambda screen: screen is not main)
    areas = [screen.availableGeometry() for screen in ordered]
    return tuple(Rect(area.x(), area.y(), area.width(), area.height()) for area in areas)
