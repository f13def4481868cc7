"""Checks of the release policy: readable, complete, no lonely certificates, and who could open without the bidder."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import DataInvalid
from core.rules.finding import Finding, Severity
from core.tender.model import Holder, Tender
from core.tender.policy import BIDDER, opens_without_bidder, parse_policy, policy_names

_WHERE = "policy"


def check_policy(tender: Tender) -> tuple[Finding, ...]:
    """Findings T10–T14, T16 and T22."""
    try:
        tree = parse_policy(tender.policy.expression)
    except DataInvalid as error:
        return (Finding("tender.T13", Severity.ERROR, _WHERE, {"reason": str(error.params.get("reason", ""))}),)
    named = set(policy_names(tree)) - {BIDDER}
    known = {holder.id for holder in tender.policy.holders}
    findings = [Finding("tender.T10", Severity.ERROR, _WHERE, {"holder": name}) for name in sorted(named - known)]
    findings += [Finding("tender.T16", Severity.WARNING, _WHERE, {"holder": name}) for name in sorted(known - named)]
    if opens_without_bidder(tree):
        findings.append(Finding("tender.T14", Severity.WARNING, _WHERE))
    findings += _certificates(tender.policy.holders)
    return tuple(findings)


def _certificates(holders: tuple[Holder, ...]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for holder in holders:
        if not holder.certificates:
            yield Finding("tender.T11", Severity.ERROR, _WHERE, {"holder": holder.name})
        elif len(set(holder.certificates)) == 1:
            yield Finding("tender.T12", Severity.WARNING, _WHERE, {"holder": holder.name})
        for certificate in sorted(set(holder.certificates)):
            first = owner.setdefault(certificate, holder.name)
            if first != holder.name:
                yield Finding("tender.T22", Severity.ERROR, _WHERE, {"first": first, "second": holder.name})
