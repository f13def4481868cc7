"""Findings as rows with their sentences, and what of them is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.rules.finding import Finding, Severity


class Grouping(StrEnum):
    """What puts findings together."""

    SEVERITY = "severity"
    PLACE = "place"


class Stage(StrEnum):
    """Whether there is something to show."""

    WAITING = "waiting"  # nothing has been checked yet
    CHECKING = "checking"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in words; ``haystack`` is what a search looks in."""

    number: int
    finding: Finding
    sentence: str
    fix: str
    haystack: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The head of a group; ``severity`` None where groups are places."""

    title: str
    count: int
    severity: Severity | None


Line = GroupLine | FindingRow


@dataclass(frozen=True, slots=True)
class FindingsState:
    """``only`` None shows every severity; ``current`` is the number of the row the reader stands on, -1 for none."""

    stage: Stage = Stage.WAITING
    rows: tuple[FindingRow, ...] = ()
    lines: tuple[Line, ...] = ()
    grouping: Grouping = Grouping.SEVERITY
    only: Severity | None = None
    search: str = ""
    current: int = -1

    def count(self, severity: Severity | None) -> int:
        """How many findings there are of a severity, or at all."""
        return sum(severity is None or row.finding.severity is severity for row in self.rows)

    @property
    def current_row(self) -> FindingRow | None:
        """The row the reader stands on."""
        return self.rows[self.current] if 0 <= self.current < len(self.rows) else None
