"""What is checked in each kind of artefact. A structural fault raises; the caller makes it a FAILED check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.boq.pricing import without_prices
from core.formats.assess import assess_package
from core.formats.evaluation_package import OpenedEvaluation, open_evaluation_package
from core.formats.opening_package import OpenedRecord, open_opening_package
from core.formats.package import Package, read_package
from core.formats.tender_package import open_tender_package
from core.jobs.evaluation_log import recompute
from core.jobs.opening_log import opening_state
from core.journal.verification import VerifiedLog
from core.ports.receipt import RECEIPT_MEMBER, ReceiptData
from core.values.codec import from_plain
from signing.canonical_json import decode_object
from signing.cms.digest import sm3_file
from signing.envelope.reader import SealedFile
from signing.errors import CodedError
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
    given: tuple[Path, ...] = ()


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


def passed(name: str, key: str, /, **params: object) -> Check:
    """A check that held, with its sentence ``verify.check.<key>``."""
    return Check(name, Verdict.PASSED, f"verify.check.{key}", {name: str(value) for name, value in params.items()})


def failed(name: str, key: str, /, **params: object) -> Check:
    """A check that failed, with its sentence ``verify.failed.<key>``."""
    return Check(name, Verdict.FAILED, f"verify.failed.{key}", {name: str(value) for name, value in params.items()})


def verify_tender(path: Path, subject: Subject) -> Evidence:
    """A ``.tbz``: layout, signer, key data against documents, bills without prices."""
    opened = open_tender_package(path)
    bills = [opened.boq(lot.id) for lot in opened.tender.lots]
    extra = [passed("content", "documents")]
    extra += [passed("bill", "bill", count=len(bill.priced_items())) for bill in bills]
    if any(without_prices(bill) != bill for bill in bills):
        extra.append(failed("bill", "bill", reason="priced"))
    return _package(opened.package, subject, TENDER_ROLES, extra)


def verify_sealed_bid(path: Path, subject: Subject) -> Evidence:
    """A ``.tbt``: every byte without any key, and the bidder's signature."""
    evidence, sealed = _sealed(path, subject, BIDDER_ROLES, "bid")
    signer = next((report.signer for report in evidence.signatures), None)
    if signer is not None and signer.subject.credit_code != sealed.header.context.get("bidder_code"):
        wrong = failed("bidder", "content", reason=sealed.header.context.get("bidder_name", ""))
        return _with(evidence, extra=(*evidence.extra, wrong))
    if not _tender_given(sealed.header.context.get("tender_digest", ""), subject):
        return _with(evidence, not_checked=("tender", "plaintext"))
    extra = (*evidence.extra, passed("tender", "tender_given"))
    return _with(evidence, extra=extra, not_checked=("plaintext",))


def verify_handed_over(path: Path, subject: Subject) -> Evidence:
    """A ``.tbo``: every byte without any key, and the host's signature."""
    evidence, _ = _sealed(path, subject, HOST_ROLES, "committee")
    return _with(evidence, not_checked=("plaintext",))


def verify_opening(path: Path, subject: Subject) -> Evidence:
    """A ``.tbk``: layout, host, and the log folded again."""
    record = open_opening_package(path)
    state, verified = opening_state(record, subject.trust, now=subject.now, require_crl=subject.require_crl)
    extra = [*_log_checks(verified), passed("fold", "fold")]
    not_checked = []
    if _tender_given(state.begun().tender_digest, subject):
        extra.append(passed("tender", "tender_given"))
    else:
        not_checked.append("tender")
    if _bids_given(record, subject):
        extra.append(passed("bids", "bid_given"))
    else:
        not_checked.append("bids")
    return _package(record.package, subject, HOST_ROLES, extra, tuple(not_checked))


def verify_evaluation(path: Path, subject: Subject) -> Evidence:
    """A ``.tbp``: layout, host, log folded and scored again, frozen report, each member's signature."""
    opened = open_evaluation_package(path)
    _, verified = recompute(opened, subject.trust, now=subject.now, require_crl=subject.require_crl)
    extra = [*_log_checks(verified), passed("fold", "fold"), passed("report", "report")]
    extra += _member_checks(opened, verified)
    not_checked = []
    if _tender_given(opened.summary.tender_digest, subject):
        extra.append(passed("tender", "tender_given"))
    else:
        not_checked.append("tender")
    if opened.summary.opening_digest in _manifests(subject, ".tbk", "opening"):
        extra.append(passed("opening", "opening_given"))
    else:
        not_checked.append("opening")
    extra += [_report_check(report, opened) for report in subject.given if report.suffix.lower() == ".pdf"]
    return _package(opened.package, subject, HOST_ROLES, extra, tuple(not_checked))


def verify_receipt(path: Path, subject: Subject) -> Evidence:
    """A ``.tbr``: layout, the centre's signature, the statement's shape."""
    package = read_package(path, "receipt")
    data = from_plain(ReceiptData, decode_object(package.member(RECEIPT_MEMBER)))
    extra = [passed("content", "content")]
    if not data.subject_sm3:
        return _package(package, subject, CENTRE_ROLES, extra)
    given = data.subject_sm3 in _digests(subject)
    if given:
        extra.append(passed("subject", "bid_given"))
    return _package(package, subject, CENTRE_ROLES, extra, () if given else ("bids",))


def verify_pdf(path: Path, subject: Subject) -> Evidence:
    """A signed PDF: the last signature covers every byte but itself; it speaks for the assembler."""
    report = assess_pdf(
        path.read_bytes(), trust=subject.trust, roles=HOST_ROLES, now=subject.now, require_crl=subject.require_crl
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


def _report_check(path: Path, opened: OpenedEvaluation) -> Check:
    if path.read_bytes().startswith(opened.report):
        return passed("report.pdf", "report_given")
    return failed("report.pdf", "digest", reason=path.name)


def _tender_given(digest: str, subject: Subject) -> bool:
    return digest in _manifests(subject, ".tbz", "tender")


def _manifests(subject: Subject, extension: str, kind: str) -> set[str]:
    found = set()
    for path in subject.given:
        if path.suffix.lower() == extension:
            try:
                found.add(read_package(path, kind).manifest_sm3)
            except CodedError:  # its own report says so
                continue
    return found


def _digests(subject: Subject) -> set[str]:
    return {sm3_file(path) for path in subject.given if path.suffix.lower() in {".tbt", ".tbz"}}


def _bids_given(record: OpenedRecord, subject: Subject) -> bool:
    wanted = {bid for lot in record.summary.lots for bid in lot.bids}
    return wanted <= _digests(subject)
