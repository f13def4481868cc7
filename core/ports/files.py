"""How every room writes a result: all of it, durably, or nothing. The one concrete thing beside the protocols.

A file is written under another name in the same folder, synced, and only then given its name; a reader never meets
half a result, and a failed write leaves nothing behind. Not here: reading, and folders of several files.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.errors import FileExists, FileNotWritable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BUFFER = 1 << 20

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


@contextmanager
def new_file(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """A file that gets its name at the end of the block, synced to disk; after any error it does not exist.

    With ``replace=False`` an existing file is left as it is and :class:`core.errors.FileExists` raised. A failed write
    raises :class:`core.errors.FileNotWritable`; errors of other origin pass unchanged. An older file of this name
    stays whole until the new one takes its place.
    """
    if not replace and _is_taken(path):
        raise FileExists(path=path)
    temporary = beside(path)
    try:
        with io.BufferedWriter(_opened(temporary, path), _BUFFER) as out:
            yield out
            out.flush()
            _sync(out.fileno(), path)
        publish(temporary, path, replace=replace)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def atomic_write(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Writes a whole file durably or not at all; errors as of :func:`new_file`."""
    with new_file(path, replace=replace) as out:
        out.write(content)


def beside(path: Path) -> Path:
    """A fresh name in the same folder, so that the last step is a rename within one file system."""
    return path.with_name(f".tenderbox-{secrets.token_hex(8)}.part")


def publish(temporary: Path, path: Path, *, replace: bool) -> None:
    """Gives a synced file its name durably. Raises FileExists if ``replace`` is false and the name is taken."""
    try:
        if replace:
            temporary.replace(path)
        else:
            _claim(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise not_writable(path, error) from error


def sync_folder(folder: Path) -> None:
    """Makes new and removed names in a folder durable, where system, file system and rights have a way to."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno == errno.EIO:
            raise
    finally:
        os.close(handle)


def _is_taken(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise not_writable(path, error) from error


def _claim(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # fails if the name was taken meanwhile, which a rename on Unix does not
    except FileExistsError:
        raise FileExists(path=path) from None
    except OSError:  # FAT sticks have no links
        if path.exists():
            raise FileExists(path=path) from None
        temporary.rename(path)


class _Result(io.FileIO):
    """The file below the buffer; its failed writes name the file the user asked for, not the temporary one."""

    def __init__(self, temporary: Path, path: Path) -> None:
        super().__init__(temporary, "xb")
        self._path = path

    def write(self, data: ReadableBuffer) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise not_writable(self._path, error) from error


def _opened(temporary: Path, path: Path) -> _Result:
    try:
        return _Result(temporary, path)
    except OSError as error:
        raise not_writable(path, error) from error


def _sync(handle: int, path: Path) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        raise not_writable(path, error) from error
