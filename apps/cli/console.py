"""Where the command line writes: results to stdout, progress and errors to stderr, in the chosen language.

With ``--json`` stdout is exactly one object, also on error; progress still goes to stderr as lines.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from core.errors import Cancelled
from core.messages import Catalogue
from core.values.codec import to_plain
from core.values.sentences import sentence
from signing.errors import CodedError

_TREACHEROUS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, formats (bidi), lone surrogates, separators


@dataclass(slots=True)
class Console:
    """One run's output."""

    catalogue: Catalogue
    as_json: bool = False
    quiet: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    _last: tuple[str, int] = ("", -1)

    def line(self, text: str = "") -> None:
        """One line of the result for a person; nothing with ``--json``."""
        self._show(harmless(text))

    def say(self, key: str, /, **params: object) -> None:
        """One catalogue sentence for a person; nothing with ``--json``."""
        self._show(self.catalogue.text(key, **_harmless(params)))

    def _show(self, text: str) -> None:
        if not self.as_json:
            print(text, file=self.out, flush=True)

    def result(self, value: object) -> None:
        """The one JSON object of a run with ``--json``."""
        if self.as_json:
            print(json.dumps(to_plain(value), ensure_ascii=False, indent=1), file=self.out, flush=True)

    def failure(self, error: CodedError) -> None:
        """The sentence of an error on stderr, and with ``--json`` the error object on stdout."""
        message = sentence(
            self.catalogue, error.code, {name: harmless(str(value)) for name, value in error.params.items()}
        )
        if self.as_json:
            body = {"code": error.code, "exit_code": error.exit_code, "message": message, "params": error.params}
            print(json.dumps({"error": body}, ensure_ascii=False, indent=1), file=self.out, flush=True)
        else:
            print(message, file=self.err, flush=True)

    def progress(self, done: int, total: int, key: str) -> None:
        """At most one line per activity and tenth of the work, on stderr."""
        tenth = -1 if total <= 0 else done * 10 // total
        if self.quiet or (key, tenth) == self._last:
            return
        self._last = (key, tenth)
        share = f" {done * 100 // total}%" if total > 0 else ""
        print(f"… {self.catalogue.text(key)}{share}", file=self.err, flush=True)

    def raise_if_cancelled(self) -> None:
        """The command line is stopped by a signal, which arrives as KeyboardInterrupt; see :func:`apps.cli.main`."""


def harmless(text: str) -> str:
    """The text on one line and without characters that move, hide or reorder what a terminal shows.

    Names come from files of strangers: a line feed or a turn of direction in one must not forge a verdict.
    """
    return "".join(ascii(one)[1:-1] if unicodedata.category(one) in _TREACHEROUS else one for one in text)


def _harmless(params: Mapping[str, object]) -> dict[str, object]:
    return {name: harmless(value) if isinstance(value, str) else value for name, value in params.items()}


def cancelled() -> Cancelled:
    """The error of a run stopped by the user's interrupt."""
    return Cancelled()
