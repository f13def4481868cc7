"""The answers of the one-click check as text, failed ones first; with ``--json`` as one redacted object."""

from __future__ import annotations

from pathlib import Path

from apps.cli.console import Console
from core.jobs.doctor import wording
from core.jobs.doctor.diagnose import Diagnosis
from core.jobs.doctor.export import answers_object
from core.jobs.doctor.result import Outcome, Result

MARKS = {Outcome.OK: "✓", Outcome.WARN: "!", Outcome.FAIL: "✗", Outcome.NOT_APPLICABLE: "–"}


def show_diagnosis(diagnosis: Diagnosis, console: Console) -> None:
    """Each answer with cause, remedy and step, then how many there are of each verdict."""
    for result in wording.sorted_by_severity(diagnosis.checks):
        _show(result, console)
    counts = {one.value: sum(result.verdict is one for result in diagnosis.checks) for one in Outcome}
    if diagnosis.exported:
        console.say("doctor.export.written", path=diagnosis.exported)
    console.say(
        "cli.done.doctor", verdict=console.catalogue.text(f"doctor.verdict.{diagnosis.verdict.value}"), **counts
    )


def diagnosis_object(diagnosis: Diagnosis, console: Console) -> object:
    """What ``--json`` prints: as the exported document, without its head."""
    return answers_object(console.catalogue, diagnosis.checks, Path.home()) | {"exported": diagnosis.exported}


def _show(result: Result, console: Console) -> None:
    words = console.catalogue
    console.line(f"{MARKS[result.verdict]} {wording.title(words, result.name)}  {wording.cause(words, result)}")
    if result.verdict in {Outcome.WARN, Outcome.FAIL}:
        remedy, step = wording.fix(words, result), wording.step(words, result)
        for line in (remedy, step if step.startswith("tenderbox ") or not remedy else ""):
            if line:
                console.line(f"    → {line}")
