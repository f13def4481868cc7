"""Verification of any artefact from its own bytes and a trust list that came another way.

The verdict of a file is the worst of its checks; a file that is no canonical instance of its type is FAILED, never an
error. What a file refers to by digest and was not given is listed as not checked and lowers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.errors import FileMissing
from core.jobs.statements import Statement, statements
from core.jobs.verify_given import GivenFiles
from core.jobs.verify_kinds import KINDS, Evidence, Subject
from core.ports.progress import JobContext
from core.ports.services import Services
from core.settings import load_settings
from signing.errors import CodedError
from signing.validation.report import Check, Verdict, combine
from signing.x509.trust import TrustList, parse_trust

TRUST_LIMIT_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class VerifyFiles:
    """Files to verify together: what one refers to by digest may be another of them."""

    files: tuple[Path, ...] = field(metadata={"positional": True})
    trust: Path | None = None
    require_crl: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """For whom a file speaks: a signer of it. ``roles``: those the trust list gives its issuer."""

    name: str
    organisation: str
    credit_code: str
    roles: tuple[str, ...]
    signed_at: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found about one file. ``not_checked`` are catalogue keys of what it refers to and was not given."""

    path: str
    kind: str
    verdict: Verdict
    speakers: tuple[Speaker, ...]
    checks: tuple[Check, ...]
    not_checked: tuple[str, ...]
    time_source: str
    says: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The verdict over all files and each file's report."""

    verdict: Verdict
    files: tuple[FileReport, ...]


def verify_files(request: VerifyFiles, services: Services, context: JobContext) -> VerifyReport:
    """Verifies every file; raises only for files that are not there and for an unreadable trust list."""
    trust = read_trust(request.trust)
    for path in request.files:
        if not path.is_file():
            raise FileMissing(path=path)
    subject = Subject(trust, services.clock.now(), request.require_crl, GivenFiles(request.files))
    reports = []
    for done, path in enumerate(request.files):
        context.raise_if_cancelled()
        context.progress(done, len(request.files), "verify.progress")
        reports.append(_verify_one(path, subject))
    return VerifyReport(combine(report.verdict for report in reports), tuple(reports))


def read_trust(path: Path | None) -> TrustList | None:
    """The trust list of ``path``, else of ``TENDERBOX_TRUST``, else none: never one beside the artefact."""
    chosen = path or load_settings().trust
    if chosen is None:
        return None
    if not chosen.is_file():
        raise FileMissing(path=chosen)
    with chosen.open("rb") as file:
        return parse_trust(file.read(TRUST_LIMIT_BYTES))


def _verify_one(path: Path, subject: Subject) -> FileReport:
    extension = path.suffix.lower().lstrip(".")
    kind = KINDS.get(extension)
    if kind is None:
        check = Check("format", Verdict.FAILED, "verify.unknown_type", {"extension": extension})
        return FileReport(str(path), extension, Verdict.FAILED, (), (check,), (), "")
    try:
        evidence = kind(path, subject)
    except CodedError as error:
        evidence = Evidence((Check("format", Verdict.FAILED, error.code, error.params),))
    return FileReport(
        str(path),
        extension,
        combine(check.verdict for check in evidence.all_checks()),
        tuple(
            Speaker(
                report.signer.subject.common_name,
                report.signer.subject.organisation,
                report.signer.subject.credit_code,
                tuple(sorted(report.roles)),
                report.signed_at.isoformat() if report.signed_at else "",
            )
            for report in evidence.signatures
            if report.signer is not None
        ),
        evidence.all_checks(),
        evidence.not_checked,
        evidence.time_source,
        statements(path, extension),
    )
