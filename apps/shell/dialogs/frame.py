"""The common form of a dialog: icon, title, words, and buttons at the right below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from apps.shell.theme.style import look_of
from apps.shell.widgets.picture import Picture
from apps.shell.widgets.text import label


class DialogFrame(QDialog):
    """``body`` takes what the dialog adds between words and buttons; ``buttons`` fills from the right."""

    def __init__(self, title: str, text: str, *, icon: str, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look_of().px
        self.setWindowTitle(title)
        self.setMinimumWidth(px(520))
        self.setMaximumWidth(px(760))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(px(24), px(24), px(24), px(20))
        outer.setSpacing(px(16))
        picture = Picture(icon, 28, token)
        outer.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(10))
        outer.addLayout(column, 1)
        heading = label(title, "h2", wrap=True)
        self.words = label(text, wrap=True, selectable=True)
        for words in (heading, self.words):
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            column.addWidget(words)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        column.addLayout(self.body)
        column.addSpacing(px(6))
        column.addStretch(1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(10))
        column.addLayout(self.buttons)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it asks for too much under wrapped words
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def fit(self) -> None:
        """As tall as the words need at this width, no taller: no hole between words and buttons."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width wraps the words otherwise."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Other words or a part unfolded need another height."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def close_with(self, button: QPushButton, *, accept: bool) -> QPushButton:
        """Lets a button end the dialog."""
        button.clicked.connect(self.accept if accept else self.reject)
        return button
