"""The row of buttons above the pages: panes, page box, zoom, rotation, search. Every button has a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from apps.shell.pages.state import Pane, Phase, ViewerState
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label, tip
from core.messages import Catalogue

_PANES = ((Pane.BOOKMARKS, "bookmark"), (Pane.THUMBNAILS, "image"), (Pane.TEXT, "text"), (Pane.OVERLAYS, "stamp"))
KEYS = {
    "pane.bookmarks": "Ctrl+B", "pane.thumbnails": "Ctrl+T", "pane.text": "F9", "pane.overlays": "Ctrl+E",
    "previous_page": "Ctrl+PgUp", "next_page": "Ctrl+PgDown", "zoom_in": "Ctrl++", "zoom_out": "Ctrl+-",
    "fit_width": "Ctrl+2", "fit_page": "Ctrl+0", "real_size": "Ctrl+1", "rotate": "Ctrl+R", "find": "Ctrl+F",
}  # fmt: skip


class PageToolbar(QWidget):
    """Shows a state and says what was pressed."""

    pane_wanted = Signal(Pane)
    page_typed = Signal(str)
    pressed = Signal(str)  # a key of KEYS that is no pane

    def __init__(self, words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: ViewerState | None = None
        look = look_of()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        self._row.setSpacing(look.px(4))
        self.panes = {pane: self._pane_button(pane, icon) for pane, icon in _PANES}
        self._row.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        self._add("previous_page", "chevron-up")
        self.page = QLineEdit()
        self.page.setFixedWidth(look.px(58))
        self.page.setAccessibleName(words.text("shell.pages.page_box", pages=0))
        self.page.returnPressed.connect(lambda: self.page_typed.emit(self.page.text()))
        self._row.addWidget(self.page)
        self.count = label("", "muted")
        self._row.addWidget(self.count)
        self._add("next_page", "chevron-down")
        self._row.addStretch(1)
        self._add("zoom_out", "zoom-out")
        self.zoom = button(words, "", kind="quiet", icon="", name_key="shell.pages.real_size")
        self.zoom.setProperty("bare", False)
        self.zoom.setMinimumWidth(look.px(64))
        self.zoom.clicked.connect(lambda: self.pressed.emit("real_size"))
        self._row.addWidget(self.zoom)
        for name, icon in (
            ("zoom_in", "zoom-in"),
            ("fit_width", "fit-width"),
            ("fit_page", "fit"),
            ("rotate", "rotate"),
        ):
            self._add(name, icon)
        self._add("find", "search")

    def actions_by_name(self) -> dict[str, Callable[[], None]]:
        """What each key of KEYS does: for the viewer's shortcuts."""
        actions: dict[str, Callable[[], None]] = {}
        for pane in self.panes:
            actions[f"pane.{pane.value}"] = partial(self.pane_wanted.emit, pane)
        for name in KEYS:
            if name not in actions:
                actions[name] = partial(self.pressed.emit, name)
        return actions

    def show_state(self, state: ViewerState) -> None:
        """Shows the page, the zoom and which pane is open."""
        if state == self._shown:
            return
        self._shown = state
        ready = state.phase is Phase.READY
        for control in (*self.buttons.values(), *self.panes.values(), self.page, self.zoom):
            control.setEnabled(ready)
        if not (self.page.hasFocus() and self.page.isModified()) and not state.unknown_page:
            self.page.setText(state.label if ready else "")
        mark(self.page, state="error" if state.unknown_page else "")
        name = "shell.pages.page_unknown" if state.unknown_page else "shell.pages.page_box"
        said = self._words.text(name, pages=state.pages, typed=state.unknown_page)
        self.page.setAccessibleName(said)
        self.page.setToolTip(tip(said))
        self.count.setText(self._words.text("shell.pages.of_pages", pages=state.pages) if ready else "")
        self.zoom.setText(f"{state.zoom}%" if ready else "")
        for pane, control in self.panes.items():
            control.setChecked(pane is state.pane)
        self.buttons["fit_width"].setChecked(ready and state.fit == "width")
        self.buttons["fit_page"].setChecked(ready and state.fit == "page")
        self.buttons["find"].setChecked(state.search_open)

    def _pane_button(self, pane: Pane, icon: str) -> QPushButton:
        made = self._made(f"pane.{pane.value}", icon)
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: self.pane_wanted.emit(pane))
        return made

    def _add(self, name: str, icon: str) -> None:
        made = self._made(name, icon)
        made.setCheckable(name in {"fit_width", "fit_page", "find"})
        made.clicked.connect(lambda _checked=False: self.pressed.emit(name))
        self.buttons[name] = made

    def _made(self, name: str, icon: str) -> QPushButton:
        made = button(self._words, "", kind="quiet", icon=icon, name_key=f"shell.pages.{name}")
        keys = QKeySequence(KEYS[name]).toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(self._words.text("shell.pages.tip", name=self._words.text(f"shell.pages.{name}"), keys=keys))
        side = look_of().px(34)
        made.setFixedSize(side, side)
        self._row.addWidget(made)
        return made
