"""The evaluation engine: bids, marks and a method pack to scores and ranks. Pure, exact, every number traced.

``Decimal`` only; halves are rounded away from zero at the places the pack names and nowhere else. The order in which
bids are given changes nothing but the order of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.errors import DataInvalid
from core.evaluation.ranking import rank_rows
from core.evaluation.result import EvaluationResult, FactorScore, ResultRow
from core.evaluation.trace import Step, compute
from core.rules.method_pack import KIND_SCORE, ExpertRule, MethodPack, PriceRule, Segment

PRICE_LIMIT = Decimal(10) ** 15  # yuan; no tender is larger, so a larger price is a fault of the input
COMPETITION_MINIMUM = 3  # with fewer bids left the committee must consider whether there is still competition


@dataclass(frozen=True, slots=True)
class ScoredBid:
    """One bid as the engine sees it: only bids that passed the preliminary review are given.

    ``marks`` by factor id, one per member; ``quantities`` such as ``duration`` for adjustments; price in yuan.
    """

    bid: str
    price: Decimal
    marks: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvaluationTerms:
    """What the tender says beside the pack. ``factors`` are full scores of the factors members mark, by id.

    ``required`` are the quantities adjustments compare with; ``decided_ties`` is an order the committee decided.
    """

    price_limit: Decimal | None = None
    price_full_score: Decimal = Decimal(0)
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    required: Mapping[str, Decimal] = field(default_factory=dict)
    decided_ties: tuple[str, ...] = ()


def evaluate(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> EvaluationResult:
    """Scores and ranks the bids by the method.

    Rows come in the order of ``bids``. Raises :class:`DataInvalid` for no bids, doubled ids, prices that are no
    positive amount below 10^15, missing marks or quantities, and where no bid may enter the mean.
    """
    _refuse_foreign(bids)
    if method.kind == KIND_SCORE:
        shared, rows = _by_score(method, bids, terms)
    else:
        shared, rows = (), tuple(_by_price(method, bid, terms) for bid in bids)
    ranked = rank_rows(method, rows, terms.decided_ties)
    return EvaluationResult(
        method=method.id,
        edition=method.edition,
        kind=method.kind,
        base=shared[-1].result if shared else None,
        rows=ranked,
        trace=shared,
        warnings=_warnings(ranked, terms),
    )


def _refuse_foreign(bids: tuple[ScoredBid, ...]) -> None:
    if not bids:
        raise DataInvalid(where="bids", reason="none")
    seen: set[str] = set()
    for bid in bids:
        if bid.bid in seen:
            raise DataInvalid(where=f"bid {bid.bid[:40]}", reason="twice")
        seen.add(bid.bid)
        if not bid.price.is_finite() or not 0 < bid.price < PRICE_LIMIT:
            raise DataInvalid(where=f"bid {bid.bid[:40]}", reason=f"price {str(bid.price)[:30]}")


def _warnings(rows: tuple[ResultRow, ...], terms: EvaluationTerms) -> tuple[str, ...]:
    warnings = []
    if any(row.tied for row in rows):
        warnings.append("tied")
    if terms.price_limit is not None and any(row.price > terms.price_limit for row in rows):
        warnings.append("above_limit")
    if len(rows) < COMPETITION_MINIMUM:
        warnings.append("few_bids")
    return tuple(warnings)


def _by_score(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms
) -> tuple[tuple[Step, ...], tuple[ResultRow, ...]]:
    rule = method.price
    if rule is None:
        raise DataInvalid(where=method.id, reason="price")
    mean = _mean_step(rule, bids, terms.price_limit)
    base = compute(
        "base",
        "base",
        [("mean", mean.result), ("float_percent", rule.float_percent)],
        places=rule.base_places,
        clause=rule.clause,
    )
    if base.result <= 0:
        raise DataInvalid(where="base", reason="rounds to zero")
    rows = tuple(_score_row(method, rule, bid, base.result, terms) for bid in bids)
    return (mean, base), rows


def _mean_step(rule: PriceRule, bids: tuple[ScoredBid, ...], limit: Decimal | None) -> Step:
    """The mean of the effective bids without the trimmed ones."""
    within = [bid for bid in bids if limit is None or not rule.only_within_limit or bid.price <= limit]
    if not within:
        raise DataInvalid(where="bids", reason="none within the price limit")
    ordered = sorted(within, key=lambda bid: (bid.price, bid.bid))
    row = max((row for row in rule.trim if row.n_min <= len(ordered)), key=lambda row: row.n_min)
    kept = ordered[row.low : len(ordered) - row.high]
    inside = {bid.bid for bid in kept}
    outside = [bid for bid in bids if bid.bid not in inside]
    return compute(
        "mean",
        "mean",
        [(bid.bid, bid.price) for bid in kept],
        places=rule.mean_places,
        clause=rule.clause,
        left_out=sorted((bid.bid, bid.price) for bid in outside),
    )


def _score_row(method: MethodPack, rule: PriceRule, bid: ScoredBid, base: Decimal, terms: EvaluationTerms) -> ResultRow:
    deviation = compute(
        "deviation",
        "deviation",
        [("price", bid.price), ("base", base)],
        places=rule.deviation_places,
        clause=rule.clause,
    )
    segments = rule.above if deviation.result > 0 else rule.below
    loss = compute("loss", "loss", _loss_inputs(deviation.result, segments), places=None, clause=rule.clause)
    price_score = compute(
        "price_score",
        "price_score",
        [("full_score", terms.price_full_score), ("loss", loss.result), ("floor", rule.floor)],
        places=rule.score_places,
        clause=rule.clause,
    )
    factor_steps = tuple(_factor_step(method.experts, bid, factor, full) for factor, full in terms.factors.items())
    scores = tuple(FactorScore(step.name, step.result) for step in factor_steps)
    total = compute(
        "total",
        "sum",
        [("price_score", price_score.result), *((score.factor, score.score) for score in scores)],
        places=method.result_places,
        clause=method.clause,
    )
    return ResultRow(
        bid=bid.bid,
        price=bid.price,
        deviation=deviation.result,
        price_score=price_score.result,
        factor_scores=scores,
        total=total.result,
        evaluated_price=None,
        trace=(deviation, loss, price_score, *factor_steps, total),
    )


def _loss_inputs(deviation: Decimal, segments: tuple[Segment, ...]) -> list[tuple[str, Decimal]]:
    inputs = [("deviation", deviation)]
    for number, segment in enumerate(segments, start=1):
        inputs.append((f"per_percent_{number}", segment.per_percent))
        if segment.until is not None:
            inputs.append((f"until_{number}", segment.until))
    return inputs


def _factor_step(rule: ExpertRule | None, bid: ScoredBid, factor: str, full: Decimal) -> Step:
    """One factor's score: the mean of the members' marks, extremes left out from ``drop_from`` members on."""
    marks = bid.marks.get(factor, ())
    if rule is None or not marks:
        raise DataInvalid(where=f"bid {bid.bid[:40]}", reason=f"no marks for {factor[:40]}")
    if any(not mark.is_finite() or not 0 <= mark <= full for mark in marks):
        raise DataInvalid(where=f"bid {bid.bid[:40]}", reason=f"mark for {factor[:40]} out of range")
    ordered = sorted(marks)
    low, high = (rule.drop_low, rule.drop_high) if len(ordered) >= rule.drop_from else (0, 0)
    kept = ordered[low : len(ordered) - high]
    dropped = [*ordered[:low], *ordered[len(ordered) - high :]]
    return compute(
        factor,
        "mean",
        [(f"mark_{number}", mark) for number, mark in enumerate(kept, start=1)],
        places=rule.places,
        clause=rule.clause,
        left_out=[(f"dropped_{number}", mark) for number, mark in enumerate(dropped, start=1)],
    )


def _by_price(method: MethodPack, bid: ScoredBid, terms: EvaluationTerms) -> ResultRow:
    steps = []
    for rule in method.adjustments:
        if rule.quantity not in bid.quantities or rule.quantity not in terms.required:
            raise DataInvalid(where=f"bid {bid.bid[:40]}", reason=f"no quantity {rule.quantity[:40]}")
        inputs = [
            ("offered", bid.quantities[rule.quantity]),
            ("required", terms.required[rule.quantity]),
            ("per_unit_less", rule.per_unit_less),
            ("per_unit_more", rule.per_unit_more),
        ]
        steps.append(compute(rule.id, "adjustment", inputs, places=method.result_places, clause=rule.clause))
    total = compute(
        "evaluated_price",
        "sum",
        [("price", bid.price), *((step.name, step.result) for step in steps)],
        places=method.result_places,
        clause=method.clause,
    )
    if total.result <= 0:
        raise DataInvalid(where=f"bid {bid.bid[:40]}", reason="evaluated price not above zero")
    return ResultRow(
        bid=bid.bid,
        price=bid.price,
        deviation=None,
        price_score=None,
        factor_scores=(),
        total=None,
        evaluated_price=total.result,
        trace=(*steps, total),
    )


def without_trace(result: EvaluationResult) -> EvaluationResult:
    """The same result without its steps, for comparisons and short lists."""
    return replace(result, trace=(), rows=tuple(replace(row, trace=()) for row in result.rows))
