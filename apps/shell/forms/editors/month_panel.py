"""A month to choose a day from: arrows by day and week, Page Up and Down by month, Enter takes, Escape leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from apps.shell.forms.moments import show_date
from apps.shell.forms.month import days_of, moved
from apps.shell.theme.fonts import font
from apps.shell.theme.style import color, look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue

_Key = Qt.Key


class DayKey(QPushButton):
    """One day."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setProperty("bare", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A square."""
        return QSize(look_of().px(36), look_of().px(34))


class MonthPanel(QFrame):
    """Opens at ``day``; ``chosen`` gets the day taken and the panel closes."""

    def __init__(self, words: Catalogue, day: date, chosen: Callable[[date], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._words = words
        self._chosen = chosen
        self.day = day
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        px = look_of().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(10), px(12), px(12))
        layout.setSpacing(px(6))
        self._title = label("", "strong")
        layout.addLayout(self._head())
        layout.addLayout(self._grid())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.go(day)

    def go(self, day: date) -> None:
        """Shows the month of a day and marks the day."""
        self.day = day
        shown = days_of(day)
        self._title.setText(self._words.text("shell.forms.month", year=str(day.year), month=str(day.month)))
        spoken = self._words.text(f"shell.forms.weekday.{day.isoweekday()}")
        self.setAccessibleName(f"{show_date(day)} {spoken}")
        for made, each in zip(self.keys, shown, strict=True):
            made.setText(str(each.day))
            made.setAccessibleName(show_date(each))
            made.setChecked(each == day)
            palette = made.palette()
            palette.setColor(palette.ColorRole.ButtonText, color("text" if each.month == day.month else "faint"))
            made.setPalette(palette)
            made.setFont(font(look_of().px(14 if each.month == day.month else 12), bold=each == day))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Moves, takes or leaves."""
        steps = {_Key.Key_Left: -1, _Key.Key_Right: 1, _Key.Key_Up: -7, _Key.Key_Down: 7}
        months = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}
        if event.key() in steps:
            self.go(moved(self.day, days=steps[_Key(event.key())]))
        elif event.key() in months:
            self.go(moved(self.day, months=months[_Key(event.key())]))
        elif event.key() in {_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space}:
            self._take(self.day)
        else:
            super().keyPressEvent(event)

    def _take(self, day: date) -> None:
        self.close()
        self._chosen(day)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        before = button(self._words, "", kind="quiet", icon="chevron-left", name_key="shell.forms.month_before")
        after = button(self._words, "", kind="quiet", icon="chevron-right", name_key="shell.forms.month_after")
        for made, months in ((before, -1), (after, 1)):
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            made.clicked.connect(lambda _=False, by=months: self.go(moved(self.day, months=by)))
        head.addWidget(before)
        head.addStretch(1)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(after)
        return head

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(look_of().px(2))
        for column in range(7):
            short = label(self._words.text(f"shell.forms.weekday_short.{column + 1}"), "small")
            short.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(short, 0, column)
        self.keys = [DayKey() for _ in range(42)]
        for place, made in enumerate(self.keys):
            made.clicked.connect(lambda _=False, at=place: self._take(days_of(self.day)[at]))
            grid.addWidget(made, 1 + place // 7, place % 7)
        return grid
