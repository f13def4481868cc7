"""How results look on the command line: one sentence by default, a table where a job has more to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from apps.cli.console import Console
from apps.cli.present.boq import show_boq
from apps.cli.present.doctor import diagnosis_object, show_diagnosis
from apps.cli.present.draft import show_draft, show_merge, show_snapshots
from apps.cli.present.facts import show_inspection
from apps.cli.present.findings import show_findings
from apps.cli.present.verify import show_verification
from core.boq.report import BoqReport
from core.errors import AppError, BoqAmbiguous, DraftConflicts
from core.jobs.doctor.diagnose import Diagnosis
from core.jobs.doctor.result import Outcome
from core.jobs.draft_merge import MergedDraft
from core.jobs.draft_show import ShownDraft
from core.jobs.draft_snapshots import SnapshotList
from core.jobs.findings import FindingsReport
from core.jobs.inspect import Inspection
from core.jobs.verify import VerifyReport
from signing.validation.report import Verdict

_VERIFY_EXITS = {Verdict.PASSED: 0, Verdict.FAILED: 10, Verdict.INDETERMINATE: 11}


def present(job: str, result: object, console: Console) -> None:
    """Shows a job's result: the JSON object, or text in the console's language."""
    if console.as_json:
        console.result(diagnosis_object(result, console) if isinstance(result, Diagnosis) else result)
    elif isinstance(result, VerifyReport):
        show_verification(result, console)
    elif isinstance(result, BoqReport):
        show_boq(result, console)
    elif isinstance(result, FindingsReport):
        show_findings(result, console)
    elif isinstance(result, Diagnosis):
        show_diagnosis(result, console)
    elif is_dataclass(result):
        if isinstance(result, Inspection):
            show_inspection(result, console)
        if isinstance(result, SnapshotList):
            show_snapshots(result, console)
        if isinstance(result, ShownDraft):
            show_draft(result, console)
        if isinstance(result, MergedDraft) and result.conflicts:
            show_merge(result, console)
            console.failure(DraftConflicts(path=result.path, count=len(result.conflicts)))
            return
        values = {field.name: _words(getattr(result, field.name), console) for field in fields(result)}
        console.say("cli.done." + job.replace(" ", ".").replace("-", "_"), **values)


def _words(value: object, console: Console) -> object:
    """Lists and tables of a result as a person reads them."""
    text = console.catalogue.text
    if isinstance(value, Verdict):
        return text(f"verify.verdict.{value.value}")
    if isinstance(value, Mapping):
        return text("data.between").join(f"{name} {item}" for name, item in value.items()) or text("data.none")
    if isinstance(value, tuple):
        return text("data.between").join(str(item) for item in value) or text("data.none")
    return value


def exit_code_of(result: object) -> int:
    """0, except where a result itself carries a verdict or open questions."""
    if isinstance(result, VerifyReport):
        return _VERIFY_EXITS[result.verdict]
    if isinstance(result, Diagnosis) and result.verdict is Outcome.FAIL:
        return AppError.exit_code
    if isinstance(result, BoqReport) and result.questions:
        return BoqAmbiguous.exit_code
    if isinstance(result, MergedDraft) and result.conflicts:
        return DraftConflicts.exit_code
    return 0
