"""From a draft to one signed tender package: data, document, unpriced bills, methods, holders' certificates."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from core.boq.model import Boq
from core.boq.pricing import boq_totals, without_prices
from core.checks.boq_tender import check_tender_boq
from core.checks.tender_check import check_tender
from core.errors import HolderUnfit, UsageError
from core.formats.package import Member, write_package
from core.formats.tender_package import holder_certificate
from core.jobs.findings import FindingsReport, refuse_errors, report
from core.jobs.tender_new import ANSWERS
from core.ports.drafts import DraftPort
from core.ports.inputs import KEY_LIMIT, read_input
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from core.rules.data_files import Plain
from core.rules.finding import Finding
from core.rules.method_pack import method_data, parse_method
from core.sheets.excel_reader import read_workbook
from core.sheets.excel_writer import write_boq_workbook
from core.tender.answers import TenderAnswers
from core.tender.build import build_tender
from core.tender.model import Holder, ReleasePolicy, Tender
from core.tender.paths import TENDER_DATA, TENDER_DOCUMENT
from core.tender.template import Template, load_template
from core.tender.text import compose
from core.values.codec import from_plain, to_plain
from core.values.document import document_json
from signing.canonical_json import encode
from signing.envelope.recipients import check_recipients
from signing.errors import CertificateInvalid
from signing.policy.tree import Leaf
from signing.x509.certificate import Certificate, load_pem_certificates, parse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class CheckTender:
    """The draft to check; ``holder`` entries as for packing, as far as they are known."""

    draft: Path
    holder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackTender:
    """``holder`` entries are ``HOLDER=CERTIFICATE.pem``, one or more per holder of the release policy."""

    draft: Path
    holder: tuple[str, ...]
    cert: Path
    key: Path
    out: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class PackedTender:
    """The package written. ``digest``: SM3 (hex) of its manifest, which every bid will bind."""

    path: str
    digest: str
    sm3: str
    size: int
    lots: int


def check_tender_draft(request: CheckTender, services: Services, context: JobContext) -> FindingsReport:
    """All findings of a draft, as the tender maker shows them before packing."""
    context.raise_if_cancelled()
    draft = services.drafts.open(request.draft, "tender")
    try:
        work = _build(draft, _holders(request.holder))
    finally:
        draft.close()
    return report(work.tender.title, _findings(work))


def pack_tender(request: PackTender, services: Services, context: JobContext) -> PackedTender:
    """Writes ``request.out``; blocking findings raise ChecksFailed, and on any error the file does not exist."""
    signer = services.keys.signer(KeySource(request.cert, request.key, request.pin_file))
    certificates = _holders(request.holder)
    draft = services.drafts.open(request.draft, "tender")
    try:
        work = _build(draft, certificates)
    finally:
        draft.close()
    tender = work.tender
    _check_holders(tender, certificates, services)
    refuse_errors(_findings(work))
    context.progress(1, 3, "tender.progress.rendering")
    members = [Member(TENDER_DATA, "application/json", "tender", encode(to_plain(tender)))]
    members += _documents(work, services)
    context.progress(2, 3, "tender.progress.packing")
    members += _bills(work)
    members += [
        Member(holder_certificate(holder, number), "application/pkix-cert", "holder", certificate.der)
        for holder, found in certificates.items()
        for number, certificate in enumerate(found, 1)
    ]
    context.raise_if_cancelled()
    info = write_package(
        request.out,
        "tender",
        members,
        subject={"tender_id": tender.tender_id, "title": tender.title},
        signers=(signer,),
        signed_at=services.clock.now(),
        time_source=services.clock.source,
    )
    return PackedTender(str(request.out), info.manifest_sm3, info.sm3, info.size, len(tender.lots))


@dataclass(frozen=True, slots=True)
class _Work:
    """Everything a package is made of, by lot where there is one per lot."""

    tender: Tender
    template: Template
    bills: dict[str, Boq]
    methods: dict[str, dict[str, Plain]]


def _build(draft: DraftPort, certificates: dict[str, tuple[Certificate, ...]]) -> _Work:
    answers = from_plain(TenderAnswers, draft.get(ANSWERS))
    if certificates:
        holders = tuple(
            Holder(holder.id, holder.name, tuple(found.sm3 for found in certificates.get(holder.id, ())))
            for holder in answers.policy.holders
        )
        answers = replace(answers, policy=ReleasePolicy(answers.policy.expression, holders))
    bills = {lot.id: from_plain(Boq, draft.get(f"boq/{lot.id}")) for lot in answers.lots}
    template = load_template(answers.template)
    methods = {lot.id: method_data(lot.method, lot.method_parameters) for lot in answers.lots}
    return _Work(build_tender(answers, template), template, bills, methods)


def _findings(work: _Work) -> tuple[Finding, ...]:
    totals = {lot: boq_totals(bill).grand for lot, bill in work.bills.items()}
    found = check_tender(work.tender, totals)
    return found + tuple(finding for bill in work.bills.values() for finding in check_tender_boq(bill))


def _documents(work: _Work, services: Services) -> list[Member]:
    tender = work.tender
    methods = {lot: parse_method(data) for lot, data in work.methods.items()}
    text = compose(tender, work.template, methods, services.catalogue)
    pdf = services.renderer.render("tender", document_json(text), stamp=tender.schedule.published_at)
    members = [Member(TENDER_DOCUMENT, "application/pdf", "tender_document", pdf)]
    members += [Member(lot.method, "application/json", "method", encode(work.methods[lot.id])) for lot in tender.lots]
    return members


def _bills(work: _Work) -> list[Member]:
    """Each lot's bill without prices: a workbook for people and its data, read back from that very workbook."""
    members = []
    with tempfile.TemporaryDirectory(prefix="tenderbox-") as folder:
        for lot in work.tender.lots:
            workbook = Path(folder) / f"{lot.id}.xlsx"
            write_boq_workbook(workbook, without_prices(work.bills[lot.id]), priced=False)
            read_back = without_prices(read_workbook(workbook))
            members.append(Member(lot.boq, XLSX, "boq_workbook", workbook.read_bytes()))
            members.append(Member(lot.boq_data, "application/json", "boq_data", encode(to_plain(read_back))))
    return members


def _holders(entries: tuple[str, ...]) -> dict[str, tuple[Certificate, ...]]:
    found: dict[str, tuple[Certificate, ...]] = {}
    for entry in entries:
        holder, separator, path = entry.partition("=")
        file = Path(path)
        if not separator or not file.is_file():
            raise UsageError(detail=f"--holder {entry}")
        found[holder] = (*found.get(holder, ()), parse(load_pem_certificates(read_input(file, KEY_LIMIT))[0]))
    return found


def _check_holders(tender: Tender, certificates: dict[str, tuple[Certificate, ...]], services: Services) -> None:
    """Every holder has certificates that can receive a share until the opening."""
    for holder in tender.policy.holders:
        leaf = Leaf(holder.id, tuple(certificate.der for certificate in certificates.get(holder.id, ())))
        if not leaf.certificates:
            raise HolderUnfit(name=holder.name, reason="no_certificate")
        try:
            check_recipients(leaf, now=services.clock.now(), until=tender.schedule.opening_at)
        except CertificateInvalid as error:
            raise HolderUnfit(name=holder.name, reason=error.params.get("reason", "")) from error
