"""What a method pack is once it is read: frozen values with their formulas parsed.

Format: docs/spec/method-pack.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from core.rules.expression import Expression
from core.rules.factor_tree import PackFactor

KIND_SCORE = "score"  # best total wins
KIND_LOWEST_PRICE = "lowest_price"  # lowest evaluated price wins

Title = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackSource:
    """Where a rule comes from; ``read`` tells whether its text was read when the pack was written."""

    title: str
    clause: str
    read: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value the tender may change within limits (inclusive, None: none). ``unit`` is a key of ``method.unit``."""

    id: str
    title: Title
    unit: str
    value: Decimal
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class GivenValue:
    """A value the tender or a bid states. ``default`` stands in where it is not given (None: it must be given).

    ``missing`` ``highest``: a bid that leaves it open gets the highest value of its peers, counted in ``filled``.
    ``choices`` are words a bid may give and the number each stands for; ``sample`` is the range of a dry run.
    """

    id: str
    title: Title
    unit: str
    optional: bool = False
    default: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    missing: str = ""
    choices: Mapping[str, Expression] = field(default_factory=dict)
    sample: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class DrawRule:
    """A draw: one of the published ``values``, or so many bids of a set (``count``). It is entered, never made here."""

    id: str
    title: Title
    unit: str
    values: tuple[Decimal, ...]
    count: int
    clause: str


@dataclass(frozen=True, slots=True)
class TrimRow:
    """From ``n_min`` bids on, so many highest and lowest stay out; formulas over ``n``, the number of bids."""

    n_min: int
    high: Expression
    low: Expression


@dataclass(frozen=True, slots=True)
class Piece:
    """Points lost per percent up to ``until`` percent (None: without end)."""

    until: Decimal | None
    per_percent: Expression


@dataclass(frozen=True, slots=True)
class PackStep:
    """One step of the computation.

    ``kind``: ``figure`` one number, ``bid`` a number for each bid, ``set`` the bids that satisfy ``value``, ``trim`` a
    set without its extremes by ``value``, ``top`` the best ``count`` by ``value``, ``pick`` the drawn bids, ``reject``.
    ``places`` None: not rounded. ``text`` is the author's own sentence, ``{name}`` a parameter; ``above``, ``below``
    and ``percent`` are what a ``loss`` was written as.
    """

    id: str
    kind: str
    title: Title
    value: Expression | None
    among: str
    places: int | None
    rounding: str
    clause: str
    table: tuple[TrimRow, ...] = ()
    keep_ties: bool = False
    if_empty: str = ""
    draw: str = ""
    count: Expression | None = None
    skip: Expression | None = None
    best: str = "lowest"
    reason: Title = field(default_factory=dict)
    text: Title = field(default_factory=dict)
    above: tuple[Piece, ...] = ()
    below: tuple[Piece, ...] = ()
    percent: str = ""


@dataclass(frozen=True, slots=True)
class ExpertRule:
    """How the members' marks for a factor become one: extremes left out by the number of members, then the mean.

    ``outlier_from``: from so many members on, the member whose totals spread widest over the bids is left out first.
    """

    drop: tuple[TrimRow, ...]
    outlier_from: int | None
    places: int | None
    rounding: str
    clause: str


@dataclass(frozen=True, slots=True)
class RankKey:
    """A key of the ranking: a formula and which end is best, or who decides (``draw``, ``committee``, ``tenderer``)."""

    by: Expression | None
    best: str
    decide: str = ""


@dataclass(frozen=True, slots=True)
class FewerRule:
    """With fewer than ``below`` bids left: ``stop`` (nobody is ranked) or ``warn``."""

    below: int
    then: str
    clause: str


@dataclass(frozen=True, slots=True)
class LotRule:
    """兼投不兼中: a bidder may win ``most`` lots; ``order`` of the lots: ``given`` or ``largest`` first."""

    most: int
    order: str


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: ``given`` is a bids file (docs/spec/score-bids.schema.json), ``expect`` what must come out."""

    name: str
    source: str
    given: Mapping[str, object]
    expect: Mapping[str, object]


Named: TypeAlias = Parameter | GivenValue | DrawRule | PackStep


@dataclass(frozen=True, slots=True)
class MethodPack:
    """An evaluation method, ready to be computed with: all parameters are filled in."""

    id: str
    edition: str
    regime: str
    category: str
    title: Title
    valid_from: str
    verified: bool
    sources: tuple[PackSource, ...]
    parameters: tuple[Parameter, ...]
    tender_values: tuple[GivenValue, ...]
    bid_values: tuple[GivenValue, ...]
    draws: tuple[DrawRule, ...]
    factors: tuple[PackFactor, ...]
    factors_from_tender: bool
    experts: ExpertRule | None
    steps: tuple[PackStep, ...]
    benchmark: str
    ranking: tuple[RankKey, ...]
    fewer: tuple[FewerRule, ...]
    lots: LotRule | None
    candidates: int
    clause: str
    cases: tuple[Case, ...] = ()

    @property
    def kind(self) -> str:
        """``score`` where the best total wins, else ``lowest_price``."""
        first = self.ranking[0].by
        return KIND_SCORE if first is not None and "total" in first.names else KIND_LOWEST_PRICE

    def name(self, language: str) -> str:
        """The title in a language, Chinese where it has none."""
        return in_language(self.title, language)

    def step(self, step_id: str) -> PackStep | None:
        """A step by its id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def titles(self) -> dict[str, Title]:
        """The titles of everything that has a name of its own."""
        rows: tuple[Named, ...] = (
            *self.parameters, *self.tender_values, *self.bid_values, *self.draws, *self.steps,
        )  # fmt: skip
        named = {row.id: row.title for row in rows if row.title}
        for factor in self.factors:
            named.update({leaf.id: leaf.title for leaf in factor.walk()})
        return named


def in_language(title: Title, language: str) -> str:
    """A title in a language, Chinese where it has none, else whatever there is."""
    return title.get(language) or title.get("zh_CN") or next(iter(title.values()), "")
