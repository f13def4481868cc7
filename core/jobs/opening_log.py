"""The state of a recorded opening, recomputed from its log; used by the evaluation and by verification."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from core.errors import PackageInvalid
from core.evaluation.bodies import BidFigures
from core.evaluation.outcome import DURATION
from core.formats.opening_package import OpenedRecord, summary_of
from core.formats.tender_excerpt import read_excerpt
from core.jobs.room import LARGE_KINDS, acts_of
from core.journal.log import EventLog
from core.journal.verification import VerifiedLog
from core.opening.bodies import Confirmed, Kind, LotMinimum, ShareReceived
from core.opening.fold import fold
from core.opening.state import OpeningState
from core.rules.regimes import load_regime
from core.tender.model import Tender
from core.values.codec import from_plain
from signing.x509.trust import TrustList

PARTY_ROLES = ("tenderer", "agency", "centre")
MEMBER_ROLE = "expert"


def opening_state(
    record: OpenedRecord, trust: TrustList | None, *, now: datetime, require_crl: bool = False
) -> tuple[OpeningState, VerifiedLog]:
    """The state of the log and the verified log; raises LogInvalid, StepNotAllowed, or PackageInvalid where the summary
    is not what the log says or somebody acted for another bidder.
    """
    log = EventLog.decode(record.log)
    verified = log.verify(
        record.summary.tender_id, trust=trust, roles=None, now=now, require_crl=require_crl, large=LARGE_KINDS
    )
    state = fold(acts_of(verified))
    must_act_for_themselves(verified, _must_follow_the_tender(record, state))
    if state.closed_at is None:
        raise PackageInvalid(path="opening.closed", layer="content", reason="not_closed")
    if summary_of(state.begun().tender_digest, state) != record.summary:
        raise PackageInvalid(path="opening.json", layer="content", reason="not_the_log")
    _must_be_own_bids(verified, state)
    return state, verified


def _must_follow_the_tender(record: OpenedRecord, state: OpeningState) -> Tender:
    """The tender; lots, minimum of bids, release policy and time are the tender's and its regime's, not the host's."""
    begun = state.begun()
    tender = read_excerpt(record.package, begun.tender_digest).tender
    minimum = load_regime(tender.regime).minimum_bidders.value
    lots = tuple(LotMinimum(lot.id, minimum) for lot in tender.lots)
    stated = (begun.tender_id, begun.lots, begun.policy, begun.opening_at)
    if stated != (tender.tender_id, lots, tender.policy.expression, tender.schedule.opening_at):
        raise PackageInvalid(path="opening.started", layer="content", reason="not_the_tender")
    return tender


def must_act_for_themselves(verified: VerifiedLog, tender: Tender) -> None:
    """Every institution signed in by its own certificate, tenderer, agency and centre as the tender names them.

    One CA certifies agencies and bidders alike, so the role of the trust list alone does not keep a bidder from
    acting as host. Members of the committee are bound to their certificates elsewhere.
    """
    codes = party_codes(tender)
    for session in verified.sessions:
        role, member, subject = session.sign_in.role, session.sign_in.member, session.certificate.subject
        code = subject.credit_code or subject.common_name
        if role == MEMBER_ROLE and ":" not in member:
            continue
        if member != f"{role}:{code}" or code != codes.get(role, code):
            raise PackageInvalid(path=member, layer="content", reason="other_member")


def party_codes(tender: Tender) -> dict[str, str]:
    """The credit code of each party of a tender that may host or speak for it, by role."""
    return {role: getattr(tender, role).credit_code for role in PARTY_ROLES}


def _must_be_own_bids(verified: VerifiedLog, state: OpeningState) -> None:
    owners = {bid.bid: bid.credit_code for bid in state.opened}
    for signed in verified.events:
        event = signed.event
        if event.kind == Kind.SHARE_RECEIVED.value:
            bid = from_plain(ShareReceived, event.body).share.bid
        elif event.kind == Kind.CONFIRMED.value:
            bid = from_plain(Confirmed, event.body).bid
        else:
            continue
        if bid in owners and event.actor != f"bidder:{owners[bid]}":
            raise PackageInvalid(path=bid, layer="content", reason="other_bidder")


def bid_figures(state: OpeningState, lot: str) -> tuple[BidFigures, ...]:
    """What an evaluation of this lot starts from: bidder, price and adjustable quantities as opened."""
    return tuple(
        BidFigures(bid.bid, bid.bidder, bid.total, {DURATION: Decimal(bid.duration_days)})
        for bid in state.opened_in(lot)
    )
