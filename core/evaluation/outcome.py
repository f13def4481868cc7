"""From the committee's acts to the result: a deterministic function of log, tender and method."""

from __future__ import annotations

from decimal import Decimal

from core.errors import StepNotAllowed
from core.evaluation.bodies import FactorRange
from core.evaluation.engine import EvaluationTerms, ScoredBid, evaluate
from core.evaluation.result import EvaluationResult
from core.evaluation.state import EvaluationState
from core.rules.method_pack import KIND_SCORE, MethodPack
from core.tender.model import Factor, Lot, Tender

PRICE_GROUP = "price"
PRICE_LIMIT, PRICE_FULL_SCORE = "price_limit", "price_full_score"  # names a pack may ask the tender for
DURATION = "duration"  # quantity of a bid: days offered
REQUIRED_DURATION = "required_duration"  # days; what a bid offers is its quantity ``duration``


def evaluation_result(state: EvaluationState, tender: Tender, method: MethodPack) -> EvaluationResult:
    """The engine's result for the bids that passed, from the locked marks; same log, same result.

    Raises :class:`StepNotAllowed` while marks are missing.
    """
    inputs = result_inputs(state, tender, method)
    return evaluate(method, *inputs)


def result_inputs(
    state: EvaluationState, tender: Tender, method: MethodPack
) -> tuple[tuple[ScoredBid, ...], EvaluationTerms]:
    """What goes into the engine; its canonical JSON is what ``result.computed`` digests as inputs."""
    lot = tender.lot(state.begun().lot)
    if state.review_locked_at is None or state.missing_forms():
        raise StepNotAllowed(step="result.computed", reason="forms_missing")
    factors = marked_factors(lot, method)
    asked = {value.id for value in method.bid_values}
    bids = tuple(
        ScoredBid(
            bid=item.bid,
            price=item.price,
            marks={factor.id: state.member_marks(item.bid, factor.id) for factor in factors},
            values={name: value for name, value in item.quantities.items() if name in asked},
        )
        for item in state.passed_bids()
    )
    return bids, evaluation_terms(lot, method, state.tie.order if state.tie else ())


def evaluation_terms(lot: Lot, method: MethodPack, decided_ties: tuple[str, ...] = ()) -> EvaluationTerms:
    """What the tender lays down for a lot beside its method; only what the method asks for is given."""
    given = {PRICE_FULL_SCORE: price_full_score(lot), REQUIRED_DURATION: Decimal(lot.duration_days)}
    if lot.price_limit is not None:
        given[PRICE_LIMIT] = lot.price_limit
    asked = {value.id for value in method.tender_values}
    return EvaluationTerms(
        values={name: value for name, value in given.items() if name in asked},
        factors={factor.id: factor.full_score for factor in marked_factors(lot, method)},
        decided_ties=decided_ties,
    )


def marked_factors(lot: Lot, method: MethodPack) -> tuple[Factor, ...]:
    """The factors members mark: all but the price, and none where the lowest price wins."""
    if method.kind != KIND_SCORE:
        return ()
    return tuple(factor for factor in lot.factors if factor.group != PRICE_GROUP)


def price_full_score(lot: Lot) -> Decimal:
    """Full score of the price factors of a lot."""
    return sum((factor.full_score for factor in lot.factors if factor.group == PRICE_GROUP), Decimal(0))


def factor_ranges(lot: Lot, method: MethodPack) -> tuple[FactorRange, ...]:
    """The factors as the evaluation's start event names them."""
    return tuple(FactorRange(item.id, item.full_score, item.objective) for item in marked_factors(lot, method))
