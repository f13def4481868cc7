"""What is checked in each kind of artefact. A structural fault raises; the caller makes it a FAILED check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.errors import PackageInvalid
from core.formats.assess import assess_package
from core.formats.evaluation_package import OpenedEvaluation, open_evaluation_package
from core.formats.opening_package import open_opening_package
from core.formats.package import Package, read_package
from core.formats.tender_package import open_tender_package
from core.jobs.evaluation_log import recompute
from core.jobs.opening_log import PARTY_ROLES, opening_state, party_codes
from core.jobs.verify_checks import (
    bid_against_tender,
    bids_against_log,
    bill_checks,
    failed,
    figures_check,
    own_leaf,
    passed,
    report_checks,
)
from core.jobs.verify_given import GivenFiles
from core.journal.verification import VerifiedLog
from core.ports.inputs import DOCUMENT_LIMIT, read_input
from core.ports.receipt import RECEIPT_LIMIT, RECEIPT_MEMBER, ReceiptData
from core.rules.finding import Severity
from core.tender.model import Tender
from core.values.codec import from_plain
from signing.canonical_json import decode_object
from signing.envelope.reader import SealedFile
from signing.pdf.verify import assess_pdf
from signing.validation.report import Check, SignatureReport, Verdict
from signing.validation.signature import assess_detached
from signing.x509.trust import TrustList

TENDER_ROLES = frozenset({"tenderer", "agency"})
HOST_ROLES = frozenset({"tenderer", "agency", "centre"})
CENTRE_ROLES = frozenset({"centre"})
BIDDER_ROLES = frozenset({"bidder"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What all files are verified against; ``given`` are all files of this run, for references by digest."""

    trust: TrustList | None
    now: datetime
    require_crl: bool
    given: GivenFiles = field(default_factory=lambda: GivenFiles(()))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Checks and signature reports of one file."""

    checks: tuple[Check, ...]
    signatures: tuple[SignatureReport, ...] = ()
    not_checked: tuple[str, ...] = ()
    time_source: str = ""
    extra: tuple[Check, ...] = field(default=())

    def all_checks(self) -> tuple[Check, ...]:
        """Every check in reading order: structure, signatures, content."""
        return (*self.checks, *(check for report in self.signatures for check in report.checks), *self.extra)


def verify_tender(path: Path, subject: Subject) -> Evidence:
    """A ``.tbz``: layout, signer, key data against documents, bills without prices."""
    opened = open_tender_package(path)
    extra = [passed("content", "documents"), *bill_checks(opened)]
    evidence = _package(opened.package, subject, TENDER_ROLES, extra, ("rendering",))
    return _with(evidence, extra=(*evidence.extra, *_party_checks(evidence, opened.tender, ("tenderer", "agency"))))


def verify_sealed_bid(path: Path, subject: Subject) -> Evidence:
    """A ``.tbt``: every byte without any key, and the bidder's signature."""
    evidence, sealed = _sealed(path, subject, BIDDER_ROLES, "bid")
    signer = next((report.signer for report in evidence.signatures), None)
    if signer is not None and signer.subject.credit_code != sealed.header.context.get("bidder_code"):
        wrong = failed("bidder", "content", reason=sealed.header.context.get("bidder_name", ""))
        return _with(evidence, extra=(*evidence.extra, wrong))
    if not own_leaf(sealed):
        return _with(evidence, extra=(*evidence.extra, failed("bidder", "content", reason="bidder")))
    tender = subject.given.tenders.get(sealed.header.context.get("tender_digest", ""))
    if tender is None:
        return _with(evidence, not_checked=("tender", "plaintext"))
    checks = (passed("tender", "tender_given"), *bid_against_tender(sealed, tender))
    return _with(evidence, extra=(*evidence.extra, *checks), not_checked=("plaintext",))


