"""Findings as text: severity, rule, place, sentence, clause."""

from __future__ import annotations

from apps.cli.console import Console
from core.jobs.findings import FindingsReport
from core.rules.finding import Finding, Severity
from core.values.sentences import sentence

_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}


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
