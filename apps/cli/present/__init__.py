"""How results look on the command line: one sentence by default, a table where a job has more to show."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from apps.cli.console import Console
from apps.cli.present.boq import show_boq
from apps.cli.present.findings import show_findings
from apps.cli.present.verify import show_verification
from core.boq.report import BoqReport
from core.errors import BoqAmbiguous
from core.jobs.findings import FindingsReport
from core.jobs.verify import VerifyReport
from signing.validation.report import Verdict

_VERIFY_EXITS = {Verdict.PASSED: 0, Verdict.FAILED: 10, Verdict.INDETERMINATE: 11}


def present(job: str, result: object, console: Console) -> None:
    """Shows a job's result: the JSON object, or text in the console's language."""
    if console.as_json:
        console.result(result)
    elif isinstance(result, VerifyReport):
        show_verification(result, console)
    elif isinstance(result, BoqReport):
        show_boq(result, console)
    elif isinstance(result, FindingsReport):
        show_findings(result, console)
    elif is_dataclass(result):
        values = {field.name: getattr(result, field.name) for field in fields(result)}
        console.say("cli.done." + job.replace(" ", ".").replace("-", "_"), **values)


def exit_code_of(result: object) -> int:
    """0, except where a result itself carries a verdict or open questions."""
    if isinstance(result, VerifyReport):
        return _VERIFY_EXITS[result.verdict]
    if isinstance(result, BoqReport) and result.questions:
        return BoqAmbiguous.exit_code
    return 0
