"""Cell formats and page set-up of written workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.errors import DataInvalid

_A4 = 9
_MAX_TEXT = 32767  # characters Excel keeps in a cell


@dataclass(frozen=True, slots=True)
class Style:
    """The formats of one workbook."""

    title: Format
    label: Format
    label_right: Format
    header: Format
    centre: Format
    left: Format
    number: Format
    money: Format
    head: Format


def make_style(book: xlsxwriter.Workbook, font: str) -> Style:
    """Formats like the standard's print: centred title, thin borders, wrapped text."""
    plain = {"font_name": font, "font_size": 10, "valign": "vcenter", "text_wrap": True}
    cell = plain | {"border": 1}
    return Style(
        title=book.add_format(plain | {"font_size": 18, "bold": True, "align": "center"}),
        label=book.add_format(plain | {"align": "left"}),
        label_right=book.add_format(plain | {"align": "right"}),
        header=book.add_format(cell | {"align": "center"}),
        centre=book.add_format(cell | {"align": "center"}),
        left=book.add_format(cell | {"align": "left"}),
        number=book.add_format(cell | {"align": "right"}),
        money=book.add_format(cell | {"align": "right", "num_format": "0.00"}),
        head=book.add_format(cell | {"align": "left", "bold": True}),
    )


def page_setup(sheet: Worksheet) -> None:
    """A4 portrait, one page wide, centred."""
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes cells of one sheet; text is always text, so that nothing in it runs as a formula."""

    sheet: Worksheet

    def put(self, row: int, first: int, last: int, value: str | Decimal | None, style: Format) -> None:
        """One cell, or a merged range of one row."""
        self.block((row, row), (first, last), value, style)

    def block(
        self, rows: tuple[int, int], columns: tuple[int, int], value: str | Decimal | None, style: Format
    ) -> None:
        """A cell or merged block; zero-based, inclusive."""
        if isinstance(value, str) and len(value) > _MAX_TEXT:
            raise DataInvalid(where=self.sheet.get_name(), reason=value[:40])
        if (rows[0], columns[0]) != (rows[1], columns[1]):
            self.sheet.merge_range(rows[0], columns[0], rows[1], columns[1], "", style)
        if value is None or value == "":
            self.sheet.write_blank(rows[0], columns[0], None, style)
        elif isinstance(value, str):
            self.sheet.write_string(rows[0], columns[0], value, style)
        else:
            self.sheet.write_number(rows[0], columns[0], float(value), style)
