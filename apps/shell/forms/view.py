"""A form on screen: its sections one below the other; fields can be jumped to by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from apps.shell.forms.cell import FieldCell
from apps.shell.forms.editors.drop import ChooseFiles, choose_files
from apps.shell.forms.editors.make import FormIntents, Workshop
from apps.shell.forms.schema import Form
from apps.shell.forms.section_card import SectionCard
from apps.shell.forms.state import FormState
from apps.shell.forms.values import Judges
from apps.shell.theme.style import look_of
from core.messages import Catalogue


class FormView(QWidget):
    """Shows the states of one form and reports what the person does to ``intents``.

    ``scroll`` False leaves scrolling to the page around it; ``now`` is the clock the calendar opens at.
    """

    def __init__(
        self, words: Catalogue, form: Form, intents: FormIntents, *, judges: Judges | None = None, scroll: bool = True,
        choose: ChooseFiles = choose_files, now: Callable[[], datetime] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        workshop = Workshop(words, intents, choose, now, judges or Judges())
        self._sections = [SectionCard(workshop, section) for section in form.sections]
        self._area: QScrollArea | None = None
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, look_of().px(24) if scroll else 0)
        layout.setSpacing(look_of().px(14))
        for section in self._sections:
            layout.addWidget(section)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scrolled(inside) if scroll else inside)

    def show_state(self, state: FormState) -> None:
        """Shows a state; the same one twice changes nothing, typing is never disturbed."""
        for section in self._sections:
            section.show_state(state)

    def focus_field(self, key: str) -> bool:
        """Brings a field into sight and gives it the keyboard; False where it is not visible or unknown."""
        cell = self.cell(key)
        if cell is None or cell.editor.isHidden():
            return False
        target = cell.editor.inputs()[0]
        if self._area is not None:
            self._area.ensureWidgetVisible(cell.foot, 0, look_of().px(24))
            self._area.ensureWidgetVisible(cell.head, 0, look_of().px(24))
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(target, QLineEdit):
            target.selectAll()
        return True

    def flush(self) -> None:
        """Reports every edit that still waits for a pause: before saving, closing, undoing."""
        for section in self._sections:
            for cell in section.grid.cells.values():
                cell.editor.flush()

    def cell(self, key: str) -> FieldCell | None:
        """The parts of a field on screen."""
        return next((section.grid.cells[key] for section in self._sections if key in section.grid.cells), None)

    def line(self, key: str) -> QLineEdit | None:
        """The line a field is typed into, e.g. for a number pad; None where it has none."""
        cell = self.cell(key)
        return next((each for each in cell.editor.inputs() if isinstance(each, QLineEdit)), None) if cell else None

    def _scrolled(self, inside: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("plain", True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        return area

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._area is not None and now is not None and self._area.isAncestorOf(now):
            self._area.ensureWidgetVisible(now, 0, look_of().px(40))
