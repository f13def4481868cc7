"""The computation as the report shows it: the formula with the very numbers that give the result."""

from __future__ import annotations

from decimal import Decimal

from core.evaluation.fold import fold
from core.evaluation.outcome import evaluation_result
from core.evaluation.report import OpeningFacts, OpeningRow, ReportInputs
from core.evaluation.text import compose_report
from core.evaluation.text_trace import steps_table
from core.evaluation.trace import Input, Step, recompute
from core.messages import load
from core.rules.regimes import load_regime
from core.values.document import document_json
from core.values.words import Words
from tests.procedure_runs import FIRMS, PRICES, evaluation_acts
from tests.procedure_world import OPENING, method, tender

WORDS = Words(load("zh_CN"), "evaluation.report")


def report_inputs(members: tuple[str, ...] = (), host: str = "") -> ReportInputs:
    state = fold(evaluation_acts(), load_regime("bidding_law").committee)
    rows = tuple(
        OpeningRow(FIRMS[bid], Decimal(price), 190, "合格", "李四", members=members if bid == "a1" else ())
        for bid, price in PRICES.items()
    )
    facts = OpeningFacts("33" * 32, OPENING, host, rows)
    return ReportInputs(tender(), state, method(), facts, evaluation_result(state, tender(), method()))


def worked(formula: str, result: str, **inputs: str) -> tuple[str, str]:
    """The line of numbers and the result of one step; names ``of_x`` are the bid x's price."""
    given = tuple(
        Input("price", Decimal(value), name[3:]) if name.startswith("of_") else Input(name, Decimal(value))
        for name, value in inputs.items()
    )
    step = Step("any", formula, given, Decimal(result), 2, "half_up", "")
    assert recompute(step) == Decimal(result)
    row = steps_table(report_inputs(), (step,), WORDS).rows[0]
    return row[1].split("\n")[1], row[2]


def test_money_stands_in_its_formula_with_separators() -> None:
    formula = "(price - benchmark) / benchmark * 100"
    line = worked(formula, "-1.19", price="9914148.48", benchmark="10033474.68")
    assert line == ("＝(9,914,148.48 − 10,033,474.68) ÷ 10,033,474.68 × 100", "-1.19")
    line = worked("mean(price)", "10018626.28", of_a="9914148.48", of_b="10123104.08")
    assert line == ("＝（9,914,148.48＋10,123,104.08）÷2", "10,018,626.28")


def test_one_summand_is_no_sum() -> None:
    assert worked("mean(price)", "9914148.48", of_a="9914148.48") == ("＝9,914,148.48", "9,914,148.48")
    line = worked("sum(price)", "72.71", of_a="8.80", of_b="4.50", of_c="59.41")
    assert line == ("＝8.80＋4.50＋59.41", "72.71")


def test_points_lost_are_shown_piece_by_piece() -> None:
    formula = "if(deviation > 0, abs(deviation) * 9, pieces(abs(deviation), 3, 0.5, 1))"
    assert worked(formula, "2", deviation="-3.5") == ("＝3 × 0.5＋0.5 × 1", "2")
    assert worked(formula, "1", deviation="-2") == ("＝2 × 0.5", "1")
    assert worked(formula, "0", deviation="0") == ("＝0 × 0.5", "0")


def test_an_adjustment_shows_the_rate_that_was_used() -> None:
    formula = "(duration - 300) * if(duration > 300, 500, 200)"
    assert worked(formula, "-2000", duration="290") == ("＝(290 − 300) × 200", "-2,000")
    assert worked(formula, "2000", duration="304") == ("＝(304 − 300) × 500", "2,000")


def test_what_a_rule_left_out_is_named() -> None:
    left = (Input("price", Decimal(1234567), "a2"),)
    step = Step("mean", "mean(price)", (Input("price", Decimal(1), "a1"),), Decimal(1), 2, "half_up", "", left)
    text = steps_table(report_inputs(), (step,), WORDS).rows[0][1]
    assert text.endswith(f"不参与计算：{FIRMS['a2']}：1,234,567")


def test_a_consortium_is_recommended_with_all_its_members() -> None:
    chapters = {
        chapter.id: chapter for chapter in compose_report(report_inputs(("乙安装公司",)), load("zh_CN")).chapters
    }
    for name in ("opening", "ranking", "candidates"):
        assert f"{FIRMS['a1']}（联合体牵头人）、乙安装公司" in str(chapters[name])


def test_the_host_is_named_and_the_english_report_says_it_is_english() -> None:
    code = tender().agency.credit_code
    english = document_json(compose_report(report_inputs(host=f"agency:{code}"), load("en")))
    assert english["lang"] == "en"
    assert f"{tender().agency.name} ({code})" in str(english)
    assert "lang" not in document_json(compose_report(report_inputs(), load("zh_CN")))
