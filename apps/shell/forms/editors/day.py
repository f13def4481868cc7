"""A date or a moment typed in one line, with a calendar at hand (Alt+Down)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from apps.shell.forms.editors.editor import Reports, Showing
from apps.shell.forms.editors.line import LineEditor
from apps.shell.forms.editors.month_panel import MonthPanel
from apps.shell.forms.faults import Fault
from apps.shell.forms.moments import beijing_day, read_date, read_moment, show_date, show_moment
from apps.shell.icons import icon
from core.messages import Catalogue


class DayEditor(LineEditor):
    """``clock`` keeps a time of day behind the day; choosing another day leaves it as it stands."""

    def __init__(
        self,
        words: Catalogue,
        reports: Reports,
        *,
        clock: bool,
        read_only: bool = False,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        form = "shell.forms.moment_form" if clock else "shell.forms.date_form"
        super().__init__(reports, placeholder=words.text(form), read_only=read_only)
        self._clock = clock
        self._committed = reports.committed
        self.panel: MonthPanel | None = None
        self._now = now or _system_now
        self._words = words
        if not read_only:
            action = QAction(icon("calendar", "muted"), words.text("shell.forms.calendar"), self)
            action.triggered.connect(self.open_calendar)
            self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
            for tool in self.line.findChildren(QToolButton):
                tool.setAccessibleName(words.text("shell.forms.calendar"))
            self.line.installEventFilter(self)

    def show_entry(self, showing: Showing) -> None:
        """Shows text, tone and name; says the key of the calendar."""
        super().show_entry(showing)
        self.line.setToolTip(self._words.text("shell.forms.calendar_key"))

    def open_calendar(self) -> None:
        """Opens the calendar under the line at the day that is typed."""
        known = self._known()
        day = beijing_day(known) if known is not None else beijing_day(self._now())
        self.panel = MonthPanel(self._words, day, self._chosen, self)
        self.panel.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        self.panel.show()
        self.panel.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Alt+Down opens the calendar."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def _known(self) -> date | datetime | None:
        found = (read_moment if self._clock else read_date)(self.line.text())
        if isinstance(found, Fault) and self._clock:
            found = read_date(self.line.text())
        return None if isinstance(found, Fault) else found

    def _chosen(self, chosen: date) -> None:
        known = self._known()
        text = show_date(chosen)
        if self._clock:
            text += show_moment(known)[10:] if isinstance(known, datetime) else " "
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setText(text)
        self.line.setCursorPosition(len(text))
        self.line.textEdited.emit(text)
        if not self._clock or isinstance(known, datetime):
            self.line.settle()


def _system_now() -> datetime:
    return datetime.now(UTC)
