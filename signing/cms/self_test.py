"""The start-up known-answer tests, for those who may not import the primitives themselves."""

from __future__ import annotations

from signing.gm.self_test import SelfTestResult, run


def run_self_test() -> SelfTestResult:
    """Runs every known-answer test of the chosen provider; raises :class:`signing.errors.SelfTestFailed`."""
    return run()
