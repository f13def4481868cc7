"""The line under a field: limits and help, or the fault with its icon and its mend, and what the entry means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from apps.shell.forms.foot import Foot
from apps.shell.icons import pixmap
from apps.shell.theme.fonts import font
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue

_ICON = 16
_GAP = 6


class FootLine(QWidget):
    """The mend stands behind the fault where both fit in one line, under it otherwise."""

    def __init__(self, words: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        px = look_of().px
        self._foot = Foot()
        self._icon = QLabel()
        self._said = label("", "small", wrap=True)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._live = label("", "small", wrap=True)
        self.mend = button(words, "shell.forms.mend_any", kind="link", icon="arrow-right")
        self.mend.setFont(font(px(13)))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(4), 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._icon.setFixedWidth(px(_ICON + _GAP))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._behind = _held(px(_GAP))
        self._under = _held(px(_ICON + _GAP - 7))  # its arrow stands under the first letter
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._said, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._behind, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._under, 1, 0, 1, 3)
        self._grid.addWidget(self._live, 2, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(3, 1)
        self._below: bool | None = None
        self._place_mend()

    def show_foot(self, foot: Foot) -> None:
        """Shows other lines."""
        self._foot = foot
        mark(self._said, role={"err": "error", "warn": "warn"}.get(foot.tone, "small"))
        self._said.setText(foot.said)
        self._said.setVisible(bool(foot.said) or not foot.live)
        self._icon.setVisible(bool(foot.tone))
        if foot.tone:
            size = look_of().px(_ICON)
            self._icon.setPixmap(pixmap("x-circle" if foot.tone == "err" else "warning", size, foot.tone))
        self.mend.setText(foot.mend)
        self.mend.setVisible(bool(foot.mend))
        self._live.setText(foot.live)
        self._live.setVisible(bool(foot.live))
        self._place_mend()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width, perhaps another place for the mend."""
        super().resizeEvent(event)
        self._place_mend()

    def _place_mend(self) -> None:
        if self._below is not None and not self._foot.mend:
            return
        words = self._said.fontMetrics().horizontalAdvance(self._foot.said)
        needed = words + self.mend.sizeHint().width() + look_of().px(_ICON + 3 * _GAP)
        below = needed > self.width()
        if below != self._below:
            self._below = below
            (self._behind if below else self._under).removeWidget(self.mend)
            (self._under if below else self._behind).insertWidget(1, self.mend)


def _held(before: int) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(0)
    layout.addSpacing(before)
    layout.addStretch(1)
    return layout
