"""What has been read so far from a workbook: grows while sheets are read, becomes a Boq at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.boq.model import BoqItem, BoqRow, BoqSection, Edition, Question, RejectedRow, Source, TableRole
from core.rules.finding import Finding, Severity
from core.sheets.cells import Cell, text_of

_SHOWN = 200  # characters of a rejected row


@dataclass(slots=True)
class Collected:
    """The parts of a bill in reading order."""

    items: list[BoqItem] = field(default_factory=list)
    rows: list[BoqRow] = field(default_factory=list)
    sections: list[BoqSection] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    written_totals: dict[str, Decimal] = field(default_factory=dict)
    editions: dict[Edition, str] = field(default_factory=dict)  # with the sheet that showed it first
    title: str = ""
    tables: int = 0
    checked_sums: int = 0
    failed_sums: int = 0
    occurrences: dict[str, int] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)  # equal texts share one object

    def key_of(self, unit_work: str, role: TableRole, code: str) -> tuple[str, int]:
        """The next key for a code within a unit work and role, and its occurrence."""
        stem = f"{unit_work}/{role.value}/{code}"
        count = self.occurrences.get(stem, 0) + 1
        self.occurrences[stem] = count
        return f"{stem}/{count}", count

    def share(self, text: str) -> str:
        """The one object for this text."""
        return self.strings.setdefault(text, text)

    def reject(self, cells: Sequence[Cell], source: Source, reason: str) -> None:
        """Puts a row on the visible reject list."""
        text = " | ".join(text for cell in cells if (text := text_of(cell).replace("\n", " ")))
        self.rejected.append(RejectedRow(source, text[:_SHOWN], reason))

    def ask(self, question: Question) -> None:
        """Asks once, however often the header is repeated."""
        if all((question.id, question.options) != (known.id, known.options) for known in self.questions):
            self.questions.append(question)

    def note(self, rule: str, where: str, params: Mapping[str, str], severity: Severity = Severity.WARNING) -> None:
        """Adds a finding of the reader (rules ``boq.R01`` and following)."""
        self.findings.append(Finding(f"boq.{rule}", severity, where, dict(params)))

    def saw_edition(self, edition: Edition | None, sheet: str) -> None:
        """Remembers which standard's words were seen."""
        if edition is not None:
            self.editions.setdefault(edition, sheet)
