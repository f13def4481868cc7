"""The gallery: all specimens at the left, the chosen one at the right, built when it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from apps.shell.gallery.catalogue import Room
from apps.shell.gallery.specimen import Specimen
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import heading, label
from core.messages import Catalogue

_ROOM, _SPECIMEN = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole


class GalleryWindow(QWidget):
    """Shows specimens; the one shown before is closed and dropped."""

    def __init__(self, words: Catalogue, rooms: tuple[Room, ...]) -> None:
        super().__init__()
        self._words = words
        self._specimens: dict[str, Specimen] = {}
        self._rooms = {room.name: room for room in rooms}
        self.setProperty("page", True)
        self.setWindowTitle(words.text("shell.gallery.title"))
        px = look_of().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(px(14), px(14), px(14), px(14))
        outer.setSpacing(px(14))
        left = QVBoxLayout()
        left.addWidget(heading(words, "shell.gallery.title", level=1))
        left.addWidget(label(words.text("shell.gallery.hint"), "muted", wrap=True))
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setFixedWidth(px(260))
        self.tree.setAccessibleName(words.text("shell.gallery.title"))
        left.addWidget(self.tree, 1)
        self._stage = QScrollArea()
        self._stage.setWidgetResizable(True)
        self._stage.setProperty("plain", True)
        self._stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addLayout(left)
        outer.addWidget(self._stage, 1)
        self._fill()
        self.tree.itemExpanded.connect(self._load)
        self.tree.currentItemChanged.connect(self._chosen)

    def show_specimen(self, name: str) -> None:
        """Builds and shows a specimen by its name; KeyError for an unknown one."""
        for place in range(self.tree.topLevelItemCount()):
            branch = self.tree.topLevelItem(place)
            if branch is not None and name not in self._specimens:
                self._load(branch)
        specimen = self._specimens[name]
        old = self._stage.takeWidget()
        if old is not None:
            old.close()
            old.deleteLater()
        widget = specimen.build(self._words)
        look = look_of()
        widget.setMinimumSize(min(look.px(specimen.size[0]), 640), min(look.px(specimen.size[1]), 480))
        self._stage.setWidget(widget)

    def _fill(self) -> None:
        for name in self._rooms:
            branch = QTreeWidgetItem([self._words.text(f"shell.gallery.room.{name}")])
            branch.setData(0, _ROOM, name)
            branch.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.tree.addTopLevelItem(branch)

    def _load(self, branch: QTreeWidgetItem) -> None:
        name = branch.data(0, _ROOM)
        if not isinstance(name, str) or branch.childCount():
            return
        for specimen in self._rooms[name].specimens:
            leaf = QTreeWidgetItem([self._words.text(specimen.title_key)])
            leaf.setData(0, _SPECIMEN, specimen.name)
            leaf.setToolTip(0, specimen.name)
            branch.addChild(leaf)
            self._specimens[specimen.name] = specimen

    def _chosen(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        name = item.data(0, _SPECIMEN) if item is not None else None
        if isinstance(name, str):
            self.show_specimen(name)
