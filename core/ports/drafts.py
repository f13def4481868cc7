"""Where work in progress is kept: records, attachments and events of one draft. Every write is durable on return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


class DraftPort(Protocol):
    """One open draft, held by nobody else until it is closed or its program ends.

    Any call raises :class:`core.errors.DraftInvalid` once the file turns out to be damaged, and any write
    :class:`core.errors.FileNotWritable` where it cannot be made durable; then it has not happened.
    """

    @property
    def kind(self) -> str:
        """``tender``, ``bid``, ``opening`` or ``evaluation``."""

    def get(self, key: str) -> Json:
        """The record of a key, None where there is none."""

    def put(self, key: str, value: Json) -> None:
        """Keeps a record, replacing an older one; None removes it."""

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

    def close(self) -> None:
        """Gives the draft back; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class DraftStore(Protocol):
    """Makes and opens drafts."""

    def create(self, path: Path, kind: str) -> DraftPort:
        """A new, empty draft; raises FileExists or FileNotWritable. The file exists only once it is complete."""

    def open(self, path: Path, kind: str) -> DraftPort:
        """An existing draft of this kind; raises FileMissing, DraftInvalid, DraftBusy or FileNotWritable."""
