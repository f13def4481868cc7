"""An icon that stands by itself: drawn anew when theme or type size change, as the words beside it are."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel

from apps.shell.icons import pixmap
from apps.shell.theme.style import look_of


class Picture(QLabel):
    """``side`` is in pixels at the ordinary size; ``ink`` names the colour."""

    def __init__(self, icon: str = "", side: int = 18, ink: str = "muted") -> None:
        super().__init__()
        self._icon, self._side, self._ink = icon, side, ink
        self._draw()

    def show_icon(self, icon: str, ink: str) -> None:
        """Another icon, or another colour."""
        self._icon, self._ink = icon, ink
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look: another colour, another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        if self._icon:
            self.setPixmap(pixmap(self._icon, look_of().px(self._side), self._ink))
