"""Bills as text tables: encoding and separator found, everything else refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from core.errors import InputTooLarge
from core.sheets import limits
from core.sheets.cells import Cell
from core.sheets.refusal import unreadable

_SEPARATORS = ",;\t|"
_MAX_COLUMNS = 1000


def csv_rows(path: Path) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    """Rows of a text table with the line each begins on; raises BoqUnreadable where the file is binary or broken."""
    size = path.stat().st_size
    if size > limits.MAX_CSV_BYTES:
        raise InputTooLarge(what=path.name, size=size, limit=limits.MAX_CSV_BYTES)
    text = _decoded(path, path.read_bytes())
    separator = _separator(text)

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        line = 1
        try:
            for cells in reader:
                if len(cells) > _MAX_COLUMNS:
                    raise InputTooLarge(what=path.name, size=len(cells), limit=_MAX_COLUMNS)
                yield line, list(cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise unreadable(path, "damaged") from error

    return rows


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise unreadable(path, "binary")
    else:
        encodings = ["utf-8-sig", "gb18030", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(character) < 32 and character not in "\t\r\n\x0c" for character in text[:65536]):
            return text
    raise unreadable(path, "binary")


def _separator(text: str) -> str:
    """The separator that splits most of the first lines; a comma where nothing splits."""
    sample = text[:65536].splitlines()[:50]
    counts = {mark: sum(line.count(mark) > 1 for line in sample) for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: counts[mark])
