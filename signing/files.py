"""A result file that appears whole and durable, or not at all: the one implementation of the house.

A file is written under another name in the same folder, synced, and only then given its name; a reader never meets
half a result. A killed run leaves only ``.tenderbox-….part``, which the next call for the same target removes.
What a failure of the system is called is the caller's: ``fault`` turns an :class:`OSError` of the target into the error
to raise; errors of other origin pass unchanged. Not here: reading, and folders of several files.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Fault = Callable[[Path, OSError], Exception]

_BUFFER = 1 << 20


def as_it_is(_path: Path, error: OSError) -> Exception:
    """The system's own error."""
    return error


@contextmanager
def new_file(target: Path, *, replace: bool = True, fault: Fault = as_it_is) -> Iterator[BinaryIO]:
    """A file that gets its name at the end of the block, synced to disk; after any error it does not exist.

    An older file of this name stays whole until the new one takes its place; with ``replace=False`` it stays for good
    and :class:`FileExistsError` goes through ``fault``.
    """
    if not replace:
        _refuse_taken(target, fault)
    remove_leftovers(target)
    result, temporary = _opened(target, fault)
    try:
        with io.BufferedWriter(result, _BUFFER) as out:
            yield out
            out.flush()
            with _told(target, fault):
                os.fsync(out.fileno())
            if os.name != "nt":  # still open and locked: nobody takes it for a leftover
                publish(temporary, target, replace=replace, fault=fault)
        if os.name == "nt":
            publish(temporary, target, replace=replace, fault=fault)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def beside(target: Path) -> Path:
    """A fresh name in the same folder, so that the last step is a rename within one file system."""
    return target.with_name(f"{_prefix(target)}{secrets.token_hex(4)}.part")


def publish(temporary: Path, target: Path, *, replace: bool, fault: Fault = as_it_is) -> None:
    """Gives a synced file its name durably; FileExistsError goes through ``fault`` if the name may not be taken."""
    with _told(target, fault):
        if replace:
            temporary.replace(target)
        else:
            _claim(temporary, target)
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes new and removed names in a folder durable, where system, file system and rights have a way to."""
    if os.name == "nt":  # Windows has no handle for it; NTFS journals the rename
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


def remove_leftovers(target: Path) -> None:
    """Removes what a killed run for the same target left in its folder; what a living one still writes stays."""
    prefix = _prefix(target)
    with suppress(OSError):  # a missing folder is told by whoever writes into it
        for entry in target.parent.iterdir():
            if entry.name.startswith(prefix) and _is_dead(entry):
                with suppress(OSError):
                    entry.unlink(missing_ok=True)


def _prefix(target: Path) -> str:
    """Named for the target but short: a file name may have 255 bytes, and Chinese ones need them."""
    name = hashlib.sha256(target.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f".tenderbox-{name}-"


class _Result(io.FileIO):
    """The file below the buffer; its failed writes name the file the user asked for, not the temporary one."""

    def __init__(self, temporary: Path, target: Path, fault: Fault) -> None:
        super().__init__(temporary, "xb")
        self._target, self._fault = target, fault

    def write(self, data: ReadableBuffer) -> int:
        with _told(self._target, self._fault):
            return super().write(data)


def _opened(target: Path, fault: Fault) -> tuple[_Result, Path]:
    """Open and, on Unix, locked: the lock tells others that its writer lives. Windows refuses to delete open files."""
    while True:
        temporary = beside(target)
        with _told(target, fault):
            result = _Result(temporary, target, fault)
        if sys.platform == "win32":
            return result, temporary
        with suppress(OSError):  # a file system without locks
            fcntl.flock(result.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(result.fileno()).st_nlink:
            return result, temporary
        result.close()  # taken for a leftover between its making and its locking


def _is_dead(leftover: Path) -> bool:
    if sys.platform == "win32":
        return True
    try:
        handle = os.open(leftover, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _refuse_taken(target: Path, fault: Fault) -> None:
    with _told(target, fault):
        taken = target.exists()
    if taken:
        raise fault(target, FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)))


def _claim(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)  # fails if the name was taken meanwhile, which a rename on Unix does not
    except FileExistsError:
        raise
    except OSError:  # FAT sticks have no links
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.rename(target)


@contextmanager
def _told(target: Path, fault: Fault) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = fault(target, error)
        if told is error:
            raise
        raise told from error
