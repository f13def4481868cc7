"""Evaluation methods as data: packs of version 0, their parameters and their worked cases.

Numbers are decimal strings; a value ``"@name"`` stands for the parameter of that name.

Format: docs/spec/method-pack.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import DataInvalid, MethodInvalid
from core.rules.data_files import Plain, read_json, rule_file_names
from core.values.codec import from_plain

METHOD_FORMAT = "tenderbox-method"
METHOD_VERSION = 0
KIND_SCORE = "score"  # best total wins
KIND_LOWEST_PRICE = "lowest_price"  # lowest evaluated price wins
TIE_KEYS = ("price", "technical", "committee")
PLACES_LIMIT = 6


@dataclass(frozen=True, slots=True)
class PackSource:
    """Where a rule comes from; ``read`` tells whether its text was read when the pack was written."""

    title: str
    clause: str
    read: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value the tender may change within limits (inclusive). ``unit`` is a key of ``method.unit``."""

    id: str
    title: Mapping[str, str]
    unit: str
    value: Decimal
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class TrimRow:
    """From ``n_min`` effective bids on, so many highest and lowest prices stay out of the mean."""

    n_min: int
    high: int
    low: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Points lost per percent of deviation up to ``until`` percent (None: without end)."""

    until: Decimal | None
    per_percent: Decimal


@dataclass(frozen=True, slots=True)
class PriceRule:
    """From prices to a base price and price scores; every rounding is named (half up, None: not rounded)."""

    only_within_limit: bool  # bids above the price limit do not enter the mean
    trim: tuple[TrimRow, ...]
    mean_places: int
    float_percent: Decimal  # the mean is lowered by so many percent
    base_places: int
    deviation_places: int | None
    above: tuple[Segment, ...]
    below: tuple[Segment, ...]
    floor: Decimal
    score_places: int
    clause: str


@dataclass(frozen=True, slots=True)
class ExpertRule:
    """How the members' marks for a factor become one: from ``drop_from`` members on, extremes are left out."""

    drop_from: int
    drop_high: int
    drop_low: int
    places: int
    clause: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Changes the evaluated price (yuan) per unit that ``quantity`` stays below or exceeds what is required."""

    id: str
    quantity: str
    per_unit_less: Decimal
    per_unit_more: Decimal
    clause: str


@dataclass(frozen=True, slots=True)
class CaseBid:
    """One bid of a worked case."""

    bidder: str
    price: Decimal
    marks: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: what is given and what must come out. Empty expectations are not compared."""

    name: str
    source: str
    bids: tuple[CaseBid, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    price_limit: Decimal | None = None
    price_full_score: Decimal = Decimal(0)
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    required: Mapping[str, Decimal] = field(default_factory=dict)
    base: Decimal | None = None
    price_scores: Mapping[str, Decimal] = field(default_factory=dict)
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    evaluated_prices: Mapping[str, Decimal] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MethodPack:
    """An evaluation method, ready to be computed with: all parameters are filled in."""

    format: str
    version: int
    id: str
    edition: str
    kind: str
    title: Mapping[str, str]
    valid_from: str
    verified: bool
    sources: tuple[PackSource, ...]
    parameters: tuple[Parameter, ...]
    price: PriceRule | None
    experts: ExpertRule | None
    adjustments: tuple[Adjustment, ...]
    result_places: int  # of the total, or of the evaluated price
    ties: tuple[str, ...]
    candidates: int
    clause: str
    cases: tuple[Case, ...] = ()

    def name(self, language: str) -> str:
        """The title in a language, Chinese where it has none."""
        return self.title.get(language, self.title["zh_CN"])


def method_ids() -> tuple[str, ...]:
    """Ids of the shipped packs."""
    return tuple(name.removesuffix(".json") for name in rule_file_names("methods", ".json"))


def load_method(method_id: str, parameters: Mapping[str, str] | None = None) -> MethodPack:
    """A shipped pack, with these parameter values where given; raises :class:`MethodInvalid`."""
    return parse_method(method_data(method_id, parameters))


def method_data(method_id: str, parameters: Mapping[str, str] | None = None) -> dict[str, Plain]:
    """The JSON of a shipped pack; with ``parameters`` (even empty) as a tender's copy, without the worked cases.

    Raises :class:`MethodInvalid` where the pack or a parameter is unknown or a value lies outside its limits.
    """
    if method_id not in method_ids():
        raise MethodInvalid(method=method_id[:40], reason="unknown")
    data = read_json(f"methods/{method_id}.json")
    if parameters is None:
        return data
    copy: dict[str, Plain] = {**with_parameters(data, parameters), "cases": []}
    parse_method(copy)
    return copy


def with_parameters(data: Mapping[str, Plain], values: Mapping[str, str]) -> dict[str, Plain]:
    """A copy of a pack's JSON with these parameter values."""
    method = str(data.get("id"))
    rows = data.get("parameters")
    if not isinstance(rows, list):
        raise MethodInvalid(method=method, reason="parameters")
    known: list[Plain] = []
    left = dict(values)
    for row in rows:
        if not isinstance(row, dict):
            raise MethodInvalid(method=method, reason="parameters")
        name = str(row.get("id"))
        known.append(row | {"value": left.pop(name)} if name in left else row)
    if left:
        raise MethodInvalid(method=method, reason=f"parameter {min(left)}")
    return {**data, "parameters": known}


def parse_method(data: Mapping[str, object]) -> MethodPack:
    """A pack from its JSON; raises :class:`MethodInvalid` where it is unknown, contradictory or not of version 0."""
    method = str(data.get("id"))[:40]
    try:
        if data.get("format") != METHOD_FORMAT or data.get("version") != METHOD_VERSION:
            raise MethodInvalid(method=method, reason="format")
        parameters = from_plain(_ParameterList, {"parameters": data.get("parameters")}).parameters
        values = {parameter.id: parameter.value for parameter in parameters}
        bound = {key: _bind(value, values) if key in _BOUND else value for key, value in data.items()}
        pack = from_plain(MethodPack, bound)
    except DataInvalid as error:
        raise MethodInvalid(method=method, reason=str(error.params.get("reason", ""))[:200]) from error
    _refuse_contradictions(pack)
    return pack


_BOUND = frozenset({"price", "experts", "adjustments"})


@dataclass(frozen=True, slots=True)
class _ParameterList:
    parameters: tuple[Parameter, ...]


def _bind(value: object, values: Mapping[str, Decimal]) -> object:
    if isinstance(value, dict):
        return {key: _bind(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [_bind(item, values) for item in value]
    if isinstance(value, str) and value.startswith("@"):
        if value[1:] not in values:
            raise DataInvalid(where="parameter", reason=value)
        return format(values[value[1:]], "f")
    return value


def _refuse_contradictions(pack: MethodPack) -> None:
    faults = [*_parameter_faults(pack), *_price_faults(pack.price), *_expert_faults(pack.experts)]
    if pack.kind not in (KIND_SCORE, KIND_LOWEST_PRICE) or (pack.kind == KIND_SCORE) != (pack.price is not None):
        faults.append("kind")
    if pack.kind == KIND_LOWEST_PRICE and pack.experts is not None:
        faults.append("experts")
    if not pack.ties or any(key not in TIE_KEYS for key in pack.ties) or pack.ties[-1] != "committee":
        faults.append("ties")
    if not 1 <= pack.candidates <= 3:
        faults.append("candidates")
    if "zh_CN" not in pack.title or not 0 <= pack.result_places <= PLACES_LIMIT:
        faults.append("title or result_places")
    if faults:
        raise MethodInvalid(method=pack.id[:40], reason=faults[0])


def _parameter_faults(pack: MethodPack) -> list[str]:
    names = [parameter.id for parameter in pack.parameters]
    faults = [f"parameter {name} stands twice" for name in names if names.count(name) > 1]
    return faults + [
        f"parameter {parameter.id} outside {parameter.minimum}..{parameter.maximum}"
        for parameter in pack.parameters
        if not parameter.minimum <= parameter.value <= parameter.maximum
    ]


def _price_faults(rule: PriceRule | None) -> list[str]:
    if rule is None:
        return []
    faults = []
    starts = [row.n_min for row in rule.trim]
    if starts[:1] != [1] or starts != sorted(set(starts)):
        faults.append("price.trim must begin with n_min 1 and rise")
    faults += [
        f"price.trim {row.n_min}" for row in rule.trim if min(row.high, row.low) < 0 or row.n_min <= row.high + row.low
    ]
    if not 0 <= rule.float_percent < 100:
        faults.append("price.float_percent")
    places = (rule.mean_places, rule.base_places, rule.score_places, rule.deviation_places or 0)
    if any(not 0 <= value <= PLACES_LIMIT for value in places):
        faults.append("price places")
    for side in (rule.above, rule.below):
        ends = [segment.until for segment in side]
        inner = [end for end in ends[:-1] if end is not None]
        if not side or ends[-1] is not None or len(inner) != len(ends) - 1 or inner != sorted(set(inner)):
            faults.append("price segments must rise and the last must be open")
        if any(segment.per_percent < 0 for segment in side) or any(end <= 0 for end in inner):
            faults.append("price segment below zero")
    return faults


def _expert_faults(rule: ExpertRule | None) -> list[str]:
    if rule is None:
        return []
    if min(rule.drop_high, rule.drop_low) < 0 or rule.drop_from <= rule.drop_high + rule.drop_low:
        return ["experts.drop_from"]
    return [] if 0 <= rule.places <= PLACES_LIMIT else ["experts.places"]
