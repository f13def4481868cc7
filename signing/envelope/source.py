"""What is to be sealed: parts from memory or from files, read once, padded, and refused where they change meanwhile."""

from __future__ import annotations

import io
import stat
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from signing.envelope.limits import LENGTH_BYTES
from signing.errors import ContainerInvalid


@dataclass(frozen=True, slots=True)
class PartSource:
    """One part to be sealed: its id, kind and stage, and either a file or bytes."""

    id: str
    kind: str
    stage: str
    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)

    def length(self) -> int:
        """Bytes of content now; raises :class:`ContainerInvalid`, layer source, where there is no such file."""
        if self.data is not None:
            return len(self.data)
        try:
            status = self._path().stat()
        except OSError as error:
            raise self._fault("missing") from error
        if not stat.S_ISREG(status.st_mode):
            raise self._fault("missing")
        return status.st_size

    def open(self) -> BinaryIO:
        """The content from its beginning; the caller closes it. Raises as :meth:`length`."""
        if self.data is not None:
            return io.BytesIO(self.data)
        try:
            return self._path().open("rb")
        except OSError as error:
            raise self._fault("missing") from error

    def changed(self) -> ContainerInvalid:
        """The error for content that is not as long as it was."""
        return self._fault("changed")

    def _path(self) -> Path:
        if self.path is None:
            raise self._fault("missing")
        return self.path

    def _fault(self, reason: str) -> ContainerInvalid:
        return ContainerInvalid(layer="source", reason=reason, name=self.path.name if self.path else self.id)


class PaddedReader:
    """The padded plaintext of one part: length, content, zeros. Use as a context manager."""

    def __init__(self, source: PartSource, length: int) -> None:
        self._source = source
        self._head = memoryview(length.to_bytes(LENGTH_BYTES, "big"))
        self._left = length
        self._file = source.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def fill(self, out: memoryview) -> None:
        """Fills ``out`` with what comes next; raises :class:`ContainerInvalid` (source, changed) at an early end."""
        taken = min(len(self._head), len(out))
        out[:taken] = self._head[:taken]
        self._head = self._head[taken:]
        wanted = min(self._left, len(out) - taken)
        end = taken + wanted
        while taken < end:
            count = self._file.readinto(out[taken:end])  # type: ignore[attr-defined]
            if not count:
                raise self._source.changed()
            taken += count
        self._left -= wanted
        out[end:] = bytes(len(out) - end)

    def finish(self) -> None:
        """Raises :class:`ContainerInvalid` (source, changed) where there is more than was announced."""
        if self._file.read(1):
            raise self._source.changed()
