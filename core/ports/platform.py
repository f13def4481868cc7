"""What a bidder's or host's program asks of a trading platform. Every answer is a signed ``.tbr``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """A platform's signed answer: the bytes of a ``.tbr`` and whether it is a receipt (not a refusal)."""

    accepted: bool
    reason: str  # "" or the catalogue key suffix of the refusal
    package: bytes


@dataclass(frozen=True, slots=True)
class ReceivedBid:
    """One bid the platform holds, as listed after the deadline. ``sm3``: hex, of the whole file."""

    lot_id: str
    sm3: str
    size: int
    received_at: datetime
    superseded: bool


class PlatformPort(Protocol):
    """One trading platform."""

    def publish(self, package: Path) -> Answer:
        """Makes a tender package available; the same package twice is the same publication."""

    def submit(self, bid: Path, *, idempotency_key: str) -> Answer:
        """Hands in a sealed bid. The receipt is signed only once the bid is durable; a repeat with the same key and
        file returns the same answer. After the deadline, for an unknown tender or for a file that is no intact sealed
        bid the answer is a signed refusal.
        """

    def received(self, tender_id: str) -> tuple[ReceivedBid, ...]:
        """All bids of a tender, only after its deadline by the platform's clock (else StepNotAllowed)."""

    def fetch(self, sm3: str, target: Path) -> None:
        """Writes a held bid to ``target``, after the deadline only."""

    def return_sealed(self, tender_id: str, lot_id: str, reason: str) -> Answer:
        """Records that a lot's bids go back unopened; the answer is the signed notice to its bidders."""
