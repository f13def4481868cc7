"""One sheet read row by row: titles, header bands and the rows below them, into :class:`Collected`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.boq.model import BoqItem, BoqRow, Source, TableRole
from core.boq.pricing import top_level_sum
from core.boq.text import folded
from core.rules.boq_headers import reading_rules
from core.sheets.cells import Cell, NotANumber, code_of, number_of, rate_of, text_of
from core.sheets.collected import Collected
from core.sheets.headers import MAX_BAND, Layout, MergeIndex, may_be_header, read_header
from core.sheets.rows import RowKind, classify, is_bill_code, label_kind, value_at
from core.sheets.sections import marked_level
from core.sheets.sums import TableSums, compare
from core.sheets.titles import Title, edition_of, title_of_row, title_of_sheet, unit_work_of_row, unit_work_of_sheet
from core.sheets.workbook import Grid

_SUM_KINDS = frozenset({RowKind.PAGE_SUBTOTAL, RowKind.SECTION_SUBTOTAL, RowKind.TOTAL, RowKind.PART_TOTAL})
_TABLE_NUMBER = 12  # folded characters of a printed table number
ITEM_ROLES = frozenset({TableRole.DETAIL, TableRole.UNIT_MEASURE, TableRole.PROVISIONAL_MATERIAL, TableRole.DAYWORK})


class SheetReader:
    """Reads one sheet. The state is the current table: its role, unit work, layout and running sums."""

    def __init__(self, grid: Grid, collected: Collected, answers: Mapping[str, tuple[str, ...]]) -> None:
        self._grid = grid
        self._collected = collected
        self._answers = answers
        self._merges = MergeIndex.of(grid.merges)
        named = title_of_sheet(grid.name)
        self._role = self._title_role = named.role if named else None
        self._skipping = named is not None and named.role is None
        self._titled = named is not None
        self._unit_work = unit_work_of_sheet(grid.name)
        self._layout: Layout | None = None
        self._band: tuple[Sequence[Cell], ...] = ()  # the rows of its header as they stand
        self._sums = TableSums()
        self._rows: list[BoqRow] = []
        self._after_item = False
        self._page_break = False
        self._bill_codes = 0
        self._start = (0, 0, 0)  # items, rejected rows and questions before the current table
        self._repaired: list[str] = []
        self._hidden: list[str] = []
        self.has_cells = False
        self.understood = False
        self.skipped_known = self._skipping
        collected.saw_edition(named.edition if named else None, grid.name)

    def read(self) -> None:
        """Reads all rows; afterwards :attr:`understood` tells whether any table was found."""
        pending: deque[tuple[int, Sequence[Cell]]] = deque()
        stream = self._grid.rows()
        while True:
            entry = pending.popleft() if pending else next(stream, None)
            if entry is None:
                break
            number, cells = entry
            self.has_cells = self.has_cells or any(cells)
            if self._layout is not None and self._role in ITEM_ROLES and self._is_plain_item(cells):
                self._item(number, cells)
            elif self._skipping or not self._take_header(number, cells, pending, stream):
                self._other_row(number, cells)
        self._close_table()
        self._report_marks()

    # ---- titles and headers

    def _take_header(
        self, number: int, cells: Sequence[Cell], pending: deque[tuple[int, Sequence[Cell]]],
        stream: Iterator[tuple[int, Sequence[Cell]]],
    ) -> bool:  # fmt: skip
        """Recognises a header band that begins here and consumes its rows."""
        if self._is_repeated_header(cells, pending, stream):
            return True
        if not may_be_header(cells):
            return False
        while len(pending) < MAX_BAND - 1 and (entry := next(stream, None)) is not None:
            pending.append(entry)
        band = [cells, *(row for _, row in list(pending)[: MAX_BAND - 1])]
        layout = read_header(
            band, number - 1, self._merges, role=self._role, sheet=self._grid.name, answers=self._answers
        )
        if layout is None:
            return False
        for _ in range(layout.height - 1):
            pending.popleft()
        self._band = tuple(band[: layout.height])
        self._begin(layout)
        return True

    def _is_repeated_header(
        self, cells: Sequence[Cell], pending: deque[tuple[int, Sequence[Cell]]],
        stream: Iterator[tuple[int, Sequence[Cell]]],
    ) -> bool:  # fmt: skip
        """The current table's header word for word again: consumed without interpreting it."""
        if self._layout is None or not self._band or cells != self._band[0]:
            return False
        height = len(self._band)
        while len(pending) < height - 1 and (entry := next(stream, None)) is not None:
            pending.append(entry)
        if [row for _, row in list(pending)[: height - 1]] != list(self._band[1:]):
            return False
        for _ in range(height - 1):
            pending.popleft()
        self._page_break = True
        return True

    def _begin(self, layout: Layout) -> None:
        role = self._role
        if role is TableRole.SUM_MEASURE and layout.has("quantity") and layout.has("unit"):
            role = self._role = TableRole.UNIT_MEASURE
        if self._layout is not None and layout.signature == self._layout.signature:
            self._page_break = True
            return
        if self._layout is not None:
            self._close_table()
        self._layout = layout
        self._mark_start()
        if role is None:
            self._role = TableRole.DETAIL
        self._collected.tables += 1
        self.understood = True
        for question in layout.questions:
            self._collected.ask(question)

    def _take_title(self, title: Title) -> None:
        self._collected.saw_edition(title.edition, self._grid.name)
        self._page_break = True
        if self._layout is not None and title.role is self._title_role:
            return
        self._close_table()
        self._role = self._title_role = title.role
        self._titled = True
        self._skipping = title.role in (None, TableRole.ANALYSIS)
        self.skipped_known = self.skipped_known or self._skipping

    def _take_unit_work(self, name: str) -> None:
        self._collected.title = self._collected.title or name
        if name == self._unit_work:
            return
        if self._layout is not None and (self._sums.items or self._rows):
            layout, role = self._layout, self._role
            self._close_table()
            self._layout, self._role = layout, role
            self._mark_start()
        self._unit_work = name

    def _mark_start(self) -> None:
        collected = self._collected
        self._start = len(collected.items), len(collected.rejected), len(collected.questions)

    # ---- rows

    def _other_row(self, number: int, cells: Sequence[Cell]) -> None:
        if (work := unit_work_of_row(cells)) is not None:
            self._take_unit_work(work)
            return
        if (title := self._title(cells)) is not None:
            self._take_title(title)
            return
        if self._skipping:
            return
        if self._layout is None:
            mark = reading_rules().rows.analysis_mark
            self._skipping = any(isinstance(cell, str) and mark.search(folded(cell)) for cell in cells)
            self.skipped_known = self.skipped_known or self._skipping
        elif self._role in ITEM_ROLES:
            self._item_table_row(number, cells)
        else:
            self._amount_table_row(number, cells)

    def _title(self, cells: Sequence[Cell]) -> Title | None:
        """A title; inside a table only where it stands alone and outside the name column, as section heads do not."""
        title = title_of_row(cells)
        if title is None or self._layout is None:
            return title
        in_name = text_of(value_at(cells, self._layout.columns.get("name")))
        in_number = text_of(value_at(cells, self._layout.columns.get("seq")))
        return None if in_name or in_number.isdigit() else title

    def _is_plain_item(self, cells: Sequence[Cell]) -> bool:
        """The common case, told without looking at the words: twelve digits, and a unit."""
        columns = self._layout.columns if self._layout else {}
        code, unit = columns.get("code"), columns.get("unit")
        if code is None or unit is None or len(cells) <= max(code[0], unit[0]):
            return False
        text = cells[code[0]]
        return isinstance(text, str) and len(text) == 12 and text.isdigit() and bool(cells[unit[0]])

    def _item_table_row(self, number: int, cells: Sequence[Cell]) -> None:
        if self._layout is None:
            return
        layout, source = self._layout, Source(self._grid.name, number)
        kind = classify(cells, layout, after_item=self._after_item)
        if kind is RowKind.ITEM:
            self._item(number, cells)
        elif layout.questions:
            return
        elif kind is RowKind.NOTE:
            self._note(cells)
        elif kind is RowKind.CONTINUATION:
            self._continue_item(cells)
        elif kind is RowKind.SECTION:
            self._section(cells, source)
        elif kind in _SUM_KINDS:
            self._written_sum(kind, cells, source)
        elif kind in (RowKind.QUOTA, RowKind.UNKNOWN):
            self._collected.reject(cells, source, "quota_line" if kind is RowKind.QUOTA else "not_understood")
            self._after_item = False

    def _item(self, number: int, cells: Sequence[Cell]) -> None:
        layout = self._layout
        if layout is None or self._role is None:
            return
        columns, collected, source = layout.columns, self._collected, Source(self._grid.name, number)
        if layout.questions:
            self._sums.items += 1
            self._bill_codes += is_bill_code(code_of(value_at(cells, columns.get("code")))[0])
            return
        try:
            quantity = number_of(value_at(cells, columns.get("quantity")))
            price = number_of(value_at(cells, columns.get("unit_price")))
            amount = number_of(value_at(cells, columns.get("amount")))
        except NotANumber:
            collected.reject(cells, source, "number")
            self._after_item = False
            return
        code, repaired = code_of(value_at(cells, columns.get("code")))
        name = text_of(value_at(cells, columns.get("name")))
        if not name:
            collected.reject(cells, source, "no_name")
            self._after_item = False
            return
        role = (
            TableRole.UNIT_MEASURE if self._role is TableRole.DETAIL and self._sums.sections.is_measure else self._role
        )
        key, occurrence = collected.key_of(self._unit_work, role, code or name)
        collected.items.append(BoqItem(
            key, role, self._unit_work, self._sums.sections.path, code, collected.share(name),
            collected.share(text_of(value_at(cells, columns.get("feature")))),
            collected.share(text_of(value_at(cells, columns.get("unit")))), quantity, price, amount, source, occurrence,
        ))  # fmt: skip
        self._sums.add(amount)
        self._after_item, self._page_break = True, False
        self._bill_codes += is_bill_code(code) if not self._titled else 1
        if repaired:
            self._repaired.append(source.text())
        if number in self._grid.marks.hidden:
            self._hidden.append(source.text())

    def _note(self, cells: Sequence[Cell]) -> None:
        """A note below a table; the table number printed there may tell the edition."""
        for text in (folded(cell) for cell in cells if isinstance(cell, str) and cell):
            self._collected.saw_edition(edition_of(text) if len(text) <= _TABLE_NUMBER else None, self._grid.name)

    def _continue_item(self, cells: Sequence[Cell]) -> None:
        """Text of the last item that went on in the next row."""
        columns = self._layout.columns if self._layout else {}
        item = self._collected.items[-1]
        name = text_of(value_at(cells, columns.get("name")))
        feature = text_of(value_at(cells, columns.get("feature")))
        self._collected.items[-1] = replace(
            item, name=item.name + name, feature="\n".join(part for part in (item.feature, feature) if part)
        )

    def _section(self, cells: Sequence[Cell], source: Source) -> None:
        columns = self._layout.columns if self._layout else {}
        seq, code, name = (text_of(value_at(cells, columns.get(field))) for field in ("seq", "code", "name"))
        label = name or seq or code
        tree = self._sums.sections
        if self._page_break and tree.is_open(label):
            return
        subtotal = self._number(cells, "amount", source)
        level = marked_level(seq if name else "", code if name else "")
        tree.open(self._unit_work, label.replace("\n", ""), level, subtotal, source)
        self._after_item, self._page_break = False, False

    def _written_sum(self, kind: RowKind, cells: Sequence[Cell], source: Source) -> None:
        written = self._number(cells, "amount", source)
        if kind is RowKind.PAGE_SUBTOTAL:
            self._sums.close_page(written, source)
        elif kind is RowKind.SECTION_SUBTOTAL:
            self._sums.close_section(written, source)
        elif kind is RowKind.PART_TOTAL:
            self._sums.name_part(written, source)
            self._sums.sections.begin_part(next(text for cell in cells if (text := text_of(cell))))
        else:
            self._sums.close_table(written, source)

    def _number(self, cells: Sequence[Cell], field: str, source: Source) -> Decimal | None:
        """A number of a row that is no item; what is no number there goes to the reject list."""
        try:
            return number_of(value_at(cells, self._layout.columns.get(field) if self._layout else None))
        except NotANumber:
            self._collected.reject(cells, source, "number")
            return None

    def _amount_table_row(self, number: int, cells: Sequence[Cell]) -> None:
        """A row of a table without unit prices."""
        if self._layout is None or self._layout.questions or self._role is None:
            return
        columns, source = self._layout.columns, Source(self._grid.name, number)
        filled = [cell for cell in cells if text_of(cell)]
        if not filled:
            return
        name = text_of(value_at(cells, columns.get("name")))
        seq = text_of(value_at(cells, columns.get("seq")))
        kind = label_kind(filled[0], name)
        if kind in _SUM_KINDS and not (kind is RowKind.PART_TOTAL and seq):
            self._written_sum(kind, cells, source)
            return
        if kind is RowKind.NOTE:
            self._note(cells)
            return
        try:
            rate, amount = (
                rate_of(value_at(cells, columns.get("rate"))),
                number_of(value_at(cells, columns.get("amount"))),
            )
        except NotANumber:
            self._collected.reject(cells, source, "number")
            return
        if not name:
            self._collected.reject(cells, source, "no_name")
            return
        code = code_of(value_at(cells, columns.get("code")))[0] or folded(seq)
        basis = text_of(value_at(cells, columns.get("basis")))
        self._rows.append(BoqRow(self._role, self._unit_work, code, name, basis, rate, amount, source))
        if number in self._grid.marks.hidden:
            self._hidden.append(source.text())

    # ---- ends

    def _close_table(self) -> None:
        """Ends the current table: its sums are compared, an untitled table without bill codes is given back."""
        collected, sums = self._collected, self._sums
        if self._layout is not None and not self._titled and self._bill_codes * 2 < sums.items:
            items, rejected, questions = self._start
            del collected.items[items:], collected.rejected[rejected:], collected.questions[questions:]
            collected.tables -= 1
            self.understood = False
        elif self._layout is not None:
            collected.rows.extend(self._rows)
            self._check_rows()
            sums.report(collected, self._grid.name)
        self._layout, self._sums, self._rows = None, TableSums(), []
        self._after_item, self._bill_codes = False, 0

    def _check_rows(self) -> None:
        """A table of amounts: its total against its lines; summaries add up in their own ways."""
        if self._sums.last_total is None or self._role is TableRole.SUMMARY:
            return
        if any(row.amount is not None for row in self._rows):
            written, source = self._sums.last_total
            compare(self._collected, written, top_level_sum(self._rows), source, "R02")

    def _report_marks(self) -> None:
        grid, collected = self._grid, self._collected
        for rule, places in (("R05", self._repaired), ("R06", self._hidden)):
            if places:
                collected.note(rule, places[0], {"count": str(len(places)), "first": ", ".join(places[:5])})
        if grid.marks.without_value and self.understood:
            cells = ", ".join(grid.marks.without_value[:5])
            collected.note("R07", grid.name, {"cells": cells})
