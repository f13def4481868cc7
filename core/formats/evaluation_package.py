"""The evaluation (``.tbp``) opened: log, result and frozen report, the result being a function of the log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import PackageInvalid
from core.evaluation.result import EvaluationResult
from core.formats.package import Package, read_package
from core.values.codec import from_plain
from signing.canonical_json import decode_object

EVALUATION_VERSION = 0
SUMMARY_MEMBER = "evaluation.json"
LOG_MEMBER = "log.ndjson"
REPORT_MEMBER = "report-frozen.pdf"


@dataclass(frozen=True, slots=True)
class MemberSignature:
    """What a member did with the frozen report; ``event`` is the SM3 (hex) of his act in the log."""

    member: str
    name: str
    how: str  # "signed", "dissent", "refused"
    text: str
    event: str


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """What the evaluation came to. Digests are SM3 in hex; ``handed_over`` is that of the ``.tbo`` file, "" if none."""

    version: int
    tender_id: str
    tender_digest: str
    lot: str
    opening_digest: str
    handed_over: str
    report_sm3: str
    log_root: str
    result: EvaluationResult | None  # None where every bid was rejected
    candidates: tuple[str, ...]
    signatures: tuple[MemberSignature, ...]


@dataclass(frozen=True, slots=True)
class OpenedEvaluation:
    """A ``.tbp`` whose layout and digests hold; its log is still to be verified."""

    package: Package
    summary: EvaluationSummary
    log: bytes
    report: bytes


def open_evaluation_package(path: Path) -> OpenedEvaluation:
    """Reads a ``.tbp``; raises PackageInvalid or DataInvalid."""
    package = read_package(path, "evaluation")
    summary = from_plain(EvaluationSummary, decode_object(package.member(SUMMARY_MEMBER)))
    if summary.version != EVALUATION_VERSION:
        raise PackageInvalid(path=path, layer="content", reason="version")
    return OpenedEvaluation(package, summary, package.member(LOG_MEMBER), package.member(REPORT_MEMBER))
