"""The picture of a chart: keys, reading, table, and that every chart draws something in every look."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget

from apps.shell.charts.canvas import Canvas
from apps.shell.charts.paint_heat import ink_on, tint
from apps.shell.charts.paint_line import SERIES_TOKENS
from apps.shell.charts.state import Bar, BarChart, HeatMap, LineChart, Reference, Series, SpreadChart, SpreadGroup
from apps.shell.charts.view import ChartView
from apps.shell.gallery.charts import SPECIMENS
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look
from apps.shell.theme.tokens import Theme
from core.messages import Catalogue
from tests.shell.walkers import unreachable, without_name

BARS = BarChart(
    "报价", (Bar("甲", Decimal("186.43")), Bar("乙", Decimal("201.70"), flagged=True)), "万元", 2,
    Reference("预算", Decimal(195)),
)  # fmt: skip


def shown(qtbot, view: ChartView) -> ChartView:
    qtbot.addWidget(view)
    view.resize(600, 320)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def spoken(widget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_arrow_keys_read_the_points_out(qtbot, words: Catalogue):
    view = shown(qtbot, ChartView(words, BARS))
    canvas = view.findChild(Canvas)
    assert "图" in spoken(canvas)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert spoken(canvas) == "甲，数值：186.43万元"
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert spoken(canvas) == "乙，数值：201.70万元"
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert spoken(canvas) == "乙，与预算相比：高 3.4%"


def test_the_toggle_shows_the_table_and_copy_takes_it_whole(qtbot, words: Catalogue):
    view = shown(qtbot, ChartView(words, BARS))
    view.presenter.toggle_table()
    table = view.findChild(QTableWidget)
    assert table.isVisible()
    assert table.item(0, 0).text() == "186.43"
    view.copy_table()
    assert QGuiApplication.clipboard().text() == "项目\t数值\t与预算相比\n甲\t186.43\t低 4.4%\n乙\t201.70\t高 3.4%\n"


def test_a_click_focuses_what_it_hits(qtbot, words: Catalogue):
    heat = HeatMap("相似", ("A", "B"), ("A", "B"), ((None, Decimal(91)), (Decimal(12), None)), "%", None, Decimal(60))
    view = shown(qtbot, ChartView(words, heat))
    canvas = view.findChild(Canvas)
    canvas.grab()
    hits = {canvas.cell_at(x, y) for x in range(0, canvas.width(), 9) for y in range(0, canvas.height(), 9)}
    assert {(0, 0), (0, 1), (1, 0), (1, 1)} <= hits
    place = next(
        (x, y) for x in range(0, canvas.width(), 9) for y in range(0, canvas.height(), 9) if canvas.cell_at(x, y) == (1, 0)
    )  # fmt: skip

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*place))
    assert view.presenter.state.focus == (1, 0)


def test_the_focus_ring_is_seen(qtbot, words: Catalogue):
    view = shown(qtbot, ChartView(words, BARS))
    canvas = view.findChild(Canvas)
    view.presenter.focus((0, 0))
    canvas.clearFocus()
    without = canvas.grab().toImage()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.grab().toImage() != without


def test_new_data_replaces_picture_and_table(qtbot, words: Catalogue):
    view = shown(qtbot, ChartView(words, BARS))
    view.set_chart(BarChart("另一张", (Bar("丁", Decimal(5)),)))
    assert view.title.text() == "另一张"
    assert view.findChild(QTableWidget).item(0, 0).text() == "5"


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one.name)
def test_every_chart_draws_itself_in_the_middle_of_the_card(qtbot, english: Catalogue, specimen):
    page = specimen.build(english)
    qtbot.addWidget(page)
    page.resize(*specimen.size)
    page.show()
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = {image.pixel(x, y) for x in range(40, image.width() - 40, 3) for y in range(60, image.height() - 60, 3)}
    assert len(seen) >= 2 if specimen.name == "charts.empty" else len(seen) > 8


@pytest.mark.parametrize("theme", list(Theme))
def test_heat_cells_are_readable_and_lighter_is_less_in_every_theme(qapp: QApplication, looked_app, theme: Theme):
    apply_look(qapp, Look(theme))
    try:

        def light(tone: QColor) -> float:
            parts = [
                part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in tone.getRgbF()[:3]
            ]
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

        def contrast(one: QColor, other: QColor) -> float:
            low, high = sorted((light(one), light(other)))
            return (high + 0.05) / (low + 0.05)

        steps = [light(tint(step / 10)) for step in range(11)]
        assert steps == sorted(steps) or steps == sorted(steps, reverse=True)
        for step in range(11):
            assert contrast(tint(step / 10), ink_on(tint(step / 10))) >= 4.5
    finally:
        apply_look(qapp, Look())


def test_each_series_has_a_sign_of_its_own_besides_its_colour(qtbot, words: Catalogue):
    """Drawn in one colour, the five signs still differ."""
    from PySide6.QtGui import QPainter

    from apps.shell.charts.ink import Ink
    from apps.shell.theme.style import look_of

    pictures = []
    for index in range(len(SERIES_TOKENS)):
        image = QImage(24, 24, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        Ink(painter, look_of()).point(12, 12, index, "text", 6)
        painter.end()
        pictures.append(bytes(image.constBits()))
    assert len(set(pictures)) == len(SERIES_TOKENS)


def test_hundreds_of_points_draw_within_a_tick(qtbot, words: Catalogue):
    months = tuple(str(number) for number in range(365))
    series = tuple(Series(f"s{n}", tuple(Decimal(n * 10 + day % 7) for day in range(365))) for n in range(3))
    view = shown(qtbot, ChartView(words, LineChart("年", months, series)))
    assert view.grab().height() > 0
    spread = SpreadChart("x", (SpreadGroup("g", tuple(Decimal(value) for value in range(5000))),))
    view.set_chart(spread)
    assert view.grab().height() > 0


def test_a_chart_without_data_says_so_instead_of_drawing_an_axis(qtbot, words: Catalogue):
    view = shown(qtbot, ChartView(words, BarChart("空", ())))
    assert not view.findChild(Canvas).isVisible()
    assert any(one.text() == "还没有数据" and one.isVisible() for one in view.findChildren(QLabel))
    view.set_chart(BARS)
    assert view.findChild(Canvas).isVisible()


def test_everything_has_a_name_and_is_reached_by_tab(qtbot, words: Catalogue):
    view = shown(qtbot, ChartView(words, BARS))
    assert without_name(view) == []
    assert unreachable(view) == []
    view.presenter.toggle_table()
    assert without_name(view) == []
    assert unreachable(view) == []
