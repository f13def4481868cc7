"""A card: a quiet frame around what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from apps.shell.theme.style import look_of
from apps.shell.widgets.text import label


class Card(QFrame):
    """``header`` holds title and what stands at its right, ``body`` the rest."""

    def __init__(self, title: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        px = look_of().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(18), px(16), px(18), px(16))
        outer.setSpacing(px(12))
        self.header = QHBoxLayout()
        self.header.setSpacing(px(10))
        self.title = label(title, "h2")
        self.title.setVisible(bool(title))
        self.header.addWidget(self.title)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(10))
        outer.addLayout(self.header)
        outer.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)
