"""The settings of this user's file, as the page wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.ports.files import writing
from core.settings import Effective, effective
from core.settings.file import SettingNote, read_settings_file, write_settings_file


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Implements :class:`apps.shell.settings_page.presenter.SettingsStore` on one file and one environment."""

    file: Path
    environment: Mapping[str, str]

    def read(self) -> tuple[Mapping[str, Effective], tuple[SettingNote, ...]]:
        """See the protocol. A file that is no TOML is put aside, so that nothing typed there is lost."""
        return effective(self.environment, self.file, put_aside=True)

    def write(self, values: Mapping[str, str]) -> None:
        """See the protocol. Entries of other versions stay."""
        others = read_settings_file(self.file).others
        with writing(self.file):
            write_settings_file(self.file, values, others)
