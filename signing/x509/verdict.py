"""The three-valued verdict and the reasons that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """PASSED is proven, FAILED is refuted, INDETERMINATE cannot be decided with what was given."""

    PASSED = "PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "FAILED"


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Any FAILED gives FAILED, else any INDETERMINATE gives INDETERMINATE; nothing at all is INDETERMINATE."""
    seen = set(verdicts)
    for verdict in (Verdict.FAILED, Verdict.INDETERMINATE, Verdict.PASSED):
        if verdict in seen:
            return verdict
    return Verdict.INDETERMINATE


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: ``code`` is a key of the message catalogue, ``params`` fill its slots.

    A reason whose verdict is PASSED is a remark: something that was looked at, or could not be and lowers nothing.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    verdict: Verdict = Verdict.FAILED
