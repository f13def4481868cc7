"""Who a member id of an event log is: the party of the tender by its role, with its code."""

from __future__ import annotations

from core.messages import Catalogue
from core.tender.model import Tender


def host_words(tender: Tender, member: str, catalogue: Catalogue) -> str:
    """``agency:CODE`` as the party's name with the code in brackets; the id itself where there is no such party."""
    role, _, code = member.partition(":")
    for party in (tender.tenderer, tender.agency, tender.centre):
        if party.role == role and party.credit_code == code:
            return catalogue.text("data.with_code", name=party.name, code=code)
    return member
