"""A bids file: what is scored, read strictly, each fault with its place.

Format: docs/spec/score-bids.schema.json, docs/spec/method-pack.md. Numbers are decimal strings or JSON numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from core.errors import ScoreInvalid
from core.evaluation.given import EvaluationTerms, ScoredBid
from core.rules.json_place import Place, PlaceFault, number_of, object_of
from core.rules.method_model import MethodPack

BIDS_LIMIT = 5000
MARKS_LIMIT = 101  # members
_TOP = ("parameters", "tender", "draws", "factors", "experts", "bids", "decided", "won", "note")
_BID = ("bidder", "price", "values", "marks", "scores", "rejected", "note")
Numbers = dict[str, Decimal]


def read_parameters(data: Mapping[str, object]) -> dict[str, str]:
    """The parameter values a bids file sets, as text; raises :class:`ScoreInvalid`."""
    try:
        place = object_of(data, "").inside("parameters")
        return {name: format(number_of(value, place.at(name)), "f") for name, value in place.data.items()}
    except PlaceFault as fault:
        raise _refused(fault) from fault


def read_bids(data: Mapping[str, object], method: MethodPack) -> tuple[tuple[ScoredBid, ...], EvaluationTerms]:
    """Bids and terms of a bids file for a method; raises :class:`ScoreInvalid` with the place."""
    try:
        place = object_of(data, "")
        place.only(*_TOP)
        terms = _terms(place, method)
        known: dict[str, Decimal] = {}
        bids = tuple(_bid(row, method, terms, known) for row in place.rows("bids"))
    except PlaceFault as fault:
        raise _refused(fault) from fault
    unknown = [name for name in terms.decided_ties if name not in {bid.bid for bid in bids}]
    if unknown:
        raise ScoreInvalid(where="decided", reason="unknown_bidder", detail=unknown[0][:40])
    if len(bids) > BIDS_LIMIT:
        raise ScoreInvalid(where="bids", reason="too_large", detail=str(len(bids)))
    return bids, terms


def _refused(fault: PlaceFault) -> ScoreInvalid:
    return ScoreInvalid(where=fault.where, reason=fault.slug, detail=fault.detail)


def _numbers(place: Place) -> Numbers:
    return {name: number_of(value, place.at(name)) for name, value in place.data.items()}


def _terms(place: Place, method: MethodPack) -> EvaluationTerms:
    values: Numbers = {}
    tender = place.inside("tender")
    units = {value.id: value.unit for value in method.tender_values}
    for name, value in tender.data.items():
        values[name] = _value(value, units.get(name, ""), tender.at(name))
    draws, picks = {}, {}
    drawn = place.inside("draws")
    for name, value in drawn.data.items():
        if isinstance(value, list):
            picks[name] = drawn.texts(name)
        elif name == "expert":
            picks[name] = (drawn.text(name),)
        else:
            draws[name] = number_of(value, drawn.at(name))
    factors = _numbers(place.inside("factors"))
    if factors and not method.factors_from_tender:
        raise PlaceFault("factors", "unknown_member", min(factors))
    won = place.inside("won")
    return EvaluationTerms(
        values=values,
        factors=factors,
        draws=draws,
        picks=picks,
        decided_ties=place.texts("decided"),
        experts=place.texts("experts"),
        won={name: won.whole(name) for name in won.data},
    )


def _bid(row: Place, method: MethodPack, terms: EvaluationTerms, known: dict[str, Decimal]) -> ScoredBid:
    row.only(*_BID)
    factors = {leaf.id for factor in method.factors for leaf in factor.leaves()} | set(terms.factors)
    given, values, words = row.inside("values"), {}, {}
    asked = {value.id: value for value in method.bid_values}
    for name, value in given.data.items():
        if value is None:
            continue
        if name in asked and asked[name].choices:
            words[name] = given.text(name) if isinstance(value, str) else str(value)
        else:
            values[name] = _value(value, asked[name].unit if name in asked else "", given.at(name))
    scores = _numbers(row.inside("scores"))
    marks = row.inside("marks")
    for name in (*scores, *marks.data):
        if name not in factors:
            raise ScoreInvalid(where=f"{row.where} {name[:40]}", reason="unknown_factor", detail=name[:40])
    return ScoredBid(
        bid=row.text("bidder"),
        price=row.number_or_none("price"),
        marks={name: _marks(marks, name, terms, known) for name in marks.data},
        values=values,
        scores=scores,
        words=words,
        rejected=row.text("rejected", ""),
    )


def _marks(place: Place, name: str, terms: EvaluationTerms, known: dict[str, Decimal]) -> tuple[Decimal, ...]:
    """The members' marks in their order; by member name they are put into the order of ``experts``."""
    raw = place.data[name]
    if isinstance(raw, dict):
        if set(raw) != set(terms.experts):
            raise PlaceFault(place.at(name), "range", ", ".join(raw)[:80])
        raw = [raw[expert] for expert in terms.experts]
    if not isinstance(raw, list) or len(raw) > MARKS_LIMIT:
        raise PlaceFault(place.at(name), "list", name)
    if terms.experts and len(raw) != len(terms.experts):
        raise ScoreInvalid(where=place.at(name), reason="marks_count", detail=f"{len(raw)} / {len(terms.experts)}")
    found = []
    for at, item in enumerate(raw):
        value = known.get(item) if type(item) is str else None
        if value is None:
            value = number_of(item, f"{place.at(name)}[{at}]")
            if type(item) is str:
                known[item] = value
        found.append(value)
    return tuple(found)


def _value(value: object, unit: str, where: str) -> Decimal:
    """A number, or for a value of unit ``time`` an RFC 3339 time as seconds; yes and no count as 1 and 0."""
    if isinstance(value, bool):
        return Decimal(value)
    if unit != "time":
        return number_of(value, where)
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise PlaceFault(where, "text", str(value)[:40]) from error
    if moment.tzinfo is None:
        raise PlaceFault(where, "text", f"{str(value)[:40]} +08:00?")
    whole = moment.replace(microsecond=0)
    return Decimal(int(whole.timestamp())) + Decimal(moment.microsecond).scaleb(-6)
