"""The settings page as it stands, searched, and after a damaged file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from apps.shell.gallery.specimen import Specimen
from apps.shell.settings_page.build import build_settings
from apps.shell.settings_page.presenter import SettingsPresenter
from apps.shell.tasks import ImmediateStarter
from core.messages import Catalogue
from core.settings import Effective
from core.settings.file import SettingNote
from core.settings.schema import settings_schema

_K = "shell.settings.gallery."


@dataclass(frozen=True, slots=True)
class _Exhibit:
    """Settings that live in the gallery only."""

    notes: tuple[SettingNote, ...] = ()

    def read(self) -> tuple[Mapping[str, Effective], tuple[SettingNote, ...]]:
        found = {one.key: Effective(one.default, "default") for one in settings_schema()}
        return found | {
            "scale": Effective("1.25", "file"),
            "trust": Effective("C:/trust.json", "environment"),
        }, self.notes

    def write(self, values: Mapping[str, str]) -> None:
        """The gallery keeps nothing."""


def _page(words: Catalogue, notes: tuple[SettingNote, ...] = ()) -> tuple[QWidget, SettingsPresenter]:
    view, presenter = build_settings(words, _Exhibit(notes), ImmediateStarter(), lambda _key, _value: None)
    view.setProperty("presenter", presenter)
    return view, presenter


def build_page(words: Catalogue) -> QWidget:
    """One value changed, one that cannot be taken, two from the environment."""
    view, presenter = _page(words)
    presenter.change("page_cache", "4096")
    return view


def build_search(words: Catalogue) -> QWidget:
    """Searched."""
    view, presenter = _page(words)
    presenter.search("150")
    return view


def build_damaged(words: Catalogue) -> QWidget:
    """After a settings file that could not be read."""
    view, presenter = _page(words, (SettingNote("put_aside", value="settings.toml.bad-1763787123"),))
    presenter.change("language", "en")
    return view


SPECIMENS = (
    Specimen("settings.page", f"{_K}page", build_page, (1040, 760)),
    Specimen("settings.search", f"{_K}search", build_search, (880, 300)),
    Specimen("settings.damaged", f"{_K}damaged", build_damaged, (880, 420)),
)
