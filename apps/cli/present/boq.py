"""A bill of quantities as a readable table."""

from __future__ import annotations

import unicodedata

from apps.cli.console import Console
from apps.cli.present.findings import finding_line
from core.boq.report import BoqReport

NAME_WIDTH = 28  # columns of a terminal


def show_boq(report: BoqReport, console: Console) -> None:
    """Items with code, name, unit, quantity, price and amount; then rejected lines, questions, findings, totals."""
    text = console.catalogue.text
    for item in report.items:
        cells = (
            _pad(item.code, 14),
            _pad(item.name, NAME_WIDTH),
            _pad(item.unit, 6),
            _pad(item.quantity or "—", 12, right=True),
            _pad(item.unit_price or "—", 12, right=True),
            _pad(item.amount or "—", 16, right=True),
        )
        console.line(" ".join(cells))
    for rejected in report.rejected:
        reason = text(f"boq.rejected.{rejected.reason}")
        console.say("cli.boq.rejected", source=rejected.source.text(), text=rejected.text, reason=reason)
    for question in report.questions:
        sentence = text(f"boq.question.{question.id}")
        console.say("cli.boq.question", where=question.where, question=sentence, options=" / ".join(question.options))
    for finding in report.findings:
        console.line(finding_line(finding, console))
    console.say("cli.boq.total", count=report.item_count, total=report.item_total, format=report.format)


def _pad(value: str, width: int, *, right: bool = False) -> str:
    """``value`` cut or filled to ``width`` terminal columns; Chinese characters take two."""
    shown, used = "", 0
    for character in value.replace("\n", " "):
        columns = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used + columns > width:
            break
        shown, used = shown + character, used + columns
    fill = " " * (width - used)
    return fill + shown if right else shown + fill
