"""Opening a workbook of any supported kind as a sequence of sheets with rows; everything hostile is refused here.

The kind is taken from the bytes, not from the name. Native readers run in this process (version 0): the limits hold
before they start, and a panic of the native code is turned into an ordinary refusal.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import python_calamine

from core.errors import FileMissing, InputTooLarge
from core.sheets import limits
from core.sheets.cells import Cell
from core.sheets.csv_file import csv_rows
from core.sheets.hidden import RowMarks, read_marks
from core.sheets.ods_scan import check_ods
from core.sheets.refusal import unreadable
from core.sheets.xlsx_parts import sheet_members
from core.sheets.zip_scan import SheetScan, ZipDamaged, check_members, drain, inflate, scan_sheet

T = TypeVar("T")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``rows`` yields (one-based row number, cells from column A); ``merges`` are zero-based, inclusive."""

    name: str
    visible: bool
    rows: Callable[[], Iterator[tuple[int, Sequence[Cell]]]]
    merges: tuple[Merge, ...] = ()
    marks: RowMarks = field(default_factory=RowMarks)


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file: ``format`` is ``xlsx``, ``xls``, ``ods`` or ``csv``."""

    format: str
    sheets: Iterator[Grid]


def open_workbook(path: Path) -> Workbook:
    """Opens a file as a workbook; raises FileMissing, InputTooLarge or BoqUnreadable, never the reader's own errors."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise FileMissing(path=path) from error
    if size > limits.MAX_FILE_BYTES:
        raise InputTooLarge(what=path.name, size=size, limit=limits.MAX_FILE_BYTES)
    if size == 0:
        raise unreadable(path, "empty_file")
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(_OLE):
        _check_ole(path)
        return Workbook("xls", _native_sheets(path, {}))
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise unreadable(path, "markup")
    return Workbook("csv", iter([Grid(path.stem, True, csv_rows(path))]))


def _zipped(path: Path) -> Workbook:
    """xlsx, xlsm or ods."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
            check_members(path, archive)
            names = {member.filename: member for member in archive.infolist()}
            if "mimetype" in names and "content.xml" in names:
                check_ods(path, stream, names)
                return Workbook("ods", _native_sheets(path, {}))
            if "xl/workbook.bin" in names:
                raise unreadable(path, "xlsb")
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise unreadable(path, "not_a_workbook")
            parts = sheet_members(stream, names)
            if len(parts) > limits.MAX_SHEETS:
                raise InputTooLarge(what=path.name, size=len(parts), limit=limits.MAX_SHEETS)
            scans = {title: (member, scan_sheet(stream, member)) for title, member in parts.items()}
            scanned = {member.filename for member, _ in scans.values()}
            for name, member in names.items():
                if name.endswith((".xml", ".rels")) and name not in scanned:
                    drain(stream, member)
            marks = {}
            for title, (member, scan) in scans.items():
                _check_extent(path, title, scan)
                if scan.has_hidden or scan.has_formulas:
                    marks[title] = read_marks(inflate(stream, member))
    except (zipfile.BadZipFile, ZipDamaged, ValueError, KeyError, OSError, NotImplementedError) as error:
        raise unreadable(path, "damaged") from error
    return Workbook("xlsx", _native_sheets(path, marks))


def _check_extent(path: Path, title: str, scan: SheetScan) -> None:
    cells = scan.rows * scan.columns
    if cells > limits.MAX_CELLS:
        raise InputTooLarge(what=f"{path.name}:{title}", size=cells, limit=limits.MAX_CELLS)
    if scan.merges > limits.MAX_MERGES:
        raise InputTooLarge(what=f"{path.name}:{title}", size=scan.merges, limit=limits.MAX_MERGES)


def _check_ole(path: Path) -> None:
    """An OLE file must be an unencrypted Excel 97 workbook."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise unreadable(path, "encrypted")
    if not any(name in content for name in _XLS_STREAMS):
        raise unreadable(path, "not_a_workbook")


def _native_sheets(path: Path, marks: dict[str, RowMarks]) -> Iterator[Grid]:
    """Sheets of the native reader, one in memory at a time."""
    book = guarded(path, lambda: python_calamine.CalamineWorkbook.from_path(str(path)))
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = guarded(path, partial(book.get_sheet_by_name, meta.name))
        visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
        merges = tuple(sheet.merged_cell_ranges or ())
        yield Grid(meta.name, visible, _rows_of(sheet), merges, marks.get(meta.name, RowMarks()))


def _rows_of(sheet: python_calamine.CalamineSheet) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        if sheet.start is None:
            return
        first_column = sheet.start[1]
        # iter_rows gives the empty rows above the first cell, but not the empty columns beside it.
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, ([""] * first_column + list(cells) if first_column else cells)

    return rows


def guarded(path: Path, step: Callable[[], T]) -> T:
    """Runs native code; its errors and panics become BoqUnreadable."""
    try:
        return step()
    except python_calamine.PasswordError as error:
        raise unreadable(path, "encrypted") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable(path, "damaged") from error
    except BaseException as error:
        # A panic of native code is pyo3's PanicException: a BaseException that cannot be imported to be caught by name.
        if type(error).__name__ == "PanicException":
            raise unreadable(path, "damaged") from error
        raise
