"""The committee's forms: preliminary review, locks, marks. A form is one JSON file and one signed event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from core.errors import DataInvalid, StepNotAllowed
from core.evaluation.bodies import (
    Decision,
    Kind,
    MarksGiven,
    MarksLocked,
    ReviewLocked,
    ReviewVoted,
    Vote,
)
from core.evaluation.bodies import Head as LockHead
from core.jobs.evaluation_room import EvaluationRoom, open_evaluation
from core.jobs.evaluation_start import Recorded
from core.jobs.tender_new import read_answers
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services


@dataclass(frozen=True, slots=True)
class FailedItem:
    """One review item a member finds failed for one bid."""

    bidder: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """What a member found in the preliminary review: everything not listed passes."""

    failed: tuple[FailedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class MarksForm:
    """A member's marks: bidder → factor id → points, and reasons where he gives them."""

    marks: Mapping[str, Mapping[str, Decimal]]
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a bid is rejected: the code of 实施条例 §51 (1–7), the tender's clause, the reason."""

    bidder: str
    code: str
    clause: str
    reason: str


@dataclass(frozen=True, slots=True)
class RejectionForm:
    """The chair's basis for every rejection the majority found."""

    rejections: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class GiveForm:
    """A member hands in a form for all bids."""

    evaluation: Path
    member: str
    form: Path
    cert: Path
    key: Path
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class LockStep:
    """The chair closes a step. ``form`` gives the basis of rejections, where there are any."""

    evaluation: Path
    member: str
    cert: Path
    key: Path
    form: Path | None = None
    pin_file: Path | None = None


def review_bids(request: GiveForm, services: Services, context: JobContext) -> Recorded:
    """Records the member's vote on every item of every bid."""
    context.raise_if_cancelled()
    form = read_answers(ReviewForm, request.form)
    with open_evaluation(request.evaluation, services) as room:
        begun = room.state().begun()
        failed = {(_bid_of(room, line.bidder), line.item): line.reason for line in form.failed}
        unknown = {item for _, item in failed} - set(begun.review_items)
        if unknown:
            raise DataInvalid(where=request.form.name, reason=min(unknown))
        source = KeySource(request.cert, request.key, request.pin_file)
        session = room.member_session(source, room.member(request.member))
        event = ""
        for bid in begun.bids:
            votes = tuple(
                Vote(item, (bid.bid, item) not in failed, failed.get((bid.bid, item), ""))
                for item in begun.review_items
            )
            event = room.act(session, Kind.REVIEW_VOTED, ReviewVoted(bid.bid, votes))
    return Recorded(str(request.evaluation), request.member, Kind.REVIEW_VOTED.value, event)


def lock_review(request: LockStep, services: Services, context: JobContext) -> Recorded:
    """Records the majority's decision on every bid; a rejection needs its basis in the form."""
    context.raise_if_cancelled()
    form = read_answers(RejectionForm, request.form) if request.form else RejectionForm()
    with open_evaluation(request.evaluation, services) as room:
        state = room.state()
        basis = {_bid_of(room, line.bidder): line for line in form.rejections}
        decisions = []
        for bid in state.begun().bids:
            items = state.failed_items(bid.bid)
            why = basis.get(bid.bid)
            if items and why is None:
                raise StepNotAllowed(step=Kind.REVIEW_LOCKED.value, reason="rejection_without_basis")
            if items and why is not None:
                decisions.append(
                    Decision(bid.bid, passed=False, items=items, code=why.code, clause=why.clause, reason=why.reason)
                )
            else:
                decisions.append(Decision(bid.bid, passed=True))
        body = ReviewLocked(tuple(decisions), _heads(room))
        return _by_chair(request, room, Kind.REVIEW_LOCKED, body)


def give_marks(request: GiveForm, services: Services, context: JobContext) -> Recorded:
    """Records the member's marks, one whole form a bid."""
    context.raise_if_cancelled()
    form = read_answers(MarksForm, request.form)
    with open_evaluation(request.evaluation, services) as room:
        by_bid = {_bid_of(room, bidder): marks for bidder, marks in form.marks.items()}
        reasons = {_bid_of(room, bidder): lines for bidder, lines in form.reasons.items()}
        source = KeySource(request.cert, request.key, request.pin_file)
        session = room.member_session(source, room.member(request.member))
        event = ""
        for bid in room.state().passed_bids():
            if bid.bid not in by_bid:
                raise DataInvalid(where=request.form.name, reason=bid.bidder)
            body = MarksGiven(bid.bid, by_bid[bid.bid], reasons.get(bid.bid, {}))
            event = room.act(session, Kind.MARKS_GIVEN, body)
    return Recorded(str(request.evaluation), request.member, Kind.MARKS_GIVEN.value, event)


def lock_marks(request: LockStep, services: Services, context: JobContext) -> Recorded:
    """Closes marking; nobody changes a mark after this."""
    context.raise_if_cancelled()
    with open_evaluation(request.evaluation, services) as room:
        return _by_chair(request, room, Kind.MARKS_LOCKED, MarksLocked(_heads(room)))


def _by_chair(request: LockStep, room: EvaluationRoom, kind: Kind, body: object) -> Recorded:
    source = KeySource(request.cert, request.key, request.pin_file)
    session = room.member_session(source, room.member(request.member))
    event = room.act(session, kind, body, large=True)
    return Recorded(str(request.evaluation), request.member, kind.value, event)


def _heads(room: EvaluationRoom) -> tuple[LockHead, ...]:
    return tuple(LockHead(head.chain, head.digest) for head in room.room.log().heads())


def _bid_of(room: EvaluationRoom, bidder: str) -> str:
    for bid in room.state().begun().bids:
        if bidder in {bid.bid, bid.bidder}:
            return bid.bid
    raise DataInvalid(where="bidder", reason=bidder)
