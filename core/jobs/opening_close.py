"""The opening's end: confirmations and objections, the signed record ``.tbk``, and the hand-over to the committee."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import DataInvalid, FileMissing, StepNotAllowed
from core.formats.opening_package import LOG_MEMBER, RECORD_MEMBER, SUMMARY_MEMBER, summary_of
from core.formats.package import Member, write_package
from core.formats.tender_excerpt import excerpt_members
from core.jobs.opening_room import BIDDER_KINDS, HOST_KINDS, OpeningRoom, open_opening
from core.opening.bodies import Closed, Confirmed, Kind
from core.opening.text import compose_record
from core.ports.files import writing
from core.ports.inputs import KEY_LIMIT, read_input
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from core.values.codec import to_plain
from core.values.document import document_json
from signing.canonical_json import encode
from signing.cms.digest import sm3, sm3_file
from signing.envelope.source import PartSource
from signing.envelope.writer import SealRequest, seal
from signing.policy.tree import Any_, Leaf
from signing.x509.certificate import load_pem_certificates, parse

COMMITTEE_STAGE = "committee"


@dataclass(frozen=True, slots=True)
class ConfirmBid:
    """A bidder confirms what was announced about his bids."""

    opening: Path
    cert: Path
    key: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class CloseOpening:
    """The host signs the record."""

    opening: Path
    role: str
    cert: Path
    key: Path
    out: Path
    remark: str = ""
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Seals a lot's opened bids to the committee's members: any one of the certificates opens the file."""

    opening: Path
    lot: str
    opened: Path
    member: tuple[Path, ...]
    cert: Path
    key: Path
    out: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Confirmations:
    """How many bids of this bidder are confirmed."""

    opening: str
    bids: int


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """The record written."""

    path: str
    digest: str
    opened: int
    failed: int
    returned: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The sealed hand-over."""

    path: str
    sm3: str
    bids: int
    members: int


def confirm_bid(request: ConfirmBid, services: Services, context: JobContext) -> Confirmations:
    """Records the bidder's confirmation of every announced bid of his."""
    context.raise_if_cancelled()
    source = KeySource(request.cert, request.key, request.pin_file)
    code = parse(services.keys.signer(source).certificate()).subject.credit_code
    with open_opening(request.opening, services) as room:
        state = room.state()
        own = [bid for bid in state.opened if bid.credit_code == code]
        if not own:
            raise StepNotAllowed(step=Kind.CONFIRMED.value, reason="no_own_bid")
        session = room.host_session(source, role="bidder", kinds=BIDDER_KINDS)
        for bid in own:
            room.act(session, Kind.CONFIRMED, Confirmed(bid.lot, bid.bid, state.opened_events[bid.bid]))
        return Confirmations(str(request.opening), len(own))


def close_opening(request: CloseOpening, services: Services, context: JobContext) -> OpeningRecord:
    """Closes the log and writes the signed record with log, summary and the rendered 开标记录; or nothing."""
    source = KeySource(request.cert, request.key, request.pin_file)
    signer = services.keys.signer(source)
    with open_opening(request.opening, services) as room:
        if room.state().closed_at is None:
            session = room.host_session(source, role=request.role, kinds=HOST_KINDS)
            room.act(session, Kind.CLOSED, Closed(request.remark), large=True)
        state = room.state()
        context.progress(0, 0, "opening.progress.record")
        now = services.clock.now()
        text = compose_record(room.tender.tender, state, services.catalogue)
        record = services.renderer.render("opening_record", document_json(text), stamp=now)
        summary = summary_of(room.tender.digest, state)
        members = (
            Member(SUMMARY_MEMBER, "application/json", "summary", encode(to_plain(summary))),
            Member(LOG_MEMBER, "application/x-ndjson", "log", room.room.log().encode()),
            Member(RECORD_MEMBER, "application/pdf", "record", record),
            *excerpt_members(room.tender),
        )
        subject = {"tender_id": room.tender.tender.tender_id, "tender_digest": room.tender.digest}
        info = write_package(
            request.out,
            "opening",
            members,
            subject=subject,
            signers=(signer,),
            signed_at=now,
            time_source=services.clock.source,
        )
    return OpeningRecord(str(request.out), info.manifest_sm3, len(state.opened), len(state.failed), len(state.returned))


def hand_over(request: HandOver, services: Services, context: JobContext) -> HandedOver:
    """Writes ``request.out`` (``.tbo``) from the decrypted parts, each compared with its digest; or nothing."""
    signer = services.keys.signer(KeySource(request.cert, request.key, request.pin_file))
    with open_opening(request.opening, services) as room:
        parts, bids = _opened_parts(room, request)
        certificates = tuple(load_pem_certificates(read_input(path, KEY_LIMIT))[0] for path in request.member)
        policy = Any_(tuple(Leaf(f"member-{number}", (der,)) for number, der in enumerate(certificates, 1)))
        sealing = SealRequest(
            "committee",
            {
                "tender_id": room.tender.tender.tender_id,
                "tender_digest": room.tender.digest,
                "lot_id": request.lot,
                "time_source": services.clock.source,
                "tool": services.producer,
            },
            {COMMITTEE_STAGE: policy},
            parts,
        )

        def told(done: int, total: int) -> None:
            context.raise_if_cancelled()
            context.progress(done, total, "opening.progress.hand_over")

        with writing(request.out):
            seal(request.out, sealing, signer, sealed_at=services.clock.now(), on_progress=told)
    return HandedOver(str(request.out), sm3_file(request.out), bids, len(certificates))


def _opened_parts(room: OpeningRoom, request: HandOver) -> tuple[list[PartSource], int]:
    opened = room.state().opened_in(request.lot)
    if not opened:
        raise StepNotAllowed(step="opening.hand_over", reason="not_announced")
    parts = []
    for number, bid in enumerate(opened, 1):
        for part in bid.parts:
            file = request.opened / bid.bid / part.id
            if not file.is_file():
                raise FileMissing(path=file)
            content = file.read_bytes()
            if sm3(content).hex() != part.sm3:
                raise DataInvalid(where=str(file), reason="digest")
            kind = "summary" if part.id == "bid" else "document"
            parts.append(PartSource(f"bid-{number:03d}-{part.id}", kind, COMMITTEE_STAGE, path=file))
    return parts, len(opened)
