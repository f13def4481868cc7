"""``tenderbox doctor``: every check of the registry, one after another, and the report for the help desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import FileExists, UsageError
from core.jobs.doctor.check import Check, run_check
from core.jobs.doctor.export import write_export
from core.jobs.doctor.inputs import Inputs, plain_inputs
from core.jobs.doctor.registry import CHECKS
from core.jobs.doctor.result import Outcome, Result, worst
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services


@dataclass(frozen=True, slots=True)
class RunDoctor:
    """Everything is optional: what is not named is not looked at. ``export``: a new .json or .txt for the help desk."""

    cert: Path | None = None
    key: Path | None = None
    pin_file: Path | None = None
    trust: Path | None = None
    site: str = ""
    folder: Path | None = None
    project: Path | None = None
    receipt: Path | None = None
    export: Path | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The worst verdict, every check's answer, and the exported file ("" for none)."""

    verdict: Outcome
    checks: tuple[Result, ...]
    exported: str = ""


def run_doctor(
    request: RunDoctor, services: Services, context: JobContext, checks: tuple[Check, ...] = CHECKS
) -> Diagnosis:
    """All checks; raises for a wrong request or a report that cannot be written, never for what a check finds."""
    inputs = _inputs(request, services)
    if request.export is not None and request.export.exists():
        raise FileExists(path=request.export)
    results = []
    for done, check in enumerate(checks):
        context.raise_if_cancelled()
        context.progress(done, len(checks), f"doctor.title.{check.name}")
        results.append(run_check(check, inputs))
    diagnosis = Diagnosis(worst(result.verdict for result in results), tuple(results))
    if request.export is None:
        return diagnosis
    write_export(request.export, diagnosis.checks, inputs)
    return replace(diagnosis, exported=str(request.export))


def folder_bytes(path: Path) -> int:
    """The bytes of a file, or of all files below a folder; what cannot be read counts nothing."""
    if path.is_file():
        return path.stat().st_size
    total = 0
    for entry in path.rglob("*"):
        try:
            total += entry.stat().st_size if entry.is_file() and not entry.is_symlink() else 0
        except OSError:
            continue
    return total


def _inputs(request: RunDoctor, services: Services) -> Inputs:
    if (request.cert is None) != (request.key is None):
        raise UsageError(detail="--cert CERT --key KEY")
    key = None
    if request.cert is not None and request.key is not None:
        key = KeySource(request.cert, request.key, request.pin_file)
    inputs = plain_inputs(services, request.folder or Path.cwd())
    return replace(
        inputs,
        key=key,
        trust=request.trust or inputs.settings.trust,
        platform=request.site,
        receipt=request.receipt,
        project_bytes=folder_bytes(request.project) if request.project is not None else 0,
    )
