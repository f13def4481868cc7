"""What a bidder fills in beside prices and files. Format: docs/spec/bid-data.md, section "Answers"."""

from __future__ import annotations

from dataclasses import dataclass

from core.bid.model import Bidder


@dataclass(frozen=True, slots=True)
class BidAnswers:
    """The bid letter's statements. Price and deposit are not among them: they follow from the bill and the tender."""

    version: int
    bidder: Bidder
    duration_days: int
    quality: str
    validity_days: int
    project_manager: str
    project_manager_licence: str
    statement: str = ""
