"""Bodies of the evaluation's events. JSON by core.values.codec; format: docs/spec/opening-and-evaluation-events.md.

``bid`` is the SM3 (hex) of the sealed file. One evaluation log is one committee's work on one lot. The member of a
member's act is the act's actor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of event of an evaluation."""

    STARTED = "evaluation.started"
    COMMITTED = "member.committed"
    RECUSED = "member.recused"
    REPLACED = "member.replaced"
    CHAIR_ELECTED = "chair.elected"
    REVIEW_VOTED = "review.voted"
    REVIEW_LOCKED = "review.locked"
    CLARIFICATION_ASKED = "clarification.asked"
    CLARIFICATION_ANSWERED = "clarification.answered"
    MARKS_GIVEN = "marks.given"
    MARKS_LOCKED = "marks.locked"
    TIE_DECIDED = "tie.decided"
    RESULT_COMPUTED = "result.computed"
    REPORT_FROZEN = "report.frozen"
    REPORT_SIGNED = "report.signed"
    REPORT_DISSENT = "report.dissent"
    REPORT_REFUSED = "report.refused"
    CLOSED = "evaluation.closed"


class MemberRole(StrEnum):
    """Whom a member of the committee stands for."""

    EXPERT = "expert"  # 技术、经济等方面的专家
    TENDERER_REPRESENTATIVE = "tenderer_representative"  # 招标人代表


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the committee. ``id``: the actor of his acts; ``certificate``: SM3 (hex) of the one he signs by."""

    id: str
    name: str
    role: MemberRole
    specialty: str
    employer: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class BidFigures:
    """A bid to be evaluated: who bids, the opened price in yuan, quantities the method may adjust by."""

    bid: str
    bidder: str
    price: Decimal
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactorRange:
    """A factor the members mark: its full score, and whether all members must give the same mark."""

    id: str
    full_score: Decimal
    objective: bool


@dataclass(frozen=True, slots=True)
class Started:
    """The evaluation begins. ``opening`` is the SM3 (hex) of the opening record's manifest, likewise the others."""

    tender_id: str
    tender_digest: str
    lot: str
    opening: str
    method: str
    method_sm3: str
    bids: tuple[BidFigures, ...]
    committee: tuple[Member, ...]
    review_items: tuple[str, ...]
    factors: tuple[FactorRange, ...]


@dataclass(frozen=True, slots=True)
class Committed:
    """The member saw the bidders' names, declares no interest and promises to keep the discipline."""

    statement: str


@dataclass(frozen=True, slots=True)
class Recused:
    """The member steps back. Source: 招标投标法实施条例 §46."""

    reason: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another member takes the place of one who left; the conclusions of that one are void (实施条例 §48)."""

    member: str
    by: Member
    reason: str


@dataclass(frozen=True, slots=True)
class ChairElected:
    """The chair: ``by`` is ``election`` or ``appointment``."""

    chair: str
    by: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One review item of one bid; a reason is needed where it fails."""

    item: str
    passed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewVoted:
    """A member's whole review form for one bid; a later one replaces an earlier one."""

    bid: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a chain that a lock covers."""

    chain: str
    sm3: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the majority decided about one bid.

    A rejected bid names the failed ``items``, the ``code`` of 实施条例 §51 (1–7), the tender's ``clause`` and a reason.
    """

    bid: str
    passed: bool
    items: tuple[str, ...] = ()
    code: str = ""
    clause: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewLocked:
    """The preliminary review ends: one decision for every bid."""

    decisions: tuple[Decision, ...]
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class ClarificationAsked:
    """The committee asks a bidder in writing. Source: 实施条例 §52."""

    clarification: str
    bid: str
    question: str


@dataclass(frozen=True, slots=True)
class ClarificationAnswered:
    """The bidder's written answer."""

    clarification: str
    answer: str


@dataclass(frozen=True, slots=True)
class MarksGiven:
    """A member's whole score form for one bid, by factor id; a later one replaces an earlier one."""

    bid: str
    marks: Mapping[str, Decimal]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarksLocked:
    """Marking ends; nobody changes a mark after this."""

    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class TieDecided:
    """The order of bids that all keys of the method leave equal, best first, with the reason."""

    order: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ResultComputed:
    """The engine ran: SM3 (hex) of the canonical JSON of its inputs and of its result."""

    inputs_sm3: str
    result_sm3: str


@dataclass(frozen=True, slots=True)
class ReportFrozen:
    """The report's bytes are fixed. ``report_version`` counts from 1; a new version voids all signatures."""

    sm3: str
    report_version: int


@dataclass(frozen=True, slots=True)
class ReportSigned:
    """The member signs the frozen report (the binding CMS signature stands beside the event)."""

    sm3: str


@dataclass(frozen=True, slots=True)
class ReportDissent:
    """The member signs, but states another opinion. Source: 实施条例 §53."""

    sm3: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportRefused:
    """A member does not sign, recorded by the chair or the host; without reason it is deemed consent (§53)."""

    sm3: str
    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The evaluation ends."""

    remark: str
