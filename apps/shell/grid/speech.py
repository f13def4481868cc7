"""What is said about cells, rows and columns: the words of the status column and of a screen reader."""

from __future__ import annotations

from apps.shell.grid.columns import Column, Kind
from apps.shell.grid.problems import Problem, Severity
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.store import RowKind
from core.messages import Catalogue

_SEVERITY_KEYS = {Severity.ERROR: "shell.grid.severity.error", Severity.WARN: "shell.grid.severity.warn"}


def status_text(sheet: Sheet, row: int) -> str:
    """The gravest problem of a row in words and how many more there are; "" for a row without."""
    problems = sheet.problems.of_row(sheet.store.ids[row])
    if not problems:
        return ""
    if len(problems) == 1:
        return problems[0][1].text
    return sheet.words.text("shell.grid.status.more", text=problems[0][1].text, count=len(problems) - 1)


def problem_of_cell(sheet: Sheet, row: int, number: int) -> Problem | None:
    """The problem shown in a cell: its own, in the status column the gravest of the row."""
    row_id = sheet.store.ids[row]
    if sheet.columns[number].kind is Kind.STATUS:
        problems = sheet.problems.of_row(row_id)
        return problems[0][1] if problems else None
    return sheet.problems.at(row_id, sheet.columns[number].key)


def severity_words(words: Catalogue, problem: Problem) -> str:
    """The problem with its severity in words."""
    return words.text(_SEVERITY_KEYS[problem.severity], text=problem.text)


def cell_speech(sheet: Sheet, row: int, number: int) -> str:
    """Column title, value, problem, protection and place in the tree of one cell."""
    words, column = sheet.words, sheet.columns[number]
    if column.kind is Kind.STATUS:
        value = status_text(sheet, row) or words.text("shell.grid.status.none")
        return words.text("shell.grid.speech.cell", column=column.caption(words), value=value)
    value = sheet.store.text(row, number) or words.text("shell.grid.speech.empty")
    value = words.text("shell.grid.speech.with_unit", value=value, unit=column.unit) if column.unit else value
    parts = [words.text("shell.grid.speech.cell", column=column.caption(words), value=value)]
    problem = problem_of_cell(sheet, row, number)
    if problem is not None:
        parts.append(severity_words(words, problem))
    if sheet.store.protection(row, number) is not None:
        parts.append(words.text("shell.grid.speech.protected"))
    if number == sheet.shown[sheet.tree_place] and sheet.store.has_children(row):
        opened = sheet.order.is_open(row)
        parts.append(words.text("shell.grid.speech.open" if opened else "shell.grid.speech.folded"))
    return words.text("shell.grid.speech.joint").join(parts)


def row_speech(sheet: Sheet, row: int) -> str:
    """Number of a row, its level and its problems."""
    words = sheet.words
    parts = [words.text("shell.grid.speech.row", number=row + 1)]
    if sheet.store.is_tree:
        parts.append(words.text("shell.grid.speech.level", level=sheet.store.levels[row] + 1))
    if sheet.store.kinds[row] is RowKind.TOTAL:
        parts.append(words.text("shell.grid.speech.total"))
    status = status_text(sheet, row)
    return words.text("shell.grid.speech.joint").join([*parts, status] if status else parts)


def column_speech(sheet: Sheet, column: Column) -> str:
    """Title of a column, its unit, how it is sorted, whether it is protected."""
    words = sheet.words
    parts = [column.caption(words)]
    if column.unit:
        parts.append(words.text("shell.grid.speech.unit", unit=column.unit))
    sorts = [key.descending for key in sheet.order.query.sort if key.column == column.key]
    parts.extend(words.text("shell.grid.speech.down" if down else "shell.grid.speech.up") for down in sorts)
    if not column.editable and column.kind is not Kind.STATUS:
        parts.append(words.text("shell.grid.speech.protected"))
    return words.text("shell.grid.speech.joint").join(parts)
