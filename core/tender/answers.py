"""What a tenderer fills in; everything else of a tender comes from the template. JSON by core.values.codec.

Format: docs/spec/tender-data.md, section "Answers", version 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.tender.model import Factor, Party, PriceForm, Project, ReleasePolicy, ReviewItem, Schedule


@dataclass(frozen=True, slots=True)
class LotAnswers:
    """What is said about one lot. Money in yuan.

    ``method`` is the id of a method pack (``construction.comprehensive``, ``construction.lowest_price``);
    ``method_parameters`` change parameters the pack opens, by name. Empty ``factors`` and ``review_items`` mean those
    of the template.
    """

    id: str
    name: str
    scope: str
    price_limit: Decimal
    duration_days: int
    quality: str
    deposit: Decimal
    qualification: str
    manager: str
    method: str
    method_parameters: Mapping[str, str] = field(default_factory=dict)
    price_form: PriceForm = PriceForm.UNIT_PRICES
    factors: tuple[Factor, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()


@dataclass(frozen=True, slots=True)
class TenderAnswers:
    """All answers for one tender package. ``variables`` override front-table values of the template, by id."""

    version: int
    template: str
    tender_id: str
    title: str
    regime: str
    mandatory: bool
    round: int
    project: Project
    tenderer: Party
    agency: Party
    centre: Party
    schedule: Schedule
    lots: tuple[LotAnswers, ...]
    policy: ReleasePolicy
    remedy_twin: bool
    time_source: str
    variables: Mapping[str, str] = field(default_factory=dict)
