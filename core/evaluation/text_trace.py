"""The computation in the report: every step as its formula, the same formula with its numbers, result and rounding."""

from __future__ import annotations

from decimal import Decimal

from core.evaluation.report import ReportInputs
from core.evaluation.trace import Input, Step
from core.values.document import Table, table
from core.values.money import round_half_up
from core.values.words import Words


def steps_table(inputs: ReportInputs, steps: tuple[Step, ...], words: Words) -> Table:
    """One row a step; what a rule left out stands below the numbers."""
    rows = [
        (
            _step_name(inputs, step, words),
            "\n".join((words.catalogue.text(f"method.formula.{step.formula}"), *_worked(inputs, step, words))),
            _shown(step),
            words("rounded", places=step.places) if step.places is not None else words("not_rounded"),
        )
        for step in steps
    ]
    return table([(words("step"), 16), (words("worked"), 51), (words("result"), 19), (words("rounding"), 14)], rows)


def _worked(inputs: ReportInputs, step: Step, words: Words) -> list[str]:
    lines = [words.catalogue.text("method.worked.equals", numbers=_numbers(step, words))]
    lines += [words("left_out", text=_named(inputs, item, words)) for item in step.left_out]
    return lines


def _numbers(step: Step, words: Words) -> str:
    values = {item.name: _number(item.value) for item in step.inputs}
    if step.formula in {"mean", "sum"}:
        listed = words.catalogue.text("method.worked.plus").join(_number(item.value) for item in step.inputs)
        if step.formula == "sum" or len(step.inputs) == 1:
            return listed
        return words.catalogue.text("method.worked.mean", sum=listed, count=len(step.inputs))
    if step.formula == "loss":
        return _pieces(step, words)
    if step.formula == "price_score":
        values.update({item.name: _unrounded(item.value) for item in step.inputs})
    if step.formula == "adjustment":
        exact = {item.name: item.value for item in step.inputs}
        values["per_unit"] = values["per_unit_more" if exact["offered"] > exact["required"] else "per_unit_less"]
    return words.catalogue.text(f"method.worked.{step.formula}", **values)


def _pieces(step: Step, words: Words) -> str:
    """The deviation cut at the pieces' ends, each part with its points; as :func:`core.evaluation.trace._loss`."""
    exact = {item.name: item.value for item in step.inputs}
    size, start, piece, parts = abs(exact["deviation"]), Decimal(0), 1, []
    while f"per_percent_{piece}" in exact:
        end = exact.get(f"until_{piece}", size)
        part = max(Decimal(0), min(size, end) - start)
        if part or piece == 1:
            points = _number(exact[f"per_percent_{piece}"])
            parts.append(words.catalogue.text("method.worked.loss", part=_number(part), points=points))
        start, piece = end, piece + 1
    return words.catalogue.text("method.worked.plus").join(parts)


def _number(value: Decimal) -> str:
    return format(value, ",f")


def _shown(step: Step) -> str:
    """Results that are not rounded are shown with at most 8 places."""
    return _number(step.result) if step.places is not None else _unrounded(step.result)


def _unrounded(value: Decimal) -> str:
    return _number(round_half_up(value, 8).normalize())


def _step_name(inputs: ReportInputs, step: Step, words: Words) -> str:
    titles = {factor.id: factor.title for factor in inputs.lot.factors}
    if step.name in titles:
        return titles[step.name]
    key = f"method.step.{step.name}"
    return words.catalogue.text(key) if words.catalogue.has(key) else step.name


def _named(inputs: ReportInputs, item: Input, words: Words) -> str:
    stem, _, number = item.name.rpartition("_")
    if inputs.state.bid(item.name) is not None:
        label = inputs.bidder(item.name)
    elif number.isdigit() and words.catalogue.has(f"method.input.{stem}_n"):
        label = words.catalogue.text(f"method.input.{stem}_n", n=number)
    else:
        label = item.name
    return words("named", name=label, value=_number(item.value))
