"""Takes out of an answer what a help desk does not need: people, passwords, and where a person keeps what.

The home folder becomes ``~``, the user's name ``<user>``, and of the user's own paths only drive and first folder stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.jobs.doctor.result import Result

PERSONAL = frozenset({"subject", "serial", "root"})  # of a certificate
OWN_PATHS = frozenset({"folder", "path", "key_file", "certificate_file", "file", "name"})
KEPT_PARTS = 2
_CREDENTIALS = re.compile(r"(?i)([a-z][a-z0-9+.-]*://)[^/\s@]*@")
_SECRETS = re.compile(r"(?i)\b(pin|password|passwd|pwd|secret|token|key)(\s*[=:]\s*)\S+")
_SHORTEST_NAME = 3  # a shorter user name would take ordinary words with it


@dataclass(frozen=True, slots=True)
class Redactor:
    """Redacts for one user of one machine."""

    home: Path
    user: str

    def result(self, result: Result) -> Result:
        """The answer with redacted parameters and facts."""
        return replace(result, params=self._mapping(result.params), facts=self._mapping(result.facts))

    def text(self, text: str) -> str:
        """One text without home folder, user name and credentials."""
        for form in {str(self.home), self.home.as_posix(), str(self.home).replace("\\", "\\\\")}:
            if len(form) > 1:
                text = re.sub(re.escape(form) + r"(?![\w-])", "~", text, flags=re.IGNORECASE)
        text = _SECRETS.sub(r"\1\2<removed>", _CREDENTIALS.sub(r"\1", text))
        if len(self.user) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<![\w-]){re.escape(self.user)}(?![\w-])", "<user>", text, flags=re.IGNORECASE)
        return text

    def _mapping(self, values: Mapping[str, str]) -> dict[str, str]:
        return {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: str) -> str:
        if name in PERSONAL:
            return "<removed>"
        text = self.text(value)
        return shorten(text) if name in OWN_PATHS else text


def without_credentials(address: str) -> str:
    """An address without user and password."""
    return _CREDENTIALS.sub(r"\1", address)


def shorten(path: str) -> str:
    """Drive or ``~`` and the first folder; the rest, which may name a project or a person, is an ellipsis."""
    separator = "\\" if "\\" in path else "/"
    parts = path.split(separator)
    kept = KEPT_PARTS + (2 if path.startswith("\\\\") else 0)
    return path if len(parts) <= kept else separator.join([*parts[:kept], "…"])