def verify_handed_over(path: Path, subject: Subject) -> Evidence:
    """A ``.tbo``: every byte without any key, and the host's signature."""
    evidence, sealed = _sealed(path, subject, HOST_ROLES, "committee")
    tender = subject.given.tenders.get(sealed.header.context.get("tender_digest", ""))
    checks = _party_checks(evidence, tender.tender, PARTY_ROLES) if tender else []
    return _with(evidence, extra=(*evidence.extra, *checks), not_checked=("plaintext",))


def verify_opening(path: Path, subject: Subject) -> Evidence:
    """A ``.tbk``: layout, host, and the log folded again."""
    record = open_opening_package(path)
    state, verified = opening_state(record, subject.trust, now=subject.now, require_crl=subject.require_crl)
    extra = [*_log_checks(verified), passed("fold", "fold")]
    not_checked = ["rendering"]
    if state.begun().tender_digest in subject.given.tenders:
        extra.append(passed("tender", "tender_given"))
    else:
        not_checked.append("tender")
    extra += bids_against_log(state, verified, subject.given.bids)
    if {bid for count in state.counts for bid in count.bids} <= subject.given.bids.keys():
        extra.append(passed("bids", "bid_given"))
    else:
        not_checked.append("bids")
    evidence = _package(record.package, subject, HOST_ROLES, extra, tuple(not_checked))
    return _with(evidence, extra=(*evidence.extra, *_host_checks(evidence, state.host)))


def verify_evaluation(path: Path, subject: Subject) -> Evidence:
    """A ``.tbp``: layout, host, log folded and scored again, frozen report, each member's signature."""
    opened = open_evaluation_package(path)
    state, verified = recompute(opened, subject.trust, now=subject.now, require_crl=subject.require_crl)
    extra = [*_log_checks(verified), passed("fold", "fold"), passed("report", "report")]
    extra += _member_checks(opened, verified)
    not_checked = ["rendering"]
    if opened.summary.tender_digest in subject.given.tenders:
        extra.append(passed("tender", "tender_given"))
    else:
        not_checked.append("tender")
    opening = subject.given.openings.get(opened.summary.opening_digest)
    if opening is not None:
        extra.append(figures_check(state, opening, now=subject.now))
    else:
        not_checked.append("opening")
    extra += report_checks(opened, subject.given, state.host)
    evidence = _package(opened.package, subject, HOST_ROLES, extra, tuple(not_checked))
    return _with(evidence, extra=(*evidence.extra, *_host_checks(evidence, state.host)))


def verify_receipt(path: Path, subject: Subject) -> Evidence:
    """A ``.tbr``: layout, the centre's signature, the statement's shape."""
    package = read_package(path, "receipt")
    statement = package.member(RECEIPT_MEMBER)
    if len(statement) > RECEIPT_LIMIT:
        raise PackageInvalid(path=path, layer="container", reason="limit", where=RECEIPT_MEMBER)
    data = from_plain(ReceiptData, decode_object(statement))
    extra = [passed("content", "content")]
    tender = subject.given.tenders.get(data.tender_digest)
    given = data.subject_sm3 in subject.given.digests
    if given:
        extra.append(passed("subject", "bid_given"))
    not_checked = () if given or not data.subject_sm3 else ("bids",)
    evidence = _package(package, subject, CENTRE_ROLES, extra, not_checked)
    checks = _party_checks(evidence, tender.tender, ("centre",)) if tender else []
    return _with(evidence, extra=(*evidence.extra, *checks))


def verify_pdf(path: Path, subject: Subject) -> Evidence:
    """A signed PDF: the last signature covers every byte but itself; it speaks for the assembler."""
    report = assess_pdf(
        read_input(path, DOCUMENT_LIMIT),
        trust=subject.trust,
        roles=HOST_ROLES,
        now=subject.now,
        require_crl=subject.require_crl,
    )
    return Evidence((), (report,), ("members",))


