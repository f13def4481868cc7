"""Which editor a field gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from apps.shell.forms.arrivals import Arrival
from apps.shell.forms.editors.choice import RADIO_MOST, ChecksEditor, ComboEditor, RadioEditor
from apps.shell.forms.editors.computed import ComputedEditor
from apps.shell.forms.editors.day import DayEditor
from apps.shell.forms.editors.drop import ChooseFiles, DropEditor, choose_files
from apps.shell.forms.editors.editor import Editor, Reports
from apps.shell.forms.editors.line import LineEditor
from apps.shell.forms.editors.long import LongEditor
from apps.shell.forms.editors.person import PersonEditor
from apps.shell.forms.editors.rows import RowsEditor
from apps.shell.forms.entries import Entry
from apps.shell.forms.schema import (
    ChoiceField,
    ComputedField,
    DateField,
    DateTimeField,
    Field,
    FilesField,
    LongTextField,
    MultiChoiceField,
    Option,
    PersonField,
    TableField,
    TextField,
    YesNoField,
)  # fmt: skip
from apps.shell.forms.values import Judges
from core.messages import Catalogue


class FormIntents(Protocol):
    """What a person can do in a form; :class:`apps.shell.forms.presenter.FormPresenter` takes it all."""

    def typed(self, key: str, entry: Entry) -> None:
        """While typing."""

    def committed(self, key: str, entry: Entry) -> None:
        """One edit."""

    def focused(self, key: str) -> None:
        """A field has the keyboard."""

    def mend(self, key: str) -> None:
        """The button of a fault."""

    def paste_rows(self, key: str, row: int, column: int, untrusted_text: str) -> None:
        """A paste into a small table."""

    def add_files(self, key: str, arrivals: Iterable[Arrival]) -> None:
        """Files dropped or chosen."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making editors needs."""

    words: Catalogue
    intents: FormIntents
    choose: ChooseFiles = choose_files
    now: Callable[[], datetime] | None = None
    judges: Judges = field(default_factory=Judges)

    def editor(self, item: Field) -> Editor:
        """The editor of a field, reporting to the intents."""
        key, intents = item.key, self.intents
        reports = Reports(
            typed=lambda entry: intents.typed(key, entry),
            committed=lambda entry: intents.committed(key, entry),
            entered=lambda: intents.focused(key),
        )
        if isinstance(item, ChoiceField | YesNoField | MultiChoiceField):
            made = self._choice(item, reports)
        elif isinstance(item, PersonField | TableField | FilesField):
            made = self._large(item, reports)
        else:
            return self._line(item, reports)  # a line that is read only can still be read and copied
        made.setEnabled(not item.read_only)
        return made

    def _line(self, item: Field, reports: Reports) -> Editor:
        if isinstance(item, ComputedField):
            return ComputedEditor(self.words, reports)
        if isinstance(item, LongTextField):
            return LongEditor(reports, lines=item.lines, read_only=item.read_only)
        if isinstance(item, DateField | DateTimeField):
            clock = isinstance(item, DateTimeField)
            return DayEditor(self.words, reports, clock=clock, read_only=item.read_only, now=self.now)
        hint = self.words.text(item.placeholder) if isinstance(item, TextField) and item.placeholder else ""
        return LineEditor(reports, placeholder=hint, read_only=item.read_only)

    def _large(self, item: PersonField | TableField | FilesField, reports: Reports) -> Editor:
        key, intents = item.key, self.intents
        match item:
            case PersonField():
                number = item.number_required or bool(item.number_validator)
                return PersonEditor(self.words, reports, self._labels(item.roles), number=number)
            case TableField():
                return RowsEditor(
                    self.words, reports, item, self.judges,
                    lambda row, column, text: intents.paste_rows(key, row, column, text),
                )  # fmt: skip
            case FilesField():
                return DropEditor(self.words, reports, item, lambda found: intents.add_files(key, found), self.choose)

    def _choice(self, item: ChoiceField | YesNoField | MultiChoiceField, reports: Reports) -> Editor:
        if isinstance(item, YesNoField):
            return RadioEditor(reports, [(each, self.words.text(f"shell.forms.{each}")) for each in ("yes", "no")])
        labels = self._labels(item.options)
        if isinstance(item, MultiChoiceField):
            return ChecksEditor(reports, labels)
        if len(labels) <= RADIO_MOST:
            return RadioEditor(reports, labels)
        return ComboEditor(self.words, reports, labels, required=item.required)

    def _labels(self, options: Sequence[Option]) -> list[tuple[str, str]]:
        return [(option.value, self.words.text(option.label)) for option in options]
