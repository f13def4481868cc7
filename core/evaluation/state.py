"""The state of an evaluation: members, votes, decisions, marks, report. Frozen values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from core.errors import StepNotAllowed
from core.evaluation.bodies import (
    BidFigures,
    Decision,
    MarksGiven,
    Member,
    ReportFrozen,
    ResultComputed,
    Started,
    TieDecided,
    Vote,
)


@dataclass(frozen=True, slots=True)
class Departed:
    """A member who stepped back or was replaced."""

    member: Member
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question to a bidder and the answer ("" while open)."""

    id: str
    bid: str
    question: str
    asked_at: datetime
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Countersign:
    """What a member did with the frozen report: ``signed``, ``dissent`` (text), ``refused`` (reason or "")."""

    member: str
    how: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EvaluationState:
    """An evaluation so far. Votes and marks are keyed by (member, bid)."""

    started: Started | None = None
    started_at: datetime | None = None
    host: str = ""
    committee: tuple[Member, ...] = ()
    departed: tuple[Departed, ...] = ()
    committed: tuple[str, ...] = ()
    chair: str = ""
    votes: Mapping[tuple[str, str], tuple[Vote, ...]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    review_locked_at: datetime | None = None
    clarifications: tuple[Clarification, ...] = ()
    marks: Mapping[tuple[str, str], MarksGiven] = field(default_factory=dict)
    marks_locked_at: datetime | None = None
    tie: TieDecided | None = None
    result: ResultComputed | None = None
    report: ReportFrozen | None = None
    countersigns: tuple[Countersign, ...] = ()
    closed_at: datetime | None = None

    def begun(self) -> Started:
        """The start; raises :class:`StepNotAllowed` before it."""
        if self.started is None:
            raise StepNotAllowed(step="evaluation", reason="not_started")
        return self.started

    def member(self, member_id: str) -> Member | None:
        """A present member of the committee."""
        return next((member for member in self.committee if member.id == member_id), None)

    def bid(self, bid: str) -> BidFigures | None:
        """A bid of this evaluation."""
        return next((item for item in self.begun().bids if item.bid == bid), None)

    def passed_bids(self) -> tuple[BidFigures, ...]:
        """The bids that passed the preliminary review, in the order of the start; none before the lock."""
        passed = {decision.bid for decision in self.decisions if decision.passed}
        return tuple(item for item in self.begun().bids if item.bid in passed)

    def rejected(self) -> tuple[Decision, ...]:
        """The decisions that reject a bid."""
        return tuple(decision for decision in self.decisions if not decision.passed)

    def failed_items(self, bid: str) -> tuple[str, ...]:
        """The review items a majority of the present members failed, in the order of the tender."""
        against: Counter[str] = Counter()
        for member in self.committee:
            against.update(vote.item for vote in self.votes.get((member.id, bid), ()) if not vote.passed)
        return tuple(item for item in self.begun().review_items if against[item] * 2 > len(self.committee))

    def member_marks(self, bid: str, factor: str) -> tuple[Decimal, ...]:
        """The marks of the present members for one factor of one bid, in the order of the committee."""
        forms = (self.marks.get((member.id, bid)) for member in self.committee)
        return tuple(form.marks[factor] for form in forms if form is not None and factor in form.marks)

    def missing_forms(self) -> tuple[tuple[str, str], ...]:
        """(member, bid) whose review form (before its lock) or score form is still missing."""
        if self.review_locked_at is None:
            wanted, have = self.begun().bids, set(self.votes)
        else:
            wanted = self.passed_bids() if self.begun().factors else ()
            have = set(self.marks)
        pairs = ((member.id, item.bid) for item in wanted for member in self.committee)
        return tuple(pair for pair in pairs if pair not in have)

    def countersign_of(self, member: str) -> Countersign | None:
        """What a member did with the present version of the report."""
        return next((item for item in self.countersigns if item.member == member), None)
