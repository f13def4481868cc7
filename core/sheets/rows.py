"""What kind of row this is, by ordered rules over its normalised cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from core.boq.text import folded
from core.rules.boq_headers import reading_rules
from core.sheets.cells import Cell, text_of
from core.sheets.headers import Layout


class RowKind(Enum):
    """The classes of rows inside a table."""

    BLANK = auto()
    NOTE = auto()
    PAGE_SUBTOTAL = auto()
    SECTION_SUBTOTAL = auto()
    TOTAL = auto()
    PART_TOTAL = auto()
    BELOW_TOTAL = auto()
    SECTION = auto()
    ITEM = auto()
    CONTINUATION = auto()
    QUOTA = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class RowTexts:
    """The texts of a row by field; ``measured`` where a unit or a quantity stands."""

    seq: str
    code: str
    name: str
    feature: str
    measured: bool


def value_at(cells: Sequence[Cell], columns: tuple[int, ...] | None) -> Cell:
    """The first filled cell of a logical column; zero is filled."""
    for column in columns or ():
        if column < len(cells):
            value = cells[column]
            if value or value == 0:
                return value
    return ""


def classify(cells: Sequence[Cell], layout: Layout, *, after_item: bool) -> RowKind:
    """The kind of a row of an item table."""
    filled = [cell for cell in cells if text_of(cell)]
    if not filled:
        return RowKind.BLANK
    columns = layout.columns
    code, name, feature, unit = (text_of(value_at(cells, columns.get(field)))
                                 for field in ("code", "name", "feature", "unit"))  # fmt: skip
    quantity = text_of(value_at(cells, columns.get("quantity")))
    if not unit and not quantity and (kind := label_kind(filled[0], name)) is not None:
        return kind
    seq = text_of(value_at(cells, columns.get("seq")))
    texts = RowTexts(seq, code, name, feature, bool(unit or quantity))
    return _kind_by_fields(texts, after_item=after_item, alone=len(filled) == 1)


def label_kind(first: Cell, name: str) -> RowKind | None:
    """The kind that the first cell or the name of a row says in words, or None."""
    rows = reading_rules().rows
    for label in dict.fromkeys((folded(text_of(first)), folded(name))):
        for pattern, kind in (
            (rows.page_subtotal, RowKind.PAGE_SUBTOTAL),
            (rows.total, RowKind.TOTAL),
            (rows.section_subtotal, RowKind.SECTION_SUBTOTAL),
            (rows.part_total, RowKind.PART_TOTAL),
            (rows.note, RowKind.NOTE),
            (rows.below_total, RowKind.BELOW_TOTAL),
        ):
            if label and pattern.search(label):
                return kind
    return None


def is_bill_code(code: str) -> bool:
    """Whether a code looks like one of a measurement standard (12 or 9 digits, supplementary with B)."""
    return bool(reading_rules().rows.bill_code.search(folded(code)))


def _kind_by_fields(row: RowTexts, *, after_item: bool, alone: bool) -> RowKind:
    is_bill = is_bill_code(row.code)
    if row.code and not row.seq and not is_bill and reading_rules().rows.quota_code.search(folded(row.code)):
        return RowKind.QUOTA
    if row.name and (row.measured or (row.code and (is_bill or row.feature))):
        return RowKind.ITEM
    if not row.measured:
        if row.feature and not row.code:
            return RowKind.CONTINUATION if after_item and not row.seq else RowKind.UNKNOWN
        if not row.feature and _is_section(row.seq, row.code, row.name, alone=alone):
            return RowKind.SECTION
    return RowKind.UNKNOWN


def _is_section(seq: str, code: str, name: str, *, alone: bool) -> bool:
    if name:
        return not seq.isdigit() or (bool(code) and not is_bill_code(code))
    # A head written into the number or code column of a merged row.
    label = seq or code
    return alone and bool(label) and not label.replace(".", "").isdigit()
