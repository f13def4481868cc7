"""Which act of an opening is allowed now. Each rule returns nothing or raises :class:`StepNotAllowed` with a reason.

Reasons are keys of ``opening.not_allowed`` in the catalogue.
"""

from __future__ import annotations

from typing import NoReturn

from core.errors import StepNotAllowed
from core.opening.bodies import (
    Announced,
    BidFailed,
    Confirmed,
    Counted,
    CutOff,
    HolderReleased,
    Kind,
    LotReturned,
    Objected,
    ObjectionAnswered,
    OpenedBid,
    Outcome,
    ShareDigest,
    ShareReceived,
    Started,
)
from core.opening.state import OpeningState
from core.tender.policy import BIDDER, parse_policy, policy_names, satisfied
from core.values.acts import Act

HOST_ROLES = frozenset({"tenderer", "agency", "centre"})  # the tenderer hosts, or whom he asks (招标投标法 §35)
HOLDER_ROLES = HOST_ROLES | {"supervisor"}
_BIDDER_KINDS = frozenset({Kind.SHARE_RECEIVED, Kind.CONFIRMED, Kind.OBJECTED})


def require_role(kind: Kind, act: Act) -> None:
    """Bidders release, confirm and object; holders release; everything else is the host's."""
    if kind in _BIDDER_KINDS:
        allowed = frozenset({"bidder"})
    elif kind is Kind.HOLDER_RELEASED:
        allowed = HOLDER_ROLES
    else:
        allowed = HOST_ROLES
    if act.role not in allowed:
        raise StepNotAllowed(step=kind.value, reason="role")


def may_start(state: OpeningState, act: Act, body: Started) -> None:
    """Once, not before the opening time, with lots and a policy that can be read."""
    if state.started is not None:
        _refuse(Kind.STARTED, "already_started")
    if act.at < body.opening_at:
        _refuse(Kind.STARTED, "before_opening_time")
    lots = [item.lot for item in body.lots]
    if not lots or len(set(lots)) != len(lots) or any(item.minimum < 1 for item in body.lots):
        _refuse(Kind.STARTED, "lots")
    parse_policy(body.policy)


def may_count(state: OpeningState, count: Counted) -> None:
    """Each lot once, with the outcome its number and minimum give (shares wait until every lot is counted)."""
    expected = {item.lot: item.minimum for item in state.begun().lots}
    if count.lot not in expected or count.minimum != expected[count.lot]:
        _refuse(Kind.COUNTED, "unknown_lot")
    if state.count(count.lot) is not None:
        _refuse(Kind.COUNTED, "already_counted")
    if list(count.bids) != sorted(set(count.bids)) or len(count.bids) != count.received:
        _refuse(Kind.COUNTED, "bids_and_number")
    if any(state.lot_of(bid) is not None for bid in count.bids):
        _refuse(Kind.COUNTED, "bid_in_two_lots")
    right = Outcome.PROCEEDS if count.received >= count.minimum else Outcome.RETURNED
    if count.outcome is not right:
        _refuse(Kind.COUNTED, "outcome")


def may_return(state: OpeningState, returned: LotReturned) -> None:
    """Only a lot counted below the minimum, whole, once."""
    count = state.count(returned.lot)
    if count is None or count.outcome is not Outcome.RETURNED:
        _refuse(Kind.LOT_RETURNED, "lot_proceeds")
    if any(item.lot == returned.lot for item in state.returned):
        _refuse(Kind.LOT_RETURNED, "already_returned")
    if returned.bids != count.bids:
        _refuse(Kind.LOT_RETURNED, "bids_and_number")


def may_receive(state: OpeningState, body: ShareReceived) -> None:
    """After all lots are counted and before the cut-off, for a bid of a lot that proceeds, each leaf once."""
    if len(state.counts) < len(state.begun().lots):
        _refuse(Kind.SHARE_RECEIVED, "not_counted")
    if state.cut_off is not None:
        _refuse(Kind.SHARE_RECEIVED, "after_cut_off")
    _require_proceeding(state, Kind.SHARE_RECEIVED, body.lot, body.share.bid)
    leaves = policy_names(parse_policy(state.begun().policy))
    if not 0 <= body.share.leaf < len(leaves) or leaves[body.share.leaf] != BIDDER:
        _refuse(Kind.SHARE_RECEIVED, "foreign_leaf")
    if body.share.leaf in state.bidder_leaves(body.share.bid):
        _refuse(Kind.SHARE_RECEIVED, "already_released")


def may_cut_off(state: OpeningState, body: CutOff) -> None:
    """Once, after the count, naming exactly the shares received."""
    if len(state.counts) < len(state.begun().lots):
        _refuse(Kind.CUT_OFF, "not_counted")
    if state.cut_off is not None:
        _refuse(Kind.CUT_OFF, "after_cut_off")
    if body.shares != shares_received(state):
        _refuse(Kind.CUT_OFF, "shares_named")


def shares_received(state: OpeningState) -> tuple[ShareDigest, ...]:
    """What a cut-off must name now: every share received, by bid and leaf ascending."""
    digests = (ShareDigest(item.share.bid, item.share.leaf, item.share.sm3) for item in state.shares)
    return tuple(sorted(digests, key=lambda item: (item.bid, item.leaf)))


