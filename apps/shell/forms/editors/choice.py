"""One or several of given options: radio buttons, check boxes, a list, a list that can be searched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)  # fmt: skip

from apps.shell.forms.editors.editor import Editor, Reports, Showing, tone_of
from apps.shell.forms.entries import Picks
from apps.shell.forms.flow import Flow
from apps.shell.theme.style import look_of, mark
from core.messages import Catalogue

RADIO_MOST = 4
LIST_MOST = 12
Labelled = tuple[str, str]  # value, label in words


class RadioEditor(Editor):
    """Up to four options; arrow keys move, Delete takes the choice back."""

    def __init__(self, reports: Reports, options: Sequence[Labelled]) -> None:
        super().__init__()
        self._reports = reports
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        layout = Flow(self, look_of().px(20))
        for value, text in options:
            made = self._buttons[value] = QRadioButton(text.replace("&", "&&"))
            made.installEventFilter(self)
            self._group.addButton(made)
            layout.addWidget(made)
        self._group.buttonClicked.connect(self._clicked)

    def show_entry(self, showing: Showing) -> None:
        """Checks the option of the entry, none for an unknown one."""
        self._group.setExclusive(False)
        for value, made in self._buttons.items():
            made.setChecked(value == showing.entry)
            made.setAccessibleName(f"{showing.name}: {made.text().replace('&&', '&')}")
            made.setAccessibleDescription(showing.said)
            mark(made, state=tone_of(showing.faults))
        self._group.setExclusive(True)

    def inputs(self) -> tuple[QWidget, ...]:
        """The buttons, the checked one first."""
        found = list(self._buttons.values())
        return tuple(sorted(found, key=lambda made: not made.isChecked()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Delete takes the choice back."""
        if event.type() == QEvent.Type.FocusIn:
            self._reports.entered()
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        ):
            self._reports.committed("")
            return True
        return super().eventFilter(watched, event)

    def _clicked(self, clicked: QAbstractButton) -> None:
        self._reports.committed(next(value for value, made in self._buttons.items() if made is clicked))


class ChecksEditor(Editor):
    """Some of several."""

    def __init__(self, reports: Reports, options: Sequence[Labelled]) -> None:
        super().__init__()
        self._reports = reports
        self._boxes: dict[str, QCheckBox] = {}
        layout = Flow(self, look_of().px(20))
        for value, text in options:
            made = self._boxes[value] = QCheckBox(text.replace("&", "&&"))
            made.clicked.connect(self._clicked)
            made.installEventFilter(self)
            layout.addWidget(made)

    def show_entry(self, showing: Showing) -> None:
        """Checks the chosen ones."""
        chosen = showing.entry.values if isinstance(showing.entry, Picks) else ()
        for value, made in self._boxes.items():
            made.setChecked(value in chosen)
            made.setAccessibleName(f"{showing.name}: {made.text().replace('&&', '&')}")
            made.setAccessibleDescription(showing.said)

    def inputs(self) -> tuple[QWidget, ...]:
        """The boxes."""
        return tuple(self._boxes.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Tells which field has the keyboard."""
        if event.type() == QEvent.Type.FocusIn:
            self._reports.entered()
        return super().eventFilter(watched, event)

    def _clicked(self) -> None:
        self._reports.committed(Picks(tuple(value for value, made in self._boxes.items() if made.isChecked())))


class QuietCombo(QComboBox):
    """A list the wheel does not change while the page is being scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Only the open list takes the wheel."""
        event.ignore()


class ComboEditor(Editor):
    """A list; with more than twelve options it can be typed into and finds any part of a name."""

    def __init__(self, words: Catalogue, reports: Reports, options: Sequence[Labelled], *, required: bool) -> None:
        super().__init__()
        self._reports = reports
        self._values = [value for value, _ in options]
        self._texts = [text for _, text in options]
        self._edited = False
        self.combo = QuietCombo()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        self._searchable = len(options) > LIST_MOST
        if not required and not self._searchable:
            self._values.insert(0, "")
            self._texts.insert(0, words.text("shell.forms.choose_none"))
        self.combo.addItems(self._texts)
        self.combo.setPlaceholderText(words.text("shell.forms.choose"))
        self.combo.installEventFilter(self)
        if self._searchable:
            self._make_searchable(words)
        self.combo.activated.connect(self._activated)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo)

    def show_entry(self, showing: Showing) -> None:
        """Shows the option of the entry; text that is no option stays as typed."""
        entry = str(showing.entry)
        index = self._values.index(entry) if entry in self._values and (entry or not self._searchable) else -1
        index = -1 if entry == "" else index
        if not self._edited:
            if self.combo.currentIndex() != index:
                self.combo.setCurrentIndex(index)
            line = self.combo.lineEdit()
            text = self._texts[index] if index >= 0 else entry
            if line is not None and line.text() != text:
                line.setText(text)
        mark(self.combo, state=tone_of(showing.faults))
        for widget in self.inputs():
            widget.setAccessibleName(showing.name)
            widget.setAccessibleDescription(showing.said)

    def inputs(self) -> tuple[QWidget, ...]:
        """The list, and its line where it has one."""
        line = self.combo.lineEdit()
        return (self.combo,) if line is None else (self.combo, line)

    def flush(self) -> None:
        """Reports what was typed."""
        line = self.combo.lineEdit()
        if line is None or not self._edited:
            return
        self._edited = False
        typed = line.text().strip()
        index = self._found(typed)
        self._reports.committed(self._values[index] if index >= 0 else typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Tells which field has the keyboard."""
        if event.type() == QEvent.Type.FocusIn:
            self._reports.entered()
        return super().eventFilter(watched, event)

    def _make_searchable(self, words: Catalogue) -> None:
        line = QLineEdit(self.combo)
        line.setFrame(False)
        self.combo.setEditable(True)
        self.combo.setLineEdit(line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._texts, self.combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.combo.setCompleter(completer)
        completer.activated.connect(self._completed)
        line.setPlaceholderText(words.text("shell.forms.choose_search"))
        line.textEdited.connect(self._typed)
        line.editingFinished.connect(self.flush)
        line.installEventFilter(self)

    def _typed(self, _text: str) -> None:
        self._edited = True

    def _completed(self, text: str) -> None:
        self._edited = False
        self._reports.committed(self._values[self._texts.index(text)])

    def _activated(self, index: int) -> None:
        self._edited = False
        self._reports.committed(self._values[index])

    def _found(self, typed: str) -> int:
        exact = [n for n, text in enumerate(self._texts) if text.casefold() == typed.casefold()]
        return exact[0] if exact else -1
