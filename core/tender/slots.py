"""The values that fill the slots of a template's text; each fact of the tender has one slot."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from core.errors import DataInvalid
from core.messages import Catalogue
from core.rules.regimes import load_regime
from core.tender.model import Party, Tender
from core.tender.policy import BIDDER, And, Name, Of, Or, PolicyTree, parse_policy
from core.tender.template import Template
from core.values.money import format_yuan
from core.values.times import beijing_parts

_STOP = "\u3002"  # ideographic full stop


def tender_slots(tender: Tender, template: Template, catalogue: Catalogue) -> Mapping[str, str]:
    """All slots: facts of the tender, the regime's clocks, the front-table variables and the choices."""
    facts = {
        "tender_title": tender.title,
        "tender_id": tender.tender_id,
        "round": str(tender.round),
        "project_name": tender.project.name,
        "project_code": tender.project.code,
        "project_location": tender.project.location,
        "project_funding": tender.project.funding,
        "project_overview": tender.project.overview.rstrip(_STOP) + _STOP,
        "published": catalogue.text("data.time", **beijing_parts(tender.schedule.published_at)),
        "questions_until": catalogue.text("data.time", **beijing_parts(tender.schedule.questions_until)),
        "deadline": catalogue.text("data.time", **beijing_parts(tender.schedule.bid_deadline)),
        "opening_at": catalogue.text("data.time", **beijing_parts(tender.schedule.opening_at)),
        "validity_days": str(tender.schedule.bid_validity_days),
        "lots_count": str(len(tender.lots)),
        "price_limits": _per_lot(tender, [lot.price_limit for lot in tender.lots], catalogue),
        "deposits": _per_lot(tender, [lot.deposit for lot in tender.lots], catalogue),
        "policy_words": policy_words(tender, catalogue),
        **_party("tenderer", tender.tenderer),
        **_party("agency", tender.agency),
        **_party("centre", tender.centre),
        **_regime(tender),
    }
    filled = dict(facts)
    for variable in template.variable:
        filled[variable.id] = fill(tender.variables.get(variable.id, variable.value), facts, variable.id)
    filled["retention_rest"] = _rest_of_hundred(filled.get("retention_percent", ""))
    answers = {"remedy": tender.remedy_twin, "mandatory_words": tender.mandatory}
    for choice in template.choice:
        filled[choice.id] = choice.yes if answers.get(choice.id, False) else choice.no
    return filled


def fill(text: str, slots: Mapping[str, str], where: str) -> str:
    """``text`` with its ``{slots}`` filled; raises :class:`DataInvalid` naming ``where`` for an unknown slot."""
    try:
        return text.format_map(slots)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError) as error:
        raise DataInvalid(where=where, reason=f"slot {error}"[:80]) from error


def policy_words(tender: Tender, catalogue: Catalogue) -> str:
    """The release policy in the trade's words, with the holders' names."""
    names = {holder.id: holder.name for holder in tender.policy.holders}
    names[BIDDER] = catalogue.text("tender.policy.bidder")
    return _words(parse_policy(tender.policy.expression), names, catalogue)


def _words(tree: PolicyTree, names: Mapping[str, str], catalogue: Catalogue) -> str:
    match tree:
        case Name(name):
            return names.get(name, name)
        case And(children):
            key = "tender.policy.and"
        case Or(children):
            key = "tender.policy.or"
        case Of(_, children):
            key = "tender.policy.of_between"
    inner = catalogue.text(key).join(_nested(child, names, catalogue) for child in children)
    return catalogue.text("tender.policy.of", k=tree.k, children=inner) if isinstance(tree, Of) else inner


def _nested(child: PolicyTree, names: Mapping[str, str], catalogue: Catalogue) -> str:
    words = _words(child, names, catalogue)
    return words if isinstance(child, Name | Of) else catalogue.text("tender.policy.group", words=words)


def _per_lot(tender: Tender, amounts: list[Decimal], catalogue: Catalogue) -> str:
    return "\n".join(
        catalogue.text("tender.lot_amount", lot=lot.name, amount=format_yuan(amount))
        for lot, amount in zip(tender.lots, amounts, strict=True)
    )


def _party(prefix: str, party: Party) -> dict[str, str]:
    return {
        f"{prefix}_name": party.name,
        f"{prefix}_address": party.address,
        f"{prefix}_contact": party.contact,
        f"{prefix}_telephone": party.telephone,
    }


def _regime(tender: Tender) -> dict[str, str]:
    regime = load_regime(tender.regime)
    clocks = {f"clock_{rule.id}": str(rule.days) for rule in regime.clock}
    return {
        "minimum_bidders": str(regime.minimum_bidders.value),
        "candidates": str(regime.candidates.value),
        "committee_minimum": str(regime.committee.minimum),
        "committee_experts": f"{regime.committee.experts}/{regime.committee.experts_of}",
        "performance_cap": format(regime.performance_percent.value, "f"),
        **clocks,
    }


def _rest_of_hundred(percent: str) -> str:
    try:
        return format(100 - Decimal(percent), "f")
    except InvalidOperation as error:
        raise DataInvalid(where="retention_percent", reason=percent[:20]) from error
