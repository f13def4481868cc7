"""Messages between the window's process and the child: two lengths, a JSON head, raw bytes. Never pickle.

The child reads hostile files, so what it says is untrusted: lengths are bounded, values are taken by type.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

HEAD_LIMIT = 8 * 2**20
BODY_LIMIT = 80 * 2**20
_LENGTHS = struct.Struct(">II")
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


class WireBroken(Exception):
    """The other side ended or does not keep to the form of messages."""


@dataclass(frozen=True, slots=True)
class Message:
    """A head of plain values and a body of bytes."""

    head: dict[str, Value]
    body: bytes | bytearray = field(default=b"", repr=False)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number of the head; the default where it is no such thing."""
        value = self.head.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def real(self, name: str) -> float:
        """A number of the head; 0 where it is no such thing."""
        value = self.head.get(name)
        return float(value) if isinstance(value, int | float) else 0.0

    def text(self, name: str) -> str:
        """A text of the head; empty where it is no such thing."""
        value = self.head.get(name)
        return value if isinstance(value, str) else ""

    def rows(self, name: str) -> list[list[Value]]:
        """The rows of a list of lists of the head; others are left out."""
        value = self.head.get(name)
        return [row for row in value if isinstance(row, list)] if isinstance(value, list) else []


def pack(message: Message) -> bytes:
    """The lengths and the head as bytes; the body follows."""
    head = json.dumps(message.head, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(head), len(message.body)) + head


def write(stream: BinaryIO, message: Message) -> None:
    """Writes one message and flushes."""
    stream.write(pack(message))
    if message.body:
        stream.write(message.body)
    stream.flush()


def read(stream: BinaryIO) -> Message:
    """Reads one message. Raises WireBroken at the end of the stream or on a wrong form."""
    head_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head_length > HEAD_LIMIT or body_length > BODY_LIMIT:
        raise WireBroken
    try:
        head = json.loads(_exactly(stream, head_length))
    except (ValueError, RecursionError) as error:
        raise WireBroken from error
    if not isinstance(head, dict):
        raise WireBroken
    return Message(head, _exactly(stream, body_length) if body_length else b"")


def _exactly(stream: BinaryIO, length: int) -> bytearray:
    """Reads straight into the bytes that are handed on: a picture is copied once."""
    data = bytearray(length)
    if length and stream.readinto(data) != length:  # type: ignore[attr-defined] # all binary streams have it
        raise WireBroken
    return data
