"""One computation under way: named figures, sets of bids, rejections and the steps so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.evaluation.given import EvaluationTerms, ScoredBid
from core.evaluation.result import Rejection, Warned
from core.evaluation.trace import Step
from core.rules.method_model import MethodPack


@dataclass(frozen=True, slots=True)
class MarkedFactor:
    """A factor that is marked: its limits and its group."""

    id: str
    least: Decimal
    full: Decimal
    group: str


@dataclass(slots=True)
class Run:
    """Changes while the steps run; bids are named by their place in the input."""

    method: MethodPack
    bids: tuple[ScoredBid, ...]
    terms: EvaluationTerms
    tender: dict[str, Decimal]
    figures: list[dict[str, Decimal]]
    factors: tuple[MarkedFactor, ...]
    parents: tuple[tuple[str, tuple[str, ...]], ...]
    traced: bool
    sets: dict[str, list[int]]
    rejected: dict[int, Rejection]
    shared: list[Step] = field(default_factory=list)
    steps: list[list[Step]] = field(default_factory=list)
    shared_names: list[str] = field(default_factory=list)
    bid_names: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    @staticmethod
    def start(
        method: MethodPack,
        bids: tuple[ScoredBid, ...],
        tender: dict[str, Decimal],
        figures: list[dict[str, Decimal]],
        terms: EvaluationTerms,
        *,
        traced: bool,
    ) -> Run:
        """A run before its first step: the drawn values are figures, earlier rejections stand."""
        rejected = {at: Rejection(bid.bid, bid.rejected, "", "") for at, bid in enumerate(bids) if bid.rejected}
        everyone = [at for at, own in enumerate(figures) if "price" in own or at not in rejected]
        run = Run(
            method=method,
            bids=bids,
            terms=terms,
            tender=tender,
            figures=figures,
            factors=_marked(method, terms),
            parents=tuple(
                (one.id, tuple(leaf.id for leaf in one.leaves()))
                for factor in method.factors
                for one in factor.walk()
                if one.parts
            ),
            traced=traced,
            sets={"all": everyone, "valid": [at for at in range(len(bids)) if at not in rejected]},
            rejected=rejected,
            steps=[[] for _ in bids],
        )
        run.shared_names += [draw.id for draw in method.draws if not draw.count]
        return run

    def is_valid(self, at: int) -> bool:
        """Whether a bid is not rejected."""
        return at not in self.rejected

    def members(self, name: str) -> list[dict[str, Decimal]]:
        """The figures of the bids of a set."""
        return [self.figures[at] for at in self.sets[name]]

    def named_members(self, name: str) -> list[tuple[str, Mapping[str, Decimal]]]:
        """The bids of a set with their figures."""
        return [(self.bids[at].bid, self.figures[at]) for at in self.sets[name]]

    def share(self, name: str, value: Decimal) -> None:
        """A figure of the whole tender."""
        self.tender[name] = value
        self.shared_names.append(name)


def _marked(method: MethodPack, terms: EvaluationTerms) -> tuple[MarkedFactor, ...]:
    leaves = [leaf for factor in method.factors for leaf in factor.leaves()]
    own = [MarkedFactor(leaf.id, leaf.least, leaf.full, leaf.group) for leaf in leaves]
    named = {factor.id for factor in own}
    given = [MarkedFactor(name, Decimal(0), full, "") for name, full in terms.factors.items() if name not in named]
    return tuple(own + given)
