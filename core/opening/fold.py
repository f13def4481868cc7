"""The opening as a fold: each act is allowed or refused by the state before it, and gives the state after it.

The order is the law's and the seal's: count every lot before any share; a lot that does not proceed is never touched;
bidders release first; holders only against the signed cut-off record; only then is anything decrypted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from core.errors import StepNotAllowed
from core.opening import rules
from core.opening.bodies import (
    Announced,
    BidFailed,
    Closed,
    Confirmed,
    Counted,
    CutOff,
    HolderReleased,
    Kind,
    LotReturned,
    Objected,
    ObjectionAnswered,
    OpenedBid,
    ShareReceived,
    Started,
)
from core.opening.state import Confirmation, CutOffMark, Objection, OpeningState
from core.values.acts import Act
from core.values.codec import from_plain


def fold(acts: Iterable[Act]) -> OpeningState:
    """The state after all acts in order.

    Raises :class:`core.errors.StepNotAllowed` for the first act that was not allowed, :class:`core.errors.DataInvalid`
    for a body that is not as documented. Acts of other kinds (``session.open``) pass without effect.
    """
    return reduce(advance, acts, OpeningState())


def advance(state: OpeningState, act: Act) -> OpeningState:
    """The state after one more act; raises as :func:`fold`."""
    if not act.kind.startswith("opening."):
        return state
    try:
        kind = Kind(act.kind)
    except ValueError as error:
        raise StepNotAllowed(step=act.kind[:40], reason="unknown_kind") from error
    rules.require_role(kind, act)
    if state.closed_at is not None:
        raise StepNotAllowed(step=act.kind, reason="closed")
    if kind is Kind.STARTED:
        return _started(state, act)
    state.begun()
    if kind in (Kind.COUNTED, Kind.LOT_RETURNED):
        return _counting(state, act, kind)
    if kind in (Kind.SHARE_RECEIVED, Kind.CUT_OFF, Kind.HOLDER_RELEASED):
        return _releasing(state, act, kind)
    if kind in (Kind.BID_OPENED, Kind.BID_FAILED, Kind.ANNOUNCED):
        return _opening(state, act, kind)
    return _answering(state, act, kind)


def _started(state: OpeningState, act: Act) -> OpeningState:
    body = from_plain(Started, act.body)
    rules.may_start(state, act, body)
    return replace(state, host=act.actor, started=body, started_at=act.at)


def _counting(state: OpeningState, act: Act, kind: Kind) -> OpeningState:
    if kind is Kind.COUNTED:
        count = from_plain(Counted, act.body)
        rules.may_count(state, count)
        return replace(state, counts=(*state.counts, count))
    returned = from_plain(LotReturned, act.body)
    rules.may_return(state, returned)
    return replace(state, returned=(*state.returned, returned))


def _releasing(state: OpeningState, act: Act, kind: Kind) -> OpeningState:
    if kind is Kind.SHARE_RECEIVED:
        share = from_plain(ShareReceived, act.body)
        rules.may_receive(state, share)
        return replace(state, shares=(*state.shares, share))
    if kind is Kind.CUT_OFF:
        rules.may_cut_off(state, from_plain(CutOff, act.body))
        return replace(state, cut_off=CutOffMark(act.id, act.at))
    release = from_plain(HolderReleased, act.body)
    rules.may_release(state, act, release)
    return replace(state, releases=(*state.releases, release))


def _opening(state: OpeningState, act: Act, kind: Kind) -> OpeningState:
    if kind is Kind.BID_OPENED:
        opened = from_plain(OpenedBid, act.body)
        rules.may_open(state, opened)
        events = {**state.opened_events, opened.bid: act.id}
        return replace(state, opened=(*state.opened, opened), opened_events=events)
    if kind is Kind.BID_FAILED:
        failed = from_plain(BidFailed, act.body)
        rules.may_fail(state, failed)
        return replace(state, failed=(*state.failed, failed))
    announced = from_plain(Announced, act.body)
    rules.may_announce(state, announced)
    return replace(state, announced=(*state.announced, announced.lot))


def _answering(state: OpeningState, act: Act, kind: Kind) -> OpeningState:
    if kind is Kind.CONFIRMED:
        confirmed = from_plain(Confirmed, act.body)
        rules.may_confirm(state, confirmed)
        return replace(state, confirmations=(*state.confirmations, Confirmation(act.actor, act.at, confirmed)))
    if kind is Kind.OBJECTED:
        objected = from_plain(Objected, act.body)
        rules.may_object(state, objected)
        return replace(state, objections=(*state.objections, Objection(act.actor, act.at, objected)))
    if kind is Kind.OBJECTION_ANSWERED:
        answer = from_plain(ObjectionAnswered, act.body)
        rules.may_answer(state, answer)
        answered = tuple(
            replace(item, answer=answer.text) if item.said.objection == answer.objection else item
            for item in state.objections
        )
        return replace(state, objections=answered)
    from_plain(Closed, act.body)
    rules.may_close(state)
    return replace(state, closed_at=act.at)
