"""Every computed number with its formula, inputs and rounding, so that anyone can compute it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import ScoreInvalid
from core.rules.expression import Expression, FormulaFault, ValueMissing, calculate, parse
from core.rules.functions import round_places

COUNTED = "counted"  # what stands for a bid in a formula that only counts


@dataclass(frozen=True, slots=True)
class Input:
    """One number that goes into a formula. ``name`` as in the formula, ``of`` the bid or member it belongs to."""

    name: str
    value: Decimal
    of: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One computed number.

    ``formula`` is a formula of :mod:`core.rules.expression`; ``left_out`` are numbers the rule drops before it;
    ``places`` with ``rounding`` is the rounding, None where the result is not rounded.
    """

    name: str
    formula: str
    inputs: tuple[Input, ...]
    result: Decimal
    places: int | None
    rounding: str
    clause: str
    left_out: tuple[Input, ...] = ()


def gather(
    expression: Expression, values: Mapping[str, Decimal], members: Iterable[tuple[str, Mapping[str, Decimal]]] = ()
) -> tuple[Input, ...]:
    """The inputs a formula used: its own names from ``values``, the bids' from ``members``."""
    found = [Input(name, values[name]) for name in sorted(expression.outer) if name in values]
    shared = expression.inner - expression.outer
    pending = tuple(node for node in expression.aggregates)
    if not pending and not expression.inner:
        return tuple(found)
    own = sorted(expression.inner)
    used: set[str] = set()
    for member, figures in members:
        mine = [Input(name, figures[name], member) for name in own if name in figures]
        used.update(item.name for item in mine)
        found += mine or ([Input(COUNTED, Decimal(1), member)] if pending and not own else [])
    found += [Input(name, values[name]) for name in sorted(shared - used) if name in values]
    return tuple(found)


def recompute(step: Step) -> Decimal:
    """The result of a step computed again from its own inputs; raises :class:`ScoreInvalid` where it cannot be."""
    values = {item.name: item.value for item in step.inputs if not item.of}
    members: dict[str, dict[str, Decimal]] = {}
    for item in step.inputs:
        if item.of:
            members.setdefault(item.of, {})[item.name] = item.value
    try:
        value = calculate(parse(step.formula), values, tuple(members.values()))
    except (FormulaFault, ValueMissing) as fault:
        raise ScoreInvalid(where=step.name, reason="formula", detail=str(fault)[:80]) from fault
    return value if step.places is None else round_places(value, step.places, step.rounding)


def all_right(steps: Sequence[Step]) -> bool:
    """Whether every step computes again to its result."""
    return all(recompute(step) == step.result for step in steps)
