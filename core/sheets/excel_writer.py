"""A new workbook in the printed layout of GB/T 50500-2024, the same bytes for the same bill.

Source: table E.2.1 as seen in real exports; E.1.1, E.3.1, E.4.1 and E.5.1 from secondary sources (docs/spec/boq.md).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from core.boq.model import Boq, BoqItem, BoqRow, TableRole
from core.boq.pricing import BoqTotals, boq_totals, top_level_sum, without_prices
from core.ports.files import atomic_write
from core.rules.boq_layout import LayoutColumn, TableLayout, WorkbookLayout, workbook_layout
from core.sheets.pages import Line, lines_of, paginate, table_groups
from core.sheets.sheet_style import Pen, Style, make_style, page_setup

_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001  fixed and without zone: the format stores none
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_SHEET_NAME = 31  # characters Excel allows
_ROWS_PER_PAGE = 30


def write_boq_workbook(path: Path, boq: Boq, *, priced: bool, lot: str = "") -> None:
    """Writes the bill as .xlsx; ``priced`` false leaves unit prices, amounts and sums blank for bidders.

    Nothing is left at ``path`` on failure. Section heads without items are not written. Reading the file back gives
    the same items and rows (with their new places). ``lot`` is printed on every page.
    """
    atomic_write(path, boq_workbook(boq, priced=priced, lot=lot))


def boq_workbook(boq: Boq, *, priced: bool, lot: str = "") -> bytes:
    """The bytes of :func:`write_boq_workbook`."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": boq.title, "created": _CREATED})
        _Writer(book, boq if priced else without_prices(boq), lot, priced=priced).write()
    return buffer.getvalue()


