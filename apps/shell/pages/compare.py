"""Two or three viewers side by side whose pages follow each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from apps.shell.pages.channel import Shelf
from apps.shell.pages.outline import Outline
from apps.shell.pages.page_view import PageView
from apps.shell.pages.sync import SyncMode, bookmark_anchors, follow, follow_page
from apps.shell.pages.viewer import Viewer
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import label
from core.messages import Catalogue

_MODES = tuple(SyncMode)


class SyncController(QObject):
    """Lets page views follow the one that is scrolled; with Alt held one moves alone and keeps its new distance."""

    def __init__(
        self, views: Sequence[PageView], parent: QObject | None = None, *, alone: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self.alone = alone or _alt_is_held
        self._views = tuple(views)
        self._anchors: tuple[Mapping[str, int], ...] = tuple({} for _ in views)
        self._offsets = [0.0 for _ in views]
        self._bookmarks: dict[int, tuple[Outline, int, dict[str, int]]] = {}
        self._leading = False
        self.mode = SyncMode.PAGE
        for number, view in enumerate(self._views):
            view.scrolled.connect(lambda number=number: self._scrolled(number))

    def set_anchors(self, anchors: Sequence[Mapping[str, int]]) -> None:
        """For each document: key to page from 0."""
        self._anchors = tuple(anchors)

    def set_mode(self, mode: SyncMode) -> None:
        """Follows by another rule from now on; distances begin at nought."""
        self.mode = mode
        self._offsets = [0.0 for _ in self._views]

    def _scrolled(self, leader: int) -> None:
        if self._leading or self.mode is SyncMode.FREE or not self._views[leader].document.page_count:
            return
        if self.alone():
            self._part(leader)
            return
        self._leading = True  # what the followers report now is our own doing
        try:
            for number, view in enumerate(self._views):
                if number != leader and view.document.page_count:
                    self._move(view, self._wanted(leader, number))
        finally:
            self._leading = False

    def _wanted(self, leader: int, follower: int) -> float | None:
        first, other = self._views[leader], self._views[follower]
        page, fraction = first.place
        place = page + fraction
        count = other.document.page_count
        if self.mode is SyncMode.PAGE:
            return follow_page(place, self._offsets[follower] - self._offsets[leader], count)
        if self.mode is SyncMode.BOOKMARK:
            known = self._titles(leader), self._titles(follower)
        else:
            known = dict(self._anchors[leader]), dict(self._anchors[follower])
        return follow(place, *known, first.document.page_count, count)

    def _titles(self, number: int) -> dict[str, int]:
        """The bookmark titles of a document, worked out once."""
        outline = self._views[number].document.outline
        kept = self._bookmarks.get(number)
        if kept is None or kept[0] is not outline or kept[1] != len(outline.entries):
            kept = (outline, len(outline.entries), bookmark_anchors(outline))
            self._bookmarks[number] = kept
        return kept[2]

    @staticmethod
    def _move(view: PageView, place: float | None) -> None:
        if place is None:
            return
        page = int(place)
        value = round(view.strip.height_of((page, place - page)))
        if abs(view.verticalScrollBar().value() - value) > 1:
            view.verticalScrollBar().setValue(value)

    def _part(self, moved: int) -> None:
        """One was moved alone: remembers how far it now is from the others."""
        if self.mode is not SyncMode.PAGE:
            return
        page, fraction = self._views[moved].place
        others = [number for number in range(len(self._views)) if number != moved]
        if others:
            other_page, other_fraction = self._views[others[0]].place
            apart = (page + fraction) - (other_page + other_fraction)
            self._offsets[moved] = self._offsets[others[0]] + apart


def _alt_is_held() -> bool:
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier)


class CompareView(QWidget):
    """Viewers side by side under one choice of how they follow."""

    mode_changed = Signal(SyncMode)

    def __init__(self, words: Catalogue, shelf: Shelf, count: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = look_of()
        self.viewers = tuple(Viewer(words, shelf) for _ in range(max(2, min(count, 3))))
        self.sync = SyncController([viewer.pages for viewer in self.viewers], self)
        self.modes = QComboBox()
        for mode in _MODES:
            self.modes.addItem(words.text(f"shell.pages.sync.{mode.value}"))
        self.modes.setAccessibleName(words.text("shell.pages.sync.name"))
        self.modes.currentIndexChanged.connect(self._chosen)
        name = label(words.text("shell.pages.sync.name"))
        name.setBuddy(self.modes)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        row.setSpacing(look.px(8))
        row.addWidget(name)
        row.addWidget(self.modes)
        row.addWidget(label(words.text("shell.pages.sync.alone"), "small"), 1)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        for viewer in self.viewers:
            body.addWidget(viewer)
        body.setSizes([1000] * len(self.viewers))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(body, 1)

    def close_documents(self) -> None:
        """Ends all children."""
        for viewer in self.viewers:
            viewer.close_document()

    def ready(self) -> bool:
        """Whether a picture would be complete."""
        return all(viewer.ready() for viewer in self.viewers)

    def _chosen(self, index: int) -> None:
        self.sync.set_mode(_MODES[index])
        self.mode_changed.emit(_MODES[index])
