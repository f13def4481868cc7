"""Actions as edits: paste, fill, clear, undo; and the program that cannot save one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.shell.grid.area import Area
from apps.shell.grid.clipboard import read_clip_steps, write_steps
from apps.shell.grid.columns import Column, Kind, Value
from apps.shell.grid.edits import Change, Edit, EditKind, History
from apps.shell.grid.entry import Refusal
from apps.shell.grid.html_table import Block
from apps.shell.grid.jump import next_problem
from apps.shell.grid.order import Query, SortKey
from apps.shell.grid.paste import PastePlan, plan_steps
from apps.shell.grid.problems import Problem, Severity
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.steps import run
from apps.shell.grid.store import Row, RowKind
from apps.shell.grid.summary import summary_steps
from tests.shell.grid.tables import COLUMNS, load, rows

Make = Callable[..., Sheet]
WRONG = Problem(Severity.ERROR, "错")


def plan_of(sheet: Sheet, rows: list[list[str]], *areas: Area) -> PastePlan:
    return run(plan_steps(sheet.store, Block(rows), sheet.paste_target(areas), sheet.spelling))


def values(sheet: Sheet) -> list[list[Value]]:
    return [[sheet.store.value(row, column) for column in range(len(sheet.columns))] for row in range(len(sheet.store))]


def test_typing_gives_an_edit_that_is_reported_and_undone(make: Make, edits: list[Edit]) -> None:
    sheet = make()
    edit = sheet.type_in(2, 3, "1,234.50")
    assert edit == Edit(EditKind.TYPE, (Change("r2", "price", None, Decimal("1234.50")),))
    run(sheet.do_steps(edit))
    assert sheet.store.value(2, 3) == Decimal("1234.50")
    assert run(sheet.undo_steps()) is not None
    assert sheet.store.value(2, 3) is None
    run(sheet.redo_steps())
    assert [edit.kind for edit in edits] == [EditKind.TYPE, EditKind.UNDO, EditKind.REDO]
    assert edits[1].changes == (Change("r2", "price", Decimal("1234.50"), None),)


def test_typing_what_stands_there_is_no_edit(make: Make) -> None:
    sheet = make()
    assert sheet.type_in(1, 3, str(sheet.store.value(1, 3))) is None


def test_a_protected_cell_says_why_it_refuses(make: Make) -> None:
    sheet = make(
        (Row("a", ("1", "x"), locked_key="shell.grid.refused.busy"), Row("t", ("", "合计"), kind=RowKind.TOTAL))
    )
    for cell, key in (((0, 0), "protected"), ((0, 1), "busy"), ((1, 1), "total")):
        found = sheet.type_in(*cell, "x")
        assert isinstance(found, Refusal)
        assert found.key == f"shell.grid.refused.{key}"
    assert "编码" in (sheet.store.protection(0, 0) or Refusal("")).text(sheet.words)


def test_an_edit_the_program_cannot_save_leaves_everything_as_it_was(words: object) -> None:
    def full(_edit: Edit) -> None:
        raise OSError

    sheet = run(Sheet(load(), (Column(key="v", editable=True),), on_edit=full).load_steps((Row("a", ("old",)),), {}))
    edit = sheet.type_in(0, 0, "new")
    assert isinstance(edit, Edit)
    with pytest.raises(OSError):
        run(sheet.do_steps(edit))
    assert sheet.store.value(0, 0) == "old"
    assert sheet.history.next_undo() is None


def test_a_paste_plan_tells_taken_same_respelled_blank_and_refused_cells_apart(make: Make) -> None:
    sheet = make()
    plan = plan_of(sheet, [["新名", "1,000.5", "２０"], ["砂浆", "", "约30"], ["隔墙", "7.4", "—"]], Area(0, 1, 0, 1))
    name, quantity, price = plan.columns
    assert (name.taken, name.same, quantity.taken, quantity.blank, quantity.same) == (1, 2, 1, 1, 1)
    assert (price.taken, price.respelled, price.refused) == (1, 1, 2)
    assert [(cell.number, cell.column, cell.text) for cell in plan.refused] == [(2, "单价", "约30"), (3, "单价", "—")]
    assert [(cell.text, cell.taken) for cell in plan.respelled] == [("1,000.5", "1000.5"), ("２０", "20")]
    assert len(plan.edit(clear_blanks=False).changes) == 3
    assert len(plan.edit(clear_blanks=True).changes) == 4


def test_protected_columns_that_repeat_what_stands_there_are_no_refusals(make: Make) -> None:
    sheet = make()
    plan = plan_of(sheet, [["01010000", "甲"], ["01019999", "乙"]], Area(0, 0, 0, 0))
    assert (plan.columns[0].same, plan.columns[0].refused, plan.columns[1].taken) == (1, 1, 2)
    assert plan.columns[0].protected is not None
    assert plan.refused[0].why is not None
    assert "编码" in plan.refused[0].why.text(sheet.words)


def test_the_full_number_behind_a_shown_one_is_pasted_into_numbers_only(make: Make) -> None:
    sheet = make(columns=(Column(key="n", editable=True), Column(key="d", kind=Kind.DECIMAL, editable=True)))
    block = Block([["1.23", "1.23"]], {(0, 0): "1.2345", (0, 1): "1.2345"})
    plan = run(plan_steps(sheet.store, block, sheet.paste_target((Area(0, 0, 0, 0),)), sheet.spelling))
    assert [change.new for change in plan.changes] == ["1.23", Decimal("1.2345")]


def test_a_single_cell_fills_the_selection_and_a_block_tiles_it(make: Make) -> None:
    sheet = make()
    assert len(plan_of(sheet, [["同"]], Area(0, 1, 3, 1)).changes) == 4
    assert len(plan_of(sheet, [["同"]], Area(0, 1, 0, 1), Area(5, 1, 6, 1)).changes) == 3
    assert [c.new for c in plan_of(sheet, [["一"], ["二"]], Area(0, 1, 3, 1)).changes] == ["一", "二", "一", "二"]


def test_what_lies_beyond_the_table_is_counted_and_not_pasted(make: Make) -> None:
    sheet = make()
    plan = plan_of(sheet, [["a", "租赁", "x", "y"]] * 4, Area(8, 4, 8, 4))
    assert (plan.beyond_rows, plan.beyond_columns) == (2, 1)
    assert {change.row for change in plan.changes} == {"r9"}


def test_a_paste_goes_only_to_the_rows_that_are_seen(make: Make) -> None:
    sheet = make()
    sheet.order.take(run(sheet.order.arrange_steps(Query(text="书", sort=(SortKey("code", descending=True),)))))
    plan = plan_of(sheet, [["一"], ["二"]], Area(0, 1, 0, 1))
    assert plan.hidden_between
    assert [(change.row, change.new) for change in plan.changes] == [("r8", "一"), ("r7", "二")]


def test_fill_down_copies_the_top_row_and_counts_what_is_protected(make: Make) -> None:
    sheet = make()
    prepared = run(sheet.fill_down_steps((Area(0, 0, 3, 1),)))
    assert [change.new for change in prepared.edit.changes] == ["地砖"] * 3
    assert prepared.refused == 3
    assert [c.row for c in run(sheet.fill_down_steps((Area(4, 1, 4, 1),))).edit.changes] == ["r4"]
    assert run(sheet.fill_down_steps((Area(0, 1, 0, 1),))).edit.changes == ()


def test_clearing_leaves_protected_cells_and_says_how_many(make: Make) -> None:
    sheet = make()
    prepared = run(sheet.clear_steps((Area(0, 0, 1, 1), Area(1, 1, 2, 1))))
    assert [(change.row, change.column) for change in prepared.edit.changes] == [
        ("r0", "name"),
        ("r1", "name"),
        ("r2", "name"),
    ]
    assert prepared.refused == 2


def test_a_copy_pasted_back_changes_nothing(make: Make) -> None:
    sheet = make()
    clip = run(write_steps(run(sheet.copy_steps((Area(0, 0, 9, 5),)))))
    block = run(read_clip_steps(clip))
    assert block is not None
    plan = run(plan_steps(sheet.store, block, sheet.paste_target((Area(0, 0, 0, 0),)), sheet.spelling))
    assert plan.changes == []
    assert plan.refused_count == 0


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(["", "1", "2.50", "x", "１", "自购", "—", "1,000"]), min_size=1, max_size=7), min_size=1, max_size=6),
       st.integers(0, 9), st.integers(0, 6), st.booleans())  # fmt: skip
def test_a_paste_taken_back_leaves_every_value_as_it_was(
    block: list[list[str]], top: int, left: int, clear: bool
) -> None:
    sheet = run(Sheet(load(), COLUMNS).load_steps(rows(), {}))
    before = values(sheet)
    edit = plan_of(sheet, block, Area(top, left, top, left)).edit(clear_blanks=clear)
    run(sheet.do_steps(edit))
    after = values(sheet)
    run(sheet.undo_steps())
    assert values(sheet) == before
    assert [str(v) for row in values(sheet) for v in row] == [str(v) for row in before for v in row]
    run(sheet.redo_steps())
    assert values(sheet) == after


def test_only_so_many_actions_and_cells_are_remembered() -> None:
    history = History(limit=3, cells=10)
    edits = [Edit(EditKind.PASTE, (Change("r", "c", n, n + 1),) * n) for n in range(1, 6)]
    for edit in edits:
        history.push(edit)
    kept = []
    while (last := history.next_undo()) is not None:
        kept.append(last)
        history.undid()
    assert kept == [edits[4], edits[3]]
    assert history.next_redo() is edits[3]


def test_a_new_edit_forgets_what_was_undone(make: Make) -> None:
    sheet = make()
    for text in ("一", "二"):
        edit = sheet.type_in(0, 1, text)
        assert isinstance(edit, Edit)
        run(sheet.do_steps(edit))
    run(sheet.undo_steps())
    edit = sheet.type_in(0, 1, "三")
    assert isinstance(edit, Edit)
    run(sheet.do_steps(edit))
    assert run(sheet.redo_steps()) is None
    run(sheet.undo_steps())
    run(sheet.undo_steps())
    assert sheet.store.value(0, 1) == "地砖"


def test_an_edit_given_up_half_way_takes_back_what_it_did(make: Make) -> None:
    sheet = make(tuple(Row(str(n), ("", "x")) for n in range(9_000)))
    steps = sheet.do_steps(Edit(EditKind.FILL, tuple(Change(str(n), "name", "x", "y") for n in range(9_000))))
    next(steps)
    assert sheet.store.value(0, 1) == "y"
    steps.close()
    assert {sheet.store.value(row, 1) for row in range(9_000)} == {"x"}


def test_the_next_problem_follows_the_sorted_order_and_goes_round(make: Make) -> None:
    sheet = make(None, {("r1", "price"): WRONG, ("r1", "name"): WRONG, ("r8", "name"): WRONG, ("gone", "name"): WRONG})
    found = next_problem(sheet, 1, "name")
    assert (found and found.row, found and found.column, found and found.wrapped) == (1, "price", False)
    assert [f and (f.row, f.column, f.wrapped) for f in (next_problem(sheet, 8, "name"), next_problem(sheet, 0, "code"))] == [
        (1, "name", True), (1, "name", False)]  # fmt: skip
    back = next_problem(sheet, 1, "name", backward=True)
    assert (back and back.row, back and back.wrapped) == (8, True)
    sheet.order.take(run(sheet.order.arrange_steps(Query(text="没有这样的", sort=(SortKey("code", descending=True),)))))
    first = next_problem(sheet, -1, "")
    assert first is not None
    assert first.row == 8
    assert next_problem(make(), 0, "name") is None


def test_the_sum_of_a_selection_is_exact_and_leaves_total_rows_out(make: Make) -> None:
    given_rows = (Row("a", ("", "x", None, Decimal("0.10"))), Row("b", ("", "", None, Decimal("0.20"))),
                  Row("t", ("", "合计", None, Decimal("0.30")), kind=RowKind.TOTAL))  # fmt: skip
    found = run(summary_steps(make(given_rows), (Area(0, 1, 2, 3),)))
    assert (found.cells, found.numbers, found.total, found.totals_left_out) == (9, 2, Decimal("0.30"), 1)
    assert found.mean == Decimal("0.15")
