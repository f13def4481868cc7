"""A bill of quantities from a workbook: .xlsx, .xls, .ods or .csv, by titles and header words, never by position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from core.boq.model import Boq, Edition, TableRole
from core.rules.finding import Severity
from core.sheets.collected import Collected
from core.sheets.refusal import unreadable
from core.sheets.table_reader import SheetReader
from core.sheets.workbook import open_workbook
from core.values.codec import decimal_text


@dataclass(frozen=True, slots=True)
class ReadingProfile:
    """Answers to questions of an earlier reading: question id to the chosen options, word for word."""

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_workbook(path: Path, *, profile: ReadingProfile | None = None) -> Boq:
    """The bill in a workbook; what was not understood is in ``rejected``, what is ambiguous in ``questions``.

    A table with an open question contributes no items. Sums the file states are compared with what was read
    (findings ``boq.R01`` to ``R04``). Raises FileMissing, InputTooLarge, or BoqUnreadable where no bill table is found.
    Source: docs/spec/boq.md.
    """
    book = open_workbook(path)
    collected = Collected()
    answers = profile.answers if profile else {}
    filled = skipped = False
    for grid in book.sheets:
        if not grid.visible:
            collected.note("R08", grid.name, {}, Severity.NOTE)
            continue
        reader = SheetReader(grid, collected, answers)
        reader.read()
        filled = filled or reader.has_cells
        skipped = skipped or reader.skipped_known
        if not reader.understood and reader.has_cells:
            collected.note("R10" if reader.skipped_known else "R09", grid.name, {}, Severity.NOTE)
    if not filled:
        raise unreadable(path, "empty_workbook")
    if not collected.tables:
        raise unreadable(path, "only_analysis" if skipped else "no_table")
    _conclude(collected)
    return Boq(
        book.format, _edition(collected), collected.title, tuple(collected.items), tuple(collected.rows),
        tuple(collected.sections), tuple(collected.rejected), tuple(collected.questions), tuple(collected.findings),
        collected.written_totals,
    )  # fmt: skip


def _edition(collected: Collected) -> Edition:
    """The edition whose words came first; generic where there were none."""
    return next(iter(collected.editions), Edition.GENERIC)


def _conclude(collected: Collected) -> None:
    """The overall findings: mixed editions, and whether all sums agreed."""
    if len(collected.editions) > 1:
        names = ", ".join(edition.value for edition in collected.editions)
        collected.note("R11", next(iter(collected.editions.values())), {"editions": names})
    if collected.checked_sums and not collected.failed_sums:
        counted = [item for item in collected.items if item.role in (TableRole.DETAIL, TableRole.UNIT_MEASURE)]
        total = sum((item.amount for item in counted if item.amount is not None), Decimal(0))
        params = {"items": str(len(counted)), "sections": str(len(collected.sections)),
                  "sums": str(collected.checked_sums), "total": decimal_text(total)}  # fmt: skip
        place = counted[0].source.sheet if counted else next(iter(collected.written_totals), "")
        collected.note("R04", place, params, Severity.NOTE)
