"""A ZIP writer for vectors that can write every field wrong; independent of the product."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Raw:
    """A ZIP entry with every field that a wrong file may have otherwise."""

    name: bytes
    content: bytes
    flags: int = 0x0800
    method: int = 0
    time: int = 0
    date: int = 0x0021
    crc: int | None = None
    extra: bytes = b""
    after: bytes = b""  # between this entry and the next
    stored: bytes | None = None  # what stands in the file instead of the content


@dataclass(frozen=True)
class Tail:
    comment: bytes = b""
    offset_shift: int = 0
    attributes: int = 0


def zipped(entries: Sequence[Raw], tail: Tail = Tail()) -> bytes:
    out = b""
    directory = b""
    for entry in entries:
        stored = entry.content if entry.stored is None else entry.stored
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        common = struct.pack(
            "<5H3I2H",
            20,
            entry.flags,
            entry.method,
            entry.time,
            entry.date,
            crc,
            len(stored),
            len(entry.content),
            len(entry.name),
            len(entry.extra),
        )
        offset = len(out)
        out += b"PK\x03\x04" + common + entry.name + entry.extra + stored + entry.after
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common
        directory += (
            struct.pack("<3H2I", 0, 0, 0, tail.attributes, offset + tail.offset_shift) + entry.name + entry.extra
        )
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(out), len(tail.comment)
    )
    return out + directory + end + tail.comment
