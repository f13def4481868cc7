"""A fault of an entry in data: what is wrong, with which figures, and the one entry that would mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from apps.shell.forms.entries import Entry
from core.messages import Catalogue

Params = tuple[tuple[str, str], ...]
_SPARE_BLANK = re.compile(r" +(?=[ ，。；：,.;:)）]|$)")  # where a slot (a unit) is empty


class Severity(StrEnum):
    """An error blocks, a warning only asks to look again."""

    ERROR = "err"
    WARNING = "warn"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the catalogue with its slots (a slot may itself be a key)."""

    key: str
    params: Params = ()

    def text(self, words: Catalogue) -> str:
        """The sentence in the language of ``words``; a key that is plain text stands for itself."""
        return _SPARE_BLANK.sub("", words.text(self.key, **dict(self.params)))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry.

    ``code`` is the key of the sentence; ``mend`` the entry that would put it right, where there is exactly one, and
    ``mend_text`` how a button names it. ``row`` (from 0) and ``part`` (column or part of a person) say where inside.
    """

    code: str
    params: Params = ()
    mend: Entry | None = None
    mend_text: str = ""
    row: int | None = None
    part: str = ""
    severity: Severity = Severity.ERROR

    def text(self, words: Catalogue) -> str:
        """What happened and what to do, in the language of ``words``."""
        return Line(self.code, self.params).text(words)


def fault(reason: str, *, mend: Entry | None = None, mend_text: str = "", **params: str) -> Fault:
    """The fault whose sentence is ``shell.forms.fault.<reason>``; a mend that is text names itself."""
    shown = mend_text or (mend if isinstance(mend, str) else "")
    return Fault(f"shell.forms.fault.{reason}", tuple(params.items()), mend, shown)


def line(name: str, **params: str) -> Line:
    """The sentence ``shell.forms.<name>``."""
    return Line(f"shell.forms.{name}", tuple(params.items()))
