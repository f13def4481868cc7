"""Findings as sentences, exactly as the command line says them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apps.shell.findings.state import FindingRow
from core.messages import Catalogue
from core.ports.progress import JobContext
from core.rules.finding import Finding, Severity
from core.values.sentences import sentence

ICONS = {Severity.ERROR: "x-circle", Severity.WARNING: "warning", Severity.NOTE: "info"}
TONES = {Severity.ERROR: "err", Severity.WARNING: "warn", Severity.NOTE: "primary"}

_SLICE = 200  # rows between two looks at the stop button

Describe = Callable[[Finding], str]


def describer(words: Catalogue) -> Describe:
    """The sentence of rule ``room.id`` is the catalogue's ``room.finding.id``."""

    def describe(finding: Finding) -> str:
        room, _, number = finding.rule.partition(".")
        return sentence(words, f"{room}.finding.{number}", {"where": finding.where, **finding.params})

    return describe


def rows_of(
    findings: Sequence[Finding], words: Catalogue, describe: Describe, context: JobContext
) -> tuple[FindingRow, ...]:
    """Every finding in words; long lists take a while, so this is work for a lane."""
    rows = []
    for number, finding in enumerate(findings):
        if number % _SLICE == 0:
            context.raise_if_cancelled()
            context.progress(number, len(findings), "shell.findings.reading")
        said = describe(finding)
        fix = words.text(finding.fix, where=finding.where, **finding.params) if finding.fix else ""
        haystack = "\n".join((said, finding.where, finding.clause, finding.rule)).casefold()
        rows.append(FindingRow(number, finding, said, fix, haystack))
    return tuple(rows)


def severity_word(severity: Severity, words: Catalogue) -> str:
    """The severity in a word."""
    return words.text(f"shell.findings.severity.{severity.value}")


def meta(row: FindingRow, words: Catalogue, *, rule: bool = False) -> str:
    """Place and source of a row, on demand the rule's number."""
    clause = words.text("shell.findings.clause", clause=row.finding.clause) if row.finding.clause else ""
    parts = (row.finding.where, clause, row.finding.rule if rule else "")
    return words.text("shell.findings.join").join(part for part in parts if part)


def spoken(row: FindingRow, words: Catalogue) -> str:
    """What a screen reader says of a row."""
    parts = (severity_word(row.finding.severity, words), row.sentence, meta(row, words))
    return words.text("shell.findings.comma").join(parts)


def as_text(rows: Sequence[FindingRow], words: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Rows for the clipboard: severity, rule, place, sentence, source."""
    names = ("severity", "rule", "where", "sentence", "clause")
    head = tuple(words.text(f"shell.findings.column.{name}") for name in names)
    body = (
        (severity_word(found.severity, words), found.rule, found.where, row.sentence, found.clause)
        for row in rows
        for found in (row.finding,)
    )
    return (head, *body)
