"""What a result hangs on: the price score over the price, the change that makes another bid win, and collusion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import ScoreInvalid
from core.evaluation.engine import evaluate
from core.evaluation.given import EvaluationTerms, ScoredBid
from core.evaluation.result import EvaluationResult
from core.rules.functions import round_places
from core.rules.method_model import MethodPack

PERCENTS = tuple(range(80, 121, 2))  # of the mean price
LOOKED_AT = 10  # bids whose turning point is sought
FARTHEST = 20  # percent
COLLUDERS = 3
MOVED = Decimal(10)  # percent by which colluding bids leave their price


@dataclass(frozen=True, slots=True)
class Curve:
    """One point: price as percent of the mean price, its score (None where the method has none) and its rank."""

    percent: int
    price_score: Decimal | None
    rank: int


@dataclass(frozen=True, slots=True)
class Turning:
    """What bid ``bidder`` lacks to the first: points of total, and the change of its price in percent that would do.

    ``price_percent`` None: no change up to 20 percent makes it win alone.
    """

    bidder: str
    points: Decimal | None
    price_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Manipulated:
    """How far the base price moves (percent) when ``bids`` of them leave their price by 10 % down or up."""

    bids: int
    down: Decimal
    up: Decimal
    winner_changes: bool


def rank_reversal(
    method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, result: EvaluationResult
) -> tuple[str, ...]:
    """The bids that would rank otherwise had the rejected ones never been given; none where nothing changes."""
    gone = {item.bid for item in result.rejected}
    order = [row.bid for row in result.ranking()]
    if not gone or not order:
        return ()
    other = _try(method, tuple(bid for bid in bids if bid.bid not in gone), terms)
    again = [row.bid for row in other.ranking()] if other is not None else order
    return tuple(one for one, two in zip(order, again, strict=False) if one != two)


def score_curve(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> tuple[Curve, ...]:
    """The score of the first bid while its price moves and the others stay."""
    mean = _mean_price(bids)
    points = []
    for percent in PERCENTS if mean else ():
        result = _try(method, _with_price(bids, 0, mean * percent / 100), terms)
        if result is not None:
            points.append(Curve(percent, result.rows[0].price_score, result.rows[0].rank))
    return tuple(points)


def turning_points(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> tuple[Turning, ...]:
    """For every bid behind the first, what it lacks."""
    result = _try(method, bids, terms)
    if result is None or not result.ranking():
        return ()
    first = result.ranking()[0]
    places = {bid.bid: at for at, bid in enumerate(bids)}
    found = []
    for row in result.ranking()[1 : LOOKED_AT + 1]:
        lacks = first.total - row.total if first.total is not None and row.total is not None else None
        found.append(Turning(row.bid, lacks, _price_change(method, bids, terms, places[row.bid])))
    return tuple(found)


def manipulability(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> tuple[Manipulated, ...]:
    """The base price with 1, 2 and 3 colluding bids: the lowest lowered, the highest raised."""
    result = _try(method, bids, terms)
    if result is None or not result.base or not result.ranking():
        return ()
    winner = result.ranking()[0].bid
    priced = sorted((bid.price, at) for at, bid in enumerate(bids) if bid.price is not None)
    found = []
    for count in range(1, min(COLLUDERS, len(priced) - 1) + 1):
        shifts, changed = [], False
        for chosen, factor in ((priced[:count], 1 - MOVED / 100), (priced[-count:], 1 + MOVED / 100)):
            moved = bids
            for price, at in chosen:
                moved = _with_price(moved, at, price * factor)
            other = _try(method, moved, terms)
            base = other.base if other is not None and other.base is not None else result.base
            shifts.append(round_places((base - result.base) / result.base * 100, 3))
            changed = changed or (other is not None and bool(other.ranking()) and other.ranking()[0].bid != winner)
        found.append(Manipulated(count, shifts[0], shifts[1], changed))
    return tuple(found)


def _price_change(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms, at: int) -> Decimal | None:
    price = bids[at].price
    if price is None:
        return None
    for size in range(1, FARTHEST + 1):
        for percent in (-size, size):
            result = _try(method, _with_price(bids, at, price * (100 + percent) / 100), terms)
            if result is not None and result.rows[at].rank == 1 and not result.rows[at].tied:
                return Decimal(percent)
    return None


def _with_price(bids: tuple[ScoredBid, ...], at: int, price: Decimal) -> tuple[ScoredBid, ...]:
    moved = replace(bids[at], price=round_places(price, 2))
    return (*bids[:at], moved, *bids[at + 1 :])


def _mean_price(bids: tuple[ScoredBid, ...]) -> Decimal:
    prices = [bid.price for bid in bids if bid.price is not None]
    return sum(prices, Decimal(0)) / len(prices) if prices and bids[0].price is not None else Decimal(0)


def _try(method: MethodPack, bids: tuple[ScoredBid, ...], terms: EvaluationTerms) -> EvaluationResult | None:
    try:
        return evaluate(method, bids, terms, traced=False)
    except ScoreInvalid:
        return None
