"""The one catalogue of sentences a person reads: ``zh_CN/*.toml`` (default) and ``en/*.toml``, keyed alike.

A file ``zh_CN/boq.toml`` holds the keys that begin with ``boq.``; nested tables join with dots. ``{named}`` slots are
filled with plain strings. No sentence stands in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from string import Formatter

LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All sentences of one language."""

    language: str
    sentences: Mapping[str, str]

    def text(self, key: str, /, **params: object) -> str:
        """The sentence of ``key`` with its slots filled; the key itself and its parameters where it is unknown.

        A parameter whose value is itself a key (``boq.reason.encrypted``) is shown as that sentence.
        """
        template = self.sentences.get(key)
        if template is None:
            return " ".join([key, *(f"{name}={value}" for name, value in params.items())])
        slots = {name for _, name, _, _ in Formatter().parse(template) if name}
        values = {name: params.get(name, "") for name in slots}
        return template.format(**{name: self.sentences.get(str(value), value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether the catalogue has a sentence of this key."""
        return key in self.sentences


def load(language: str = DEFAULT_LANGUAGE) -> Catalogue:
    """Reads the catalogue of one language from the package; a language we do not have gives the default."""
    chosen = language if language in LANGUAGES else DEFAULT_LANGUAGE
    sentences: dict[str, str] = {}
    folder = resources.files(__package__) / chosen
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            prefix = file.name.removesuffix(".toml")
            _flatten(prefix, tomllib.loads(file.read_text("utf-8")), sentences)
    return Catalogue(chosen, sentences)


def _flatten(prefix: str, table: Mapping[str, object], into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            _flatten(key, value, into)
        else:
            into[key] = str(value)
