"""The user's settings file: ``settings.toml`` in the configuration folder of the platform.

A file that cannot be read as TOML is put aside under another name and told; an entry that cannot be taken gives the
default and is told; entries of another version are kept as they are when the file is written again.
"""

from __future__ import annotations

import json
import os
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path

from core.settings.schema import settings_schema
from signing.files import new_file

LIMIT_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class SettingNote:
    """Something about the file a person should know.

    ``code``: ``put_aside`` (it is no settings file and was kept as ``value``), ``unreadable`` (it could not be read and
    stays), ``unknown``, ``choice``, ``number``, ``range``, ``text``.
    """

    code: str
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class KeptSettings:
    """What a file says: usable values by key, entries we do not know, and notes."""

    values: Mapping[str, str]
    others: Mapping[str, object]
    notes: tuple[SettingNote, ...] = ()


def settings_file() -> Path:
    """Where the file of this user is, whether or not it exists yet."""
    return user_config_path("tenderbox", appauthor=False) / "settings.toml"


def read_settings_file(path: Path, *, put_aside: bool = False) -> KeptSettings:
    """What the file says; a missing file says nothing. With ``put_aside`` one with wrong content becomes ``….bad-…``.

    A file that cannot be read now (no right, locked by another program) may be a good one: it stays.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT_BYTES + 1)
    except FileNotFoundError:
        return KeptSettings({}, {})
    except OSError:
        return KeptSettings({}, {}, (SettingNote("unreadable", value=path.name),))
    try:
        untrusted = tomllib.loads(content.decode("utf-8") if len(content) <= LIMIT_BYTES else "\0")
    except (ValueError, RecursionError):  # also wrong TOML, wrong UTF-8
        kept = _put_aside(path) if put_aside else ""
        note = SettingNote("put_aside", value=kept) if kept else SettingNote("unreadable", value=path.name)
        return KeptSettings({}, {}, (note,))
    return _checked(untrusted)


def write_settings_file(path: Path, values: Mapping[str, str], others: Mapping[str, object] | None = None) -> None:
    """Writes values that differ from their defaults, and the entries of others that are plain; all or nothing.

    Raises OSError where it cannot be written; then the older file is whole.
    """
    known = {one.key: one for one in settings_schema()}
    lines = [
        f"{key} = {_toml(value)}"
        for key, value in values.items()
        if key in known and known[key].scope == "user" and value != known[key].default
    ]
    for key, value in (others or {}).items():
        if isinstance(value, str | bool | int) and key.replace("_", "").isalnum() and key.isascii():
            lines.append(f"{key} = {_toml(value)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as out:
        out.write("".join(f"{line}\n" for line in lines).encode())


def _checked(untrusted: Mapping[str, object]) -> KeptSettings:
    values: dict[str, str] = {}
    others: dict[str, object] = {}
    notes: list[SettingNote] = []
    known = {one.key: one for one in settings_schema() if one.scope == "user"}
    for key, value in untrusted.items():
        one = known.get(key)
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
        if one is None:
            others[key] = value
            notes.append(SettingNote("unknown", key))
        elif text is None or one.fault(text):
            notes.append(SettingNote(one.fault(text or "") or "text", key, (text or "")[:80]))
        else:
            values[key] = text
    return KeptSettings(values, others, tuple(notes))


def _toml(value: str | bool | int) -> str:
    """A plain value; a JSON string is a TOML string but for the character DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _put_aside(path: Path) -> str:
    """Keeps a damaged file for whoever wants to look and returns its new name; "" where it has to stay."""
    aside = path.with_name(f"{path.name}.bad-{time.time_ns()}")
    try:
        os.replace(path, aside)  # noqa: PTH105
    except OSError:
        return ""
    return aside.name
