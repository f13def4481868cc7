"""The evaluation engine: bids, marks and a method pack to scores and ranks. Pure, exact, every number traced.

``Decimal`` only, 50 digits inside a formula; rounded at the places the pack names and nowhere else. The order in which
bids are given changes nothing but the order of the rows.
"""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from core.errors import ScoreInvalid
from core.evaluation.experts import combine, combining_step, expert_table
from core.evaluation.given import EvaluationTerms, ScoredBid, bid_figures, tender_figures
from core.evaluation.ranking import rank_bids
from core.evaluation.result import EvaluationResult, FactorScore, NamedFigure, ResultRow, Warned
from core.evaluation.run import Run
from core.evaluation.steps import run_step
from core.evaluation.trace import Step
from core.rules.expression import ValueMissing, arithmetic
from core.rules.method_model import MethodPack

COMPETITION_MINIMUM = 3  # with fewer bids left the committee must consider whether there is still competition
PRICE_LIMIT_NAME = "price_limit"

__all__ = ["EvaluationTerms", "ScoredBid", "evaluate"]


def evaluate(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, *, traced: bool = True
) -> EvaluationResult:
    """Scores and ranks the bids by the method; rows come in the order of ``bids``.

    ``traced`` False leaves the steps out (for simulations). Raises :class:`ScoreInvalid` with the place for no bids,
    doubled ids, prices that are no positive amount below 10^15, missing marks, values or draws, and for a formula that
    cannot be computed.
    """
    with localcontext(arithmetic()):
        try:
            return _evaluate(method, bids, terms, traced=traced)
        except ValueMissing as missing:
            raise ScoreInvalid(where="ranking", reason="value_missing", detail=str(missing)[:60]) from missing
        except (DivisionByZero, InvalidOperation, Overflow) as error:
            raise ScoreInvalid(where="ranking", reason="cannot_compute") from error


def _evaluate(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, *, traced: bool
) -> EvaluationResult:
    tender = tender_figures(method, terms)
    figures = bid_figures(method, bids, tender)
    run = Run.start(method, bids, tender, figures, terms, traced=traced)
    _combine_marks(run)
    for step in method.steps:
        if not run.sets["valid"]:
            break  # nobody is left to compute for
        run_step(run, step)
    stopped = _fewer(run)
    ranks = {} if stopped else _ranks(run)
    rows = tuple(_row(run, at, ranks) for at in range(len(bids)))
    return EvaluationResult(
        method=method.id,
        edition=method.edition,
        kind=method.kind,
        base=tender.get(method.benchmark) if method.step(method.benchmark) else None,
        rows=rows,
        figures=tuple(NamedFigure(name, tender[name]) for name in run.shared_names),
        trace=tuple(run.shared),
        rejected=tuple(run.rejected.values()),
        warnings=(*run.warnings, *_warnings(run, rows)),
    )


def _combine_marks(run: Run) -> None:
    """Factor scores of every bid, their sums by group and the sum of all (``marks``)."""
    factors = run.factors
    marked = [bid.marks for bid in run.bids if bid.marks and not bid.rejected]
    drawn = run.terms.picks.get("expert", ("",))[0]
    names = tuple(factor.id for factor in factors)
    table = expert_table(run.method.experts, run.terms.experts, marked, names, drawn) if marked else None
    for at, bid in enumerate(run.bids):
        figures, total = run.figures[at], Decimal(0)
        for factor in factors:
            if factor.id in bid.scores:
                score = bid.scores[factor.id]
                if not factor.least <= score <= factor.full:
                    raise ScoreInvalid(where=f"{bid.bid[:40]} {factor.id[:40]}", reason="mark_range", detail=str(score))
            elif table is None or (bid.rejected and factor.id not in bid.marks):
                if run.is_valid(at):
                    raise ScoreInvalid(where=f"{bid.bid[:40]} {factor.id[:40]}", reason="no_marks")
                continue
            else:
                marks = bid.marks.get(factor.id, ())
                score = combine(table, bid.bid, factor.id, marks, (factor.least, factor.full))
                if run.traced:
                    run.steps[at].append(combining_step(table, factor.id, marks, score))
            figures[factor.id] = score
            total += score
            if factor.group:
                figures[factor.group] = figures.get(factor.group, Decimal(0)) + score
        figures["marks"] = total
        for parent, leaves in run.parents:
            figures[parent] = sum((figures.get(leaf, Decimal(0)) for leaf in leaves), Decimal(0))


def _fewer(run: Run) -> bool:
    left = run.sets["valid"]
    stopped = False
    for rule in run.method.fewer:
        if len(left) < rule.below:
            run.warnings.append(Warned("stopped" if rule.then == "stop" else "fewer", f"{len(left)} < {rule.below}"))
            stopped = stopped or rule.then == "stop"
    return stopped or not left


def _ranks(run: Run) -> dict[str, tuple[int, bool]]:
    for at in run.sets["valid"]:
        evaluated = run.figures[at].setdefault("evaluated_price", run.figures[at].get("price", Decimal(0)))
        if evaluated <= 0 and "price" in run.figures[at]:
            raise ScoreInvalid(where=f"{run.bids[at].bid[:40]} evaluated_price", reason="not_above_zero")
    ranked = [(run.bids[at].bid, run.figures[at]) for at in run.sets["valid"]]
    return rank_bids(run.method.ranking, ranked, run.tender, run.terms.decided_ties)


def _row(run: Run, at: int, ranks: dict[str, tuple[int, bool]]) -> ResultRow:
    bid, figures = run.bids[at], run.figures[at]
    rank, tied = ranks.get(bid.bid, (0, False))
    return ResultRow(
        bid=bid.bid,
        price=bid.price,
        evaluated_price=figures.get("evaluated_price", bid.price),
        price_score=figures.get("price_score") if run.is_valid(at) else None,
        factor_scores=tuple(FactorScore(one.id, figures[one.id]) for one in run.factors if one.id in figures),
        total=figures.get("total") if rank else None,
        figures=tuple(NamedFigure(name, figures[name]) for name in run.bid_names if name in figures),
        trace=tuple(run.steps[at]),
        rank=rank,
        tied=tied,
    )


def _warnings(run: Run, rows: tuple[ResultRow, ...]) -> tuple[Warned, ...]:
    warnings = []
    tied = [row.bid for row in rows if row.tied]
    if tied:
        warnings.append(Warned("tied", ", ".join(tied)[:200]))
    limit = run.terms.values.get(PRICE_LIMIT_NAME)
    above = [row.bid for row in rows if limit is not None and row.price is not None and row.price > limit]
    if above:
        warnings.append(Warned("above_limit", ", ".join(above)[:200]))
    if len(run.sets["valid"]) < COMPETITION_MINIMUM:
        warnings.append(Warned("few_bids", str(len(run.sets["valid"]))))
    return tuple(warnings)


def steps_of(result: EvaluationResult) -> list[Step]:
    """Every step of a result: shared first, then bid by bid."""
    return [*result.trace, *(step for row in result.rows for step in row.trace)]
