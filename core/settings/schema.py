"""The schema of the settings, read from ``schema.toml``: the one source of file, page and documentation."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. Values are kept as text; ``kind`` is choice, integer, folder or file, "" means not set.

    ``scope`` is ``user`` (the user's file, beaten by the variable) or ``environment`` (the variable only).
    """

    key: str
    kind: str
    default: str
    group: str
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    variable: str = ""
    scope: str = "user"
    restart: bool = False

    def fault(self, untrusted: str) -> str:
        """Why a value cannot be taken: ``choice``, ``number``, ``range``, ``text``; "" where it can."""
        if self.kind == "choice":
            return "" if untrusted in self.choices else "choice"
        if self.kind == "integer":
            if not (untrusted.isascii() and untrusted.isdigit() and len(untrusted) <= 9):
                return "number"
            low, high = self.minimum or 0, self.maximum if self.maximum is not None else 10**9
            return "" if low <= int(untrusted) <= high else "range"
        return "text" if any(ord(character) < 32 for character in untrusted) or len(untrusted) > 4096 else ""


@cache
def settings_schema() -> tuple[Setting, ...]:
    """All settings, in the order of the page."""
    content = tomllib.loads((resources.files(__package__) / "schema.toml").read_text("utf-8"))
    return tuple(Setting(**{**entry, "choices": tuple(entry.get("choices", ()))}) for entry in content["setting"])


def setting(key: str) -> Setting:
    """The setting of a key; KeyError where there is none."""
    for one in settings_schema():
        if one.key == key:
            return one
    raise KeyError(key)
