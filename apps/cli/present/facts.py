"""Checks of this machine and clear facts of a file, one a line."""

from __future__ import annotations

from collections.abc import Iterable

from apps.cli.console import Console
from core.jobs.inspect import Inspection
from core.values.sentences import sentence
from signing.validation.report import Check, Verdict

MARKS = {Verdict.PASSED: "✓", Verdict.INDETERMINATE: "?", Verdict.FAILED: "✗"}


def show_checks(checks: Iterable[Check], console: Console) -> None:
    """Every check with its mark and sentence."""
    for check in checks:
        console.line(f"  {MARKS[check.verdict]} {sentence(console.catalogue, check.code, check.params)}")


def show_inspection(inspection: Inspection, console: Console) -> None:
    """Facts, then parts with role and length."""
    for name, value in inspection.facts.items():
        console.line(f"  {name}: {value}")
    for part in inspection.parts:
        console.line(f"  {part.length:>12,}  {part.role:<16} {part.name}")
