"""What the engine returns: rows in input order, the base price, the trace and warnings. JSON by core.values.codec."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.evaluation.trace import Step


@dataclass(frozen=True, slots=True)
class FactorScore:
    """The score of one factor after combining the members' marks."""

    factor: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A number a pack computes, by the id of its step."""

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Rejection:
    """A bid that is not ranked: the reason, the step or "" where the committee rejected it before, the clause."""

    bid: str
    reason: str
    step: str
    clause: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at: ``code`` is a key of ``evaluation.warning``, ``about`` the bids or the number."""

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One bid's figures. ``rank`` from 1 (0: not ranked); ``tied``: equal with another in all of the pack's keys."""

    bid: str
    price: Decimal | None
    evaluated_price: Decimal | None
    price_score: Decimal | None
    factor_scores: tuple[FactorScore, ...]
    total: Decimal | None
    figures: tuple[NamedFigure, ...]
    trace: tuple[Step, ...]
    rank: int = 0
    tied: bool = False

    def figure(self, name: str) -> Decimal | None:
        """A number of the pack's own steps."""
        return next((item.value for item in self.figures if item.name == name), None)

    @property
    def deviation(self) -> Decimal | None:
        """Percent from the base price, where the pack has a step of that name."""
        return self.figure("deviation")

    @property
    def technical(self) -> Decimal:
        """Sum of the factor scores without the price."""
        return sum((score.score for score in self.factor_scores), Decimal(0))


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The computed outcome. ``base`` is None for methods without a base price."""

    method: str
    edition: str
    kind: str
    base: Decimal | None
    rows: tuple[ResultRow, ...]
    figures: tuple[NamedFigure, ...]
    trace: tuple[Step, ...]
    rejected: tuple[Rejection, ...]
    warnings: tuple[Warned, ...]

    def ranking(self) -> tuple[ResultRow, ...]:
        """The ranked rows from the first on; equal ranks by bid id."""
        return tuple(sorted((row for row in self.rows if row.rank), key=lambda row: (row.rank, row.bid)))

    def tied_bids(self) -> tuple[str, ...]:
        """Ids of the bids whose order somebody must decide."""
        return tuple(row.bid for row in self.ranking() if row.tied)

    def warned(self, code: str) -> bool:
        """Whether there is a warning of this code."""
        return any(item.code == code for item in self.warnings)

    def figure(self, name: str) -> Decimal | None:
        """A number of the pack's own steps."""
        return next((item.value for item in self.figures if item.name == name), None)
