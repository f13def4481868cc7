"""Whether the steps of a pack fit together: every name known before it is used, no id twice, sets that exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.rules.expression import Expression
from core.rules.functions import AGGREGATES, LAZY, RANKS, SCALARS
from core.rules.json_place import PlaceFault
from core.rules.method_model import MethodPack, Named, PackStep

SETS = ("valid", "all")  # bids not rejected so far; every bid with a price
BID_NAMES = ("price", "marks", "filled")
RESERVED = frozenset({*SCALARS, *AGGREGATES, *RANKS, *LAZY, *SETS, *BID_NAMES, "n", "not", "and", "or", "rank"})
EVALUATED = "evaluated_price"


@dataclass(slots=True)
class _Known:
    tender: set[str] = field(default_factory=set)
    bid: set[str] = field(default_factory=lambda: set(BID_NAMES))
    sets: set[str] = field(default_factory=lambda: set(SETS))
    ids: set[str] = field(default_factory=set)


def name_faults(pack: MethodPack) -> Iterator[PlaceFault]:
    """Every place of a pack that names something which is not there, too early, or twice."""
    known = _Known()
    if pack.step(EVALUATED) is None:
        known.bid.add(EVALUATED)  # then it is the price
    yield from _givens(pack, known)
    picked = {draw.id for draw in pack.draws if draw.count}
    for number, step in enumerate(pack.steps):
        where = f"steps[{number}]"
        yield from _step(step, where, known, picked)
        yield from _new_id(step.id, where, known)
        _learn(step, known)
    yield from _ending(pack, known)


def _givens(pack: MethodPack, known: _Known) -> Iterator[PlaceFault]:
    rooms: tuple[tuple[str, tuple[Named, ...]], ...] = (
        ("parameters", pack.parameters),
        ("draws", pack.draws),
        ("tender_values", pack.tender_values),
    )
    for room, rows in rooms:
        for number, row in enumerate(rows):
            yield from _new_id(row.id, f"{room}[{number}]", known)
            known.tender.add(row.id)
    for number, value in enumerate(pack.bid_values):
        yield from _new_id(value.id, f"bid_values[{number}]", known)
        for word, formula in value.choices.items():
            yield from _names(formula, f"bid_values[{number}].choices.{word}", known.tender, known)
        known.bid.add(value.id)
    for factor in pack.factors:
        for one in factor.walk():
            yield from _new_id(one.id, f"factors.{one.id}", known)
            known.bid.add(one.id)
            if one.group:
                known.bid.add(one.group)


def _new_id(name: str, where: str, known: _Known) -> Iterator[PlaceFault]:
    if name in known.ids:
        yield PlaceFault(where, "twice", name)
    if name in RESERVED:
        yield PlaceFault(where, "reserved", name)
    known.ids.add(name)


def _step(step: PackStep, where: str, known: _Known, picked: set[str]) -> Iterator[PlaceFault]:
    if step.among not in known.sets:
        yield PlaceFault(f"{where}.among", "unknown_set", step.among)
    if step.if_empty and step.if_empty not in known.sets:
        yield PlaceFault(f"{where}.if_empty", "unknown_set", step.if_empty)
    if step.kind == "pick" and step.draw not in picked:
        yield PlaceFault(f"{where}.draw", "unknown_draw", step.draw)
    if step.kind == "trim" and not step.table:
        yield PlaceFault(f"{where}.table", "missing", "table")
    if step.value is not None:
        allowed = known.tender if step.kind == "figure" else known.tender | known.bid
        yield from _names(step.value, where, allowed, known)
    for row in step.table:
        for formula in (row.high, row.low):
            yield from _names(formula, f"{where}.table", known.tender | {"n"}, known)
    for extra in (step.count, step.skip):
        if extra is not None:
            yield from _names(extra, where, known.tender, known)


def _names(formula: Expression, where: str, allowed: set[str], known: _Known) -> Iterator[PlaceFault]:
    for name in sorted(formula.outer):
        if name.startswith("in("):
            if name[3:-1] not in known.sets:
                yield PlaceFault(where, "unknown_set", name[3:-1])
        elif name not in allowed:
            yield PlaceFault(where, "bid_name_alone" if name in known.bid else "unknown_name", name)
    for name in sorted(formula.inner - known.tender - known.bid):
        yield PlaceFault(where, "unknown_name", name)


def _learn(step: PackStep, known: _Known) -> None:
    if step.kind == "figure":
        known.tender.add(step.id)
    elif step.kind == "bid":
        known.bid.add(step.id)
    elif step.kind != "reject":
        known.sets.add(step.id)
        known.tender.add(f"{step.id}.count")
    if step.kind == "trim":
        known.tender.update({f"{step.id}.high", f"{step.id}.low"})


def _ending(pack: MethodPack, known: _Known) -> Iterator[PlaceFault]:
    if not pack.steps:
        yield PlaceFault("steps", "missing", "steps")
    if not pack.ranking or pack.ranking[0].by is None:
        yield PlaceFault("ranking", "missing", "ranking")
    for number, key in enumerate(pack.ranking):
        where = f"ranking[{number}]"
        if key.decide and number != len(pack.ranking) - 1:
            yield PlaceFault(where, "decide_last", key.decide)
        if key.by is not None:
            yield from _names(key.by, where, known.tender | known.bid, known)
            if key.by.aggregates or key.by.ranks:
                yield PlaceFault(where, "rank_formula", key.by.text)
    step = pack.step(pack.benchmark)
    if pack.benchmark != "benchmark" and (step is None or step.kind != "figure"):
        yield PlaceFault("benchmark", "unknown_name", pack.benchmark)
    if pack.verified and (not pack.sources or not all(source.read for source in pack.sources)):
        yield PlaceFault("verified", "unread_source", next((s.title for s in pack.sources if not s.read), ""))
