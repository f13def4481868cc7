"""Takes changes one by one: a value that can be taken is applied and saved at once, another says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from apps.shell.screen import Presenter
from apps.shell.settings_page.state import SettingRow, SettingsState
from apps.shell.tasks import Lane, Starter
from core.messages import Catalogue
from core.ports.progress import JobContext
from core.settings import Effective
from core.settings.file import SettingNote
from core.settings.schema import settings_schema
from core.values.sentences import sentence
from signing.errors import CodedError


class SettingsStore(Protocol):
    """Where the settings are kept."""

    def read(self) -> tuple[Mapping[str, Effective], tuple[SettingNote, ...]]:
        """Every setting with its origin, and what is to be told of the file."""

    def write(self, values: Mapping[str, str]) -> None:
        """Keeps the values that differ from their defaults; raises a coded error where it cannot."""


class SettingsPresenter(Presenter[SettingsState]):
    """``applied`` is called for each value taken, so that the program can follow at once."""

    def __init__(
        self,
        show: Callable[[SettingsState], None],
        words: Catalogue,
        store: SettingsStore,
        starter: Starter,
        applied: Callable[[str, str], None],
    ) -> None:
        self._words, self._store, self._starter, self._applied = words, store, starter, applied
        found, notes = store.read()
        rows = tuple(SettingRow(one, found[one.key].value, found[one.key].origin) for one in settings_schema())
        super().__init__(show, SettingsState(rows, tuple(row.setting.key for row in rows), notes=notes))

    def change(self, key: str, entry: str) -> None:
        """The person chose or typed a value."""
        row = self.state.row(key)
        if row.locked or (row.entry == entry and not row.fault):
            return
        fault = row.setting.fault(entry)
        origin = row.origin if fault else ("default" if entry == row.setting.default else "file")
        self._replace({key: SettingRow(row.setting, entry, origin, fault)}, restart=row.setting.restart and not fault)
        if not fault:
            self._applied(key, entry)
            self._save()

    def reset(self, key: str) -> None:
        """Back to the default."""
        self.change(key, self.state.row(key).setting.default)

    def reset_all(self) -> None:
        """Every setting the person may change goes back to its default; saved once, and can be undone."""
        changed = tuple(row for row in self.state.rows if row.changed)
        self._put_back(SettingRow(row.setting, row.setting.default, "default") for row in changed)
        self._show(replace(self.state, undo=changed))

    def undo_reset(self) -> None:
        """Gives back what "reset all" took away."""
        self._put_back(self.state.undo)

    def _put_back(self, given: Iterable[SettingRow]) -> None:
        rows = {row.setting.key: row for row in given}
        self._replace(rows, restart=any(row.setting.restart for row in rows.values()))
        for key, row in rows.items():
            if not row.fault:
                self._applied(key, row.entry)
        if rows:
            self._save()

    def search(self, query: str) -> None:
        """Shows the settings whose name, help or key contains every word of the query."""
        parts = query.casefold().split()
        shown = tuple(row.setting.key for row in self.state.rows if all(part in self._text_of(row) for part in parts))
        self._show(replace(self.state, query=query, shown=shown))

    def _text_of(self, row: SettingRow) -> str:
        key = row.setting.key
        parts = [key, *(self._words.text(f"shell.settings.{key}.{part}") for part in ("title", "help"))]
        parts += [choice_words(self._words, key, choice) for choice in row.setting.choices]
        return " ".join(parts).casefold()

    def _replace(self, rows: Mapping[str, SettingRow], *, restart: bool) -> None:
        kept = tuple(rows.get(row.setting.key, row) for row in self.state.rows)
        self._show(replace(self.state, rows=kept, restart=self.state.restart or restart, undo=()))

    def _save(self) -> None:
        values = {row.setting.key: row.entry for row in self.state.rows if row.origin == "file" and not row.fault}

        def write(_context: JobContext) -> None:
            self._store.write(values)

        self._starter.start(write, done=self._saved, failed=self._failed, lane=Lane.STORE)

    def _saved(self, _nothing: None) -> None:
        if self.state.not_saved:
            self._show(replace(self.state, not_saved=""))

    def _failed(self, error: CodedError) -> None:
        params = {name: str(value) for name, value in error.params.items()}
        self._show(replace(self.state, not_saved=sentence(self._words, error.code, params)))


def choice_words(words: Catalogue, key: str, choice: str) -> str:
    """What a choice is called."""
    return words.text(f"shell.settings.{key}.{choice.replace('.', '_')}")
