"""Work for the store's lane: taking a file in, opening a draft for editing, saving a copy elsewhere. No Qt."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apps.shell.editing.memory import Memory
from core.errors import AppError, FileMissing
from core.ports.drafts import Attachment, DraftPort, DraftStore, Snapshot
from core.ports.progress import JobContext
from signing.canonical_json import Json

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_IMPORT = "shell.editing.importing"
_COPY = "shell.editing.copying"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft ready to be edited. ``snapshot_error``: why today's snapshot could not be taken, which stops nothing."""

    draft: DraftPort
    memory: Memory
    snapshot: Snapshot | None = None
    snapshot_error: AppError | None = None


def open_draft(store: DraftStore, path: Path, kind: str) -> Callable[[JobContext], Opened]:
    """Work that opens a draft, takes the day's snapshot where something changed, and reads it into memory."""

    def work(_context: JobContext) -> Opened:
        draft = store.open(path, kind)
        try:
            memory = Memory.of(draft)
            try:
                return Opened(draft, memory, store.take_daily_snapshot(draft))
            except AppError as error:
                return Opened(draft, memory, None, error)
        except BaseException:
            draft.close()
            raise

    return work


def import_file(draft: DraftPort, source: Path) -> Callable[[JobContext], tuple[int, str]]:
    """Work that keeps a file's content in the draft, still without a name; cancelling leaves nothing of it."""

    def work(context: JobContext) -> tuple[int, str]:
        try:
            size = source.stat().st_size
            if not source.is_file():
                raise FileMissing(path=source)
            with source.open("rb") as file:
                return draft.keep_body(io.BufferedReader(_Watched(file, size, context), _BLOCK))
        except OSError as error:
            raise FileMissing(path=source) from error

    return work


def save_copy(
    draft: DraftPort,
    store: DraftStore,
    target: Path,
    records: Mapping[str, Json],
    files: Sequence[Attachment],
) -> Callable[[JobContext], Path]:
    """Work that writes all a person sees, saved or not, to a new draft on another disk; or nothing."""

    def work(context: JobContext) -> Path:
        copy = store.create(target, draft.kind, draft.work)
        try:
            with copy:
                for key, value in records.items():
                    copy.put(key, value)
                for done, file in enumerate(files):
                    context.raise_if_cancelled()
                    context.progress(done, len(files), _COPY)
                    source = io.BufferedReader(_Chunks(draft.body_chunks(file.sm3)))
                    copy.attach_stream(file.name, file.media_type, source)
                for event in draft.events():
                    copy.append_event(event)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target

    return work


class _Watched(io.RawIOBase):
    """A file being read, with progress and cancellation."""

    def __init__(self, file: io.BufferedReader, size: int, context: JobContext) -> None:
        self._file, self._size, self._context, self._done = file, size, context, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._context.raise_if_cancelled()
        count = self._file.readinto(buffer)
        self._done += count
        self._context.progress(self._done, max(self._size, self._done), _IMPORT)
        return count


class _Chunks(io.RawIOBase):
    """Pieces as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        if not self._left:
            self._left = next(self._pieces, b"")
        count = min(len(view), len(self._left))
        view[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
