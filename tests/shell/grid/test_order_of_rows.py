"""Filter, sort and tree: the index array."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.shell.grid.collation import collation_key
from apps.shell.grid.columns import Column, Kind
from apps.shell.grid.order import Query, SortKey
from apps.shell.grid.problems import CellKey, Problem, Severity
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.sorting import sorted_steps
from apps.shell.grid.steps import run
from apps.shell.grid.store import Row, RowKind, Store
from tests.shell.grid.tables import load

WRONG = Problem(Severity.ERROR, "单价未填")
SIMPLE = (Column(key="name"), Column(key="value", kind=Kind.DECIMAL), Column(key="check", kind=Kind.STATUS))
TREE = (
    Row("g1", ("地面",), kind=RowKind.GROUP),
    Row("a", ("砂浆", Decimal(3)), "g1"),
    Row("b", ("地砖", Decimal(1)), "g1"),
    Row("t1", ("小计", Decimal(4)), "g1", RowKind.TOTAL),
    Row("g2", ("门窗",), kind=RowKind.GROUP),
    Row("g3", ("木门",), "g2", RowKind.GROUP),
    Row("c", ("防火门", Decimal(2)), "g3"),
    Row("t2", ("小计", Decimal(2)), "g2", RowKind.TOTAL),
)
Make = Callable[..., Sheet]


def arrange(sheet: Sheet, query: Query, *, reveal: int = -1) -> list[str]:
    sheet.order.take(run(sheet.order.arrange_steps(query, reveal=reveal)))
    return seen(sheet)


def seen(sheet: Sheet) -> list[str]:
    return [sheet.store.ids[row] for row in sheet.order.visible]


def test_every_word_of_the_filter_must_occur_and_width_and_case_do_not_matter(make: Make) -> None:
    sheet = make(
        (Row("x", ("LED 平板灯", None)), Row("y", ("led 灯带 m²", None)), Row("z", ("开关", None))), columns=SIMPLE
    )
    assert arrange(sheet, Query(text="ＬＥＤ 灯")) == ["x", "y"]
    assert arrange(sheet, Query(text="灯 m2")) == ["y"]
    assert arrange(sheet, Query(text="  ")) == ["x", "y", "z"]
    assert arrange(sheet, Query(text="没有")) == []


def test_the_filter_looks_only_into_the_chosen_columns(make: Make) -> None:
    sheet = make()
    assert arrange(sheet, Query(text="0005")) == ["r5"]
    assert arrange(sheet, Query(text="0005", columns=("name",))) == []
    assert arrange(sheet, Query(text="自购", columns=("way",))) == ["r1", "r3", "r5", "r7", "r9"]


def test_the_filter_sees_a_value_that_was_changed_after_it_was_used(make: Make) -> None:
    sheet = make()
    assert arrange(sheet, Query(text="窗帘")) == []
    sheet.store.put(3, 1, "窗帘")
    assert arrange(sheet, Query(text="窗帘")) == ["r3"]


def test_a_hit_keeps_its_ancestors_and_only_them(make: Make) -> None:
    sheet = make(TREE, columns=SIMPLE)
    assert arrange(sheet, Query(text="防火")) == ["g2", "g3", "c"]
    assert sheet.order.hits == 1


def test_only_problems_leaves_rows_with_problems_and_the_groups_above_them(make: Make) -> None:
    sheet = make(TREE, {("b", "value"): WRONG, ("gone", "value"): WRONG}, SIMPLE)
    assert arrange(sheet, Query(only_problems=True)) == ["g1", "b"]


def test_a_sort_stays_among_siblings_and_totals_stay_at_the_foot(make: Make) -> None:
    sheet = make(TREE, columns=SIMPLE)
    assert arrange(sheet, Query(sort=(SortKey("value", descending=True),)))[:4] == ["g1", "a", "b", "t1"]
    assert arrange(sheet, Query(sort=(SortKey("value"),)))[:4] == ["g1", "b", "a", "t1"]
    assert arrange(sheet, Query()) == [row.id for row in TREE]


def test_a_sort_by_several_keys_is_stable_and_empty_cells_come_last_either_way(make: Make) -> None:
    given_rows = [Row(n, (name, value)) for n, name, value in (
        ("1", "b", Decimal(2)), ("2", "a", None), ("3", "a", Decimal(2)), ("4", "b", Decimal(1)), ("5", "a", Decimal("2.0")))]  # fmt: skip
    sheet = make(given_rows, columns=SIMPLE)
    assert arrange(sheet, Query(sort=(SortKey("name"), SortKey("value")))) == ["3", "5", "2", "4", "1"]
    assert arrange(sheet, Query(sort=(SortKey("value", descending=True),))) == ["1", "3", "5", "4", "2"]


def test_the_status_column_sorts_errors_before_warnings_before_the_rest(make: Make) -> None:
    sheet = make(None, {("r3", "name"): Problem(Severity.WARN, "x"), ("r7", "name"): WRONG})
    assert arrange(sheet, Query(sort=(SortKey("check"),)))[:3] == ["r7", "r3", "r0"]


def test_a_choice_sorts_in_the_order_of_its_choices(make: Make) -> None:
    sheet = make()
    assert arrange(sheet, Query(sort=(SortKey("way"),)))[:2] == ["r1", "r3"]


def test_texts_sort_by_pinyin_letters_without_case_and_numbers_by_value() -> None:
    texts = ["砖", "第10页", "安装", "第9页", "b", "A", "骉", "北京"]
    assert sorted(texts, key=collation_key) == ["A", "b", "安装", "北京", "第9页", "第10页", "砖", "骉"]


def test_a_folded_group_hides_all_below_it_and_opens_as_it_was(make: Make) -> None:
    sheet = make(TREE, columns=SIMPLE)
    order = sheet.order
    order.fold(5)
    order.fold(4)
    assert seen(sheet) == ["g1", "a", "b", "t1", "g2"]
    order.open(4, order.rows_below(4))
    assert seen(sheet) == ["g1", "a", "b", "t1", "g2", "g3", "t2"]
    order.open(5, order.rows_below(5))
    assert seen(sheet) == [row.id for row in TREE]


def test_a_filter_opens_folded_groups_and_leaves_them_folded_afterwards(make: Make) -> None:
    sheet = make(TREE, columns=SIMPLE)
    sheet.order.fold(4)
    assert arrange(sheet, Query(text="防火")) == ["g2", "g3", "c"]
    sheet.order.fold(5)
    assert seen(sheet) == ["g2", "g3"]
    assert arrange(sheet, Query()) == ["g1", "a", "b", "t1", "g2"]


def test_a_revealed_row_is_seen_with_its_groups_though_the_filter_leaves_it_out(make: Make) -> None:
    sheet = make(TREE, columns=SIMPLE)
    assert arrange(sheet, Query(text="地砖"), reveal=6) == ["g1", "b", "g2", "g3", "c"]


def test_a_parent_that_does_not_stand_before_its_row_is_a_mistake_of_the_program(make: Make) -> None:
    with pytest.raises(ValueError, match="does not stand before"):
        make((Row("a", ("x",), "later"), Row("later", ("y",))), columns=SIMPLE)
    with pytest.raises(ValueError, match="same id"):
        make((Row("a", ("x",)), Row("a", ("y",))), columns=SIMPLE)


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-5, 5))), st.booleans())
def test_the_sort_in_steps_equals_a_stable_sort_at_once(values: list[int | None], descending: bool) -> None:
    filled = [row for row in range(len(values)) if values[row] is not None]
    empty = [row for row in range(len(values)) if values[row] is None]
    once = sorted(filled, key=lambda row: values[row] or 0, reverse=descending) + empty
    assert run(sorted_steps(range(len(values)), values, descending=descending)) == once


def test_the_sort_merges_many_runs_rightly() -> None:
    values = [n * 7919 % 10_007 for n in range(40_000)]
    assert run(sorted_steps(range(40_000), values, descending=True)) == sorted(
        range(40_000), key=values.__getitem__, reverse=True
    )


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[Row], list[CellKey]]:
    count = draw(st.integers(0, 24))
    rows: list[Row] = []
    for number in range(count):
        parent = draw(st.one_of(st.just(""), st.sampled_from([row.id for row in rows]) if rows else st.just("")))
        name = draw(st.sampled_from(["砖", "墙", "a", "A1", "10", "9", ""]))
        kind = draw(st.sampled_from(RowKind))
        rows.append(
            Row(str(number), (name or None, draw(st.one_of(st.none(), st.decimals(-9, 9, places=1)))), parent, kind)
        )
    wrong = draw(st.lists(st.sampled_from([(row.id, "name") for row in rows]), unique=True)) if rows else []
    return rows, wrong


queries = st.builds(
    Query,
    text=st.sampled_from(["", "砖", "a", "1", "墙 砖"]),
    only_problems=st.booleans(),
    sort=st.lists(st.builds(SortKey, st.sampled_from(["name", "value", "check"]), st.booleans()), max_size=3).map(
        tuple
    ),
)


@settings(deadline=None)
@given(forests(), queries, st.data())
def test_the_sequence_is_a_permutation_and_what_is_seen_is_a_part_of_it_in_order(
    forest: tuple[list[Row], list[CellKey]], query: Query, data: st.DataObject
) -> None:
    rows, wrong = forest
    sheet = run(Sheet(load("zh_CN"), SIMPLE).load_steps(rows, dict.fromkeys(wrong, WRONG)))
    for row in (
        data.draw(st.lists(st.sampled_from(sorted(sheet.store.groups())), unique=True)) if sheet.store.groups() else []
    ):
        if sheet.order.position(row) >= 0:
            sheet.order.fold(row)
    arrange(sheet, query)
    order, parents = sheet.order, sheet.store.parents
    assert sorted(order.sequence) == list(range(len(rows)))
    visible = set(order.visible)
    assert order.visible == [row for row in order.sequence if row in visible]
    for row in order.visible:
        assert parents[row] < 0 or parents[row] in visible
        assert parents[row] < 0 or order.rank(parents[row]) < order.rank(row)


@settings(deadline=None)
@given(forests(), queries)
def test_filtering_then_sorting_shows_the_same_as_sorting_then_filtering(
    forest: tuple[list[Row], list[CellKey]], query: Query
) -> None:
    rows, wrong = forest
    one = run(Sheet(load("zh_CN"), SIMPLE).load_steps(rows, dict.fromkeys(wrong, WRONG)))
    other = run(Sheet(load("zh_CN"), SIMPLE).load_steps(rows, dict.fromkeys(wrong, WRONG)))
    arrange(one, Query(query.text, query.columns, query.only_problems))
    arrange(one, query)
    arrange(other, Query(sort=query.sort))
    other.order.take(run(other.order.arrange_steps(query, resort=False)))
    assert one.order.visible == other.order.visible


def test_a_store_keeps_its_totals_right_when_values_change() -> None:
    store = Store((Column(key="v", kind=Kind.MONEY, total=True),), load("zh_CN"))
    run(
        store.load_steps((Row("a", (Decimal("1.10"),)), Row("b", (None,)), Row("t", (Decimal(9),), kind=RowKind.TOTAL)))
    )
    store.put(1, 0, Decimal("2.20"))
    store.put(0, 0, None)
    assert store.total(0) == Decimal("2.20")
