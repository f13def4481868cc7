from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import DataInvalid, MethodInvalid
from core.messages import load
from core.rules.method_pack import load_method
from core.tender.answers import TenderAnswers
from core.tender.build import build_tender
from core.tender.model import Tender
from core.tender.template import load_template
from core.tender.text import compose
from core.values.codec import from_plain, to_plain
from core.values.document import DocumentText, document_json
from tests.procedure_world import answers, lot_answers, method, tender


def whole_text(document: DocumentText) -> str:
    return json.dumps(document_json(document), ensure_ascii=False)


def composed(made: Tender, language: str = "zh_CN") -> DocumentText:
    methods = {"lot-1": method("lot-1"), "lot-2": method("lot-2")}
    return compose(made, load_template(), methods, load(language))


def test_answers_and_tender_survive_their_json() -> None:
    assert from_plain(TenderAnswers, json.loads(json.dumps(to_plain(answers())))) == answers()
    assert from_plain(Tender, json.loads(json.dumps(to_plain(tender())))) == tender()


def test_a_tender_has_both_lots_and_everything_the_template_gives() -> None:
    made = tender()
    assert [lot.number for lot in made.lots] == [1, 2]
    assert sum((factor.full_score for factor in made.lots[0].factors), Decimal(0)) == 100
    assert made.lots[1].factors == ()
    assert {clause.code for clause in made.rejection_clauses} == set("1234567")
    assert [chapter.id for chapter in made.chapters if chapter.only_consortium] == ["consortium"]
    assert made.lots[0].method == "methods/lot-1.json"
    assert made.documents[0].role == "tender_document"


def test_the_document_has_the_eight_chapters_and_no_slot_left() -> None:
    document = composed(tender())
    assert [chapter.id for chapter in document.chapters] == [
        "notice", "instructions", "evaluation", "contract", "boq", "drawings", "technical", "forms",
    ]  # fmt: skip
    text = whole_text(document)
    assert "示例学校工程" in text
    assert "1,000,000.00" in text
    assert "2026年9月26日 09时00分" in text
    assert "每推迟1日加500元" in text
    assert not re.findall(r"\{[a-z_]+\}", text)


def test_every_value_stands_at_the_place_of_its_variable_only() -> None:
    changed = build_tender(replace(answers(), variables={"retention_percent": "2.5"}), load_template())
    text = whole_text(composed(changed))
    assert "97.5%" in text
    assert "2.5%作为质量保证金" in text


def test_braces_in_an_answer_are_shown_and_never_filled() -> None:
    project = replace(answers().project, name='{tenderer_name} 工程 #read("/etc/passwd") $x$')
    text = whole_text(composed(build_tender(replace(answers(), project=project), load_template())))
    assert "{tenderer_name} 工程" in text


def test_the_demo_clock_is_marked_in_the_footer() -> None:
    assert composed(tender()).footer_note
    assert not composed(build_tender(replace(answers(), time_source="system"), load_template())).footer_note


def test_the_remedy_sentence_follows_the_answer() -> None:
    without = whole_text(composed(tender()))
    with_twin = whole_text(composed(build_tender(replace(answers(), remedy_twin=True), load_template())))
    assert "不接受未加密备份" in without
    assert "校验不一致的备份不予接受" in with_twin


def test_labels_follow_the_catalogue() -> None:
    document = composed(tender(), "en")
    assert document.meta[0] == ("Tender no.", "SL-2026-001-S")


def test_unknown_variables_and_foreign_versions_are_refused() -> None:
    template = load_template()
    with pytest.raises(DataInvalid):
        build_tender(replace(answers(), variables={"nonsense": "1"}), template)
    with pytest.raises(DataInvalid):
        build_tender(replace(answers(), version=1), template)
    with pytest.raises(DataInvalid):
        build_tender(replace(answers(), lots=(lot_answers(1, "construction.lowest_price"),) * 2), template)
    with pytest.raises(DataInvalid):
        build_tender(replace(answers(), regime="moon_law"), template)
    with pytest.raises(DataInvalid):
        load_template("../evil")


@pytest.mark.parametrize("parameters", [{"per_day_late": "-1"}, {"nonsense": "1"}, {"per_day_late": "1e3"}])
def test_method_parameters_out_of_their_limits_are_refused(parameters: dict[str, str]) -> None:
    with pytest.raises(MethodInvalid):
        load_method("construction.lowest_price", parameters)


def test_a_lot_that_does_not_exist_is_named() -> None:
    with pytest.raises(DataInvalid):
        tender().lot("lot-9")
