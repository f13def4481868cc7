"""Which findings are shown, in which groups and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from apps.shell.findings.state import FindingRow, Grouping, GroupLine, Line
from apps.shell.findings.wording import severity_word
from core.messages import Catalogue
from core.rules.finding import Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def arrange(
    rows: Sequence[FindingRow], grouping: Grouping, only: Severity | None, search: str, words: Catalogue
) -> tuple[Line, ...]:
    """Group heads and rows. A search finds rows that hold every one of its words, whatever the case."""
    asked = search.casefold().split()
    found = [
        row for row in rows
        if (only is None or row.finding.severity is only) and all(word in row.haystack for word in asked)
    ]  # fmt: skip
    groups: dict[str, list[FindingRow]] = {}
    if grouping is Grouping.SEVERITY:
        found.sort(key=lambda row: _ORDER[row.finding.severity])
        for row in found:
            groups.setdefault(severity_word(row.finding.severity, words), []).append(row)
    else:
        for row in found:
            groups.setdefault(place_of(row) or words.text("shell.findings.no_place"), []).append(row)
    lines: list[Line] = []
    for title, members in groups.items():
        severity = members[0].finding.severity if grouping is Grouping.SEVERITY else None
        lines.append(GroupLine(title, len(members), severity))
        lines.extend(members)
    return tuple(lines)


def place_of(row: FindingRow) -> str:
    """The part of the place that several findings share: the sheet, the file, the clause without the cell."""
    return row.finding.where.partition("!")[0].strip()


def visible(lines: Sequence[Line]) -> tuple[FindingRow, ...]:
    """The findings among the lines."""
    return tuple(line for line in lines if isinstance(line, FindingRow))
