"""Where work in progress is kept: records, attachments, events, history. Every write is durable on return.

Specification: docs/spec/draft.md; what is exchanged with colleagues: docs/spec/draft-handout.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from signing.canonical_json import Json


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a draft knows of one attached file. ``size`` in bytes, ``sm3`` in hex."""

    name: str
    media_type: str
    size: int
    sm3: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after; None: there is none."""

    key: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True)
class FileChange:
    """One attachment before and after; None: there is none. Contents are known by their digest."""

    name: str
    old: Attachment | None
    new: Attachment | None


@dataclass(frozen=True, slots=True)
class Step:
    """What a person undoes at once; positions ascend, at most 200 are kept.

    ``label`` is a catalogue key, ``subject`` the plain text of its slot of that name (a field, a row).
    """

    position: int
    label: str
    at: datetime
    records: tuple[RecordChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    undone: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """One state of an item (``record:KEY``, ``file:NAME``) that was sent to or received from a colleague."""

    item: str
    digest: str
    state: Json


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An earlier state of a draft in a file of its own. ``name`` is its Beijing date and time; ``size`` in bytes."""

    name: str
    path: Path
    size: int


Progress = Callable[[int, int], None]


class DraftPort(Protocol):
    """One open draft, held by nobody else until it is closed or its program ends.

    Any call raises :class:`core.errors.DraftInvalid` once the file turns out to be damaged, and any write
    :class:`core.errors.FileNotWritable` where it cannot be made durable; then it has not happened.
    """

    @property
    def kind(self) -> str:
        """``tender``, ``bid``, ``opening`` or ``evaluation``."""

    @property
    def work(self) -> str:
        """What all copies of this piece of work have in common: 16 random bytes in hex."""

    @property
    def path(self) -> Path:
        """Where the file lies."""

    def get(self, key: str) -> Json:
        """The record of a key, None where there is none."""

    def put(self, key: str, value: Json) -> None:
        """Keeps a record, replacing an older one; None removes it. Like attach and detach it empties the history."""

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """All keys with a record that begin with ``prefix``, sorted."""

    def attach(self, name: str, media_type: str, content: bytes) -> Attachment:
        """Keeps a file, replacing an older one of this name."""

    def attach_stream(self, name: str, media_type: str, source: BinaryIO) -> Attachment:
        """Like :meth:`attach` for files too large for memory; at most 2 GiB (InputTooLarge)."""

    def attachment(self, name: str) -> bytes:
        """The content of an attachment; raises FileMissing where there is none."""

    def attachment_chunks(self, name: str) -> Iterator[bytes]:
        """The content in pieces of at most 1 MiB; raises DraftInvalid at the end if it was damaged on disk."""

    def attachments(self) -> tuple[Attachment, ...]:
        """All attachments, by name."""

    def detach(self, name: str) -> None:
        """Removes an attachment; raises FileMissing where there is none."""

    def append_event(self, event: bytes) -> int:
        """Appends to the event log and returns the position, counted from 0. Events are never changed or removed."""

    def events(self, start: int = 0) -> tuple[bytes, ...]:
        """The events from a position on, in order of their arrival."""

    def keep_body(self, source: BinaryIO) -> tuple[int, str]:
        """Keeps a content that has no name until a step gives it one; returns size in bytes and SM3 in hex."""

    def body_chunks(self, sm3: str) -> Iterator[bytes]:
        """A content by its digest, named or not, as :meth:`attachment_chunks`; FileMissing where it is not here."""

    def write(self, step: Step, shared: tuple[Shared, ...] = ()) -> None:
        """Applies a step's new values and keeps it for undo; steps at or above its position are dropped.

        A body named in the step must be here. ``shared`` is remembered in the same transaction.
        """

    def mark(self, position: int, *, undone: bool) -> None:
        """Applies the old (undone) or new values of a step of the history and marks it."""

    def steps(self) -> tuple[Step, ...]:
        """The undo history, oldest first; undone ones at its end can be redone."""

    def share(self, states: tuple[Shared, ...]) -> None:
        """Remembers states that were exchanged, in this order; the newest 256 of each item are kept."""

    def shared(self) -> tuple[Shared, ...]:
        """The states exchanged, by item, oldest first."""

    def close(self) -> None:
        """Gives the draft back and drops contents nobody names any more; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class DraftStore(Protocol):
    """Makes and opens drafts, and keeps snapshots of them."""

    def create(self, path: Path, kind: str, work: str = "") -> DraftPort:
        """A new, empty draft; raises FileExists or FileNotWritable. The file exists only once it is complete.

        ``work`` makes it a copy of a colleague's work; without it the work is new.
        """

    def open(self, path: Path, kind: str | None = None) -> DraftPort:
        """An existing draft of this (or any) kind; raises FileMissing, DraftInvalid, DraftBusy or FileNotWritable."""

    def take_snapshot(self, draft: DraftPort, progress: Progress | None = None) -> Snapshot | None:
        """A snapshot, read back and durable, and the oldest ones removed; None where nothing changed since the newest.

        ``progress`` gets pages done and in all, and may raise to cancel. Raises FileNotWritable, DraftInvalid.
        """

    def take_daily_snapshot(self, draft: DraftPort) -> Snapshot | None:
        """:meth:`take_snapshot` for the first opening on a day; None where there is one of this day already."""

    def snapshots(self, path: Path) -> tuple[Snapshot, ...]:
        """The snapshots of a draft, newest first, unread; also where the draft itself is damaged or gone."""

    def is_good(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot reads back whole: structure and every digest."""

    def restore(self, snapshot: Snapshot, out: Path) -> None:
        """Copies a snapshot to a new file; raises DraftInvalid where it is damaged, FileExists, FileNotWritable."""
