"""What an evaluation is given: bids, what the tender lays down, draws; checked and turned into named figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import ScoreInvalid
from core.rules.method_model import GivenValue, MethodPack

PRICE_LIMIT = Decimal(10) ** 15  # yuan; no tender is larger, so a larger price is a fault of the input
VALUE_LIMIT = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class ScoredBid:
    """One bid as the engine sees it; price in the unit of the tender (yuan), None where it is not opened.

    ``marks`` by factor id, one per member; ``scores`` are factor scores already combined; ``values`` and ``words`` are
    what the pack asks a bid for. ``rejected`` is the reason of a rejection before the computation, "" for none.
    """

    bid: str
    price: Decimal | None
    marks: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    values: Mapping[str, Decimal] = field(default_factory=dict)
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationTerms:
    """What stands beside pack and bids.

    ``values`` the tender's; ``factors`` full scores of factors the tender names; ``draws`` drawn values and ``picks``
    drawn bids by draw id; ``decided_ties`` an order drawn or decided; ``experts`` names of the members in the order of
    their marks; ``won`` lots each bidder has won already.
    """

    values: Mapping[str, Decimal] = field(default_factory=dict)
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    draws: Mapping[str, Decimal] = field(default_factory=dict)
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decided_ties: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    won: Mapping[str, int] = field(default_factory=dict)
    simulated: bool = False  # dry run: a pick is an order of all bids, of which the first that fit are taken


def tender_figures(method: MethodPack, terms: EvaluationTerms) -> dict[str, Decimal]:
    """Parameters, the tender's values and drawn values by name; raises :class:`ScoreInvalid` for what does not fit."""
    figures = {parameter.id: parameter.value for parameter in method.parameters}
    known = {value.id: value for value in method.tender_values}
    for name, number in terms.values.items():
        if name not in known:
            raise ScoreInvalid(where=f"tender.{name[:40]}", reason="unknown_value", detail=name[:40])
        figures[name] = _within(known[name], number, f"tender.{name}")
    for name, value in known.items():
        if name not in figures and value.default is not None:
            figures[name] = value.default
        if name not in figures and not value.optional:
            raise ScoreInvalid(where=f"tender.{name}", reason="value_missing", detail=name)
    return figures | _drawn(method, terms)


def _drawn(method: MethodPack, terms: EvaluationTerms) -> dict[str, Decimal]:
    drawn, known = {}, {draw.id: draw for draw in method.draws}
    for name in (*terms.draws, *(name for name in terms.picks if name != "expert")):
        if name not in known:
            raise ScoreInvalid(where=f"draws.{name[:40]}", reason="unknown_draw", detail=name[:40])
    for draw in method.draws:
        if draw.count:
            continue
        if draw.id not in terms.draws:
            raise ScoreInvalid(where=f"draws.{draw.id}", reason="draw_needed", detail=draw.id)
        value = terms.draws[draw.id]
        if value not in draw.values:
            raise ScoreInvalid(where=f"draws.{draw.id}", reason="draw_foreign", detail=str(value)[:40])
        drawn[draw.id] = value
    return drawn


def bid_figures(
    method: MethodPack, bids: tuple[ScoredBid, ...], tender: Mapping[str, Decimal]
) -> list[dict[str, Decimal]]:
    """Price and values of every bid by name, in the order of ``bids``; what a bid left open filled from its peers."""
    if not bids:
        raise ScoreInvalid(where="bids", reason="no_bids")
    seen: set[str] = set()
    known = {value.id: value for value in method.bid_values}
    figures = []
    for number, bid in enumerate(bids):
        where = f"bids[{number}]"
        if not bid.bid or bid.bid in seen:
            raise ScoreInvalid(where=f"{where}.bidder", reason="bidder_twice", detail=bid.bid[:40])
        seen.add(bid.bid)
        figures.append(_figures(bid, known, tender, where))
        if bid.price is not None and method.step("evaluated_price") is None:
            figures[-1]["evaluated_price"] = bid.price
    _fill_missing(method, bids, figures)
    for number, (bid, own) in enumerate(zip(bids, figures, strict=True)):
        for value in method.bid_values:
            if value.id not in own and not value.optional and not bid.rejected:
                raise ScoreInvalid(where=f"bids[{number}].values.{value.id}", reason="value_missing", detail=value.id)
    return figures


def _figures(
    bid: ScoredBid, known: Mapping[str, GivenValue], tender: Mapping[str, Decimal], where: str
) -> dict[str, Decimal]:
    own: dict[str, Decimal] = {}
    if bid.price is not None:
        if not bid.price.is_finite() or not 0 < bid.price < PRICE_LIMIT:
            raise ScoreInvalid(where=f"{where}.price", reason="price_range", detail=str(bid.price)[:30])
        own["price"] = bid.price
    for name in (*bid.values, *bid.words):
        if name not in known:
            raise ScoreInvalid(where=f"{where}.values.{name[:40]}", reason="unknown_value", detail=name[:40])
    for name, number in bid.values.items():
        if known[name].choices:
            raise ScoreInvalid(where=f"{where}.values.{name}", reason="choice", detail=str(number)[:40])
        own[name] = _within(known[name], number, f"{where}.values.{name}")
    for name, word in bid.words.items():
        formula = known[name].choices.get(word)
        if formula is None:
            raise ScoreInvalid(where=f"{where}.values.{name}", reason="choice", detail=word[:40])
        own[name] = formula.compute(tender, {}, ())
    for name, value in known.items():
        if name not in own and value.default is not None:
            own[name] = value.default
    return own


def _fill_missing(method: MethodPack, bids: tuple[ScoredBid, ...], figures: list[dict[str, Decimal]]) -> None:
    """漏项: the highest value of the peers stands in where a bid left one open."""
    for own in figures:
        own["filled"] = Decimal(0)
    for value in method.bid_values:
        if value.missing != "highest":
            continue
        given = [own[value.id] for bid, own in zip(bids, figures, strict=True) if value.id in own and not bid.rejected]
        if not given:
            raise ScoreInvalid(where=f"values.{value.id}", reason="nobody_gave", detail=value.id)
        for own in figures:
            if value.id not in own:
                own[value.id] = max(given)
                own["filled"] += max(given)


def _within(value: GivenValue, number: Decimal, where: str) -> Decimal:
    if not number.is_finite() or abs(number) >= VALUE_LIMIT:
        raise ScoreInvalid(where=where, reason="value_range", detail=str(number)[:30])
    low, high = value.minimum, value.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise ScoreInvalid(where=where, reason="value_range", detail=f"{number} ({low}..{high})")
    return number