class _Writer:
    """Writes all tables of one bill."""

    def __init__(self, book: xlsxwriter.Workbook, boq: Boq, lot: str, *, priced: bool) -> None:
        self._book, self._boq, self._lot, self._priced = book, boq, lot, priced
        self._layout: WorkbookLayout = workbook_layout()
        self._style: Style = make_style(book, self._layout.font)
        self._totals: BoqTotals = boq_totals(boq)
        self._names: set[str] = set()

    def write(self) -> None:
        groups = table_groups(self._boq)
        for table in self._layout.tables:
            items = {work: lines for (role, work), lines in groups.items() if role == table.role}
            for number, (work, lines) in enumerate(items.items(), 1):
                self._item_table(table, work, lines, f"({number})" if len(items) > 1 else "")
            rows: dict[str, list[BoqRow]] = {}
            for row in self._boq.rows:
                if row.role == table.role:
                    rows.setdefault(row.unit_work, []).append(row)
            for work, amounts in rows.items():
                self._amount_table(table, work, amounts)

    def _sheet(self, name: str, widths: Sequence[float], suffix: str = "") -> Pen:
        stem = _FORBIDDEN.sub(" ", name)
        unique, number = (stem[: _SHEET_NAME - len(suffix)] + suffix), 1
        while unique in self._names:
            number += 1
            unique = f"{stem[: _SHEET_NAME - 4]}({number})"
        self._names.add(unique)
        sheet = self._book.add_worksheet(unique)
        page_setup(sheet)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return Pen(sheet)

    # ---- item tables, ten physical columns

    def _item_table(self, table: TableLayout, work: str, items: Sequence[BoqItem], suffix: str) -> None:
        pen = self._sheet(table.sheet, self._layout.item_widths, suffix)
        deep = any(len(item.section) > 1 for item in items)
        pages = paginate(lines_of(self._boq, items))
        row, number, total, breaks = 0, 0, Decimal(0), []
        for page, lines in enumerate(pages, 1):
            row = self._item_head(pen, row, table.title, work, f"{page}/{len(pages)}")
            page_sum = Decimal(0)
            for line in lines:
                number += line.item is not None
                page_sum += (line.item.amount or Decimal(0)) if line.item else Decimal(0)
                self._item_line(pen, row, line, number, deep=deep)
                row += 1
            total += page_sum
            row = self._sum_line(pen, row, "page_subtotal", page_sum, 9)
            breaks.append(row)
        self._sum_line(pen, row, "total", total, 9)
        pen.sheet.set_h_pagebreaks(breaks[:-1])

    def _item_head(self, pen: Pen, row: int, title: str, work: str, page: str) -> int:
        """Title, labels and two header rows. Returns the next row."""
        words, style, headers = self._layout.words, self._style, self._layout.item_headers
        pen.sheet.set_row(row, 36)
        pen.put(row, 0, 9, title, style.title)
        pen.sheet.set_row(row + 1, 26)
        pen.put(row + 1, 0, 3, words["project"] + work, style.label)
        pen.put(row + 1, 4, 6, words["lot"] + self._lot, style.label)
        pen.put(row + 1, 7, 9, self._page(page), style.label_right)
        top, bottom = row + 2, row + 3
        for columns, text in zip(((0, 0), (1, 1), (2, 2), (3, 4), (5, 5), (6, 7)), headers, strict=False):
            pen.block((top, bottom), columns, text, style.header)
        pen.put(top, 8, 9, headers[6], style.header)
        pen.put(bottom, 8, 8, headers[7], style.header)
        pen.put(bottom, 9, 9, headers[8], style.header)
        return row + 4

    def _item_line(self, pen: Pen, row: int, line: Line, number: int, *, deep: bool) -> None:
        style = self._style
        pen.sheet.set_row(row, line.height)
        item = line.item
        seq = self._marker(line) if item is None and deep else "" if item is None else Decimal(number)
        pen.put(row, 0, 0, seq, style.centre)
        pen.put(row, 1, 1, item.code if item else "", style.centre)
        pen.put(row, 2, 2, item.name if item else line.head, style.left if item else style.head)
        pen.put(row, 3, 4, item.feature if item else "", style.left)
        pen.put(row, 5, 5, item.unit if item else "", style.centre)
        pen.put(row, 6, 7, item.quantity if item else None, style.number)
        pen.put(row, 8, 8, item.unit_price if item else None, style.money)
        pen.put(row, 9, 9, item.amount if item else line.subtotal, style.money)

    def _marker(self, line: Line) -> str:
        """Marks of the first two depths where sections nest."""
        if line.depth > 1:
            return ""
        numerals = self._layout.words["numerals"]
        tens, ones = divmod(line.marker, 10)
        mark = numerals[tens - 1] if tens > 1 else ""
        mark += (numerals[9] if tens else "") + (numerals[ones - 1] if ones else "")
        return f"({mark})" if line.depth else mark

    # ---- tables of amounts

    def _amount_table(self, table: TableLayout, work: str, rows: Sequence[BoqRow]) -> None:
        pen = self._sheet(table.sheet, [column.width for column in table.columns])
        pages = [rows[start : start + _ROWS_PER_PAGE] for start in range(0, len(rows), _ROWS_PER_PAGE)]
        place, breaks, last = 0, [], len(table.columns) - 1
        for page, lines in enumerate(pages, 1):
            place = self._amount_head(pen, place, table, work, f"{page}/{len(pages)}")
            for row in lines:
                pen.sheet.set_row(place, 20)
                for position, column in enumerate(table.columns):
                    self._amount_cell(pen, place, position, column, row)
                place += 1
            breaks.append(place)
        amount_column = next(i for i, column in enumerate(table.columns) if column.field == "amount")
        total = self._totals.grand if table.role == TableRole.SUMMARY else top_level_sum(rows)
        self._sum_line(pen, place, "total", total, amount_column)
        if amount_column < last:
            pen.put(place, amount_column + 1, last, "", self._style.left)
        pen.sheet.set_h_pagebreaks(breaks[:-1])

    def _amount_head(self, pen: Pen, row: int, table: TableLayout, work: str, page: str) -> int:
        words, style, last = self._layout.words, self._style, len(table.columns) - 1
        pen.sheet.set_row(row, 36)
        pen.put(row, 0, last, table.title, style.title)
        pen.sheet.set_row(row + 1, 26)
        pen.put(row + 1, 0, 1, words["project"] + work if work else "", style.label)
        pen.put(row + 1, 2, last - 1, words["lot"] + self._lot, style.label)
        pen.put(row + 1, last, last, self._page(page), style.label_right)
        for position, column in enumerate(table.columns):
            pen.put(row + 2, position, position, column.title, style.header)
        return row + 3

    def _amount_cell(self, pen: Pen, place: int, position: int, column: LayoutColumn, row: BoqRow) -> None:
        style = self._style
        if column.field == "amount":
            pen.put(place, position, position, row.amount, style.money)
        elif column.field == "rate":
            pen.put(place, position, position, row.rate, style.number)
        elif column.field == "base":
            base = self._totals.before_tax if self._priced else None
            pen.put(place, position, position, base, style.money)
        else:
            text = {"seq": row.code, "name": row.name, "basis": row.basis}.get(column.field, "")
            pen.put(place, position, position, text, style.centre if column.field == "seq" else style.left)

    def _sum_line(self, pen: Pen, row: int, word: str, value: Decimal, column: int) -> int:
        """A subtotal or total over the columns before ``column``; blank in an unpriced workbook."""
        pen.sheet.set_row(row, 18)
        pen.put(row, 0, column - 1, self._layout.words[word], self._style.centre)
        pen.put(row, column, column, value if self._priced else None, self._style.money)
        return row + 1

    def _page(self, page: str) -> str:
        number, count = page.split("/")
        return self._layout.words["page"].format(page=number, pages=count)
