"""Whether a bid's bill is the tender's bill: rules ``boq.C01`` to ``boq.C03``.

Source: docs/spec/boq.md, rules; clause numbers are those of the bill's own instructions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.boq.matching import BillLine, Matching
from core.boq.model import BoqItem, BoqRow
from core.boq.pricing import AmountLine
from core.boq.text import comparable, unit_key
from core.rules.finding import Finding, Severity
from core.values.codec import decimal_text

CLAUSE_SAME_LIST = "GB/T 50500-2024"
_SHOWN = 60  # characters of a differing text in a message


def compare_items(
    tender: Sequence[BoqItem], matching: Matching[BoqItem, BillLine], sources: Mapping[str, str]
) -> list[Finding]:
    """C01 for missing, extra and reordered items, C02 and C03 for changed ones.

    ``sources`` gives the place of a bid's line by its key, where the bid came from a workbook.
    """
    findings = [_c01("missing", item.source.text(), item) for item in matching.missing]
    findings += [_c01("extra", sources.get(line.key, line.key), line) for line in matching.extra]
    findings += _order(tender, matching)
    for item, line in matching.pairs:
        findings += _texts(item, line) + _quantity(item, line)
    return findings


def compare_rows(tender: Sequence[BoqRow], bid: Sequence[AmountLine]) -> list[Finding]:
    """C01 for lines without unit price (measures, other items, fees, tax) that are missing or extra."""
    wanted = Counter(_row_key(row) for row in tender)
    given = Counter(_row_key(row) for row in bid)
    findings = []
    for row in tender:
        if wanted[_row_key(row)] > given[_row_key(row)]:
            wanted[_row_key(row)] -= 1
            findings.append(_row_finding("missing", row.source.text(), row))
    wanted = Counter(_row_key(row) for row in tender)
    for line in bid:
        if given[_row_key(line)] > wanted[_row_key(line)]:
            given[_row_key(line)] -= 1
            findings.append(_row_finding("extra", f"{line.role}/{line.code}", line))
    return findings


def _row_key(row: AmountLine) -> tuple[str, str, str, str]:
    return str(row.role), row.unit_work, row.code, comparable(row.name)


def _row_finding(problem: str, where: str, row: AmountLine) -> Finding:
    params = {"problem": f"boq.problem.{problem}", "code": row.code, "name": row.name[:_SHOWN]}
    return Finding("boq.C01", Severity.ERROR, where, params, CLAUSE_SAME_LIST)


def _c01(problem: str, where: str, line: BillLine) -> Finding:
    params = {"problem": f"boq.problem.{problem}", "code": line.code, "name": line.name[:_SHOWN]}
    return Finding("boq.C01", Severity.ERROR, where, params, CLAUSE_SAME_LIST)


def _order(tender: Sequence[BoqItem], matching: Matching[BoqItem, BillLine]) -> list[Finding]:
    """One finding for every line outside the longest run that keeps the tender's order."""
    place = {item.key: index for index, item in enumerate(tender)}
    sequence = [place[item.key] for item, _ in matching.pairs]
    if sequence == sorted(sequence):
        return []
    kept = _longest_increasing(sequence)
    moved = [pair for index, pair in enumerate(matching.pairs) if index not in kept]
    return [_c01("moved", item.source.text(), line) for item, line in moved]


def _longest_increasing(sequence: list[int]) -> set[int]:
    """Positions of one longest increasing run."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, value in enumerate(sequence):
        slot = bisect_left(tails, value)
        previous.append(ends[slot - 1] if slot else -1)
        tails[slot:] = [value] if slot == len(tails) else [value, *tails[slot + 1 :]]
        ends[slot:] = [position] if slot == len(ends) else [position, *ends[slot + 1 :]]
    kept: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = previous[position]
    return kept


def _texts(item: BoqItem, line: BillLine) -> list[Finding]:
    """C02: raw difference is an error, one that vanishes when normalised a warning."""
    findings = []
    for field, wanted, given, same in (
        ("code", item.code, line.code, False),
        ("name", item.name, line.name, comparable(item.name) == comparable(line.name)),
        ("feature", item.feature, line.feature, comparable(item.feature) == comparable(line.feature)),
        ("unit", item.unit, line.unit, unit_key(item.unit) == unit_key(line.unit)),
    ):
        if wanted != given:
            params = {"code": item.code, "name": item.name[:_SHOWN], "field": f"boq.field.{field}",
                      "tender": _around(wanted, given), "bid": _around(given, wanted)}  # fmt: skip
            severity = Severity.WARNING if same else Severity.ERROR
            findings.append(Finding("boq.C02", severity, item.source.text(), params, CLAUSE_SAME_LIST))
    return findings


def _around(text: str, other: str) -> str:
    """The part of a text where it begins to differ from the other."""
    start = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    begin = max(0, start - 10)
    return ("…" if begin else "") + text[begin : begin + _SHOWN].replace("\n", "⏎")


def _quantity(item: BoqItem, line: BillLine) -> list[Finding]:
    """C03: equal as decimals, so that trailing zeros do not matter."""
    wanted = Decimal(0) if item.quantity is None else item.quantity
    given = Decimal(0) if line.quantity is None else line.quantity
    if wanted == given:
        return []
    params = {"code": item.code, "name": item.name[:_SHOWN], "tender": decimal_text(wanted), "bid": decimal_text(given)}
    return [Finding("boq.C03", Severity.ERROR, item.source.text(), params, CLAUSE_SAME_LIST)]
