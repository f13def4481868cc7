"""Where the command line writes: results to stdout, progress and errors to stderr, in the chosen language.

With ``--json`` stdout is exactly one object, also on error; progress still goes to stderr as lines.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TextIO

from core.errors import Cancelled
from core.messages import Catalogue
from core.messages.sentences import sentence
from core.values.codec import to_plain
from signing.errors import CodedError


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
        if not self.as_json:
            print(text, file=self.out, flush=True)

    def say(self, key: str, /, **params: object) -> None:
        """One catalogue sentence for a person; nothing with ``--json``."""
        self.line(self.catalogue.text(key, **params))

    def result(self, value: object) -> None:
        """The one JSON object of a run with ``--json``."""
        if self.as_json:
            print(json.dumps(to_plain(value), ensure_ascii=False, indent=1), file=self.out, flush=True)

    def failure(self, error: CodedError) -> None:
        """The sentence of an error on stderr, and with ``--json`` the error object on stdout."""
        message = sentence(self.catalogue, error.code, error.params)
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


def cancelled() -> Cancelled:
    """The error of a run stopped by the user's interrupt."""
    return Cancelled()