def may_release(state: OpeningState, act: Act, body: HolderReleased) -> None:
    """Only against the cut-off record, only shares of bids it names, only leaves of this holder."""
    if state.cut_off is None:
        _refuse(Kind.HOLDER_RELEASED, "before_cut_off")
    if body.cut_off != state.cut_off.id:
        _refuse(Kind.HOLDER_RELEASED, "other_cut_off")
    leaves = policy_names(parse_policy(state.begun().policy))
    foreign = body.holder in HOLDER_ROLES and act.role != body.holder
    if body.holder not in leaves or body.holder == BIDDER or foreign:
        _refuse(Kind.HOLDER_RELEASED, "foreign_holder")
    if any(item.holder == body.holder for item in state.releases):
        _refuse(Kind.HOLDER_RELEASED, "already_released")
    named = [(share.bid, share.leaf) for share in body.shares]
    if len(set(named)) != len(named):
        _refuse(Kind.HOLDER_RELEASED, "already_released")
    for share in body.shares:
        _require_proceeding(state, Kind.HOLDER_RELEASED, state.lot_of(share.bid) or "", share.bid)
        if not 0 <= share.leaf < len(leaves) or leaves[share.leaf] != body.holder:
            _refuse(Kind.HOLDER_RELEASED, "foreign_leaf")
        if not state.bidder_leaves(share.bid) and BIDDER in leaves:
            _refuse(Kind.HOLDER_RELEASED, "bidder_did_not_release")


def may_open(state: OpeningState, body: OpenedBid) -> None:
    """After the cut-off, once the shares released satisfy the policy, each bid once."""
    _require_proceeding(state, Kind.BID_OPENED, body.lot, body.bid)
    if state.cut_off is None:
        _refuse(Kind.BID_OPENED, "before_cut_off")
    if state.settled(body.bid):
        _refuse(Kind.BID_OPENED, "already_settled")
    have = set(state.holders_of(body.bid))
    if state.bidder_leaves(body.bid):
        have.add(BIDDER)
    if not satisfied(parse_policy(state.begun().policy), have):
        _refuse(Kind.BID_OPENED, "shares_missing")


def may_fail(state: OpeningState, body: BidFailed) -> None:
    """After the cut-off, for a bid that is not settled yet."""
    _require_proceeding(state, Kind.BID_FAILED, body.lot, body.bid)
    if state.cut_off is None:
        _refuse(Kind.BID_FAILED, "before_cut_off")
    if state.settled(body.bid):
        _refuse(Kind.BID_FAILED, "already_settled")


def may_announce(state: OpeningState, body: Announced) -> None:
    """A lot whose bids are all opened or failed, once, naming all of them."""
    count = state.count(body.lot)
    if count is None or count.outcome is not Outcome.PROCEEDS:
        _refuse(Kind.ANNOUNCED, "lot_returned")
    if body.lot in state.announced:
        _refuse(Kind.ANNOUNCED, "already_announced")
    if body.bids != count.bids or not all(state.settled(bid) for bid in count.bids):
        _refuse(Kind.ANNOUNCED, "bids_not_settled")


def may_confirm(state: OpeningState, body: Confirmed) -> None:
    """After the announcement of its lot, an opened bid as it was recorded, once."""
    if body.lot not in state.announced or body.bid not in {item.bid for item in state.opened_in(body.lot)}:
        _refuse(Kind.CONFIRMED, "not_announced")
    if body.record != state.opened_events.get(body.bid):
        _refuse(Kind.CONFIRMED, "other_record")
    if any(item.what.bid == body.bid for item in state.confirmations):
        _refuse(Kind.CONFIRMED, "already_confirmed")


def may_object(state: OpeningState, body: Objected) -> None:
    """Any time after the count, with an id of its own and a text."""
    if state.lot_of(body.bid) != body.lot:
        _refuse(Kind.OBJECTED, "unknown_bid")
    if not body.text.strip() or any(item.said.objection == body.objection for item in state.objections):
        _refuse(Kind.OBJECTED, "objection")


def may_answer(state: OpeningState, body: ObjectionAnswered) -> None:
    """An objection that is open."""
    open_ones = {item.said.objection for item in state.objections if not item.answer}
    if body.objection not in open_ones or not body.text.strip():
        _refuse(Kind.OBJECTION_ANSWERED, "objection")


def may_close(state: OpeningState) -> None:
    """When every lot was counted, returned or announced, and every objection has its answer."""
    if len(state.counts) < len(state.begun().lots):
        _refuse(Kind.CLOSED, "not_counted")
    if any(item.lot not in state.announced for item in state.proceeding()):
        _refuse(Kind.CLOSED, "not_announced")
    if len(state.returned) + len(state.proceeding()) < len(state.counts):
        _refuse(Kind.CLOSED, "not_returned")
    if any(not item.answer for item in state.objections):
        _refuse(Kind.CLOSED, "objection_open")


def _require_proceeding(state: OpeningState, kind: Kind, lot: str, bid: str) -> None:
    count = state.count(lot)
    if count is None or bid not in count.bids:
        _refuse(kind, "unknown_bid")
    if count.outcome is not Outcome.PROCEEDS:
        _refuse(kind, "lot_returned")


def _refuse(kind: Kind, reason: str) -> NoReturn:
    raise StepNotAllowed(step=kind.value, reason=reason)
