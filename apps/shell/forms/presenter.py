"""Decides what a form does with every intent: typing, leaving a field, a mend, files. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from apps.shell.forms.arrivals import Arrival, take
from apps.shell.forms.entries import Entry, FileEntry, Files, Rows
from apps.shell.forms.faults import Fault
from apps.shell.forms.schema import FilesField, Form, TableField
from apps.shell.forms.state import FormState, Summary, judged, summary
from apps.shell.forms.tables import pasted, with_cell
from apps.shell.forms.values import Judges
from apps.shell.screen import Presenter

OnEdit = Callable[[str, Entry, Entry], None]
OnFiles = Callable[[str, tuple[FileEntry, ...]], None]


def _no_edit(_key: str, _old: Entry, _new: Entry) -> None:
    """A form nobody listens to."""


def _no_files(_key: str, _files: tuple[FileEntry, ...]) -> None:
    """A form whose files nobody looks into."""


class FormPresenter(Presenter[FormState]):
    """Keeps the state of one form.

    ``on_edit(key, old, new)`` is called once for each edit: after a pause in typing, on leaving a field, for a choice,
    a mend, a row, a file. ``on_files(key, files)`` names files just taken, so that the program can work out page
    counts and digests beside the window and hand them back with :meth:`file_known`.
    """

    def __init__(
        self, show: Callable[[FormState], None], form: Form, entries: Mapping[str, Entry] | None = None, *,
        on_edit: OnEdit = _no_edit, on_files: OnFiles = _no_files, judges: Judges | None = None,
    ) -> None:  # fmt: skip
        self._judges = judges or Judges()
        self._on_edit = on_edit
        self._on_files = on_files
        self._settled: dict[str, Entry] = dict(entries or {})
        super().__init__(show, judged(FormState(form, dict(self._settled)), self._judges))
        self._first = dict(self._settled)

    @property
    def summary(self) -> Summary:
        """What is still to do."""
        return summary(self.state)

    def typed(self, key: str, entry: Entry) -> None:
        """The entry while it is being typed: everything follows it, but it is no edit yet."""
        if entry != self.state.entry(key):
            self._put(key, entry)

    def committed(self, key: str, entry: Entry) -> None:
        """The entry after a pause or on leaving the field: one edit where it differs from the last."""
        old = self._old(key)
        self._put(key, entry, shown=True)
        if entry != old:
            self._settled[key] = entry
            self._on_edit(key, old, entry)

    def set_entry(self, key: str, entry: Entry) -> None:
        """An entry from elsewhere (undo, another window, a template): shown, not reported as an edit."""
        self._settled[key] = entry
        self._put(key, entry)

    def replace_entries(self, entries: Mapping[str, Entry]) -> None:
        """Another content altogether, as loaded: nothing dirty, no fault shown yet."""
        self._settled = dict(entries)
        self._first = dict(entries)
        self._show(judged(FormState(self.state.form, dict(entries)), self._judges))

    def focused(self, key: str) -> None:
        """The field that has the keyboard now."""
        if key != self.state.focus:
            self._show(replace(self.state, focus=key))

    def mend(self, key: str) -> None:
        """Takes the one entry that puts the first fault of a field (or of a cell of a table) right."""
        found = next(iter(self.state.faults.get(key, ())), None)
        if found is None or found.mend is None:
            return
        field, entry = self.state.form.field(key), self.state.entry(key)
        if isinstance(field, TableField) and isinstance(entry, Rows) and found.row is not None:
            column = [each.key for each in field.columns].index(found.part)
            self.committed(key, with_cell(field, entry, found.row, column, str(found.mend)))
        else:
            self.committed(key, found.mend)

    def show_all_faults(self) -> Summary:
        """Shows every fault, also in fields nobody has been to: before a step that needs the whole form."""
        self._show(replace(self.state, shown=frozenset(item.key for item in self.state.form.fields())))
        return self.summary

    def paste_rows(self, key: str, row: int, column: int, untrusted_text: str) -> None:
        """A paste into a small table: one edit; what did not fit is said."""
        field, entry = self.state.form.field(key), self.state.entry(key)
        if not isinstance(field, TableField) or not isinstance(entry, Rows):
            raise TypeError(key)
        result = pasted(field, entry, row, column, untrusted_text)
        self.refuse(key, tuple(Fault(note.key, note.params) for note in result.notes))
        self.committed(key, result.rows)

    def add_files(self, key: str, arrivals: Iterable[Arrival]) -> None:
        """Files dropped or chosen: those that fit are taken in one edit, the others refused with the reason."""
        field, entry = self.state.form.field(key), self.state.entry(key)
        if not isinstance(field, FilesField) or not isinstance(entry, Files):
            raise TypeError(key)
        taken, refused = take(field, entry, arrivals)
        self.refuse(key, refused)
        if taken:
            self.committed(key, Files((*entry.files, *taken)))
            self._on_files(key, taken)

    def file_known(self, key: str, path: str, *, pages: int | None = None, sm3: str = "") -> None:
        """Facts about a file that were worked out meanwhile; no edit of the user's."""
        entry = self.state.entry(key)
        if isinstance(entry, Files):
            files = tuple(
                replace(file, pages=file.pages if pages is None else pages, sm3=sm3 or file.sm3)
                if file.path == path else file
                for file in entry.files
            )  # fmt: skip
            self.set_entry(key, Files(files))

    def refuse(self, key: str, refused: tuple[Fault, ...]) -> None:
        """Shows what a field did not take, and why; the next attempt replaces it."""
        self._show(replace(self.state, refused={**self.state.refused, key: refused}))

    def _old(self, key: str) -> Entry:
        return self._settled.get(key, FormState(self.state.form, {}).entry(key))

    def _put(self, key: str, entry: Entry, *, shown: bool = False) -> None:
        state = self.state
        first = self._first.get(key, FormState(state.form, {}).entry(key))
        dirty = state.dirty - {key} if entry == first else state.dirty | {key}
        seen = state.shown | {key} if shown else state.shown
        self._show(judged(replace(state, entries={**state.entries, key: entry}, dirty=dirty, shown=seen), self._judges))
