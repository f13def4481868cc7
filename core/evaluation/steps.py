"""The steps of a pack carried out: figures, numbers of each bid, sets, trims, draws, rejections; each one traced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from core.errors import ScoreInvalid
from core.evaluation.result import Rejection
from core.evaluation.run import Run
from core.evaluation.trace import Input, Step, gather
from core.rules.expression import ONE, ZERO, Expression, ValueMissing, parse, unparse
from core.rules.functions import round_places
from core.rules.method_model import PackStep, TrimRow, in_language

SIZE_LIMIT = 30  # digits before the point of any result


def run_step(run: Run, step: PackStep) -> None:
    """Carries out one step; raises :class:`ScoreInvalid` naming step and bid where it cannot."""
    _WORK[step.kind](run, step)


def _compute(
    run: Run,
    step: PackStep,
    expression: Expression,
    own: Mapping[str, Decimal],
    members: list[dict[str, Decimal]],
    bid: str = "",
) -> Decimal:
    where = f"{step.id} {bid[:40]}".strip()
    try:
        value = expression.compute(run.tender, own, members)
    except ValueMissing as missing:
        raise ScoreInvalid(where=where, reason="value_missing", detail=str(missing)[:60]) from missing
    except (DivisionByZero, InvalidOperation, Overflow) as error:
        raise ScoreInvalid(where=where, reason="cannot_compute", detail=expression.text[:80]) from error
    except ScoreInvalid as error:
        raise ScoreInvalid(where=where, reason=error.params["reason"], detail=expression.text[:80]) from error
    if value and value.adjusted() > SIZE_LIMIT:
        raise ScoreInvalid(where=where, reason="too_large", detail=expression.text[:80])
    return value if step.places is None else round_places(value, step.places, step.rounding)


def _value(step: PackStep) -> Expression:
    if step.value is None:
        raise ScoreInvalid(where=step.id, reason="formula")
    return step.value


def _figure(run: Run, step: PackStep) -> None:
    expression = _value(step)
    result = _compute(run, step, expression, {}, run.members(step.among))
    if run.traced:
        run.shared.append(_shared_step(run, step, expression, result))
    run.share(step.id, result)


def _shared_step(run: Run, step: PackStep, expression: Expression, result: Decimal) -> Step:
    members = run.named_members(step.among) if expression.aggregates else []
    inputs = gather(expression, run.tender, members)
    left: tuple[Input, ...] = ()
    if expression.aggregates and len(expression.inner) == 1:
        name, inside = next(iter(expression.inner)), set(run.sets[step.among])
        others = (at for at in run.sets["all"] if at not in inside and name in run.figures[at])
        left = tuple(sorted((Input(name, run.figures[at][name], run.bids[at].bid) for at in others), key=_by_name))
    return Step(step.id, expression.text, inputs, result, step.places, step.rounding, step.clause, left)


def _by_name(item: Input) -> tuple[str, str]:
    return item.of, item.name


def _bid(run: Run, step: PackStep) -> None:
    expression = _value(step)
    _lift(run, step, expression)
    members = run.members(step.among) if expression.ranks else []
    for at, own in enumerate(run.figures):
        try:
            result = _compute(run, step, expression, own, members, run.bids[at].bid)
        except ScoreInvalid:
            if run.is_valid(at):
                raise
            continue
        if run.traced:
            run.steps[at].append(_bid_step(run, step, expression, at, result))
        own[step.id] = result
    run.bid_names.append(step.id)


def _lift(run: Run, step: PackStep, expression: Expression) -> None:
    """What a formula asks of all bids is computed once and is a figure of its own."""
    for node in expression.aggregates:
        text = unparse(node)
        members = run.members(step.among)
        run.tender.pop(text, None)
        aggregate = parse(text)
        bare = PackStep(text, "figure", {}, aggregate, step.among, None, "half_up", step.clause)
        value = _compute(run, bare, aggregate, {}, members)
        if run.traced:
            run.shared.append(_shared_step(run, bare, aggregate, value))
        run.tender[text] = value


def _bid_step(run: Run, step: PackStep, expression: Expression, at: int, result: Decimal) -> Step:
    own = run.figures[at]
    names = expression.outer | {unparse(node) for node in expression.aggregates}
    inputs = [Input(name, own[name] if name in own else run.tender[name]) for name in sorted(names)
              if name in own or name in run.tender]  # fmt: skip
    if expression.ranks:
        inputs += [
            Input(name, figures[name], bid)
            for bid, figures in run.named_members(step.among)
            for name in sorted(expression.inner)
            if name in figures
        ]
    return Step(step.id, expression.text, tuple(inputs), result, step.places, step.rounding, step.clause)


def _set(run: Run, step: PackStep) -> None:
    expression = _value(step)
    _lift(run, step, expression)
    members = run.members(step.among) if expression.ranks else []
    kept = [
        at for at in run.sets[step.among] if _compute(run, step, expression, run.figures[at], members, run.bids[at].bid)
    ]
    if not kept and step.if_empty:
        kept = list(run.sets[step.if_empty])
    _make_set(run, step, kept)


def _make_set(run: Run, step: PackStep, kept: list[int]) -> None:
    run.sets[step.id] = kept
    inside = set(kept)
    for at, own in enumerate(run.figures):
        own[f"in({step.id})"] = ONE if at in inside else ZERO
    run.share(f"{step.id}.count", Decimal(len(kept)))
    if run.traced:
        counted = tuple(Input("counted", ONE, run.bids[at].bid) for at in sorted(kept, key=lambda at: run.bids[at].bid))
        result = Decimal(len(kept))
        run.shared.append(Step(f"{step.id}.count", "count()", counted, result, None, "half_up", step.clause))


def _ordered(run: Run, step: PackStep) -> list[tuple[Decimal, str, int]]:
    expression = _value(step)
    _lift(run, step, expression)
    members = run.members(step.among) if expression.ranks else []
    found = []
    for at in run.sets[step.among]:
        value = _compute(run, step, expression, run.figures[at], members, run.bids[at].bid)
        found.append((value, run.bids[at].bid, at))
    return sorted(found)


def _trim(run: Run, step: PackStep) -> None:
    """Left out are the extremes; with ``keep_ties`` a bid equal to the outermost kept one stays."""
    ordered = _ordered(run, step)
    count = len(ordered)
    row = max((row for row in step.table if row.n_min <= count), key=lambda row: row.n_min, default=None)
    low, high = (0, 0) if row is None else _cut(run, step, row, count)
    kept = ordered[low : count - high]
    if step.keep_ties and kept:
        least, most = kept[0][0], kept[-1][0]
        kept = [item for item in ordered if least <= item[0] <= most]
    run.share(f"{step.id}.high", Decimal(high))
    run.share(f"{step.id}.low", Decimal(low))
    _make_set(run, step, [at for _, _, at in kept])


def _cut(run: Run, step: PackStep, row: TrimRow, count: int) -> tuple[int, int]:
    n = {"n": Decimal(count)}
    numbers = [_compute(run, step, formula, n, []) for formula in (row.low, row.high)]
    if any(number != number.to_integral_value() or number < 0 for number in numbers):
        raise ScoreInvalid(where=f"{step.id}.table", reason="trim_whole", detail=str(count))
    low, high = (int(number) for number in numbers)
    if low + high >= count:
        raise ScoreInvalid(where=f"{step.id}.table", reason="drops_all", detail=str(count))
    return low, high


def _top(run: Run, step: PackStep) -> None:
    """The best ``count`` after ``skip``; bids equal to the last one stay."""
    ordered = _ordered(run, step)
    if step.best == "highest":
        ordered = sorted(ordered, key=lambda item: (-item[0], item[1]))
    count, skip = (
        int(_compute(run, step, formula, {}, [])) if formula is not None else 0 for formula in (step.count, step.skip)
    )
    kept = ordered[skip : skip + count]
    if kept:
        kept += [item for item in ordered[skip + count :] if item[0] == kept[-1][0]]
    _make_set(run, step, [at for _, _, at in kept])


def _pick(run: Run, step: PackStep) -> None:
    rule = next(draw for draw in run.method.draws if draw.id == step.draw)
    names = run.terms.picks.get(step.draw)
    places = {run.bids[at].bid: at for at in run.sets[step.among]}
    wanted = min(rule.count, len(places))
    if names is None:
        raise ScoreInvalid(where=f"draws.{step.draw}", reason="draw_needed", detail=step.draw)
    if run.terms.simulated:
        names = tuple(name for name in names if name in places)[:wanted]
    if len(set(names)) != wanted or not set(names) <= set(places):
        raise ScoreInvalid(where=f"draws.{step.draw}", reason="draw_foreign", detail=", ".join(names)[:80])
    _make_set(run, step, [places[name] for name in dict.fromkeys(names)])


def _reject(run: Run, step: PackStep) -> None:
    expression = _value(step)
    _lift(run, step, expression)
    members = run.members(step.among) if expression.ranks else []
    found = []
    for at in run.sets["valid"]:
        value = _compute(run, step, expression, run.figures[at], members, run.bids[at].bid)
        if value:
            found.append((at, value))
    for at, value in found:
        reason = in_language(step.reason, "zh_CN") or in_language(step.title, "zh_CN") or step.id
        run.rejected[at] = Rejection(run.bids[at].bid, reason, step.id, step.clause)
        if run.traced:
            run.steps[at].append(_bid_step(run, step, expression, at, value))
    run.sets["valid"] = [at for at in run.sets["valid"] if at not in run.rejected]


_WORK: Mapping[str, Callable[[Run, PackStep], None]] = {
    "figure": _figure,
    "bid": _bid,
    "set": _set,
    "trim": _trim,
    "top": _top,
    "pick": _pick,
    "reject": _reject,
}
