"""Sealing a bid: check, split the key over the policy, encrypt, sign, read back, rehearse. Only then it exists."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.bid.model import Bid
from core.bid.text import compose_letter
from core.checks.bid_check import self_check
from core.errors import FileExists, RehearsalFailed, StepNotAllowed, SubmissionRefused
from core.formats.tender_package import OpenedTender
from core.jobs.bid_draft import BidDraft, open_bid_draft
from core.jobs.findings import refuse_errors
from core.ports.files import atomic_write, beside, publish, writing
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from core.tender.policy import BIDDER, And, Name, Of, Or, PolicyTree, parse_policy, policy_names
from core.values.codec import to_plain
from core.values.document import document_json
from signing.api import Decrypter
from signing.canonical_json import encode
from signing.cms.digest import sm3_file
from signing.envelope.header import TIME_FORMAT
from signing.envelope.reader import SealedFile
from signing.envelope.rehearse import How, RehearsalCheck, rehearse
from signing.envelope.source import PartSource
from signing.envelope.writer import SealedInfo, SealRequest, seal
from signing.errors import ContainerInvalid
from signing.policy.tree import All, Any_, Leaf, Policy, Threshold
from signing.x509.certificate import parse

STAGE = "bid"
BID_PART = "bid"
LETTER_PART = "letter"


@dataclass(frozen=True, slots=True)
class SealBid:
    """``cert``/``key`` sign; ``enc_cert``/``enc_key`` are the bidder's encryption pair, used in the rehearsal."""

    draft: Path
    cert: Path
    key: Path
    enc_cert: Path
    enc_key: Path
    out: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class SealedBid:
    """The sealed and rehearsed bid. ``by_key``: proven with the real key; ``by_structure``: the rest."""

    path: str
    sm3: str
    size: int
    parts: int
    by_key: int
    by_structure: int


@dataclass(frozen=True, slots=True)
class SubmitBid:
    """Hands a sealed bid to the platform of a folder; the signed answer is kept at ``out``."""

    bid: Path
    platform: Path
    out: Path


@dataclass(frozen=True, slots=True)
class SubmittedBid:
    """The receipt kept."""

    receipt: str
    sm3: str


def seal_bid(request: SealBid, services: Services, context: JobContext) -> SealedBid:
    """On any error, a failed rehearsal included, ``request.out`` does not exist."""
    if request.out.exists():
        raise FileExists(path=request.out)
    signer = services.keys.signer(KeySource(request.cert, request.key, request.pin_file))
    decrypter = services.keys.decrypter(KeySource(request.enc_cert, request.enc_key, request.pin_file))
    with open_bid_draft(request.draft, services) as draft, _scratch(request.draft) as scratch:
        bid = draft.bid()
        tender = draft.tender.tender
        refuse_errors(self_check(tender, bid, draft.tender.boq(draft.lot_id), draft.boq_findings(bid)))
        _must_be_own(bid, signer.certificate(), decrypter.certificate())
        policy = bid_policy(draft.tender, (decrypter.certificate(),))
        parts = _parts(draft, bid, services, scratch)
        sealing = SealRequest("bid", _context(draft.tender, bid, services), {STAGE: policy}, parts)

        def told(done: int, total: int) -> None:
            context.raise_if_cancelled()
            context.progress(done, total, "bid.progress.sealing")

        unrehearsed = beside(request.out)  # has no name a person would take for a bid until the rehearsal passed
        try:
            with writing(request.out):
                info = seal(unrehearsed, sealing, signer, sealed_at=services.clock.now(), on_progress=told)
            checks = _rehearsed(info, parts, draft.tender, decrypter, context)
            publish(unrehearsed, request.out, replace=False)
        finally:
            with suppress(OSError):  # the folder is no folder: that error is on its way
                unrehearsed.unlink(missing_ok=True)
    by_key = sum(check.how in {How.REAL_KEY, How.READ_BACK} for check in checks)
    return SealedBid(str(request.out), sm3_file(request.out), info.size, len(parts), by_key, len(checks) - by_key)


