"""The known-answer tests of the cryptography as a job of their own, and as a check of this machine."""

from __future__ import annotations

from dataclasses import dataclass

from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed
from core.ports.progress import JobContext
from core.ports.services import Services
from signing.cms.self_test import run_self_test
from signing.errors import SelfTestFailed


@dataclass(frozen=True, slots=True)
class RunSelfTest:
    """Nothing to say."""


@dataclass(frozen=True, slots=True)
class SelfTested:
    """Which SM2 library answered how many known-answer tests."""

    backend: str
    tests: int


def run_known_answers(request: RunSelfTest, services: Services, context: JobContext) -> SelfTested:
    """Runs the known-answer tests of SM2, SM3 and SM4; raises SelfTestFailed."""
    del request, services
    context.raise_if_cancelled()
    result = run_self_test()
    return SelfTested(result.backend, result.tests)


def check_crypto(inputs: Inputs) -> Result:
    """Every known answer of the library in use."""
    del inputs
    try:
        result = run_self_test()
    except SelfTestFailed as error:
        said = error.params
        return failed("crypto", "wrong", action="reinstall", provider=said.get("provider"), test=said.get("test"))
    facts = {"backend": result.backend, "tests": str(result.tests)}
    return passed("crypto", "works", facts=facts, **facts)
