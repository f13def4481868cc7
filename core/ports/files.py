"""How every room writes a result: all of it, durably, or nothing, with failures told in our errors.

The writing itself is :mod:`signing.files`; here its failures become what a person reads. Not here: reading, and folders
of several files.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from core.errors import AppError, FileExists, FileNotWritable
from signing import files
from signing.files import beside, sync_folder

__all__ = ["atomic_write", "beside", "new_file", "not_writable", "publish", "sync_folder", "writing"]

_REASONS = {
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "no_space",
    errno.EFBIG: "too_large",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOENT: "folder_missing",
    errno.ENOTDIR: "folder_missing",
    errno.EISDIR: "is_folder",
    errno.ENAMETOOLONG: "name_too_long",
}


def not_writable(path: Path, error: OSError) -> FileNotWritable:
    """The error a person reads for a failed write; ``reason`` is a stable word (``no_space``, ``no_permission`` …)."""
    return FileNotWritable(path=path, reason=_REASONS.get(error.errno or 0, "failed"))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Makes any failure of the system inside the block the one that ``path`` cannot be written."""
    try:
        yield
    except OSError as error:
        raise not_writable(path, error) from error


def new_file(path: Path, *, replace: bool = True) -> AbstractContextManager[BinaryIO]:
    """A file that gets its name at the end of the block, synced to disk; after any error it does not exist.

    With ``replace=False`` an existing file is left as it is and :class:`core.errors.FileExists` raised. A failed write
    raises :class:`core.errors.FileNotWritable`; errors of other origin pass unchanged. An older file of this name
    stays whole until the new one takes its place.
    """
    return files.new_file(path, replace=replace, fault=_fault)


def atomic_write(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Writes a whole file durably or not at all; errors as of :func:`new_file`."""
    with new_file(path, replace=replace) as out:
        out.write(content)


def publish(temporary: Path, path: Path, *, replace: bool) -> None:
    """Gives a synced file its name durably. Raises FileExists if ``replace`` is false and the name is taken."""
    files.publish(temporary, path, replace=replace, fault=_fault)


def _fault(path: Path, error: OSError) -> AppError:
    return FileExists(path=path) if isinstance(error, FileExistsError) else not_writable(path, error)
