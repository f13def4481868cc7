"""A result file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """A file that replaces ``target`` when the block ends well, written through to the disk.

    On any error nothing is left; after a kill only ``.NAME.tmp-XXXXXXXX``, which the next call for this target removes.
    Raises :class:`OSError` as the system does (no right, no space).
    """
    remove_leftovers(target)
    temporary = target.with_name(f"{_leftover_prefix(target)}{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_leftovers(target: Path) -> None:
    """Removes what a killed run for the same target left in its folder."""
    prefix = _leftover_prefix(target)
    for entry in target.parent.iterdir():
        if entry.name.startswith(prefix):
            entry.unlink(missing_ok=True)


def _leftover_prefix(target: Path) -> str:
    return f".{target.name}.tmp-"


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle for it; NTFS journals the rename
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
