from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from core.bid.model import Bid, FactorAnswer
from core.bid.text import compose_letter
from core.checks.bid_check import checklist, self_check
from core.messages import load
from core.rules.finding import Finding, Severity
from core.values.document import document_json
from tests.procedure_world import bid, bill, tender


def letter(**changes: object) -> Callable[[Bid], Bid]:
    return lambda made: replace(made, letter=replace(made.letter, **changes))  # type: ignore[arg-type]


def without_chapter(chapter: str) -> Callable[[Bid], Bid]:
    return lambda made: replace(made, attachments=tuple(a for a in made.attachments if a.chapter != chapter))


def lead_code(code: str) -> Callable[[Bid], Bid]:
    return lambda made: replace(made, bidder=replace(made.bidder, lead=replace(made.bidder.lead, credit_code=code)))


def errors(made: Bid) -> list[str]:
    findings = self_check(tender(), made, bill(), ())
    return [finding.rule for finding in findings if finding.severity is Severity.ERROR]


CASES: list[tuple[str, Callable[[Bid], Bid]]] = [
    ("bid.B01", lambda made: replace(made, tender_id="other")),
    ("bid.B02", lambda made: replace(made, lot_id="lot-9")),
    ("bid.B03", lead_code("91350100M000100Y44")),
    ("bid.B04", without_chapter("plan")),
    ("bid.B07", letter(total=Decimal("1000000.01"), total_in_words="壹佰万元零壹分")),
    ("bid.B08", letter(total=Decimal(0))),
    ("bid.B09", letter(total_in_words="玖拾陆万元零壹分")),
    ("bid.B09", letter(total_in_words="nonsense")),
    ("bid.B10", letter(duration_days=201)),
    ("bid.B10", letter(duration_days=0)),
    ("bid.B11", letter(validity_days=89)),
    ("bid.B12", letter(deposit=Decimal("19999.99"))),
    ("bid.B13", letter(quality=" ")),
    ("bid.B17", letter(project_manager="")),
    ("bid.B18", letter(project_manager_licence="")),
    ("bid.B14", lambda made: replace(made, attachments=(*made.attachments, replace(
        made.attachments[0], path="files/z.pdf", chapter="nowhere")))),
    ("bid.B16", lambda made: replace(made, attachments=(*made.attachments, made.attachments[0]))),
]  # fmt: skip


def test_a_complete_bid_has_no_error() -> None:
    assert errors(bid()) == []
    assert errors(bid(consortium=True)) == []


@pytest.mark.parametrize(("rule", "change"), CASES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(CASES)])
def test_each_fault_is_found_by_its_rule(rule: str, change: Callable[[Bid], Bid]) -> None:
    assert rule in errors(change(bid()))


def test_a_consortium_without_agreement_is_told_the_statutory_reason() -> None:
    findings = self_check(tender(), without_chapter("consortium")(bid(consortium=True)), bill(), ())
    missing = next(finding for finding in findings if finding.rule == "bid.B05")
    assert missing.severity is Severity.ERROR
    assert missing.clause == "评标办法 3.1.2(2)"


def test_an_agreement_without_consortium_is_a_warning() -> None:
    firm = replace(bid(consortium=True), bidder=bid().bidder)
    findings = self_check(tender(), firm, bill(), ())
    assert ("bid.B06", Severity.WARNING) in [(finding.rule, finding.severity) for finding in findings]


def test_unanswered_factors_are_notes_and_disappear_with_a_page() -> None:
    made = bid()
    notes = [f.where for f in self_check(tender(), made, bill(), ()) if f.rule == "bid.B15"]
    assert notes == [factor.id for factor in tender().lots[0].factors if factor.group != "price"]
    answered = replace(made, answers=(FactorAnswer("plan.method", "files/plan.pdf", 3),))
    assert "plan.method" not in [f.where for f in self_check(tender(), answered, bill(), ()) if f.rule == "bid.B15"]


def test_findings_of_the_bill_come_through() -> None:
    found = Finding("boq.C01", Severity.ERROR, "表!1")
    assert self_check(tender(), bid(), bill(), (found,))[-1] == found


def test_the_checklist_counts_what_blocks() -> None:
    made = without_chapter("plan")(without_chapter("deposit")(bid()))
    missing = checklist(tender(), made, bill()).missing()
    assert [item.id for item in missing] == ["deposit", "plan"]
    assert checklist(tender(), bid(), bill()).missing() == ()
    unpriced = replace(bid(), items=(replace(bid().items[0], unit_price=None), *bid().items[1:]))
    assert [item.id for item in checklist(tender(), unpriced, bill()).missing()] == ["boq"]
    assert "consortium" not in [item.id for item in checklist(tender(), bid(), bill()).items]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_finding_has_a_sentence(language: str) -> None:
    catalogue = load(language)
    for _, change in CASES:
        for finding in self_check(tender(), change(bid()), bill(), ()):
            key = finding.rule.replace("bid.", "bid.finding.")
            assert catalogue.has(key), key
            assert not [name for name in finding.params if "{" + name + "}" not in catalogue.sentences[key]], key


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("consortium", [False, True])
def test_the_letter_states_price_duration_and_bidder(language: str, *, consortium: bool) -> None:
    document = compose_letter(tender(), bid(consortium=consortium), load(language))
    text = str(document_json(document))
    for fact in ("960,000.00", "玖拾陆万元整", "190", "李四", "示例建筑有限公司", "11" * 32):
        assert fact in text
    assert ("consortium" in [chapter.id for chapter in document.chapters]) == consortium
    assert "bid.letter" not in text
