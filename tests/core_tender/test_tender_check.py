from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.checks.tender_check import check_tender
from core.messages import load
from core.rules.finding import Finding, Severity
from core.tender.model import Holder, ReleasePolicy, Schedule, Tender
from core.tender.policy import DEFAULT_POLICY
from tests.procedure_world import OPENING, START, tender


def rules(made: Tender, totals: dict[str, Decimal] | None = None) -> set[str]:
    return {finding.rule for finding in check_tender(made, totals)}


def schedule(**changes: object) -> Callable[[Tender], Tender]:
    return lambda made: replace(made, schedule=replace(made.schedule, **changes))  # type: ignore[arg-type]


def first_lot(**changes: object) -> Callable[[Tender], Tender]:
    return lambda made: replace(made, lots=(replace(made.lots[0], **changes), *made.lots[1:]))  # type: ignore[arg-type]


def policy(expression: str, holders: tuple[Holder, ...] | None = None) -> Callable[[Tender], Tender]:
    return lambda made: replace(made, policy=ReleasePolicy(expression, holders or made.policy.holders))


def holders_with(first: tuple[str, ...]) -> tuple[Holder, ...]:
    found = tender().policy.holders
    return (replace(found[0], certificates=first), *found[1:])


def test_a_good_tender_has_no_finding() -> None:
    assert check_tender(tender()) == ()


CASES: list[tuple[str, Callable[[Tender], Tender]]] = [
    ("tender.T01", schedule(opening_at=OPENING + timedelta(hours=1))),
    ("tender.T02", schedule(questions_until=START - timedelta(days=1))),
    ("tender.T24", schedule(questions_until=OPENING + timedelta(days=1))),
    ("tender.T03", lambda made: replace(made, schedule=Schedule(
        START, START + timedelta(days=5), START + timedelta(days=19), START + timedelta(days=19), 90))),
    ("tender.T19", schedule(questions_until=OPENING - timedelta(days=9))),
    ("tender.T17", schedule(bid_validity_days=0)),
    ("tender.T15", lambda made: replace(made, agency=replace(made.agency, credit_code="91350100M000100Y44"))),
    ("tender.T09", lambda made: replace(made, chapters=(*made.chapters, made.chapters[0]))),
    ("tender.T04", first_lot(deposit=Decimal("20000.01"))),
    ("tender.T07", first_lot(price_limit=Decimal(0))),
    ("tender.T18", first_lot(duration_days=0)),
    ("tender.T05", lambda made: first_lot(factors=made.lots[0].factors[1:])(made)),
    ("tender.T06", lambda made: first_lot(factors=made.lots[0].factors[:-1])(made)),
    ("tender.T21", lambda made: first_lot(review_items=made.lots[0].review_items[5:])(made)),
    ("tender.T25", lambda made: first_lot(review_items=made.lots[0].review_items[:5])(made)),
    ("tender.T26", lambda made: first_lot(review_items=made.lots[0].review_items[:9])(made)),
    ("tender.T20", lambda made: replace(made, variables={**made.variables, "performance_percent": "10.5"})),
    ("tender.T20", lambda made: replace(made, variables={**made.variables, "performance_percent": "many"})),
    ("tender.T23", lambda made: replace(made, rejection_clauses=made.rejection_clauses[1:])),
    ("tender.T13", policy("bidder AND")),
    ("tender.T10", policy("bidder AND (tenderer OR agency OR centre OR court)")),
    ("tender.T16", policy("bidder AND (tenderer OR agency)")),
    ("tender.T14", policy("bidder OR tenderer OR agency OR centre")),
    ("tender.T11", policy(DEFAULT_POLICY, holders_with(()))),
    ("tender.T12", policy(DEFAULT_POLICY, holders_with(("one",)))),
    ("tender.T22", policy(DEFAULT_POLICY, holders_with(("agency-certificate-1", "x")))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), CASES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(CASES)])
def test_each_fault_is_found_by_its_rule(rule: str, change: Callable[[Tender], Tender]) -> None:
    assert rule in rules(change(tender()))


def test_voluntary_tendering_may_be_shorter() -> None:
    short = Schedule(START, START + timedelta(days=1), START + timedelta(days=12), START + timedelta(days=12), 90)
    made = replace(tender(), schedule=short)
    assert "tender.T03" in rules(made)
    assert "tender.T03" not in rules(replace(made, mandatory=False))


def test_a_limit_below_the_sum_of_the_bill_is_a_warning() -> None:
    findings = check_tender(tender(), {"lot-1": Decimal("1000000.01"), "lot-2": Decimal(0)})
    assert [(finding.rule, finding.severity) for finding in findings] == [("tender.T08", Severity.WARNING)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_finding_has_a_sentence_whose_slots_are_filled(language: str) -> None:
    catalogue = load(language)
    found: list[Finding] = [finding for _, change in CASES for finding in check_tender(change(tender()))]
    found += check_tender(tender(), {"lot-1": Decimal(2000000)})
    for finding in found:
        key = finding.rule.replace("tender.", "tender.finding.")
        assert catalogue.has(key), key
        sentence = catalogue.sentences[key]
        assert {name for name in finding.params if "{" + name + "}" not in sentence} == set(), key
        assert "{" not in catalogue.text(key, **finding.params)
