"""What the evaluation report is composed from: log state, tender, method, result and the facts of the opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.evaluation.result import EvaluationResult
from core.evaluation.state import EvaluationState
from core.rules.method_pack import MethodPack
from core.tender.model import Lot, Tender


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One bid of the lot as announced at the opening. ``note`` says why a bid was not opened, else "".

    ``members`` are the names of the other members of a consortium.
    """

    bidder: str
    price: Decimal | None
    duration_days: int | None
    quality: str
    project_manager: str
    note: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """The opening record in short: its digest (SM3 hex), time, host, and the bids of the lot."""

    digest: str
    opened_at: datetime
    host: str
    rows: tuple[OpeningRow, ...]


@dataclass(frozen=True, slots=True)
class ReportInputs:
    """Everything a report depends on; ``result`` is None where every bid was rejected."""

    tender: Tender
    state: EvaluationState
    method: MethodPack
    opening: OpeningFacts
    result: EvaluationResult | None

    @property
    def lot(self) -> Lot:
        """The lot that was evaluated."""
        return self.tender.lot(self.state.begun().lot)

    def bidder(self, bid: str) -> str:
        """The name of a bid's bidder."""
        figures = self.state.bid(bid)
        return figures.bidder if figures else bid
