"""What a check job returns: findings in the order of the rules, and how many of them block."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import ChecksFailed
from core.rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """Findings of one subject. ``errors`` block the next step."""

    subject: str
    errors: int
    warnings: int
    findings: tuple[Finding, ...]


def report(subject: str, findings: tuple[Finding, ...]) -> FindingsReport:
    """Counts and orders: errors first, then warnings, then notes; the rules' own order within."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    ordered = tuple(sorted(findings, key=lambda finding: order[finding.severity]))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return FindingsReport(subject, errors, warnings, ordered)


def refuse_errors(findings: tuple[Finding, ...]) -> None:
    """Raises ChecksFailed with the blocking findings, where there are any."""
    blocking = [finding for finding in findings if finding.severity is Severity.ERROR]
    if blocking:
        first = f"{blocking[0].rule} {blocking[0].where}"
        raise ChecksFailed(findings=tuple(blocking), count=len(blocking), first=first)
