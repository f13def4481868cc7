"""The note beside an open draft that says who holds it. SQLite's lock decides; the note informs a second program."""

from __future__ import annotations

import getpass
import hashlib
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from signing.canonical_json import NotCanonicalJson, decode_object, encode

_LIMIT = 4096  # bytes
_TEXT_LIMIT = 200
_FIELDS = ("host", "process", "since", "user")


def note_path(draft: Path) -> Path:
    """Where the note of a draft lies: short, since Chinese names fill the 255 bytes of a file name."""
    name = hashlib.sha256(draft.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return draft.with_name(f".tenderbox-{name}.open")


def leave_note(draft: Path, now: datetime) -> None:
    """Writes who holds the draft from now on; a folder that does not allow it does without."""
    note = {
        "host": socket.gethostname()[:_TEXT_LIMIT],
        "process": str(os.getpid()),
        "since": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "user": _user()[:_TEXT_LIMIT],
    }
    with suppress(OSError, NotCanonicalJson):
        path = note_path(draft)
        path.unlink(missing_ok=True)  # never written through a link that lies there
        with path.open("xb") as file:
            file.write(encode(note))


def remove_note(draft: Path) -> None:
    """Removes our own note."""
    with suppress(OSError):
        note_path(draft).unlink(missing_ok=True)


def read_note(draft: Path) -> dict[str, str] | None:
    """Who holds a draft as the note says (``host``, ``process``, ``since``, ``user``); None where it says nothing."""
    try:
        with note_path(draft).open("rb") as file:
            untrusted = decode_object(file.read(_LIMIT))
        since = datetime.fromisoformat(str(untrusted.get("since")))
    except (OSError, NotCanonicalJson, ValueError):
        return None
    values = {name: str(untrusted.get(name, ""))[:_TEXT_LIMIT] for name in _FIELDS}
    return {**values, "since": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name, as in some containers
        return "?"
