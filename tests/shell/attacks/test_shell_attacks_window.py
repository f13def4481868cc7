"""Markup where a name should stand, words of a hundred thousand characters, hostile clipboards."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from apps.shell.charts.state import Bar, BarChart
from apps.shell.charts.view import ChartView
from apps.shell.checklist.build import build_checklist
from apps.shell.checklist.state import ChecklistItem, Goal, ItemState
from apps.shell.compare.model import CompareModel
from apps.shell.compare.presenter import ComparePresenter
from apps.shell.compare.state import CompareTable, Criterion, Subject
from apps.shell.frame.glyph import Elided
from apps.shell.grid.area import Area
from apps.shell.grid.clipboard import HTML_CELLS, PASTE_CELLS, Clip, Copied, PasteTooLarge, read_clip_steps, write_steps
from apps.shell.grid.html_table import Block
from apps.shell.grid.paste import plan_steps
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.steps import Steps, run
from apps.shell.widgets.text import tip
from core.messages import Catalogue
from tests.shell.grid.tables import COLUMNS, rows

MARKUP = "<b>x</b><img src='file:///etc/passwd'>&amp;.pdf"


@pytest.mark.parametrize("text", [MARKUP, "a < b", "<qt>", "<!-- -->", "&lt;i&gt;", "a\n<u>u</u>", "<?xml?>", "a & b"])
def test_a_tip_shows_markup_as_the_characters_it_is_made_of(qapp: QApplication, text: str) -> None:
    read = QTextDocument()
    read.setHtml(tip(text))  # what Qt makes of a tip it takes for markup
    assert read.toPlainText() == text
    assert tip(text).startswith("<p ")


def test_ordinary_tips_stay_as_they_are() -> None:
    assert tip("C:\\项目\\a.pdf") == "C:\\项目\\a.pdf"
    assert len(tip("x" * 1_000_000)) < 3_000


def test_a_name_with_markup_is_never_markup_in_a_tip_of_a_cut_label(qtbot: QtBot) -> None:
    cut = Elided()
    qtbot.addWidget(cut)
    cut.resize(20, 20)
    cut.show_text(MARKUP)
    assert cut.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in cut.toolTip()


def test_titles_of_a_comparison_are_no_markup_in_tips(words: Catalogue) -> None:
    table = CompareTable((Subject("a", MARKUP),), (Criterion("x", MARKUP),), {})
    model = CompareModel(words, ComparePresenter(words, lambda _: None, table, copy=lambda _: None).state)
    for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
        assert model.headerData(0, way) == MARKUP
        assert "<b>" not in str(model.headerData(0, way, Qt.ItemDataRole.ToolTipRole))


def test_a_chart_of_nan_is_drawn_and_the_program_lives(qtbot: QtBot, words: Catalogue) -> None:
    view = ChartView(words, BarChart("t", (Bar("a", Decimal("NaN")), Bar(MARKUP, Decimal("1E+999999")))))
    qtbot.addWidget(view)
    view.show()
    assert not view.grab().isNull()


def test_words_of_a_hundred_thousand_characters_do_not_stall_a_list_or_a_chart(qtbot: QtBot, words: Catalogue) -> None:
    began = time.thread_time()
    goal = Goal("shell.checklist.list", "shell.checklist.list", "shell.checklist.jump")
    view, presenter = build_checklist(words, goal, jump=lambda _: None, act=lambda: None)
    chart = ChartView(words, BarChart("t", (Bar("x" * 100_000, Decimal(1)),)))
    for widget in (view, chart):
        qtbot.addWidget(widget)
        widget.show()
    presenter.set_items((ChecklistItem("a", "x" * 100_000, ItemState.BLOCKING, "y " * 50_000, "z" * 100_000),))
    view.grab()
    chart.grab()
    assert time.thread_time() - began < 2.0  # it took half a minute


def longest_step(steps: Steps[Block | None]) -> tuple[float, Block | None]:
    longest = 0.0
    while True:
        began = time.thread_time()  # other programs on this machine do not count
        try:
            next(steps)
        except StopIteration as end:
            return max(longest, time.thread_time() - began), end.value
        longest = max(longest, time.thread_time() - began)


@pytest.mark.parametrize(
    "body",
    ["<" * 8_000_000, "<a " * 2_000_000, "<!--" * 2_000_000, "<tr><td>" + "<br>" * 400_000, "<div>" * 200_000],
    ids=["brackets", "half tags", "comments", "breaks", "nested"],
)
def test_hostile_markup_on_the_clipboard_is_read_in_short_steps(body: str) -> None:
    longest, _ = longest_step(read_clip_steps(Clip("", f"<table>{body}</table>")))
    assert longest < 0.1


def test_rows_without_cells_count_against_the_limit() -> None:
    with pytest.raises(PasteTooLarge):
        run(read_clip_steps(Clip("", "<table>" + "<tr></tr>" * (PASTE_CELLS + 1) + "</table>")))


def test_a_copy_too_large_to_be_marked_holds_no_formula() -> None:
    block: list[tuple[str, ...]] = [("=1+1", "-5", "-5")] * (HTML_CELLS // 3 + 1)
    clip = run(write_steps(Copied(block, ("", "", "0.00"))))
    assert not clip.html
    assert clip.text.startswith("'=1+1\t-5\t-5\r\n")


def test_a_table_without_a_cell_is_nothing_to_paste() -> None:
    assert run(read_clip_steps(Clip("", "<table><tr></tr><tr></tr></table>"))) is None


def test_a_ragged_block_far_beyond_the_table_is_planned_in_no_time(words: Catalogue) -> None:
    sheet = run(Sheet(words, COLUMNS, on_edit=lambda _: None).load_steps(rows(3), {}))
    block = Block([["1"] * 50_000, *(["1"] for _ in range(50_000))])
    began = time.thread_time()
    plan = run(plan_steps(sheet.store, block, sheet.paste_target((Area(0, 0, 0, 0),)), sheet.spelling))
    assert (plan.beyond_rows, plan.height) == (49_998, 50_001)
    assert time.thread_time() - began < 1.0  # two billion cells lie outside
