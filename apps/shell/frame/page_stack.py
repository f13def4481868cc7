"""The pages: each is built when first shown, lies in a scroll area, and gets the focus back where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from apps.shell.frame.state import NavItem
from apps.shell.theme.style import look_of
from core.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the rail and what builds its widget when it is first shown."""

    item: NavItem
    build: Callable[[], QWidget]


class PageStack(QStackedWidget):
    """Shows one page at a time by its name."""

    def __init__(self, words: Catalogue, builders: dict[str, Callable[[], QWidget]]) -> None:
        super().__init__()
        self.setAccessibleName(words.text("shell.frame.pane_page"))
        self._builders = builders
        self._areas: dict[str, QScrollArea] = {}
        self._pages: dict[str, QWidget] = {}

    def show_page(self, name: str) -> None:
        """Shows a page, built now if it never was."""
        if name not in self._areas:
            self._areas[name] = self._area(name)
            self.addWidget(self._areas[name])
        self.setCurrentWidget(self._areas[name])

    def page(self, name: str) -> QWidget | None:
        """The widget of a page that was built; None for one that was never shown."""
        return self._pages.get(name)

    @property
    def current(self) -> QWidget:
        """The area shown now: a pane for F6."""
        return self.currentWidget()

    def fit(self) -> None:
        """Takes the margins of the present look."""
        for area in self._areas.values():
            layout = area.widget().layout()
            if layout is not None:
                _margins(layout)

    def _area(self, name: str) -> QScrollArea:
        ground, area = QWidget(), QScrollArea()
        column = QVBoxLayout(ground)
        _margins(column)
        self._pages[name] = self._builders[name]()
        column.addWidget(self._pages[name])
        area.setWidget(ground)
        area.setProperty("plain", True)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        return area


def _margins(layout: object) -> None:
    px = look_of().px
    if isinstance(layout, QVBoxLayout):
        layout.setContentsMargins(px(24), px(4), px(24), px(16))
