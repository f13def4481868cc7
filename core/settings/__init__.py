"""Settings as typed data: what a person or administrator may change, where it comes from, and its default.

Nothing is read at import. PINs and keys are deliberately not settings. Order of precedence: the variable of the
environment, the user's file, the default of the schema.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.settings.file import SettingNote, read_settings_file, settings_file
from core.settings.schema import settings_schema


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run."""

    language: str  # zh_CN or en
    fonts: Path  # folder of the bundled fonts
    trust: Path | None  # the installed trust list
    theme: str = "light"
    scale: float = 1.0
    work_folder: Path | None = None  # where dialogs begin; None: the user's documents
    snapshots: int = 10  # daily snapshots kept of a draft
    page_cache: int = 64  # megabytes of drawn pages a viewer keeps
    notes: tuple[SettingNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Effective:
    """A value with its origin: ``environment``, ``file`` or ``default``."""

    value: str
    origin: str


def load_settings(
    environment: Mapping[str, str] | None = None, *, file: Path | None = None, put_aside: bool = False
) -> Settings:
    """The settings of an environment (by default the process's, then also the user's file); never fails.

    With ``put_aside`` (a window program at its start, which can tell it) a damaged file is kept under another name.
    """
    values = os.environ if environment is None else environment
    path = settings_file() if environment is None and file is None else file
    found, notes = effective(values, path, put_aside=put_aside)
    text = {key: one.value for key, one in found.items()}
    return Settings(
        language=text["language"],
        fonts=Path(text["fonts"]) if text["fonts"] else Path(sys.prefix) / "share" / "tenderbox" / "fonts",
        trust=Path(text["trust"]) if text["trust"] else None,
        theme=text["theme"],
        scale=float(text["scale"]),
        work_folder=Path(text["work_folder"]) if text["work_folder"] else None,
        snapshots=int(text["snapshots"]),
        page_cache=int(text["page_cache"]),
        notes=notes,
    )


def effective(
    environment: Mapping[str, str], file: Path | None, *, put_aside: bool = False
) -> tuple[dict[str, Effective], tuple[SettingNote, ...]]:
    """Every setting with its value and origin, and what is to be told of the file and the environment."""
    kept = read_settings_file(file, put_aside=put_aside) if file is not None else None
    notes = list(kept.notes) if kept is not None else []
    found: dict[str, Effective] = {}
    for one in settings_schema():
        given = environment.get(one.variable) if one.variable else None
        if given and one.fault(given):
            notes.append(SettingNote(one.fault(given), one.variable, given[:80]))
            given = None
        if given:
            found[one.key] = Effective(given, "environment")
        elif kept is not None and one.key in kept.values:
            found[one.key] = Effective(kept.values[one.key], "file")
        else:
            found[one.key] = Effective(one.default, "default")
    return found, tuple(notes)
