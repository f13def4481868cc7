"""Factor trees: what is marked, by whom, on what evidence, within which levels; and the faults of a tree.

Source of the rejection codes: 招标投标法实施条例 §51 items 1 to 7; item 1 is "neither seal nor signature".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

OBJECTIVE, SUBJECTIVE = "objective", "subjective"
REJECTION_CODES = range(1, 8)


@dataclass(frozen=True, slots=True)
class Level:
    """A step of a factor: marks ``least`` to ``most`` for what ``text`` describes."""

    text: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class PackFactor:
    """A factor: marked itself, or the sum of its ``parts``. ``full`` is its highest, ``least`` its lowest mark."""

    id: str
    title: Mapping[str, str]
    full: Decimal
    least: Decimal
    group: str
    kind: str
    evidence: tuple[str, ...]
    levels: tuple[Level, ...]
    parts: tuple[PackFactor, ...]
    clause: str

    def walk(self) -> Iterator[PackFactor]:
        """This factor and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> Iterator[PackFactor]:
        """The factors that are marked."""
        return (one for one in self.walk() if not one.parts)


@dataclass(frozen=True, slots=True)
class TreeFault:
    """What is wrong with a tree, at a place; ``slug`` is a key of ``method.finding``; ``blocks`` an error."""

    slug: str
    where: str
    detail: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class RejectionClause:
    """A rejection clause of a tender: statutory code 1 to 7 (0: the tender's own), the clause and its text."""

    code: int
    clause: str
    text: str


def tree_faults(factors: tuple[PackFactor, ...], expected: Decimal | None) -> Iterator[TreeFault]:
    """Faults of the factors: weights that do not sum, levels with holes, subjective factors without levels.

    ``expected`` is what all full scores must sum to (usually 100 less the price), None where it is not known.
    """
    if expected is not None:
        total = sum((factor.full for factor in factors), Decimal(0))
        if total != expected:
            yield TreeFault("weights_sum", "factors", f"{total} / {expected}", blocks=True)
    seen: set[str] = set()
    for factor in factors:
        for one in factor.walk():
            if one.id in seen:
                yield TreeFault("factor_twice", one.id, one.id, blocks=True)
            seen.add(one.id)
            yield from _factor_faults(one)


def clause_faults(clauses: tuple[RejectionClause, ...]) -> Iterator[TreeFault]:
    """Faults of rejection clauses: unknown codes, no clause named, a statutory reason that is nowhere."""
    for number, clause in enumerate(clauses, start=1):
        if clause.code and clause.code not in REJECTION_CODES:
            yield TreeFault("rejection_code", f"rejections[{number}]", str(clause.code), blocks=True)
        if not clause.clause or not clause.text:
            yield TreeFault("rejection_clause", f"rejections[{number}]", clause.text[:40], blocks=True)
    for code in sorted(set(REJECTION_CODES) - {clause.code for clause in clauses}):
        yield TreeFault("rejection_absent", "rejections", str(code), blocks=False)


def _factor_faults(factor: PackFactor) -> Iterator[TreeFault]:
    if not factor.least < factor.full:
        yield TreeFault("factor_limits", factor.id, f"{factor.least}..{factor.full}", blocks=True)
    if factor.parts:
        parts = sum((part.full for part in factor.parts), Decimal(0))
        if parts != factor.full:
            yield TreeFault("weights_sum", factor.id, f"{parts} / {factor.full}", blocks=True)
        return
    if factor.kind == OBJECTIVE and not factor.evidence:
        yield TreeFault("evidence_absent", factor.id, factor.id, blocks=False)
    if factor.kind == SUBJECTIVE and not factor.levels:
        yield TreeFault("levels_absent", factor.id, factor.id, blocks=False)
    ordered = sorted(factor.levels, key=lambda level: level.least)
    for level in ordered:
        if not factor.least <= level.least <= level.most <= factor.full:
            yield TreeFault("level_limits", factor.id, level.text[:40], blocks=True)
    if ordered and max(level.most for level in ordered) != factor.full:
        yield TreeFault("unreachable_score", factor.id, str(factor.full), blocks=False)
    for left, right in pairwise(ordered):
        if left.most > right.least:
            yield TreeFault("levels_overlap", factor.id, f"{left.most} > {right.least}", blocks=True)
