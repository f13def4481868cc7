"""The one ZIP layout of a signed package, written and read on :mod:`struct` (docs/spec/signed-package.md §2).

Python's ``zipfile`` is not used: it believes the central directory, skips bytes between entries and accepts many
spellings of one file. Here every header is computed from name and content and compared with what stands in the file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

LOCAL_MAGIC: Final = b"PK\x03\x04"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION: Final = 20
_UTF8: Final = 0x0800
_STORED: Final = 0
_TIME: Final = 0
_DATE: Final = 0x0021  # 1980-01-01
NAME_LIMIT: Final = 255


class LayoutError(Exception):
    """The bytes are not the canonical layout; ``reason`` is one of the specification's, ``where`` an entry name."""

    def __init__(self, reason: str, where: str) -> None:
        self.reason = reason
        self.where = where
        super().__init__(reason, where)


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored file of the ZIP."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Placed:
    name: bytes
    crc: int
    length: int
    offset: int

    def local(self) -> bytes:
        fixed = (LOCAL_MAGIC, _VERSION, _UTF8, _STORED, _TIME, _DATE)
        return _LOCAL.pack(*fixed, self.crc, self.length, self.length, len(self.name), 0) + self.name

    def central(self) -> bytes:
        fixed = (b"PK\x01\x02", _VERSION, _VERSION, _UTF8, _STORED, _TIME, _DATE)
        sizes = (self.crc, self.length, self.length, len(self.name))
        return _CENTRAL.pack(*fixed, *sizes, 0, 0, 0, 0, 0, self.offset) + self.name


def layout(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The pieces of the one file that holds these entries in this order."""
    placed: list[_Placed] = []
    offset = 0
    for entry in entries:
        place = _Placed(entry.name.encode("ascii"), zlib.crc32(entry.content), len(entry.content), offset)
        header = place.local()
        placed.append(place)
        offset += len(header) + len(entry.content)
        yield header
        yield entry.content
    yield _directory(placed, offset)


def parse(untrusted: BinaryIO, admit: Callable[[str, int], None]) -> list[Entry]:
    """All entries of a file that is exactly :func:`layout` of them; raises :class:`LayoutError` otherwise.

    ``admit(name, length)`` is called in sequence before a content is read, and raises to refuse it: names, order and
    limits are its business.
    """
    entries: list[Entry] = []
    placed: list[_Placed] = []
    offset = 0
    magic = untrusted.read(4)
    while magic == LOCAL_MAGIC:
        place, content = _read_entry(untrusted, offset, admit)
        placed.append(place)
        entries.append(Entry(place.name.decode("ascii"), content))
        offset += _LOCAL.size + len(place.name) + place.length
        magic = untrusted.read(4)
    expected = _directory(placed, offset)
    found = magic + untrusted.read(len(expected) - 4)
    if found != expected:
        raise LayoutError("directory", "")
    if untrusted.read(1):
        raise LayoutError("trailing", "")
    return entries


def _read_entry(untrusted: BinaryIO, offset: int, admit: Callable[[str, int], None]) -> tuple[_Placed, bytes]:
    header = LOCAL_MAGIC + _exactly(untrusted, _LOCAL.size - 4, "")
    fields = _LOCAL.unpack(header)
    crc, length, name_length = fields[6], fields[7], fields[9]
    if name_length > NAME_LIMIT:
        raise LayoutError("header", "")
    untrusted_name = _exactly(untrusted, name_length, "")
    place = _Placed(untrusted_name, crc, length, offset)
    name = untrusted_name.decode("ascii", errors="replace")
    if place.local() != header + untrusted_name:
        raise LayoutError("header", name)
    if not untrusted_name.isascii():
        raise LayoutError("name", name)
    admit(name, length)
    content = _exactly(untrusted, length, name)
    if zlib.crc32(content) != crc:
        raise LayoutError("crc", name)
    return place, content


def _exactly(untrusted: BinaryIO, count: int, where: str) -> bytes:
    found = untrusted.read(count)
    if len(found) != count:
        raise LayoutError("truncated", where)
    return found


def _directory(placed: list[_Placed], offset: int) -> bytes:
    central = b"".join(place.central() for place in placed)
    return central + _END.pack(b"PK\x05\x06", 0, 0, len(placed), len(placed), len(central), offset, 0)
