"""The verification report as text: per file the verdict, for whom it speaks, every check with its sentence."""

from __future__ import annotations

from datetime import datetime

from apps.cli.console import Console
from apps.cli.present.facts import MARKS, show_checks
from core.jobs.verify import FileReport, VerifyReport
from core.values.sentences import sentence, time_words


def show_verification(report: VerifyReport, console: Console) -> None:
    """One paragraph a file, the overall verdict last."""
    for file in report.files:
        _show_file(file, console)
    verdict = console.catalogue.text(f"verify.verdict.{report.verdict.value}")
    console.say("verify.summary", verdict=verdict, count=len(report.files))


def _show_file(file: FileReport, console: Console) -> None:
    text = console.catalogue.text
    kind = text(f"verify.kind.{file.kind}") if console.catalogue.has(f"verify.kind.{file.kind}") else file.kind
    console.line(f"{MARKS[file.verdict]} {file.path}  {kind}  {text(f'verify.verdict.{file.verdict.value}')}")
    for speaker in file.speakers:
        roles = "、".join(text(f"verify.role.{role}") for role in speaker.roles) or "—"
        code = f" {speaker.credit_code}" if speaker.credit_code else ""
        console.say(
            "verify.speaks_for",
            name=speaker.name,
            organisation=speaker.organisation,
            code=code,
            roles=roles,
            time=time_words(console.catalogue, datetime.fromisoformat(speaker.signed_at)) if speaker.signed_at else "",
        )
    for statement in file.says:
        console.line(f"  » {sentence(console.catalogue, statement.code, statement.params)}")
    show_checks(file.checks, console)
    for item in file.not_checked:
        console.say("verify.not_checked", what=text(f"verify.not_checked_item.{item}"))
    if file.time_source == "demo":
        console.say("verify.demo_time")
    console.line()
