"""Release of shares: bidders first, the signed cut-off record, then holders. Nothing is decrypted here.

Source: docs/spec/sealed-bid.md (release), DESIGN §3.1. That a holder waits for the cut-off is procedure, not
cryptography: whoever has a holder's key file can unwrap without this program.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from core.errors import StepNotAllowed
from core.jobs.bid_seal import STAGE
from core.jobs.opening_room import BIDDER_KINDS, HOLDER_KINDS, HOST_KINDS, OpeningRoom, open_opening
from core.opening.bodies import CutOff, HolderReleased, Kind, Share, ShareReceived
from core.opening.rules import shares_received
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from core.tender.policy import BIDDER, parse_policy, policy_names
from signing.api import Decrypter
from signing.cms.digest import sm3
from signing.envelope.reader import SealedFile
from signing.envelope.release import open_leaf, seal_opening
from signing.x509.certificate import parse


@dataclass(frozen=True, slots=True)
class ReleaseBid:
    """A bidder releases his own bid's share; ``cert``/``key`` sign the act, ``enc_cert``/``enc_key`` unwrap."""

    opening: Path
    cert: Path
    key: Path
    enc_cert: Path
    enc_key: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class CutOffShares:
    """The host closes the list of bidders' shares with a signed record."""

    opening: Path
    role: str
    cert: Path
    key: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class ReleaseHolder:
    """A holder of the release policy releases his shares against the cut-off record."""

    opening: Path
    holder: str
    cert: Path
    key: Path
    enc_cert: Path
    enc_key: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """How many shares are recorded after this act."""

    opening: str
    who: str
    shares: int


def release_bid(request: ReleaseBid, services: Services, context: JobContext) -> Released:
    """Unwraps the bidder's leaf, re-encrypts it to the opening's key and records it under the bidder's signature."""
    context.raise_if_cancelled()
    source = KeySource(request.cert, request.key, request.pin_file)
    decrypter = services.keys.decrypter(KeySource(request.enc_cert, request.enc_key, request.pin_file))
    code = parse(decrypter.certificate()).subject.credit_code
    with open_opening(request.opening, services) as room:
        own = [
            (count.lot, bid, sealed)
            for count in room.state().proceeding()
            for bid in count.bids
            if (sealed := room.sealed(bid)).header.context.get("bidder_code") == code
        ]
        if not own:
            raise StepNotAllowed(step=Kind.SHARE_RECEIVED.value, reason="no_own_bid")
        session = room.host_session(source, role="bidder", kinds=BIDDER_KINDS)
        for lot, bid, sealed in own:
            share = _share(room, sealed, bid, _leaf(room, BIDDER), decrypter)
            room.act(session, Kind.SHARE_RECEIVED, ShareReceived(lot, share))
        return Released(str(request.opening), session.sign_in.name, len(room.state().shares))


def cut_off_shares(request: CutOffShares, services: Services, context: JobContext) -> Released:
    """Records the digests of all shares received; after it no bidder's share counts."""
    context.raise_if_cancelled()
    with open_opening(request.opening, services) as room:
        source = KeySource(request.cert, request.key, request.pin_file)
        session = room.host_session(source, role=request.role, kinds=HOST_KINDS)
        shares = shares_received(room.state())
        room.act(session, Kind.CUT_OFF, CutOff(shares), large=True)
        return Released(str(request.opening), session.sign_in.name, len(shares))


def release_holder(request: ReleaseHolder, services: Services, context: JobContext) -> Released:
    """Unwraps the holder's leaf of every bid whose bidder released, only against the recorded cut-off."""
    source = KeySource(request.cert, request.key, request.pin_file)
    with open_opening(request.opening, services) as room:
        state = room.state()
        if state.cut_off is None:
            raise StepNotAllowed(step=Kind.HOLDER_RELEASED.value, reason="before_cut_off")
        decrypter = services.keys.decrypter(KeySource(request.enc_cert, request.enc_key, request.pin_file))
        leaf = _leaf(room, request.holder)
        shares = []
        for count in state.proceeding():
            for bid in count.bids:
                context.raise_if_cancelled()
                if state.bidder_leaves(bid):
                    shares.append(_share(room, room.sealed(bid), bid, leaf, decrypter))
        session = room.host_session(source, role=request.holder, kinds=HOLDER_KINDS)
        room.act(session, Kind.HOLDER_RELEASED, HolderReleased(request.holder, state.cut_off.id, tuple(shares)))
        return Released(str(request.opening), session.sign_in.name, len(shares))


def _leaf(room: OpeningRoom, name: str) -> int:
    names = policy_names(parse_policy(room.tender.tender.policy.expression))
    if name not in names:
        raise StepNotAllowed(step=Kind.HOLDER_RELEASED.value, reason="foreign_holder")
    return names.index(name)


def _share(room: OpeningRoom, sealed: SealedFile, bid: str, leaf: int, decrypter: Decrypter) -> Share:
    opening = open_leaf(sealed.header, STAGE, leaf, decrypter)
    wrapped = seal_opening(opening, room.certificate())
    return Share(bid, leaf, base64.b64encode(wrapped).decode("ascii"), sm3(wrapped).hex())
