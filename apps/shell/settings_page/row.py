"""One setting on the page: name, help, its input, what it lacks, and the way back to the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from apps.shell.settings_page.presenter import choice_words
from apps.shell.settings_page.state import SettingRow
from apps.shell.theme.style import look_of, mark
from apps.shell.widgets.button import button
from apps.shell.widgets.text import label
from core.messages import Catalogue

_K = "shell.settings."


class RowView(QWidget):
    """Shows one row and reports what the person chooses."""

    def __init__(self, words: Catalogue, row: SettingRow, changed: Callable[[str, str], None]) -> None:
        super().__init__()
        self._words, self._changed, self._key = words, changed, row.setting.key
        px = look_of().px
        self._title = label(words.text(f"{_K}{self._key}.title"), "strong")
        self._help = label(words.text(f"{_K}{self._key}.help"), "small", wrap=True)
        self._below = label("", "small", wrap=True)
        self.input = self._input(row)
        self._title.setBuddy(self.input)
        self.input.setFixedWidth(px(240))
        self._picker = self._make_picker(row)
        self.reset = button(words, f"{_K}reset", kind="link")
        self.reset.setAccessibleName(f"{words.text(f'{_K}reset')} {self._title.text()}")
        self.reset.clicked.connect(lambda: changed(self._key, row.setting.default))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(6), 0, px(6))
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._help, 1, 0)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.input)
        if row.setting.unit:
            line.addWidget(label(words.text(f"{_K}unit.{row.setting.unit}"), "muted"))
        if self._picker is not None:
            line.addWidget(self._picker)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        holder.setFixedWidth(px(380))
        line.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(holder, 0, 1)
        grid.addWidget(self._below, 1, 1)
        grid.addWidget(self.reset, 0, 2)
        keep = self.reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep)
        self.show_row(row)

    def show_row(self, row: SettingRow) -> None:
        """Shows the row as it stands; the caret of a field being typed in stays."""
        name = self._title.text()
        hint, role = self._hint(row)
        self._below.setText(hint)
        self._below.setVisible(bool(hint))
        mark(self._below, role=role)
        self.input.setEnabled(not row.locked)
        self.input.setAccessibleName(f"{name}, {hint}" if hint else name)
        self.reset.setVisible(row.changed)
        mark(self.input, state="error" if row.fault else "")
        if isinstance(self.input, QComboBox):
            place = self.input.findData(row.entry)
            if place >= 0 and place != self.input.currentIndex():
                self.input.setCurrentIndex(place)
        elif self.input.text() != row.entry:
            self.input.setText(row.entry)

    def _hint(self, row: SettingRow) -> tuple[str, str]:
        one, text = row.setting, self._words.text
        limits = {"minimum": str(one.minimum), "maximum": str(one.maximum)}
        if row.locked:
            return text(f"{_K}by_environment", variable=one.variable), "small"
        if row.fault:
            return text(f"{_K}fault.{row.fault}", **limits), "error"
        if one.kind == "integer":
            return text(f"{_K}range", **limits), "small"
        return (text(f"{_K}restart"), "small") if one.restart else ("", "small")

    def _input(self, row: SettingRow) -> QComboBox | QLineEdit:
        if row.setting.kind == "choice":
            combo = QComboBox()
            for choice in row.setting.choices:
                combo.addItem(choice_words(self._words, self._key, choice), choice)
            combo.setCurrentIndex(combo.findData(row.entry))
            combo.activated.connect(lambda place: self._changed(self._key, str(combo.itemData(place))))
            return combo
        edit = QLineEdit(row.entry)
        if row.setting.kind in {"folder", "file"}:
            edit.setPlaceholderText(self._words.text(f"{_K}not_set"))
        edit.editingFinished.connect(lambda: self._changed(self._key, edit.text().strip()))
        return edit

    def _make_picker(self, row: SettingRow) -> QPushButton | None:
        if row.setting.kind != "folder" or row.locked:
            return None
        made = button(self._words, "", icon="folder-open", name_key=f"{_K}choose_folder")
        made.clicked.connect(self._pick)
        return made

    def _pick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self._title.text(), "", QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        )
        if chosen:
            self._changed(self._key, chosen)
