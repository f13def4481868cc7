"""What a form makes of its entries: values, faults, conditions, computed fields, the summary."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.shell.forms.entries import Entry, PersonEntry, Picks, Rows, TableValue
from apps.shell.forms.faults import Severity
from apps.shell.forms.foot import foot_of, formula_text, spoken_name, summary_text
from apps.shell.forms.formula import Difference, Number, Product, Quotient, Ref, Sum, compute, in_words
from apps.shell.forms.limits import limit_lines
from apps.shell.forms.schema import ComputedField, DateField, Distance, Form, IntegerField, Section, TextField, When
from apps.shell.forms.state import FormState, judged, summary
from apps.shell.forms.values import Judges
from core.messages import Catalogue, load
from tests.shell.forms.form_world import good_entries, whole_form


def state_of(form: Form | None = None, **changed: Entry) -> FormState:
    return judged(FormState(form or whole_form(), good_entries() | changed), Judges())


def reasons(state: FormState, key: str) -> list[str]:
    return [found.code.removeprefix("shell.forms.fault.") for found in state.faults.get(key, ())]


def test_good_entries_have_typed_values_and_no_fault() -> None:
    state = state_of()
    assert state.faults == {}
    assert state.values["works"] == Decimal("1000000.00")
    assert state.values["days"] == 540
    assert state.values["opening"] == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert isinstance(state.values["materials"], TableValue)
    assert summary(state).ready


def test_limits_are_said_before_they_are_broken(words: Catalogue) -> None:
    state = judged(FormState(whole_form(), {}), Judges())
    assert foot_of(state, "days", words).said == "不超过 560 天"
    assert foot_of(state, "validity", words).said == "不少于 90 天"
    assert foot_of(state, "name", words).said == "最多 10 字"
    assert foot_of(state_of(), "name", words).said == "最多 10 字，还可输入 5 字"


def test_a_broken_limit_is_said_with_the_fix_and_a_mend(words: Catalogue) -> None:
    state = judged(FormState(whole_form(), {"validity": "60"}, shown=frozenset({"validity"})), Judges())
    foot = foot_of(state, "validity", words)
    assert (foot.said, foot.mend, foot.tone) == ("少于 90 天，请改为 90 或以上。", "改为 90", "err")


def test_a_fault_is_not_shown_before_the_field_was_left(words: Catalogue) -> None:
    state = state_of(validity="60")
    assert reasons(state, "validity") == ["below"]
    assert foot_of(state, "validity", words).tone == ""


def test_an_amount_shows_itself_in_words(words: Catalogue) -> None:
    assert foot_of(state_of(), "books", words).live == "贰拾万元整"
    typing = judged(FormState(whole_form(), {"works": "120万"}, focus="works"), Judges())
    assert foot_of(typing, "works", words).live == "即 1,200,000.00 元，壹佰贰拾万元整"
    assert "万" in foot_of(state_of(books=""), "books", words).live


def test_computed_fields_follow_and_say_their_formula(words: Catalogue) -> None:
    state = state_of()
    assert state.values["total"] == Decimal("1308000.00")
    assert state.values["sum"] == Decimal("321.00")
    assert foot_of(state, "total", words).said == "= (修缮费 + 购置费) × 1.09"
    assert foot_of(state, "sum", words).said == "= 金额合计"
    assert "total" not in state_of(works="?").values


def test_nothing_kept_under_a_computed_field_counts_as_an_entry() -> None:
    assert state_of(total="17", sum=Picks(("1",))).faults == {}
    assert state_of(total="17").values["total"] == Decimal("1308000.00")


def test_formulas_put_brackets_only_where_they_matter() -> None:
    a, b, c = Ref("a"), Ref("b"), Ref("c")
    name = lambda ref: ref.key  # noqa: E731
    assert in_words(Sum((a, Product((b, c)))), name) == "a + b × c"
    assert in_words(Product((Sum((a, b)), c)), name) == "(a + b) × c"
    assert in_words(Difference(a, Sum((b, c))), name) == "a − (b + c)"
    assert in_words(Quotient(a, Product((b, c))), name) == "a ÷ (b × c)"
    assert compute(Quotient(Number(Decimal(1)), Number(Decimal(0))), lambda _: None) is None


def test_a_conditional_field_comes_and_goes_without_losing_its_entry() -> None:
    state = state_of(lender="张三")
    assert "lender" not in state.visible
    assert "lender" not in state.values
    rented = judged(FormState(state.form, {**state.entries, "kind": "2"}), Judges())
    assert "lender" in rented.required
    assert rented.values["lender"] == "张三"
    assert "lender" in state_of(kind="3").visible - state_of(kind="3").required


def test_a_chain_of_conditions_closes_from_its_root() -> None:
    fields = (
        TextField(key="a", label="a"),
        TextField(key="b", label="b", visible_when=When("a")),
        TextField(key="c", label="c", visible_when=When("b")),
        TextField(key="d", label="d", visible_when=When("a", otherwise=True)),
    )
    form = Form("f", (Section("s", "s", fields),))
    assert judged(FormState(form, {"a": "1", "b": "1"}), Judges()).visible == {"a", "b", "c"}
    assert judged(FormState(form, {"b": "1"}), Judges()).visible == {"a", "d"}


def test_a_date_too_near_another_names_the_bound_and_mends_to_it(words: Catalogue) -> None:
    state = judged(FormState(whole_form(), good_entries() | {"notice": "2026-11-05 08:00"}), Judges())
    (found,) = state.faults["notice"]
    assert found.text(words) == "须比“开馆时间”至少早 20 天，请改为 2026-11-04 或以前。"
    assert found.mend == "2026-11-04 08:00"
    assert not state_of(notice=str(found.mend)).faults
    hint = foot_of(state_of(), "notice", words)
    assert hint.said == "比“开馆时间”至少早 20 天，即不晚于 2026-11-04"
    assert hint.live == "北京时间，星期三"


def test_a_day_may_not_lie_before_another() -> None:
    assert reasons(state_of(begin="2026-12-02", end="2026-12-01"), "end") == ["distance_after_same"]
    assert reasons(state_of(begin="2026-12-02", end="2026-12-02"), "end") == []


def test_too_many_choices_and_foreign_ones_are_refused() -> None:
    assert reasons(state_of(services=Picks(("1", "2", "3"))), "services") == ["too_many"]
    assert reasons(state_of(services=Picks(("9",))), "services") == ["not_listed"]
    assert reasons(state_of(level="somewhere"), "level") == ["not_listed"]


def test_a_person_is_judged_part_by_part() -> None:
    judges = Judges(without_glyph=lambda text: "㐂" if "㐂" in text else "")
    entries = good_entries() | {"chief": PersonEntry("李㐂", "1101051949", "")}
    found = judged(FormState(whole_form(), entries), judges).faults["chief"]
    assert {(each.part, each.severity) for each in found} == {
        ("number", Severity.ERROR),
        ("role", Severity.ERROR),
        ("name", Severity.WARNING),
    }
    assert found[-1].severity is Severity.WARNING, "errors come first"


def test_a_number_of_a_person_has_one_spelling_as_value() -> None:
    state = state_of(chief=PersonEntry(" 李  明 ", "110105 19491231 002x", "1"))
    assert state.values["chief"] == PersonEntry("李 明", "11010519491231002X", "1")
    assert state.entry("chief") == PersonEntry(" 李  明 ", "110105 19491231 002x", "1")


def test_a_rare_character_alone_only_warns() -> None:
    entries = good_entries() | {"chief": PersonEntry("李㐂", "11010519491231002X", "1")}
    state = judged(FormState(whole_form(), entries), Judges(without_glyph=lambda _: "㐂"))
    assert summary(state).ready
    assert summary(state).warned == ("chief",)


def test_the_summary_counts_missing_wrong_and_warned_apart(words: Catalogue) -> None:
    found = summary(state_of(name="", validity="60", days=""))
    assert (found.missing, found.wrong, found.ready) == (("name", "days"), ("validity",), False)
    assert summary_text(found, words) == "还有 2 项未填，1 项不符合要求"
    assert summary_text(summary(state_of()), words) == "全部填写完毕，没有问题"


def test_faults_in_a_table_name_row_and_column(words: Catalogue) -> None:
    rows = Rows((("书架", "1", "2", "10.50", ""), ("", "", "0", "x", "")))
    state = judged(FormState(whole_form(), {"materials": rows}, shown=frozenset({"materials"})), Judges())
    assert [(each.row, each.part) for each in state.faults["materials"]] == [(1, "item"), (1, "count"), (1, "price")]
    assert foot_of(state, "materials", words).said == "第 2 行“名称”：此项必填，请填写。另有 2 处问题。"


def test_a_spoken_name_has_unit_duty_and_limit(words: Catalogue) -> None:
    assert spoken_name(state_of(), "days", words) == "工期（天），必填，不超过 560 天"
    assert spoken_name(state_of(), "total", words) == "合计，不可修改，= (修缮费 + 购置费) × 1.09"


def test_a_formula_in_a_row_uses_the_names_of_columns(words: Catalogue) -> None:
    field = ComputedField(key="x", label="x", formula=Product((Ref("count"), Ref("name"))))
    assert formula_text(whole_form(), field, words, (TextField(key="count", label="数量"),)) == "= 数量 × 馆名"


def test_a_schema_that_contradicts_itself_is_refused_at_once() -> None:
    one = TextField(key="a", label="a")
    with pytest.raises(ValueError, match="a"):
        Form("f", (Section("s", "s", (one, one)),))
    with pytest.raises(ValueError, match="nowhere"):
        Form("f", (Section("s", "s", (TextField(key="b", label="b", visible_when=When("nowhere")),)),))
    with pytest.raises(ValueError, match="nowhere"):
        Form("f", (Section("s", "s", (DateField(key="b", label="b", distances=(Distance("nowhere"),)),)),))
    circle = (
        ComputedField(key="x", label="x", formula=Sum((Ref("y"),))),
        ComputedField(key="y", label="y", formula=Sum((Ref("x"),))),
    )
    with pytest.raises(ValueError, match="x > y > x"):
        Form("f", (Section("s", "s", circle),))


def test_every_sentence_the_kit_can_say_is_in_both_catalogues(words: Catalogue, english: Catalogue) -> None:
    import re

    import apps.shell.forms

    folder = Path(apps.shell.forms.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.py")))
    keys = {f"shell.forms.{name}" for name in re.findall(r'"shell\.forms\.([a-z_.0-9]+)"', source)}
    keys |= {f"shell.forms.fault.{name}" for name in re.findall(r'fault\(\s*"([a-z_]+)"', source)}
    keys |= {f"shell.forms.{name}" for name in re.findall(r'[^a-z_]line\(\s*"([a-z_.]+)"', source)}
    assert len(keys) > 90
    assert [key for key in sorted(keys) if not (words.has(key) and english.has(key))] == []


@cache
def chinese() -> Catalogue:
    return load("zh_CN")


texts = st.text(alphabet="0123456789,.-年月日 :万元李A\t\n", max_size=12)
entries = st.one_of(
    texts,
    st.builds(Picks, st.lists(texts, max_size=3).map(tuple)),
    st.builds(PersonEntry, texts, texts, texts),
    st.builds(Rows, st.lists(st.lists(texts, max_size=7).map(tuple), max_size=6).map(tuple)),
)


@given(st.dictionaries(st.sampled_from([field.key for field in whole_form().fields()]), entries))
@settings(max_examples=150, deadline=None)
def test_no_content_whatever_makes_judging_or_saying_raise(content: dict[str, Entry]) -> None:
    catalogue = chinese()
    state = judged(FormState(whole_form(), content), Judges())
    shown = judged(FormState(state.form, state.entries, shown=state.visible), Judges())
    for key in shown.visible:
        foot_of(shown, key, catalogue)
        spoken_name(shown, key, catalogue)
    assert shown.entries == content
    assert not set(shown.values) - shown.visible


def test_a_limit_has_its_unit_from_the_catalogue_and_no_space_before_a_percent_sign(words: Catalogue) -> None:
    limits = {
        unit: [line.text(words) for line in limit_lines(_between(unit), {})]
        for unit in ("shell.forms.demo.day", "天", "%", "")
    }
    assert limits["shell.forms.demo.day"] == ["1 至 30 日历天"]
    assert limits["天"] == ["1 至 30 天"]
    assert limits["%"] == ["1 至 30%"]
    assert limits[""] == ["1 至 30"]


def _between(unit: str) -> IntegerField:
    return IntegerField(key="n", label="n", unit=unit, minimum=Decimal(1), maximum=Decimal(30))