def submit_bid(request: SubmitBid, services: Services, context: JobContext) -> SubmittedBid:
    """Keeps the platform's signed answer; a refusal is kept too and raised as SubmissionRefused.

    Nothing is sent where the answer could not be kept, or where the file is no whole sealed bid (ContainerInvalid):
    a draft sent by mistake would lie open on the platform.
    """
    if request.out.exists():
        raise FileExists(path=request.out)
    sealed = SealedFile.open(request.bid)
    if sealed.header.kind != "bid":
        raise ContainerInvalid(layer="header", reason="not_a_bid")
    sealed.verify_integrity(lambda done, total: context.progress(done, total, "bid.progress.looking_through"))
    context.progress(0, 0, "bid.progress.submitting")
    sm3 = sm3_file(request.bid)
    answer = services.platform(request.platform).submit(request.bid, idempotency_key=f"submit {sm3}")
    atomic_write(request.out, answer.package)
    if not answer.accepted:
        reason = services.catalogue.text(f"receipt.reason.{answer.reason}")
        raise SubmissionRefused(reason=reason, receipt=request.out)
    return SubmittedBid(str(request.out), sm3)


def bid_policy(tender: OpenedTender, bidder_certificates: tuple[bytes, ...]) -> Policy:
    """The tender's release policy over real certificates; leaves are numbered as in the expression."""
    certificates: dict[str, tuple[bytes, ...]] = {BIDDER: bidder_certificates}
    for holder in tender.tender.policy.holders:
        certificates[holder.id] = tuple(certificate.der for certificate in tender.holder_certificates(holder))
    return policy_of(parse_policy(tender.tender.policy.expression), certificates)


def policy_of(tree: PolicyTree, certificates: Mapping[str, tuple[bytes, ...]]) -> Policy:
    """The signing policy of a parsed expression."""
    match tree:
        case Name(name):
            return Leaf(name, certificates[name])
        case And(children):
            return All(tuple(policy_of(child, certificates) for child in children))
        case Or(children):
            return Any_(tuple(policy_of(child, certificates) for child in children))
        case Of(k, children):
            return Threshold(k, tuple(policy_of(child, certificates) for child in children))


def _must_be_own(bid: Bid, signing: bytes, encryption: bytes) -> None:
    code = bid.bidder.lead.credit_code
    for der in (signing, encryption):
        if parse(der).subject.credit_code != code:
            raise StepNotAllowed(step="bid", reason="other_owner")


def _context(tender: OpenedTender, bid: Bid, services: Services) -> dict[str, str]:
    schedule = tender.tender.schedule
    return {
        "tender_id": bid.tender_id,
        "tender_digest": bid.tender_digest,
        "lot_id": bid.lot_id,
        "bidder_name": bid.bidder.lead.name,
        "bidder_code": bid.bidder.lead.credit_code,
        "deadline": schedule.bid_deadline.strftime(TIME_FORMAT),
        "opening_at": schedule.opening_at.strftime(TIME_FORMAT),
        "time_source": services.clock.source,
        "tool": services.producer,
    }


def _parts(draft: BidDraft, bid: Bid, services: Services, scratch: Path) -> list[PartSource]:
    letter = compose_letter(draft.tender.tender, bid, services.catalogue)
    pdf = services.renderer.render("bid_letter", document_json(letter), stamp=services.clock.now())
    parts = [
        PartSource(BID_PART, "summary", STAGE, data=encode(to_plain(bid))),
        PartSource(LETTER_PART, "document", STAGE, data=pdf),
    ]
    for number, attachment in enumerate(bid.attachments, 1):
        file = scratch / f"{number}.pdf"
        with file.open("wb") as out:
            out.writelines(draft.draft.attachment_chunks(attachment.path))
        parts.append(PartSource(attachment_part(number), "document", STAGE, path=file))
    return parts


@contextmanager
def _scratch(draft: Path) -> Iterator[Path]:
    """A private folder beside the draft for its attachments in the clear, gone at the end.

    What a killed run left there goes at the next one: the draft is held by one program, and so is this name.
    """
    folder = draft.with_name(f".{draft.name}.scratch")
    shutil.rmtree(folder, ignore_errors=True)
    with writing(folder):
        folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def attachment_part(number: int) -> str:
    """The part id of the ``number``-th attachment, from 1."""
    return f"attachment-{number:03d}"


def _rehearsed(
    info: SealedInfo,
    parts: list[PartSource],
    tender: OpenedTender,
    decrypter: Decrypter,
    context: JobContext,
) -> tuple[RehearsalCheck, ...]:
    leaf = policy_names(parse_policy(tender.tender.policy.expression)).index(BIDDER)
    outcome = rehearse(
        info.path,
        info.openings,
        {leaf: decrypter},
        parts,
        on_progress=lambda done, total: context.progress(done, total, "bid.progress.rehearsing"),
    )
    if not outcome.passed:
        raise RehearsalFailed(reason=outcome.faults[0].fault)
    return outcome.checks
