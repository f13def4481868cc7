"""The tender maker's own look at a bill before it goes out: rules ``boq.T01`` to ``T07``.

Source: docs/spec/boq.md, rules; GB/T 50500-2024 asks for unique codes within one tender.
"""

from __future__ import annotations

from collections import defaultdict

from core.boq.model import Boq, BoqItem
from core.boq.text import folded
from core.rules.finding import Finding, Severity

_SHOWN = 60


def check_tender_boq(boq: Boq) -> tuple[Finding, ...]:
    """Duplicate codes, empty features, missing units, quantities and codes, sections without items, rejected rows."""
    items = boq.priced_items()
    findings = _duplicates(items)
    for item in items:
        findings += _incomplete(item)
    findings += _empty_sections(boq)
    if boq.rejected:
        params = {"count": str(len(boq.rejected)), "first": boq.rejected[0].text[:_SHOWN]}
        findings.append(Finding("boq.T06", Severity.WARNING, boq.rejected[0].source.text(), params))
    return tuple(findings)


def _duplicates(items: tuple[BoqItem, ...]) -> list[Finding]:
    """T01: a code twice in one unit work is an error of the list, in different unit works a warning."""
    by_code: dict[str, list[BoqItem]] = defaultdict(list)
    for item in items:
        if item.code:
            by_code[item.code].append(item)
    findings = []
    for code, group in by_code.items():
        seen: dict[str, BoqItem] = {}
        for item in group:
            first = seen.setdefault(item.unit_work, item)
            other = first if first is not item else group[0]
            if other is item:
                continue
            severity = Severity.ERROR if first is not item else Severity.WARNING
            params = {"code": code, "name": item.name[:_SHOWN], "other": other.source.text()}
            findings.append(Finding("boq.T01", severity, item.source.text(), params))
    return findings


def _incomplete(item: BoqItem) -> list[Finding]:
    """T02 feature, T03 unit, T04 quantity, T05 code."""
    params = {"code": item.code, "name": item.name[:_SHOWN]}
    where = item.source.text()
    findings = []
    if not folded(item.feature):
        findings.append(Finding("boq.T02", Severity.WARNING, where, params))
    if not item.unit:
        findings.append(Finding("boq.T03", Severity.ERROR, where, params))
    if item.quantity is None or item.quantity <= 0:
        findings.append(Finding("boq.T04", Severity.ERROR, where, params))
    if not item.code:
        findings.append(Finding("boq.T05", Severity.WARNING, where, params))
    return findings


def _empty_sections(boq: Boq) -> list[Finding]:
    """T07: a section without items below it."""
    used = {(item.unit_work, item.section[:depth]) for item in boq.items for depth in range(1, len(item.section) + 1)}
    return [
        Finding("boq.T07", Severity.WARNING, section.source.text(), {"section": " / ".join(section.path)})
        for section in boq.sections
        if (section.unit_work, section.path) not in used
    ]
