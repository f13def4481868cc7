"""A look into a zipped workbook before it is parsed: real sizes, extent of every sheet, hidden rows, formulas.

The native reader allocates rows times columns and trusts the sizes the archive declares; so every XML member is
inflated here first, counted, and bounded (source of the limits: :mod:`core.sheets.limits`).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import InputTooLarge
from core.sheets import limits

CHUNK = 1 << 20
_OVERLAP = 64  # longer than any cell reference with its quotes
# A cell beyond column Z or row 999,999; without one a sheet is at most _USUAL and needs no closer count.
_FAR = re.compile(rb"""=\s*["'](?:[A-Za-z]{2,3}\d{1,7}|[A-Za-z]?\d{7})["']""")
_USUAL = (999_999, 26)
_COLUMN = re.compile(rb"""=\s*["']([A-Za-z]{1,3})\d{1,7}["']""")
_LONG_ROW = re.compile(rb"""=\s*["'][A-Za-z]{1,3}(\d{5,7})["']""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row[^>]*?\br\s*=\s*["'](\d{5,7})["']""")


class ZipDamaged(ValueError):
    """The archive does not hold what its directory says; the message is for the log."""


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What the raw bytes of one sheet's XML say. ``rows`` and ``columns`` bound every cell from above."""

    rows: int
    columns: int
    has_hidden: bool
    has_formulas: bool
    merges: int


def check_members(path: Path, archive: zipfile.ZipFile) -> None:
    """Raises InputTooLarge or ZipDamaged on what the directory alone shows: counts, sizes, ratios, encryption."""
    members = archive.infolist()
    if len(members) > limits.MAX_MEMBERS:
        raise InputTooLarge(what=path.name, size=len(members), limit=limits.MAX_MEMBERS)
    total = sum(member.file_size for member in members)
    if total > limits.MAX_UNPACKED_BYTES:
        raise InputTooLarge(what=path.name, size=total, limit=limits.MAX_UNPACKED_BYTES)
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ZipDamaged(f"{member.filename}: encrypted or unknown compression")
        large = member.file_size > limits.RATIO_FROM_BYTES
        if large and member.file_size > limits.MAX_RATIO * max(member.compress_size, 1):
            size = f"{member.file_size}:{member.compress_size}"
            raise InputTooLarge(what=f"{path.name}:{member.filename}", size=size, limit=f"{limits.MAX_RATIO}:1")


def inflate(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's real content in chunks, never more than it declares; raises ZipDamaged where they differ."""
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) != 30 or header[:4] != b"PK\x03\x04":
        raise ZipDamaged(f"{member.filename}: local header")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    stream.seek(name_length + extra_length, 1)
    stored = member.compress_type == zipfile.ZIP_STORED
    inflater = zlib.decompressobj(-15)
    remaining, produced = member.compress_size, 0
    while remaining > 0 and not inflater.eof:
        packed = stream.read(min(CHUNK >> 2, remaining))
        if not packed:
            raise ZipDamaged(f"{member.filename}: truncated")
        remaining -= len(packed)
        while packed:
            try:
                chunk = packed if stored else inflater.decompress(packed, CHUNK)
            except zlib.error as error:
                raise ZipDamaged(f"{member.filename}: deflate") from error
            packed = b"" if stored else inflater.unconsumed_tail
            produced += len(chunk)
            if produced > member.file_size:
                raise ZipDamaged(f"{member.filename}: longer than declared")
            yield chunk
    if produced != member.file_size or not (stored or inflater.eof):
        raise ZipDamaged(f"{member.filename}: length")


def drain(stream: BinaryIO, member: zipfile.ZipInfo) -> None:
    """Inflates a member only to prove its declared size."""
    for _ in inflate(stream, member):
        pass


def scan_sheet(stream: BinaryIO, member: zipfile.ZipInfo) -> SheetScan:
    """The extent of one worksheet and whether a closer look at its rows is needed."""
    merges = 0
    has_hidden = has_formulas = is_far = False
    for text, chunk_start in _overlapping(stream, member):
        is_far = is_far or _FAR.search(text) is not None
        has_hidden = has_hidden or b"hidden" in text
        has_formulas = has_formulas or b"<f" in text or b":f>" in text or b":f " in text
        merges += text.count(b"mergeCell ", max(0, chunk_start - 9))
    rows, columns = _extent(stream, member) if is_far else _USUAL
    return SheetScan(rows, columns, has_hidden, has_formulas, merges)


def _extent(stream: BinaryIO, member: zipfile.ZipInfo) -> tuple[int, int]:
    """Highest row and column of all cell references and row numbers; rows below 10,000 count as that many."""
    columns: set[bytes] = set()
    highest = b"9999"
    for text, _ in _overlapping(stream, member):
        columns.update(_COLUMN.findall(text))
        for pattern in (_LONG_ROW, _ROW_NUMBER):
            highest = max({highest, *pattern.findall(text)}, key=_numeric)
    return int(highest), max((_column_number(name) for name in columns), default=1)


def _overlapping(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Chunks, each with the end of the one before in front, and where the new part begins."""
    tail = b""
    for chunk in inflate(stream, member):
        yield tail + chunk, len(tail)
        tail = (tail + chunk)[-_OVERLAP:]


def _numeric(digits: bytes) -> tuple[int, bytes]:
    stripped = digits.lstrip(b"0")
    return len(stripped), stripped


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number
