"""A look into an OpenDocument spreadsheet before it is parsed: repetition counts are how such a file explodes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from core.errors import InputTooLarge
from core.sheets import limits
from core.sheets.refusal import unreadable
from core.sheets.zip_scan import drain, inflate

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_COLUMNS, _ROWS = _TABLE + "number-columns-repeated", _TABLE + "number-rows-repeated"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAX_MANIFEST_BYTES = 4 << 20


def check_ods(path: Path, stream: BinaryIO, names: Mapping[str, zipfile.ZipInfo]) -> None:
    """Raises BoqUnreadable (encrypted) or InputTooLarge; ValueError where the XML is broken."""
    manifest = names.get("META-INF/manifest.xml")
    if manifest is not None:
        if manifest.file_size > _MAX_MANIFEST_BYTES:
            raise ValueError("manifest")
        if b"encryption-data" in b"".join(inflate(stream, manifest)):
            raise unreadable(path, "encrypted")
    for name, member in names.items():
        if name.endswith(".xml") and name != "content.xml":
            drain(stream, member)
    _check_tables(path, b"".join(inflate(stream, names["content.xml"])))


def _check_tables(path: Path, content: bytes) -> None:
    """Bounds rows times columns of every table up to its last cell with a value."""
    rows = last_row = widest = 0
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=(_TABLE + "table", _TABLE + "table-row"), resolve_entities=False, no_network=True
    )
    try:
        for start in range(0, len(content), 1 << 20):
            parser.feed(content[start : start + (1 << 20)])
            for event, element in parser.read_events():
                if element is None or isinstance(element, tuple):
                    continue
                if event == "start" and element.tag == _TABLE + "table":
                    rows = last_row = widest = 0
                elif event == "end" and element.tag == _TABLE + "table-row":
                    rows += int(element.get(_ROWS, "1"))
                    width = _used_width(element)
                    last_row, widest = (rows if width else last_row), max(widest, width)
                    element.clear()
                    if max(last_row, 1) * max(widest, 1) > limits.MAX_CELLS:
                        raise InputTooLarge(what=path.name, size=last_row * widest, limit=limits.MAX_CELLS)
    except etree.XMLSyntaxError as error:
        raise ValueError("content.xml") from error


def _used_width(row: etree._Element) -> int:
    """Columns up to the last cell that holds something."""
    column = used = 0
    for cell in row:
        column += int(cell.get(_COLUMNS, "1"))
        if len(cell) or cell.get(_OFFICE + "value-type"):
            used = column
    return used
