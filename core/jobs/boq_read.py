"""Reading a bill of quantities and saying what was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.boq.report import BoqReport, boq_report
from core.ports.progress import JobContext
from core.ports.services import Services
from core.sheets.excel_reader import read_workbook


@dataclass(frozen=True, slots=True)
class ReadBoq:
    """The workbook to read."""

    file: Path = field(metadata={"positional": True})


def read_boq(request: ReadBoq, services: Services, context: JobContext) -> BoqReport:
    """The report of the bill, its open questions included; raises BoqUnreadable, InputTooLarge or FileMissing."""
    del services
    context.progress(0, 0, "boq.progress.reading")
    return boq_report(read_workbook(request.file))
