"""Findings as text: severity, rule, place, sentence, clause."""

from __future__ import annotations

from apps.cli.console import Console
from core.jobs.findings import FindingsReport
from core.rules.finding import Finding, Severity
from core.values.sentences import sentence

_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}

SHOWN = 12  # findings listed when a step is refused


def finding_line(finding: Finding, console: Console) -> str:
    """One finding in one line. The sentence of rule ``room.id`` is the catalogue's ``room.finding.id``."""
    room, _, number = finding.rule.partition(".")
    words = sentence(console.catalogue, f"{room}.finding.{number}", {"where": finding.where, **finding.params})
    clause = f" 〔{finding.clause}〕" if finding.clause else ""
    return f"  {_MARKS[finding.severity]} {finding.rule}  {finding.where}  {words}{clause}"


def show_findings(report: FindingsReport, console: Console) -> None:
    """Every finding, then the count."""
    for finding in report.findings:
        console.line(finding_line(finding, console))
    console.say("cli.findings", subject=report.subject, errors=report.errors, warnings=report.warnings)


def show_blocking(findings: tuple[object, ...], console: Console) -> None:
    """On stderr, what must be mended: the first of them, and how many more there are."""
    if console.as_json:
        return
    for finding in findings[:SHOWN]:
        if isinstance(finding, Finding):
            print(finding_line(finding, console), file=console.err)
    if len(findings) > SHOWN:
        print(console.catalogue.text("cli.more_findings", count=len(findings) - SHOWN), file=console.err)
