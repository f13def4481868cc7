"""What a check says: one finding type for tender check, bid self-check, bill checks, screening and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error blocks the step, a warning asks for a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation of one rule at one place.

    ``rule`` is the stable id (``boq.C05``); the sentence is the catalogue's ``finding.<rule>`` with ``params``.
    ``where`` names the place for a person (sheet!cell, clause, file, page), ``clause`` the article or tender clause
    the rule stands on, ``fix`` the catalogue key of the next step ("" where the sentence says it).
    """

    rule: str
    severity: Severity
    where: str
    params: Mapping[str, str] = field(default_factory=dict)
    clause: str = ""
    fix: str = ""


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether any finding blocks."""
    return any(finding.severity is Severity.ERROR for finding in findings)
