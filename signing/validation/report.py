"""The report on one signature: named checks, each with a verdict and a sentence, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from signing.x509.certificate import Certificate
from signing.x509.verdict import Verdict, combine

__all__ = ["Check", "SignatureReport", "Verdict", "combine"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``code`` is a key of the message catalogue, ``params`` fill its slots.

    PASSED checks stay in the report: a reader sees what was checked, and what could not be and lowers nothing.
    """

    name: str
    verdict: Verdict
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """All checks of one signature. ``signer`` and ``signed_at`` are None where integrity failed."""

    checks: tuple[Check, ...]
    signer: Certificate | None = None
    signed_at: datetime | None = None
    roles: frozenset[str] = frozenset()

    @property
    def verdict(self) -> Verdict:
        """Any FAILED, else any INDETERMINATE, else PASSED; a report without checks is INDETERMINATE."""
        return combine(check.verdict for check in self.checks)
