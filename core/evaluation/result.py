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
class ResultRow:
    """One bid's figures. ``rank`` from 1; ``tied`` where the pack's keys leave it equal with another bid."""

    bid: str
    price: Decimal
    deviation: Decimal | None  # percent
    price_score: Decimal | None
    factor_scores: tuple[FactorScore, ...]
    total: Decimal | None
    evaluated_price: Decimal | None
    trace: tuple[Step, ...]
    rank: int = 0
    tied: bool = False

    @property
    def technical(self) -> Decimal:
        """Sum of the factor scores without the price."""
        return sum((score.score for score in self.factor_scores), Decimal(0))


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The computed outcome. ``warnings`` are keys of ``evaluation.warning``; ``base`` None for lowest-price methods."""

    method: str
    edition: str
    kind: str
    base: Decimal | None
    rows: tuple[ResultRow, ...]
    trace: tuple[Step, ...]
    warnings: tuple[str, ...]

    def ranking(self) -> tuple[ResultRow, ...]:
        """The rows from the first rank on; equal ranks by bid id."""
        return tuple(sorted(self.rows, key=lambda row: (row.rank, row.bid)))

    def tied_bids(self) -> tuple[str, ...]:
        """Ids of the bids whose order somebody must decide."""
        return tuple(row.bid for row in self.ranking() if row.tied)
