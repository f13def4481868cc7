"""Lines between a piece of work and its child process: JSON, one object a line, bounded. No Qt.

To the child: ``{"task", "arguments", "size", "memory", "seconds"}`` and ``size`` raw bytes; then the pipe stays open;
its end tells the child that nobody wants the answer any more. From the child: ``{"step": [done, total, key]}`` as often
as it likes, then once ``{"answer": …}`` or ``{"failure": word}``. What comes from the child is untrusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from apps.shell.tasks import Progress
from signing.canonical_json import Json

LINE_BYTES = 64 << 20
FAILURES = frozenset({"memory", "unreadable"})
_KEY = re.compile(r"[a-z][a-z0-9_.]{0,80}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the work found."""

    value: Json


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: ``memory``, ``unreadable``, ``crash``."""

    word: str


def line(said: Mapping[str, Json]) -> bytes:
    """One line for the pipe."""
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def heard(untrusted_line: bytes) -> Progress | Answer | Failure:
    """What a line of the child says; whatever has not the form of a line is a crash."""
    try:
        said = json.loads(untrusted_line)
    except (ValueError, RecursionError):
        return Failure("crash")
    if isinstance(said, dict) and len(said) == 1:
        if "answer" in said:
            return Answer(said["answer"])
        if said.get("failure") in FAILURES:
            return Failure(said["failure"])
        step = _step(said.get("step"))
        if step is not None:
            return step
    return Failure("crash")


def _step(untrusted: object) -> Progress | None:
    if not isinstance(untrusted, list) or len(untrusted) != 3:
        return None
    done, total, key = untrusted
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        return None
    if not all(isinstance(number, int) and 0 <= number < 1 << 53 for number in (done, total)):
        return None
    return Progress(done, total, key)
