"""What a chart says and how keys walk through it, without Qt."""

from decimal import Decimal

from apps.shell.charts.geometry import Box, Metrics, axis_over, mark_at
from apps.shell.charts.heat_layout import heats, lay_heat
from apps.shell.charts.line_layout import lay_line
from apps.shell.charts.presenter import ChartPresenter, Step
from apps.shell.charts.reading import reading, table_of
from apps.shell.charts.rows_layout import lay_bars, lay_spread
from apps.shell.charts.state import Bar, BarChart, HeatMap, LineChart, Reference, Series, SpreadChart, SpreadGroup
from core.messages import Catalogue

METRICS = Metrics(measure=lambda text: 8.0 * len(text), line=18.0, scale=1.0)
BARS = BarChart(
    "报价", (Bar("甲", Decimal("186.43")), Bar("乙", Decimal("201.70"), "超出", flagged=True), Bar("丙", None)),
    "万元", None, Reference("预算", Decimal(195)),
)  # fmt: skip
HEAT = HeatMap(
    "相似", ("A", "B"), ("A", "B"), ((None, Decimal(91)), (Decimal(12), None)), "%", None, Decimal(60)
)  # fmt: skip


def test_a_bar_is_read_with_its_exact_value_unit_and_remark(words: Catalogue):
    assert reading(BARS, (1, 0), words) == "乙，数值：201.70万元（超出）"
    assert reading(BARS, (0, 1), words) == "甲，与预算相比：低 4.4%"
    assert reading(BARS, (2, 0), words) == "丙，数值：无数据"


def test_a_value_to_look_at_says_so_in_words(words: Catalogue):
    assert reading(HEAT, (0, 1), words) == "A，B：91（需关注）"
    assert reading(HEAT, (1, 0), words) == "B，A：12%"


def test_the_table_holds_every_value_of_the_picture(words: Catalogue):
    line = LineChart("量", ("一", "二"), (Series("甲", (Decimal(1), None)), Series("乙", (Decimal("2.50"),))))
    table = table_of(line, words)
    assert [row.cells for row in table.rows] == [("1", "无数据"), ("2.50", "无数据")]
    spread = SpreadChart("人", (SpreadGroup("馆", tuple(map(Decimal, (1, 2, 3, 4, 99)))), SpreadGroup("空", ())))
    table = table_of(spread, words)
    assert table.rows[0].cells == ("1", "2", "3", "4", "99", "99", "5")
    assert table.rows[1].cells[-1] == "0"
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_arrow_keys_stay_inside_and_the_first_step_lands_on_the_first_cell(words: Catalogue):
    shown: list[object] = []
    presenter = ChartPresenter(words, shown.append, BARS)
    assert presenter.reading() == ""
    presenter.step(Step.DOWN)
    assert presenter.state.focus == (0, 0)
    presenter.step(Step.UP)
    presenter.step(Step.LEFT)
    assert presenter.state.focus == (0, 0)
    for _ in range(9):
        presenter.step(Step.DOWN)
    presenter.step(Step.RIGHT)
    presenter.step(Step.RIGHT)
    assert presenter.state.focus == (2, 1)
    presenter.step(Step.FIRST)
    assert presenter.reading().startswith("甲")
    presenter.step(Step.LAST)
    assert presenter.state.focus == (2, 1)


def test_an_empty_chart_has_nothing_to_stand_on(words: Catalogue):
    presenter = ChartPresenter(words, lambda _state: None, BarChart("空", ()))
    presenter.step(Step.DOWN)
    assert presenter.state.focus is None


def test_other_data_keeps_the_focus_only_where_the_cell_still_exists(words: Catalogue):
    presenter = ChartPresenter(words, lambda _state: None, BARS)
    presenter.focus((2, 1))
    presenter.set_chart(BarChart("短", BARS.bars[:1]))
    assert presenter.state.focus is None


def test_bars_start_at_zero_and_end_at_their_value():
    layout = lay_bars(BARS, 600.0, 200.0, METRICS)
    axis = layout.frame.axis
    first = layout.bars[0]
    assert first is not None
    assert first.x == axis.at(Decimal(0))
    assert abs(first.right - axis.at(Decimal("186.43"))) < 1e-6
    assert layout.bars[2] is None
    assert layout.frame.names < layout.frame.plot.x < layout.frame.values


def test_a_negative_bar_lies_left_of_zero():
    layout = lay_bars(BarChart("差", (Bar("甲", Decimal(-5)), Bar("乙", Decimal(5)))), 400.0, 120.0, METRICS)
    zero = layout.frame.axis.at(Decimal(0))
    below, above = layout.bars
    assert below is not None
    assert above is not None
    assert abs(below.right - zero) < 1e-6
    assert abs(above.x - zero) < 1e-6


def test_every_cell_of_the_table_has_a_mark_inside_the_picture(words: Catalogue):
    spread = SpreadChart("人", (SpreadGroup("馆", tuple(map(Decimal, (1, 2, 3, 4, 99)))), SpreadGroup("空", ())))
    line = LineChart("量", ("一", "二"), (Series("甲", (Decimal(1), None)), Series("乙", (Decimal("2.50"),))))
    for chart, marks in (
        (BARS, lay_bars(BARS, 500.0, 240.0, METRICS).marks),
        (spread, lay_spread(spread, 500.0, 240.0, METRICS).marks),
        (line, lay_line(line, 500.0, 240.0, METRICS).marks),
        (HEAT, lay_heat(HEAT, 500.0, 240.0, METRICS).marks),
    ):
        table = table_of(chart, words)
        wanted = {(row, column) for row in range(len(table.rows)) for column in range(len(table.columns))}
        assert {(mark.row, mark.column) for mark in marks} == wanted
        for mark in marks:
            assert mark.box.y >= 0
            assert mark.box.bottom <= 241.0


def test_the_median_is_found_under_the_pointer_although_it_lies_on_the_box():
    spread = SpreadChart("人", (SpreadGroup("馆", tuple(map(Decimal, (10, 20, 30, 40, 50)))),))
    layout = lay_spread(spread, 500.0, 120.0, METRICS)
    shape = layout.boxes[0]
    assert shape is not None
    assert mark_at(layout.marks, shape.median, shape.body.middle) == (0, 2)
    assert mark_at(layout.marks, -5.0, -5.0) is None


def test_heat_rises_with_the_value_and_empty_cells_have_none():
    assert heats(HEAT) == ((None, 1.0), (float(Decimal(12) / Decimal(91)), None))
    flat = HeatMap("零", ("A",), ("A",), ((Decimal(0),),))
    assert heats(flat) == ((0.0,),)


def test_a_chart_in_a_tiny_window_still_has_an_axis():
    axis = axis_over([Decimal(1), Decimal(2)], 0.0, 1.0, 80.0, zero=False)
    assert 2 <= len(axis.ticks) <= 3
    assert lay_bars(BARS, 20.0, 20.0, METRICS).frame.plot.width >= 1.0
    assert Box(0, 0, 2, 2).holds(1, 1)
