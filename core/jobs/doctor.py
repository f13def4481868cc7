"""Whether this machine can do the work: libraries, known answers, fonts, clock, disk, a writable folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.ports.progress import JobContext
from core.ports.services import Services
from core.values.document import DocumentChapter, DocumentText, Paragraph, document_json
from signing.cms.self_test import run_self_test
from signing.errors import CodedError
from signing.validation.report import Check, Verdict, combine

FREE_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class RunDoctor:
    """Nothing to say."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Every check with its verdict; a sentence each under ``doctor.<name>``."""

    verdict: Verdict
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class RunSelfTest:
    """Nothing to say."""


@dataclass(frozen=True, slots=True)
class SelfTested:
    """Which SM2 library answered how many known-answer tests."""

    backend: str
    tests: int


def run_doctor(request: RunDoctor, services: Services, context: JobContext) -> Diagnosis:
    """All checks; never raises for what it finds."""
    del request
    checks = []
    for probe in (_crypto, _fonts, _disk, _scratch):
        context.raise_if_cancelled()
        try:
            checks.append(probe(services))
        except CodedError as error:
            checks.append(Check(probe.__name__.strip("_"), Verdict.FAILED, error.code, error.params))
    return Diagnosis(combine(check.verdict for check in checks), tuple(checks))


def run_known_answers(request: RunSelfTest, services: Services, context: JobContext) -> SelfTested:
    """Runs the known-answer tests of SM2, SM3 and SM4; raises SelfTestFailed."""
    del request, services
    context.raise_if_cancelled()
    result = run_self_test()
    return SelfTested(result.backend, result.tests)


def _crypto(services: Services) -> Check:
    del services
    result = run_self_test()
    return Check("crypto", Verdict.PASSED, "doctor.crypto", {"backend": result.backend, "tests": str(result.tests)})


def _fonts(services: Services) -> Check:
    sample = services.catalogue.text("doctor.sample")
    text = DocumentText(sample, (DocumentChapter("c", sample, (Paragraph(sample),)),))
    services.renderer.render("notice", document_json(text), stamp=services.clock.now())
    return Check("fonts", Verdict.PASSED, "doctor.fonts", {})


def _disk(services: Services) -> Check:
    del services
    free = shutil.disk_usage(Path.cwd()).free
    verdict = Verdict.PASSED if free >= FREE_BYTES else Verdict.INDETERMINATE
    return Check("disk", verdict, "doctor.disk", {"free": str(free >> 20)})


def _scratch(services: Services) -> Check:
    del services
    with tempfile.TemporaryDirectory(prefix="tenderbox-") as folder:
        probe = Path(folder) / "probe"
        probe.write_bytes(os.urandom(16))
    return Check("scratch", Verdict.PASSED, "doctor.scratch", {})