KINDS: Mapping[str, Callable[[Path, Subject], Evidence]] = {
    "tbz": verify_tender,
    "tbt": verify_sealed_bid,
    "tbo": verify_handed_over,
    "tbk": verify_opening,
    "tbp": verify_evaluation,
    "tbr": verify_receipt,
    "pdf": verify_pdf,
}


def _package(
    package: Package,
    subject: Subject,
    roles: frozenset[str],
    extra: Iterable[Check],
    not_checked: tuple[str, ...] = (),
) -> Evidence:
    reports = assess_package(
        package, trust=subject.trust, roles=roles, now=subject.now, require_crl=subject.require_crl
    )
    return Evidence((passed("layout", "layout"),), reports, not_checked, package.manifest.time_source, tuple(extra))


def _sealed(path: Path, subject: Subject, roles: frozenset[str], kind: str) -> tuple[Evidence, SealedFile]:
    sealed = SealedFile.open(path)
    sealed.verify_integrity()
    checks = [passed("layout", "layout"), passed("chunks", "chunks", count=sealed.layout.chunk_count)]
    if sealed.header.kind != kind:
        checks.append(failed("kind", "content", reason=sealed.header.kind))
    if sealed.signature_der is None:
        checks.append(Check("signature", Verdict.INDETERMINATE, "verify.unsigned", {}))
        return Evidence(tuple(checks), (), (), sealed.header.context.get("time_source", "")), sealed
    report = assess_detached(
        sealed.signature_der,
        sealed.signed_bytes,
        trust=subject.trust,
        roles=roles,
        now=subject.now,
        require_crl=subject.require_crl,
    )
    return Evidence(tuple(checks), (report,), (), sealed.header.context.get("time_source", "")), sealed


def _with(evidence: Evidence, *, extra: tuple[Check, ...] | None = None, not_checked: tuple[str, ...] = ()) -> Evidence:
    return Evidence(
        evidence.checks,
        evidence.signatures,
        (*evidence.not_checked, *not_checked),
        evidence.time_source,
        evidence.extra if extra is None else extra,
    )


def _log_checks(verified: VerifiedLog) -> list[Check]:
    checks = [passed("log", "log", count=len(verified.events), sessions=len(verified.sessions))]
    for finding in verified.findings:
        verdict = Verdict.INDETERMINATE if finding.severity is Severity.ERROR else Verdict.PASSED
        checks.append(
            Check(
                f"log {finding.where}", verdict, f"finding.{finding.rule}", {**finding.params, "where": finding.where}
            )
        )
    for act in verified.signature_reports:
        if act.report.verdict is not Verdict.PASSED:
            worst = next(check for check in act.report.checks if check.verdict is act.report.verdict)
            checks.append(Check(f"log {act.member}", act.report.verdict, worst.code, worst.params))
    return checks


def _member_checks(opened: OpenedEvaluation, verified: VerifiedLog) -> list[Check]:
    """The verdict of each member's own signature event (dissent is signed too)."""
    reports = {act.digest: act.report for act in verified.signature_reports}
    checks = []
    for signature in opened.summary.signatures:
        report = reports.get(signature.event)
        if report is not None and report.verdict is Verdict.PASSED:
            checks.append(passed(f"member {signature.member}", "expert_signature", name=signature.name))
    return checks


def _party_checks(evidence: Evidence, tender: Tender, roles: Iterable[str]) -> list[Check]:
    """A failed check for every signer who is none of these parties of the tender."""
    codes = party_codes(tender)
    allowed = {codes[role] for role in roles}
    return [
        failed("signer", "signer", name=report.signer.subject.common_name)
        for report in evidence.signatures
        if report.signer is not None and report.signer.subject.credit_code not in allowed
    ]


def _host_checks(evidence: Evidence, host: str) -> list[Check]:
    """A failed check for every signer who is not the host the log names."""
    return [
        failed("signer", "signer", name=report.signer.subject.common_name)
        for report in evidence.signatures
        if report.signer is not None and host.partition(":")[2] != report.signer.subject.credit_code
    ]
