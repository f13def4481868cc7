"""The parser's own words, from the catalogue: argparse speaks English only and offers no other way to teach it.

Its complaints are recognised by their documented patterns (Python 3.11 to 3.13); one it does not know passes as it is.
"""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from core.errors import UsageError
from core.messages import Catalogue

_COMPLAINTS = (
    ("required", re.compile(r"the following arguments are required: (?P<names>.+)")),
    (
        "choice",
        re.compile(r"argument (?P<name>[^:]+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)"),
    ),
    ("value", re.compile(r"argument (?P<name>[^:]+): invalid (?P<kind>\w+) value: '(?P<value>.*)'")),
    ("missing_value", re.compile(r"argument (?P<name>[^:]+): expected (?:one|at least one) argument")),
    ("no_value", re.compile(r"argument (?P<name>[^:]+): ignored explicit argument '(?P<value>.*)'")),
    ("unknown", re.compile(r"unrecognized arguments: (?P<names>.+)")),
    ("ambiguous", re.compile(r"ambiguous option: (?P<name>\S+) could match (?P<known>.+)")),
)


def complaint(catalogue: Catalogue, message: str) -> str:
    """What argparse complains of, in the catalogue's language."""
    for key, pattern in _COMPLAINTS:
        found = pattern.fullmatch(message)
        if found is not None:
            slots = {name: value.replace("'", "") for name, value in found.groupdict().items()}
            return catalogue.text(f"cli.usage.{key}", **slots)
    return message


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are our errors and whose headings are the catalogue's."""

    def __init__(self, *, catalogue: Catalogue, add_help: bool = True, **others: object) -> None:
        super().__init__(add_help=False, **others)  # type: ignore[arg-type]
        self._catalogue = catalogue
        if add_help:
            self.add_argument("-h", "--help", action="help", help=catalogue.text("cli.usage.help"))

    def format_help(self) -> str:
        """The help with the catalogue's headings; set only now: argparse joins groups of parents by their titles."""
        self._positionals.title = self._catalogue.text("cli.usage.positionals")
        self._optionals.title = self._catalogue.text("cli.usage.options")
        return super().format_help().replace("usage: ", self._catalogue.text("cli.usage.form") + " ", 1)

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(detail=complaint(self._catalogue, message))
