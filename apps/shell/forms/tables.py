"""Small tables: cells to typed rows with faults by row and column; adding, removing, moving and pasting rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.shell.forms.entries import Rows, Single, TableValue, Value
from apps.shell.forms.faults import Fault, Line, fault, line
from apps.shell.forms.formula import ColumnSum, Ref, compute
from apps.shell.forms.limits import distance_faults, limit_faults
from apps.shell.forms.schema import ComputedField, Field, Form, Section, TableField
from apps.shell.forms.values import Judges, parse_text, show_value
from core.values.money import round_half_up

PASTE_LIMIT = 200_000  # characters of a paste into a small table; more belongs into a grid


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The typed rows, the faults in them, and the texts of the computed cells by (row, column)."""

    value: TableValue
    faults: tuple[Fault, ...]
    computed: Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows after a paste and what had to be left out."""

    rows: Rows
    cells: int
    notes: tuple[Line, ...] = ()


def read_table(of: TableField, entry: Rows, judges: Judges) -> ReadTable:
    """Judges every cell; blank rows are not rows."""
    rows: list[Mapping[str, Single]] = []
    faults: list[Fault] = []
    computed: dict[tuple[int, int], str] = {}
    form = Form(of.key, (Section(of.key, "", tuple(of.columns)),))
    for number, cells in enumerate(entry.rows):
        if not any(cell.strip() for cell in cells):
            continue
        values = _read_row(of, cells, number, judges, faults)
        for place, column in enumerate(of.columns):
            if isinstance(column, ComputedField) and (result := _worked_out(column, values)) is not None:
                values[column.key] = result
                computed[number, place] = str(show_value(column, result))
        for column in of.columns:
            if column.key in values:
                faults += [_at(found, number, column) for found in distance_faults(
                    column, values[column.key], dict[str, Value](values), form)]  # fmt: skip
        rows.append(values)
    if len(rows) < of.min_rows:
        faults.append(fault("too_few_rows", limit=str(of.min_rows), found=str(len(rows))))
    if len(entry.rows) > of.max_rows:
        faults.append(fault("too_many_rows", limit=str(of.max_rows), found=str(len(entry.rows))))
    return ReadTable(TableValue(tuple(rows)), tuple(faults), computed)


def column_sum(value: TableValue, column: str) -> Decimal | None:
    """The sum of a column over the rows that have it; None where no row has."""
    figures = [Decimal(cell) for row in value.rows if isinstance(cell := row.get(column), Decimal | int)]
    return sum(figures, Decimal(0)) if figures else None


def blank_row(of: TableField) -> tuple[str, ...]:
    """A row nobody has filled in."""
    return ("",) * len(of.columns)


def with_cell(of: TableField, entry: Rows, row: int, column: int, text: str) -> Rows:
    """The rows with one cell changed; rows that were not there yet are added blank."""
    rows = [_fitted(of, cells) for cells in entry.rows]
    rows += [blank_row(of)] * (row + 1 - len(rows))
    rows[row] = (*rows[row][:column], text, *rows[row][column + 1 :])
    return Rows(tuple(rows))


def with_row(of: TableField, entry: Rows, at: int) -> Rows:
    """The rows with a blank one put in at a place, unless the table is full."""
    if len(entry.rows) >= of.max_rows:
        return entry
    return Rows((*entry.rows[:at], blank_row(of), *entry.rows[at:]))


def without_rows(entry: Rows, gone: frozenset[int]) -> Rows:
    """The rows less some."""
    return Rows(tuple(row for number, row in enumerate(entry.rows) if number not in gone))


def moved(entry: Rows, row: int, by: int) -> Rows:
    """The rows with one moved up (-1) or down (1), as far as there is room."""
    to = row + by
    if not (0 <= row < len(entry.rows) and 0 <= to < len(entry.rows)):
        return entry
    rows = list(entry.rows)
    rows.insert(to, rows.pop(row))
    return Rows(tuple(rows))


def pasted(of: TableField, entry: Rows, row: int, column: int, untrusted_text: str) -> Pasted:
    """The rows after a paste at a cell; nothing is dropped without a note."""
    if len(untrusted_text) > PASTE_LIMIT:
        return Pasted(entry, 0, (line("paste.too_large"),))
    source = io.StringIO(untrusted_text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
    try:
        block = list(csv.reader(source, delimiter="\t", strict=False))
    except csv.Error:
        return Pasted(entry, 0, (line("paste.unreadable"),))
    rows = [_fitted(of, cells) for cells in entry.rows]
    room = max(0, of.max_rows - row)
    wide = any(column + len(cells) > len(of.columns) for cells in block)
    kept_out = filled = 0
    for number, cells in enumerate(block[:room], row):
        rows += [blank_row(of)] * (number + 1 - len(rows))
        line_cells = list(rows[number])
        for place, text in enumerate(cells[: len(of.columns) - column], column):
            if of.columns[place].read_only:
                kept_out += bool(text.strip())
                continue
            line_cells[place] = option_value(of.columns[place], text)
            filled += 1
        rows[number] = tuple(line_cells)
    notes = []
    if len(block) > room:
        notes.append(line("paste.rows", left=str(len(block) - room), limit=str(of.max_rows)))
    if wide:
        notes.append(line("paste.columns"))
    if kept_out:
        notes.append(line("paste.read_only", count=str(kept_out)))
    return Pasted(Rows(tuple(rows)), filled, tuple(notes))


def option_value(column: Field, text: str) -> str:
    """A pasted cell: the value of the option it names, else its text on one line."""
    flat = " ".join(text.replace("\0", "").split())
    for option in getattr(column, "options", ()):
        if flat in {option.value, option.label}:
            return str(option.value)
    return flat


def _read_row(
    of: TableField, cells: tuple[str, ...], number: int, judges: Judges, faults: list[Fault]
) -> dict[str, Single]:
    values: dict[str, Single] = {}
    for column, cell in zip(of.columns, _fitted(of, cells), strict=True):
        if isinstance(column, ComputedField):
            continue
        value = parse_text(column, cell, judges)
        if isinstance(value, Fault):
            faults.append(_at(value, number, column))
        elif value is None:
            if column.required:
                faults.append(_at(fault("required"), number, column))
        else:
            values[column.key] = value
            faults += [_at(found, number, column) for found in limit_faults(column, value, judges)]
    return values


def _at(found: Fault, row: int, column: Field) -> Fault:
    return replace(found, row=row, part=column.key)


def _fitted(of: TableField, cells: tuple[str, ...]) -> tuple[str, ...]:
    return (*cells, *blank_row(of))[: len(of.columns)]


def _worked_out(column: ComputedField, values: Mapping[str, Single]) -> Decimal | None:
    def lookup(ref: Ref | ColumnSum) -> Decimal | None:
        value = values.get(ref.key) if isinstance(ref, Ref) else None
        return Decimal(value) if isinstance(value, Decimal | int) else None

    result = compute(column.formula, lookup)
    return None if result is None else round_half_up(result, 2 if column.money else column.digits)


def cells_text(entry: Rows) -> Iterator[str]:
    """The rows as lines of cells with tabs between, for the clipboard."""
    for row in entry.rows:
        yield "\t".join(row)
