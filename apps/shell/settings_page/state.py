"""What the settings page shows."""

from __future__ import annotations

from dataclasses import dataclass

from core.settings.file import SettingNote
from core.settings.schema import Setting


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as it stands: ``entry`` is what the person typed, ``fault`` why it was not taken ("" if it was)."""

    setting: Setting
    entry: str
    origin: str  # environment, file, default
    fault: str = ""

    @property
    def locked(self) -> bool:
        """Whether only the environment decides."""
        return self.origin == "environment" or self.setting.scope == "environment"

    @property
    def changed(self) -> bool:
        """Whether a reset would change it."""
        return not self.locked and self.entry != self.setting.default


@dataclass(frozen=True, slots=True)
class SettingsState:
    """All rows, those the search leaves, and what is to be told."""

    rows: tuple[SettingRow, ...]
    shown: tuple[str, ...]
    query: str = ""
    notes: tuple[SettingNote, ...] = ()
    not_saved: str = ""  # the sentence of the reason, "" where all is saved
    restart: bool = False
    undo: tuple[SettingRow, ...] = ()  # what "reset all" took away and can give back

    def row(self, key: str) -> SettingRow:
        """The row of a key."""
        return next(row for row in self.rows if row.setting.key == key)
