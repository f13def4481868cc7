"""Takes the length and the padding off a part and hands the content on. Source: docs/spec/sealed-bid.md §7."""

from __future__ import annotations

from typing import BinaryIO, NoReturn

from signing.envelope.header import PartHeader
from signing.envelope.limits import LENGTH_BYTES, padded_length
from signing.errors import ContainerInvalid


class Unpadder:
    """Feed it the verified chunks of one part in order; after the last, :attr:`length` bytes are in the sink."""

    def __init__(self, sink: BinaryIO, part: PartHeader) -> None:
        self.length = -1
        self._sink, self._part = sink, part
        self._left = 0

    def feed(self, plain: memoryview) -> None:
        """Writes what is content; raises :class:`ContainerInvalid` (payload; length, padding)."""
        if self.length < 0:
            self._begin(int.from_bytes(plain[:LENGTH_BYTES], "big"))
            plain = plain[LENGTH_BYTES:]
        content = plain[: self._left]
        if len(content):
            self._sink.write(content)
            self._left -= len(content)
        padding = bytes(plain[len(content) :])
        if padding.count(0) != len(padding):
            self._refuse("padding")

    def _begin(self, length: int) -> None:
        if length > self._part.padded_length - LENGTH_BYTES:
            self._refuse("length")
        if padded_length(self._part.kind, length) != self._part.padded_length:
            self._refuse("padding")
        self.length = self._left = length

    def _refuse(self, reason: str) -> NoReturn:
        raise ContainerInvalid(layer="payload", reason=reason, part=self._part.id)
