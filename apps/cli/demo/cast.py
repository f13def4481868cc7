"""The invented people and firms of the demonstration, read from ``cast.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

from core.tender.model import Party, PartyRole
from core.values.codec import from_plain
from core.values.codes import make_firm_code


@dataclass(frozen=True, slots=True)
class Firm:
    """An institution; ``organisation`` are the eight characters its credit code is made from."""

    name: str
    organisation: str
    kind: str = "91"
    contact: str = ""
    telephone: str = ""
    address: str = ""

    @property
    def credit_code(self) -> str:
        """The credit code with both check characters."""
        return make_firm_code(self.organisation, kind=self.kind)

    def party(self, role: PartyRole) -> Party:
        """The firm as the domain knows it."""
        return Party(role, self.name, self.credit_code, self.contact, self.telephone, self.address)


@dataclass(frozen=True, slots=True)
class LotPlan:
    """A lot of the demonstration; ``sample`` is the shipped workbook it is made from."""

    id: str
    name: str
    scope: str
    duration_days: int
    quality: str
    qualification: str
    manager: str
    method: str
    sample: str


@dataclass(frozen=True, slots=True)
class BidderPlan:
    """A bidder; his prices are the control prices times ``factor``, shifted a little by item."""

    id: str
    lot: str
    name: str
    organisation: str
    manager: str
    licence: str
    duration_days: int
    factor: Decimal
    seed: str
    members: tuple[Firm, ...] = ()

    @property
    def firm(self) -> Firm:
        """The (lead) firm."""
        return Firm(self.name, self.organisation)


@dataclass(frozen=True, slots=True)
class ExpertPlan:
    """A member of the committee; ``tenderer`` marks the tenderer's representative."""

    id: str
    name: str
    field: str
    tenderer: bool


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """The project."""

    code: str
    name: str
    location: str
    funding: str
    overview: str
    title: str
    tender_id: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone."""

    project: ProjectPlan
    tenderer: Firm
    agency: Firm
    centre: Firm
    lots: tuple[LotPlan, ...]
    bidders: tuple[BidderPlan, ...]
    experts: tuple[ExpertPlan, ...]
    marks: dict[str, tuple[Decimal, ...]]


def load_cast() -> Cast:
    """The cast of the package's data file."""
    return from_plain(Cast, _data("cast.toml"))


def load_attachments() -> dict[str, dict[str, object]]:
    """Title and paragraphs of each attachment, by chapter."""
    return {chapter: dict(table) for chapter, table in _data("attachments.toml").items() if isinstance(table, dict)}


def _data(name: str) -> dict[str, object]:
    return tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))
