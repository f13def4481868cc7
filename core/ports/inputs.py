"""How every room reads a small file a person names: a regular file, whole, within a limit, or a plain error.

A folder, a device or a pipe is not waited for, and a file that is far too large is not read. Not here: artefacts and
workbooks, whose own rooms read them in pieces and know their limits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from core.errors import FileMissing, InputTooLarge

FORM_LIMIT: Final = 32 << 20  # bytes of a JSON form, far above a tender of 100 lots
KEY_LIMIT: Final = 1 << 20  # certificates with their chain, a key, a PIN
DOCUMENT_LIMIT: Final = 256 << 20  # one attached or signed document


def read_input(path: Path, limit: int) -> bytes:
    """The whole file; raises FileMissing (not there, not a regular file, no right) or InputTooLarge."""
    require_within(path, limit)
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise FileMissing(path=path) from error
    if len(content) > limit:
        raise InputTooLarge(what=path.name, size=len(content), limit=limit)
    return content


def require_within(path: Path, limit: int) -> None:
    """Raises as :func:`read_input` without reading."""
    try:
        if not path.is_file():
            raise FileMissing(path=path)
        size = path.stat().st_size
    except OSError as error:
        raise FileMissing(path=path) from error
    if size > limit:
        raise InputTooLarge(what=path.name, size=size, limit=limit)
