"""The list of hits beside the pages: page and the words round each hit."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from apps.shell.pages.document import PageDocument
from apps.shell.pages.pane_table import Index, PaneTable
from apps.shell.widgets.text import tip
from core.messages import Catalogue

_NO_PARENT = QModelIndex()


class HitModel(QAbstractTableModel):
    """One row a hit; grows as hits come."""

    def __init__(self, words: Catalogue, document: PageDocument) -> None:
        super().__init__()
        self._words = words
        self._document = document
        self._count = 0
        self._of: object = None

    def renew(self) -> None:
        """More hits, or those of another search."""
        hits = self._document.hits
        if hits is not self._of:
            self.beginResetModel()
            self._of, self._count = hits, len(hits)
            self.endResetModel()
        elif len(hits) > self._count:
            self.beginInsertRows(_NO_PARENT, self._count, len(hits) - 1)
            self._count = len(hits)
            self.endInsertRows()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """Hits."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Page and words."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            hit = self._document.hits[index.row()]
            label = self._document.table.label(hit.page)
            said = self._words.text("shell.pages.hit", page=label, words=hit.context)
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None


class HitPane(PaneTable):
    """Choosing a row shows the hit."""

    hit_wanted = Signal(int)

    def __init__(self, words: Catalogue, document: PageDocument, parent: QWidget | None = None) -> None:
        self._model = HitModel(words, document)
        super().__init__(self._model, words.text("shell.pages.pane.hits"), 32, parent)
        self.chosen.connect(self.hit_wanted)
        document.hits_changed.connect(self._model.renew)
        document.opened.connect(self._model.renew)
