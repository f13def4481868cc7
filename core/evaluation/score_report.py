"""What ``tenderbox score`` shows: one fixed outside view of any method's result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.evaluation.given import EvaluationTerms
from core.evaluation.lots import next_winner
from core.evaluation.result import EvaluationResult, ResultRow
from core.evaluation.trace import Step
from core.rules.finding import Finding
from core.rules.method_model import MethodPack

OWN = frozenset({"price_score", "total", "evaluated_price"})  # figures with a member of their own


@dataclass(frozen=True, slots=True)
class ShownBid:
    """One bid in input order; ``total`` and ``rank`` are None where it is not ranked."""

    bidder: str
    evaluated_price: Decimal | None
    price_score: Decimal | None
    scores: Mapping[str, Decimal]
    total: Decimal | None
    rank: str | None
    derived: Mapping[str, Decimal]
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ShownRejection:
    """A bid that is not ranked, and why: the reason, the pack's step ("" : rejected before) and the clause."""

    bidder: str
    reason: str
    step: str
    clause: str


@dataclass(frozen=True, slots=True)
class ShownWarning:
    """Something to look at: ``code``, and the bids, the place or the numbers it is about."""

    code: str
    about: str


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The fixed outside view. Numbers are strings in JSON; ``derived`` are the pack's own figures by id."""

    benchmark: Decimal | None
    bids: tuple[ShownBid, ...]
    derived: Mapping[str, Decimal]
    rejected: tuple[ShownRejection, ...]
    warnings: tuple[ShownWarning, ...]
    trace: tuple[Step, ...]


def score_report(
    method: MethodPack, result: EvaluationResult, terms: EvaluationTerms, findings: tuple[Finding, ...] = ()
) -> ScoreReport:
    """The view of a result; ``findings`` of the score checks come out as warnings."""
    warnings = [ShownWarning(item.code, item.about) for item in result.warnings]
    if not method.verified:
        warnings.append(ShownWarning("unverified", method.id))
    warnings += [ShownWarning(finding.rule, finding.where) for finding in findings]
    if method.lots is not None:
        warnings += _lots(method, result, terms)
    rejected = (ShownRejection(item.bid, item.reason, item.step, item.clause) for item in result.rejected)
    return ScoreReport(
        benchmark=result.base,
        bids=tuple(_bid(row) for row in result.rows),
        derived={item.name: item.value for item in result.figures},
        rejected=tuple(rejected),
        warnings=tuple(warnings),
        trace=result.trace,
    )


def _lots(method: MethodPack, result: EvaluationResult, terms: EvaluationTerms) -> list[ShownWarning]:
    if method.lots is None:
        return []
    winner, passed = next_winner(result, terms.won, method.lots.most)
    found = [ShownWarning("passed_over", name) for name in passed]
    return [*found, ShownWarning("lot_winner", winner)] if winner else found


def _bid(row: ResultRow) -> ShownBid:
    return ShownBid(
        bidder=row.bid,
        evaluated_price=row.evaluated_price,
        price_score=row.price_score,
        scores={item.factor: item.score for item in row.factor_scores},
        total=row.total,
        rank=str(row.rank) if row.rank else None,
        derived={item.name: item.value for item in row.figures if item.name not in OWN},
        trace=row.trace,
    )
