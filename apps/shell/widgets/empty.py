"""What stands where there is nothing yet: what would stand here, and how to get it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from apps.shell.theme.style import look_of
from apps.shell.widgets.picture import Picture
from apps.shell.widgets.text import label


class EmptyState(QWidget):
    """An icon, a title, a hint and at most one button."""

    def __init__(self, icon: str, title: str, hint: str, button: QPushButton | None = None) -> None:
        super().__init__()
        px = look_of().px
        layout = QVBoxLayout(self)
        layout.setSpacing(px(8))
        layout.addStretch(1)
        picture = Picture(icon, 40, "faint")
        self._title, self._hint = label(title, "strong"), label(hint, "muted", wrap=True)
        for widget in (picture, self._title, self._hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(widget)
        if button is not None:
            layout.addSpacing(px(8))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def say(self, title: str, hint: str) -> None:
        """Says something else."""
        self._title.setText(title)
        self._hint.setText(hint)
