"""The filters above the findings: severities with their counts, search, grouping."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from apps.shell.findings.state import FindingsState, Grouping
from apps.shell.findings.wording import ICONS, TONES
from apps.shell.icons import icon
from apps.shell.theme.style import look_of
from apps.shell.widgets.search_field import SearchField
from core.messages import Catalogue
from core.rules.finding import Severity

_CHOICES: tuple[Severity | None, ...] = (None, Severity.ERROR, Severity.WARNING, Severity.NOTE)


class FindingFilters(QWidget):
    """Reports what the reader asks for; shows what the state says."""

    def __init__(
        self, words: Catalogue, *, only: Callable[[Severity | None], None], search: Callable[[str], None],
        group: Callable[[Grouping], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._words = words
        px = look_of().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        chips, fields = QHBoxLayout(), QHBoxLayout()
        chips.setSpacing(px(6))
        fields.setSpacing(px(8))
        self._group = QButtonGroup(self)
        self._chips: dict[Severity | None, QPushButton] = {}
        for choice in _CHOICES:
            self._chips[choice] = self._chip(choice, only)
            chips.addWidget(self._chips[choice])
        chips.addStretch(1)
        self.search = SearchField(words, "shell.findings.search")
        self.search.textChanged.connect(search)
        self._grouping = QComboBox()
        self._grouping.setAccessibleName(words.text("shell.findings.group_by"))
        for grouping in Grouping:
            self._grouping.addItem(words.text(f"shell.findings.by_{grouping.value}"), grouping)
        self._grouping.activated.connect(lambda row: group(tuple(Grouping)[row]))
        fields.addWidget(self.search, 1)
        fields.addWidget(self._grouping)
        outer.addLayout(chips)
        outer.addLayout(fields)

    def show_state(self, state: FindingsState) -> None:
        """Counts, and what is chosen."""
        for choice, chip in self._chips.items():
            name = self._words.text(f"shell.findings.severity.{choice.value if choice else 'all'}")
            chip.setText(self._words.text("shell.findings.chip", name=name, count=state.count(choice)))
            chip.setChecked(choice is state.only)
        if self.search.text() != state.search:
            with QSignalBlocker(self.search):
                self.search.setText(state.search)
        self._grouping.setCurrentIndex(tuple(Grouping).index(state.grouping))

    def _chip(self, choice: Severity | None, only: Callable[[Severity | None], None]) -> QPushButton:
        chip = QPushButton()
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setProperty("kind", "quiet")
        if choice is not None:
            chip.setIcon(icon(ICONS[choice], TONES[choice]))
        chip.clicked.connect(lambda: only(choice))
        self._group.addButton(chip)
        return chip
