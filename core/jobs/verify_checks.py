"""What is compared between artefacts given together, and between the members of one: each a check with its sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from core.boq.model import Boq
from core.boq.pricing import without_prices
from core.errors import AppError
from core.evaluation.state import EvaluationState
from core.formats.evaluation_package import OpenedEvaluation
from core.formats.opening_package import OpenedRecord
from core.formats.tender_package import OpenedTender
from core.jobs.bid_seal import STAGE, bid_policy
from core.jobs.opening_log import bid_figures, opening_state
from core.jobs.verify_given import GivenFiles
from core.journal.verification import VerifiedLog
from core.opening.bodies import Kind, ShareReceived
from core.opening.state import OpeningState
from core.ports.inputs import DOCUMENT_LIMIT, read_input
from core.sheets.excel_reader import read_workbook
from core.tender.policy import BIDDER
from core.values.codec import from_plain
from signing.cms.signed_data import verify_detached
from signing.envelope.header import TIME_FORMAT
from signing.envelope.reader import SealedFile
from signing.errors import CodedError, SigningError
from signing.pdf.closing_signature import parse_last_signature
from signing.policy.tree import leaves
from signing.validation.report import Check, Verdict
from signing.x509.certificate import parse


def passed(name: str, key: str, /, **params: object) -> Check:
    """A check that held, with its sentence ``verify.check.<key>``."""
    return Check(name, Verdict.PASSED, f"verify.check.{key}", {name: str(value) for name, value in params.items()})


def failed(name: str, key: str, /, **params: object) -> Check:
    """A check that failed, with its sentence ``verify.failed.<key>``."""
    return Check(name, Verdict.FAILED, f"verify.failed.{key}", {name: str(value) for name, value in params.items()})


def bill_checks(opened: OpenedTender) -> list[Check]:
    """Every lot's bill: without prices, in the data as in the workbook people read, and the same in both."""
    checks = []
    for lot in opened.tender.lots:
        bill = opened.boq(lot.id)
        try:
            workbook = _workbook(opened.package.member(lot.boq))
        except AppError as error:
            checks.append(failed("bill", "bill", reason=error.code))
            continue
        if without_prices(bill) != bill or without_prices(workbook) != workbook:
            checks.append(failed("bill", "bill", reason="priced"))
        elif workbook != bill:
            checks.append(failed("bill", "bill", reason=lot.name))
        else:
            checks.append(passed("bill", "bill", count=len(bill.priced_items())))
    return checks


def _workbook(untrusted: bytes) -> Boq:
    with tempfile.TemporaryDirectory(prefix="tenderbox-") as folder:
        file = Path(folder) / "bill.xlsx"
        file.write_bytes(untrusted)
        return read_workbook(file)


def own_leaf(sealed: SealedFile) -> bool:
    """Whether the bidder's leaves of the release policy are wrapped to certificates of the bidder the header names."""
    code = sealed.header.context.get("bidder_code")
    certificates = [
        certificate
        for stage in sealed.header.stages
        for leaf in leaves(stage.policy)
        if leaf.holder == BIDDER
        for certificate in leaf.certificates
    ]
    return all(parse(certificate).subject.credit_code == code for certificate in certificates)


def bid_against_tender(sealed: SealedFile, tender: OpenedTender) -> list[Check]:
    """Failed checks where lot, times or release policy of a bid are not those of its tender."""
    context, schedule = sealed.header.context, tender.tender.schedule
    stages = {stage.id: stage.policy for stage in sealed.header.stages}
    own = next((leaf for leaf in leaves(stages[STAGE]) if leaf.holder == BIDDER), None) if STAGE in stages else None
    policy = bid_policy(tender, own.certificates if own else ())
    wrong = {
        "lot_id": context.get("lot_id") not in {lot.id for lot in tender.tender.lots},
        "tender_id": context.get("tender_id") != tender.tender.tender_id,
        "policy": stages != {STAGE: policy},
        "deadline": context.get("deadline") != schedule.bid_deadline.strftime(TIME_FORMAT),
        "opening_at": context.get("opening_at") != schedule.opening_at.strftime(TIME_FORMAT),
    }
    return [failed("tender", "content", reason=name) for name, is_wrong in wrong.items() if is_wrong]


def bids_against_log(state: OpeningState, verified: VerifiedLog, bids: Mapping[str, SealedFile]) -> list[Check]:
    """Failed checks where the log says of a bid that was given what the bid does not."""
    contexts = {digest: sealed.header.context for digest, sealed in bids.items()}
    checks = []
    for count in state.counts:
        for bid in set(count.bids) & contexts.keys():
            said = (contexts[bid].get("lot_id"), contexts[bid].get("tender_digest"))
            if said != (count.lot, state.begun().tender_digest):
                checks.append(failed("bids", "content", reason=bid))
    checks += [
        failed("bids", "content", reason=opened.bid)
        for opened in state.opened
        if opened.bid in contexts and contexts[opened.bid].get("bidder_code") != opened.credit_code
    ]
    for signed in verified.events:
        if signed.event.kind == Kind.SHARE_RECEIVED.value:
            bid = from_plain(ShareReceived, signed.event.body).share.bid
            if bid in contexts and signed.event.actor != f"bidder:{contexts[bid].get('bidder_code')}":
                checks.append(failed("bids", "content", reason=signed.event.actor))
    return checks


def figures_check(state: EvaluationState, opening: OpenedRecord, *, now: datetime) -> Check:
    """Whether the committee evaluated the bids and prices of the opening record it names."""
    try:
        opened, _ = opening_state(opening, None, now=now)
    except CodedError as error:
        return failed("opening", "content", reason=error.code)
    if state.begun().bids != bid_figures(opened, state.begun().lot):
        return failed("opening", "content", reason=opening.summary.tender_id)
    return passed("opening", "opening_given")


def report_checks(opened: OpenedEvaluation, given: GivenFiles, host: str) -> list[Check]:
    """Every PDF given must be the closed report of an evaluation given, frozen body and signer alike."""
    checks = []
    others = {evaluation.report for evaluation in given.evaluations} - {opened.report}
    for path in given.with_suffix(".pdf"):
        frozen, signer = _closed_report(path)
        if frozen == opened.report and signer == host.partition(":")[2]:
            checks.append(passed("report.pdf", "report_given"))
        elif frozen not in others:
            checks.append(failed("report.pdf", "digest", reason=path.name))
    return checks


def _closed_report(path: Path) -> tuple[bytes, str]:
    """The frozen body of a closed report and the credit code of who closed it; empty where it is none."""
    try:
        content = read_input(path, DOCUMENT_LIMIT)
        signature = parse_last_signature(content)
        signer = verify_detached(signature.cms_der, signature.signed_bytes).signer
    except (SigningError, AppError):
        return b"", ""
    return content[: signature.revision_start], signer.subject.credit_code
