"""A person in three inputs: name, identity number, role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apps.shell.forms.editors.choice import ComboEditor, Labelled
from apps.shell.forms.editors.editor import Editor, Reports, Showing
from apps.shell.forms.editors.line import LineEditor
from apps.shell.forms.entries import Entry, PersonEntry
from apps.shell.theme.style import look_of
from apps.shell.widgets.text import label
from core.messages import Catalogue


class PersonEditor(Editor):
    """Reports the whole person whenever a part is typed."""

    def __init__(self, words: Catalogue, reports: Reports, roles: Sequence[Labelled], *, number: bool) -> None:
        super().__init__()
        self._words = words
        self._reports = reports
        self._person = PersonEntry()
        self._parts: dict[str, Editor] = {"name": self._line("name")}
        if number:
            self._parts["number"] = self._line("number")
        if roles:
            self._parts["role"] = ComboEditor(words, self._part("role"), roles, required=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look_of().px(14))
        for part, editor in self._parts.items():
            caption = label(words.text(f"shell.forms.person.{part}"), "small")
            caption.setBuddy(editor.inputs()[0])
            column = QVBoxLayout()
            column.setSpacing(look_of().px(2))
            column.addWidget(caption)
            column.addWidget(editor)
            layout.addLayout(column, 3 if part == "number" else 2)

    def show_entry(self, showing: Showing) -> None:
        """Shows the parts, each with its own faults."""
        entry = showing.entry
        if not isinstance(entry, PersonEntry):
            return
        self._person = entry
        whole = [found for found in showing.faults if not found.part]
        for part, editor in self._parts.items():
            text = getattr(entry, part)
            mine = tuple(found for found in showing.faults if found.part == part)
            name = f"{showing.name}: {self._words.text(f'shell.forms.person.{part}')}"
            said = " ".join(found.text(self._words) for found in (*mine, *whole))
            editor.show_entry(Showing(text, text, (*mine, *whole), name=name, said=said))

    def inputs(self) -> tuple[QWidget, ...]:
        """All parts in order."""
        return tuple(widget for editor in self._parts.values() for widget in editor.inputs())

    def flush(self) -> None:
        """Reports what waits for a pause."""
        for editor in self._parts.values():
            editor.flush()

    def _line(self, part: str) -> LineEditor:
        return LineEditor(self._part(part))

    def _part(self, part: str) -> Reports:
        def changed(entry: Entry) -> PersonEntry:
            self._person = _with(self._person, part, str(entry))
            return self._person

        return Reports(
            typed=lambda entry: self._reports.typed(changed(entry)),
            committed=lambda entry: self._reports.committed(changed(entry)),
            entered=self._reports.entered,
        )


def _with(person: PersonEntry, part: str, text: str) -> PersonEntry:
    match part:
        case "name":
            return replace(person, name=text)
        case "number":
            return replace(person, number=text)
        case _:
            return replace(person, role=text)
