"""Differences in words and signs."""

from __future__ import annotations

from apps.shell.charts.reading import difference_text
from apps.shell.charts.state import Reference
from apps.shell.compare.state import Cell, CompareRow, CompareState, Difference
from core.messages import Catalogue

ICONS = {
    Difference.BASE: "", Difference.SAME: "", Difference.DIFFERENT: "compare", Difference.ABOVE: "arrow-up",
    Difference.BELOW: "arrow-down", Difference.MISSING: "warning", Difference.EXTRA: "plus",
}  # fmt: skip
TONES = {
    Difference.BASE: "muted", Difference.SAME: "muted", Difference.DIFFERENT: "warn", Difference.ABOVE: "warn",
    Difference.BELOW: "warn", Difference.MISSING: "err", Difference.EXTRA: "warn",
}  # fmt: skip


def difference_word(row: CompareRow, column: int, words: Catalogue) -> str:
    """The difference of a cell in words, "" for none."""
    kind, cell = row.differences[column], row.cells[column]
    if kind in {Difference.BASE, Difference.SAME}:
        return ""
    if kind in {Difference.ABOVE, Difference.BELOW}:
        base = row.base
        if cell is not None and cell.value is not None and base is not None and base.value is not None:
            return difference_text(cell.value, Reference("", base.value), words)
    return words.text(f"shell.compare.{kind.value}")


def cell_text(cell: Cell | None, words: Catalogue) -> str:
    """What stands in a cell."""
    return cell.text if cell is not None and cell.text.strip() else words.text("shell.compare.nothing")


def count_text(state: CompareState, words: Catalogue) -> str:
    """How many criteria differ."""
    differing = sum(row.differs for row in state.rows)
    if not differing:
        return words.text("shell.compare.all_same", total=len(state.rows))
    return words.text("shell.compare.count", count=differing, total=len(state.rows))


def against_text(state: CompareState, words: Catalogue) -> str:
    """What the cells are held against."""
    for subject in state.table.subjects:
        if subject.id == state.table.reference:
            return words.text("shell.compare.against", title=subject.title)
    return words.text("shell.compare.against_most")


def spoken(state: CompareState, row: CompareRow, column: int, words: Catalogue) -> str:
    """What a screen reader says of a cell."""
    parts = (
        row.criterion.title, state.table.subjects[column].title, cell_text(row.cells[column], words),
        difference_word(row, column, words),
    )  # fmt: skip
    return words.text("shell.compare.comma").join(part for part in parts if part)


def as_rows(state: CompareState, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    """The shown table for the clipboard: after each thing a column with its difference, where there is any."""
    subjects = state.table.subjects
    with_difference = [any(row.differences[column] not in {Difference.BASE, Difference.SAME} for row in state.shown)
                       for column in range(len(subjects))]  # fmt: skip
    head = [words.text("shell.compare.criterion")]
    for subject, extra in zip(subjects, with_difference, strict=True):
        head += [subject.title, *([words.text("shell.compare.difference", title=subject.title)] if extra else [])]
    rows = [tuple(head)]
    for row in state.shown:
        line = [row.criterion.title]
        for column, extra in enumerate(with_difference):
            cell = row.cells[column]
            line += [cell.text if cell is not None else "", *([difference_word(row, column, words)] if extra else [])]
        rows.append(tuple(line))
    return tuple(rows)
