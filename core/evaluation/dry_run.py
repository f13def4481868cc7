"""A method tried out before it is published: sampled bids, the score curve, what would change the winner, and how far
colluding bids move the base price. Read-only advice; no figure of it ever enters an evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import ScoreInvalid
from core.evaluation.engine import evaluate
from core.evaluation.given import EvaluationTerms, ScoredBid
from core.evaluation.sampling import Sampler
from core.evaluation.score_input import read_bids
from core.evaluation.sensitivity import Curve, Manipulated, Turning, manipulability, score_curve, turning_points
from core.rules.functions import round_places
from core.rules.method_model import GivenValue, MethodPack

SAMPLED_BIDS = 7
RUNS_LIMIT = 100_000
USUAL_PRICE = Decimal(1_000_000)
SPREAD = (Decimal("0.80"), Decimal("1.00"))  # sampled prices, as a share of the price limit
SAMPLED_FACTOR = "quality"  # stands in where the tender names the factors and none are given
MARK_SPREAD = (Decimal("0.60"), Decimal("1.00"))  # sampled scores, as a share of the full score
NOT_PRICES = frozenset({"price_full_score"})


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the runs gave. ``wins_by_price``: winners by place from the lowest price; ratios are to the mean price.

    ``failed`` runs could not be computed with the sampled numbers; ``first_fault`` says why, "" for none.
    """

    method: str
    runs: int
    failed: int
    first_fault: str
    bids: int
    wins_by_price: tuple[int, ...]
    ties: int
    winner_to_mean: Decimal | None
    base_to_mean: Decimal | None
    curve: tuple[Curve, ...]
    turning: tuple[Turning, ...]
    manipulated: tuple[Manipulated, ...]


def dry_run(
    method: MethodPack, given: Mapping[str, object], *, runs: int, seed: str, tick: Callable[[], None]
) -> DryRun:
    """Runs the method; with bids in ``given`` these are varied by a tenth, else bids are sampled.

    Raises :class:`ScoreInvalid` for a number of runs outside 1 to 100,000 and where no run could be computed.
    """
    if not 1 <= runs <= RUNS_LIMIT:
        raise ScoreInvalid(where="runs", reason="value_range", detail=f"{runs} (1..{RUNS_LIMIT})")
    bids, terms = read_bids(given, method)
    sampler = Sampler(seed)
    tally = _Tally()
    first: tuple[tuple[ScoredBid, ...], EvaluationTerms] | None = None
    for number in range(runs):
        if number % 64 == 0:
            tick()
        sampled = _sample(method, bids, terms, sampler)
        try:
            tally.add(method, *sampled)
        except ScoreInvalid as fault:
            tally.failed += 1
            tally.fault = tally.fault or f"{fault.params['where']} {fault.params['reason']}"
            continue
        first = first or sampled
    if first is None:
        raise ScoreInvalid(where="dry-run", reason="cannot_compute", detail=tally.fault[:100])
    base = (bids, replace(first[1], draws={**first[1].draws, **terms.draws})) if bids else first
    return _told(method, tally, runs, base)


def _told(method: MethodPack, tally: _Tally, runs: int, base: tuple[tuple[ScoredBid, ...], EvaluationTerms]) -> DryRun:
    """The counts, and what the first bids that could be computed show."""
    done = runs - tally.failed
    return DryRun(
        method=method.id,
        runs=runs,
        failed=tally.failed,
        first_fault=tally.fault,
        bids=len(base[0]),
        wins_by_price=tuple(tally.wins[place] for place in sorted(tally.wins)),
        ties=tally.ties,
        winner_to_mean=round_places(tally.winner / done, 4) if tally.priced else None,
        base_to_mean=round_places(tally.base / tally.based, 4) if tally.based else None,
        curve=score_curve(method, *base),
        turning=turning_points(method, *base),
        manipulated=manipulability(method, *base),
    )


class _Tally:
    """What is counted over the runs."""

    def __init__(self) -> None:
        self.failed = self.ties = self.priced = self.based = 0
        self.fault = ""
        self.wins: dict[int, int] = {}
        self.winner = self.base = Decimal(0)

    def add(self, method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> None:
        result = evaluate(method, bids, terms, traced=False)
        prices = sorted(bid.price for bid in bids if bid.price is not None)
        for place in range(len(bids)):
            self.wins.setdefault(place, 0)
        ranked = result.ranking()
        if not ranked or not prices:
            return
        mean = sum(prices, Decimal(0)) / len(prices)
        if ranked[0].tied:
            self.ties += 1
        if ranked[0].price is not None:
            self.wins[prices.index(ranked[0].price)] += 1
            self.winner += ranked[0].price / mean
            self.priced += 1
        if result.base is not None:
            self.base += result.base / mean
            self.based += 1


def _sample(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, sampler: Sampler
) -> tuple[tuple[ScoredBid, ...], EvaluationTerms]:
    values = {value.id: _tender_value(value, sampler) for value in method.tender_values if value.id not in terms.values}
    known = {name: value for name, value in values.items() if value is not None} | dict(terms.values)
    top = known.get("price_limit") or max(
        (known[value.id] for value in method.tender_values
         if value.id in known and value.unit in {"yuan", "wan_yuan"} and value.id not in NOT_PRICES),
        default=USUAL_PRICE,
    )  # fmt: skip
    factors = {leaf.id: leaf.full for factor in method.factors for leaf in factor.leaves()} | dict(terms.factors)
    if not factors and method.factors_from_tender and not bids:
        factors = {SAMPLED_FACTOR: Decimal(100)}
        terms = replace(terms, factors=factors)
    if bids:
        sampled = tuple(_varied(bid, sampler) for bid in bids)
    else:
        sampled = tuple(_bid(method, number, top, factors, sampler) for number in range(1, SAMPLED_BIDS + 1))
    draws = {draw.id: terms.draws.get(draw.id) or sampler.one(draw.values) for draw in method.draws if draw.values}
    order = sampler.order([bid.bid for bid in sampled])
    picks = {draw.id: order for draw in method.draws if draw.count} | {"expert": ("1",)}
    return sampled, replace(terms, values=known, draws=draws, picks=picks, decided_ties=(), simulated=True)


def _tender_value(value: GivenValue, sampler: Sampler) -> Decimal | None:
    if value.sample is not None:
        return sampler.between(*value.sample)
    if value.default is not None or value.optional:
        return value.default
    if value.unit in {"yuan", "wan_yuan"}:
        return USUAL_PRICE
    return value.minimum if value.minimum is not None else value.maximum


def _varied(bid: ScoredBid, sampler: Sampler) -> ScoredBid:
    if bid.price is None:
        return bid
    return replace(bid, price=round_places(bid.price * sampler.between(Decimal("0.95"), Decimal("1.05")), 2))


def _bid(method: MethodPack, number: int, top: Decimal, factors: Mapping[str, Decimal], sampler: Sampler) -> ScoredBid:
    values, words = {}, {}
    for value in method.bid_values:
        if value.choices:
            words[value.id] = sampler.one(sorted(value.choices))
            continue
        figure = _tender_value(value, sampler)
        if figure is not None:
            values[value.id] = figure
    return ScoredBid(
        bid=f"S{number}",
        price=round_places(top * sampler.between(*SPREAD), 2),
        scores={name: round_places(full * sampler.between(*MARK_SPREAD), 2) for name, full in factors.items()},
        values=values,
        words=words,
    )
