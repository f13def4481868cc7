"""Everything known about one certificate, label by label, to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from apps.shell.certificates.state import CertificateChoice
from apps.shell.certificates.wording import facts
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import fact_name, label
from core.messages import Catalogue


class FactsPanel(QWidget):
    """Name on top, the facts below."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        px = look_of().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(10))
        self._name = label("", "h2", wrap=True)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(px(14))
        self._form.setVerticalSpacing(px(6))
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        outer.addWidget(self._name)
        outer.addLayout(self._form)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_choice(self, choice: CertificateChoice | None) -> None:
        """Shows a certificate, or how to come to one."""
        self._name.setText(self._words.text("shell.certificates.choose") if choice is None else choice.subject)
        wanted = () if choice is None else facts(choice, self._words)
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in wanted:
            self._form.addRow(fact_name(name), _value(name, value))


def _value(name: str, value: str) -> QLabel:
    made = label(value, wrap=True, selectable=True)
    made.setAccessibleName(f"{name} {value}")
    return made
