"""The finding the reader stands on, whole: sentence, place, source, next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from apps.shell.findings.state import FindingRow
from apps.shell.findings.wording import meta
from apps.shell.theme.style import look_of
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue


class FindingDetail(QWidget):
    """Below the list; says how to get a finding shown where none is chosen."""

    def __init__(
        self, words: Catalogue, *, jump: Callable[[int], None], fix: Callable[[int], None], copy: Callable[[], None]
    ) -> None:
        super().__init__()
        self._words = words
        self._number = -1
        px = look_of().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        rule = QFrame()
        rule.setProperty("rule", True)
        self._sentence = label("", wrap=True, selectable=True)
        self._meta = label("", "small", wrap=True)
        self._jump = button(words, "shell.findings.go", icon="arrow-right")
        self._fix = button(words, "shell.findings.fix", kind="primary")
        self._copy = button(words, "", kind="quiet", icon="copy", name_key="shell.findings.copy_one")
        self._jump.clicked.connect(lambda: jump(self._number))
        self._fix.clicked.connect(lambda: fix(self._number))
        self._copy.clicked.connect(copy)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for widget in (self._fix, self._jump, self._copy):
            row.addWidget(widget)
        row.addStretch(1)
        for part in (rule, self._sentence, self._meta):
            layout.addWidget(part)
        layout.addLayout(row)

    def show_row(self, row: FindingRow | None) -> None:
        """Shows a finding, or how to get one."""
        self._number = -1 if row is None else row.number
        said = self._words.text("shell.findings.choose") if row is None else row.sentence
        self._sentence.setText(said)
        self._sentence.setAccessibleName(said)
        self._say(self._meta, "" if row is None else meta(row, self._words, rule=True))
        self._fix.setVisible(row is not None and bool(row.fix))
        self._fix.setText("" if row is None else row.fix.replace("&", "&&"))
        self._jump.setVisible(row is not None and bool(row.finding.where))
        self._copy.setVisible(row is not None)

    def _say(self, place: QLabel, text: str) -> None:
        place.setText(text)
        place.setVisible(bool(text))
