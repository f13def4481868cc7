"""Decryption after the cut-off: shares joined, every part verified and read, summaries recorded; failures attributed.

A lot that does not proceed is never touched here. Attribution follows docs/spec/sealed-bid.md: shares that match their
commitments but give no key are the sealer's fault; a share that does not match is disputed; a share never released by
the bidder is recorded against nobody but as not released.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

from core.bid.model import Bid
from core.errors import AppError, DataInvalid, StepNotAllowed
from core.jobs.bid_seal import BID_PART, STAGE
from core.jobs.opening_room import HOST_KINDS, OpeningRoom, open_opening
from core.opening.bodies import Announced, Attribution, BidFailed, Kind, OpenedBid, PartDigest, Share
from core.opening.state import OpeningState
from core.ports.files import atomic_write
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from core.values.codec import from_plain
from signing.api import Decrypter
from signing.canonical_json import decode_object
from signing.cms.digest import sm3
from signing.envelope.reader import SealedFile
from signing.envelope.release import content_key, open_sealed_opening
from signing.errors import CodedError, ContainerInvalid, ShareDisputed, SharesInsufficient


@dataclass(frozen=True, slots=True)
class DecryptBids:
    """``enc_cert``/``enc_key``: the opening's key. Opened parts are written below ``out``, one folder a bid."""

    opening: Path
    role: str
    cert: Path
    key: Path
    enc_cert: Path
    enc_key: Path
    out: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class DecryptedBids:
    """What was opened and announced."""

    opening: str
    opened: int
    failed: int
    lots: tuple[str, ...]


def decrypt_bids(request: DecryptBids, services: Services, context: JobContext) -> DecryptedBids:
    """Opens every bid of the lots that proceed and announces each lot; one bid's failure does not stop the others."""
    with open_opening(request.opening, services) as room:
        state = room.state()
        if state.cut_off is None:
            raise StepNotAllowed(step=Kind.BID_OPENED.value, reason="before_cut_off")
        decrypter = services.keys.decrypter(KeySource(request.enc_cert, request.enc_key, request.pin_file))
        source = KeySource(request.cert, request.key, request.pin_file)
        session = room.host_session(source, role=request.role, kinds=HOST_KINDS)
        pending = [(count.lot, bid) for count in state.proceeding() for bid in count.bids if not state.settled(bid)]
        for done, (lot, bid) in enumerate(pending):
            context.raise_if_cancelled()
            context.progress(done, len(pending), "opening.progress.decrypting")
            outcome = _open(room, state, lot, bid, decrypter, request.out)
            kind = Kind.BID_OPENED if isinstance(outcome, OpenedBid) else Kind.BID_FAILED
            room.act(session, kind, outcome)
        for count in state.proceeding():
            if count.lot not in room.state().announced:
                room.act(session, Kind.ANNOUNCED, Announced(count.lot, count.bids))
        after = room.state()
        return DecryptedBids(str(request.opening), len(after.opened), len(after.failed), after.announced)


def _open(
    room: OpeningRoom, state: OpeningState, lot: str, bid: str, decrypter: Decrypter, out: Path
) -> OpenedBid | BidFailed:
    sealed = room.sealed(bid)
    bidder = sealed.header.context.get("bidder_name", "")
    try:
        contents = _contents(sealed, _shares(state, bid), decrypter)
        opened = _summary(room, sealed, lot, bid, contents)
    except SharesInsufficient as error:
        return BidFailed(lot, bid, bidder, "not_released", _blame_missing(state, bid), str(error.params))
    except ShareDisputed as error:
        return BidFailed(lot, bid, bidder, "share_disputed", Attribution.DISPUTED, str(error.params))
    except ContainerInvalid as error:
        return BidFailed(lot, bid, bidder, "content", Attribution.BIDDER, str(error.params))
    except (CodedError, AppError) as error:
        return BidFailed(lot, bid, bidder, "content", Attribution.DISPUTED, f"{error.code} {error.params}")
    for part, content in contents.items():
        target = out / bid / part
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # opened bids are for the host's eyes
        atomic_write(target, content)
    return opened


def _blame_missing(state: OpeningState, bid: str) -> Attribution:
    """A bidder who did not release has withdrawn by his own doing; without the holders it is not his."""
    return Attribution.OTHER if state.bidder_leaves(bid) else Attribution.BIDDER


def _shares(state: OpeningState, bid: str) -> list[Share]:
    released = [item.share for item in state.shares if item.share.bid == bid]
    return released + [share for item in state.releases for share in item.shares if share.bid == bid]


def _contents(sealed: SealedFile, shares: list[Share], decrypter: Decrypter) -> dict[str, bytes]:
    openings = [open_sealed_opening(base64.b64decode(share.sealed, validate=True), decrypter) for share in shares]
    key = content_key(sealed.header, STAGE, openings)
    contents = {}
    for part in sealed.header.parts:
        sink = io.BytesIO()
        sealed.read_part(key, part.id, sink)
        contents[part.id] = sink.getvalue()
    return contents


def _summary(room: OpeningRoom, sealed: SealedFile, lot: str, bid_sm3: str, contents: dict[str, bytes]) -> OpenedBid:
    bid = from_plain(Bid, decode_object(contents[BID_PART]))
    context = sealed.header.context
    stated = (bid.tender_id, bid.tender_digest, bid.lot_id, bid.bidder.lead.credit_code)
    bound = (context.get("tender_id"), context.get("tender_digest"), context.get("lot_id"), context.get("bidder_code"))
    if stated != bound or lot != bid.lot_id or bid.tender_digest != room.tender.digest:
        raise DataInvalid(where="bid", reason="bound to something else")
    return OpenedBid(
        lot=lot,
        bid=bid_sm3,
        bidder=bid.bidder.lead.name,
        credit_code=bid.bidder.lead.credit_code,
        members=tuple(member.name for member in bid.bidder.members),
        total=bid.letter.total,
        total_in_words=bid.letter.total_in_words,
        duration_days=bid.letter.duration_days,
        quality=bid.letter.quality,
        validity_days=bid.letter.validity_days,
        project_manager=bid.letter.project_manager,
        deposit=bid.letter.deposit,
        parts=tuple(PartDigest(part, sm3(content).hex(), len(content)) for part, content in contents.items()),
    )
