"""The computation in the report: every step as its formula, the same formula with its numbers, result and rounding."""

from __future__ import annotations

from decimal import Decimal

from core.evaluation.report import ReportInputs
from core.evaluation.trace import Input, Step
from core.rules.expression import parse
from core.rules.formula_text import formula_words, number_text, worked_words
from core.rules.method_text import PackWords
from core.values.document import Table, table
from core.values.words import Words


def steps_table(inputs: ReportInputs, steps: tuple[Step, ...], words: Words) -> Table:
    """One row a step; what a rule left out stands below the numbers."""
    pack = PackWords(inputs.method, words.catalogue)
    rows = [
        (
            step_title(pack, step, {factor.id: factor.title for factor in inputs.lot.factors}),
            "\n".join((formula_of(pack, step, words), *_worked(inputs, step, words))),
            number_text(step.result),
            words("rounded", places=step.places) if step.places is not None else words("not_rounded"),
        )
        for step in steps
    ]
    return table([(words("step"), 16), (words("worked"), 51), (words("result"), 19), (words("rounding"), 14)], rows)


def step_title(pack: PackWords, step: Step, factors: dict[str, str]) -> str:
    """What a step's number is called."""
    return factors.get(step.name) or pack.title(step.name)


def formula_of(pack: PackWords, step: Step, words: Words) -> str:
    """The step's formula with titles."""
    return formula_words(parse(step.formula), pack.title, words.catalogue)


def worked(step: Step, words: Words) -> str:
    """The step's formula with its numbers."""
    values = {item.name: item.value for item in step.inputs if not item.of}
    members: dict[str, dict[str, Decimal]] = {}
    for item in step.inputs:
        if item.of:
            members.setdefault(item.of, {})[item.name] = item.value
    return worked_words(step.formula, values, tuple(members.values()), words.catalogue)


def _worked(inputs: ReportInputs, step: Step, words: Words) -> list[str]:
    lines = [words.catalogue.text("method.worked.equals", numbers=worked(step, words))]
    lines += [words("left_out", text=_named(inputs, item, words)) for item in step.left_out]
    return lines


def _named(inputs: ReportInputs, item: Input, words: Words) -> str:
    if inputs.state.bid(item.of) is not None:
        label = inputs.bidder(item.of)
    elif item.of.isdigit():
        label = words.catalogue.text("method.input.mark_n", n=item.of)
    else:
        label = item.of
    return words("named", name=label, value=number_text(item.value))
