"""Regimes as data: minimum numbers, clocks and caps with their articles. Source of each value: ``regimes.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from core.errors import DataInvalid
from core.rules.data_files import read_toml
from core.values.codec import from_plain


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A whole number with its article; ``verified`` where the text of the article was read."""

    value: int
    source: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class FlagRule:
    """Something that must hold or not."""

    value: bool
    source: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class PercentRule:
    """A cap in percent."""

    value: Decimal
    source: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class CommitteeRule:
    """The committee: at least ``minimum`` members, odd, and at least ``experts``/``experts_of`` of them experts."""

    minimum: int
    odd: bool
    experts: int
    experts_of: int
    source: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A statutory time in calendar days; ``mandatory_only`` binds only compulsory tendering (依法必须招标)."""

    id: str
    days: int
    mandatory_only: bool
    source: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime. ``sources`` are the titles of the laws by source id."""

    id: str
    title: Mapping[str, str]
    valid_from: str
    minimum_bidders: NumberRule
    opening_equals_deadline: FlagRule
    committee: CommitteeRule
    candidates: NumberRule
    deposit_percent: PercentRule
    performance_percent: PercentRule
    clock: tuple[ClockRule, ...]
    sources: Mapping[str, str]

    def days(self, clock_id: str, *, mandatory: bool) -> ClockRule | None:
        """The clock of this id where it binds, else None."""
        for rule in self.clock:
            if rule.id == clock_id and (mandatory or not rule.mandatory_only):
                return rule
        return None

    def cite(self, rule: NumberRule | FlagRule | PercentRule | CommitteeRule | ClockRule) -> str:
        """Law and article of a value, as a finding names its clause."""
        return f"{self.sources.get(rule.source, rule.source)}{rule.article}"


def regime_ids() -> tuple[str, ...]:
    """The regimes we have data for."""
    return tuple(_regimes())


def load_regime(regime_id: str) -> Regime:
    """A regime by its id; raises :class:`DataInvalid` for an unknown one."""
    found = _regimes().get(regime_id)
    if found is None:
        raise DataInvalid(where="regime", reason=regime_id[:40])
    return found


@cache
def _regimes() -> Mapping[str, Regime]:
    data = read_toml("regimes.toml")
    titles = {source.id: source.title for source in from_plain(_Sources, {"source": data["source"]}).source}
    entries = data["regime"]
    if not isinstance(entries, list):
        raise DataInvalid(where="regimes.toml", reason="regime")
    regimes = {}
    for entry in entries:
        filled = {**entry, "valid_from": entry["valid_from"].isoformat(), "sources": titles}
        regimes[entry["id"]] = from_plain(Regime, filled)
    return regimes


@dataclass(frozen=True, slots=True)
class _Source:
    id: str
    title: str
    read: bool
    where: str


@dataclass(frozen=True, slots=True)
class _Sources:
    source: tuple[_Source, ...]
