"""100,000 rows: the event loop keeps turning whatever is done to them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from apps.shell.gallery.grid import demo_columns, many_rows
from apps.shell.grid.area import Area
from apps.shell.grid.board import mime_of
from apps.shell.grid.clipboard import Clip
from apps.shell.grid.commands import Command
from apps.shell.grid.order import Query, SortKey
from apps.shell.grid.preview import PasteDialog
from apps.shell.grid.problems import Problem, Severity
from apps.shell.grid.store import Row, RowKind
from apps.shell.grid.view import GridView
from core.messages import Catalogue, load

LIMIT_SECONDS = 0.1
TRIES = 3


class BusyTicks(QObject):
    """The longest time this thread worked between two turns of the event loop.

    Processor time, not time on the wall: what other programs take of a shared machine is no stall of ours.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=10)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.longest = 0.0

    def __enter__(self) -> BusyTicks:
        self._last = time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now


@pytest.fixture(scope="module")
def long_list() -> Iterator[tuple[Row, ...]]:
    """The objects of the test run itself are none of the grid's business: the collector leaves them alone."""
    rows = many_rows(load())
    gc.collect()
    gc.freeze()
    yield rows
    gc.unfreeze()


@pytest.fixture
def large(qtbot: QtBot, words: Catalogue, long_list: tuple[Row, ...]) -> GridView:
    view = GridView(words, demo_columns(words))
    qtbot.addWidget(view)
    view.resize(1_366, 768)
    view.show()
    view.show_rows(long_list, {(row.id, "price"): Problem(Severity.WARN, "偏高") for row in long_list[::500]})
    qtbot.waitUntil(view.ready, timeout=20_000)
    return view


def longest(qtbot: QtBot, view: GridView, *acts: Callable[[], None]) -> float:
    best = 9.0
    for _ in range(TRIES):
        with BusyTicks() as ticks:
            for act in acts:
                act()
                qtbot.waitUntil(view.ready, timeout=20_000)
                qtbot.wait(30)
        best = min(best, ticks.longest)
        if best < LIMIT_SECONDS:
            break
    return best


def test_loading_sorting_and_filtering_never_stall_the_loop(
    qtbot: QtBot, large: GridView, long_list: tuple[Row, ...]
) -> None:
    acts = {
        "load": lambda: large.show_rows(long_list),
        "sort texts": lambda: large.show_query(Query(sort=(SortKey("name"),))),
        "sort by three": lambda: large.show_query(
            Query(sort=(SortKey("unit"), SortKey("amount", descending=True), SortKey("code")))
        ),
        "filter": lambda: large.show_query(Query(text="书 9")),
        "only problems": lambda: large.show_query(Query(only_problems=True)),
        "all": lambda: large.show_query(Query()),
        "select all": large.table.selectAll,
        "jump": lambda: large.go_to("M-099000", "price"),
    }
    gaps = {name: longest(qtbot, large, act) for name, act in acts.items()}
    assert {name: round(gap, 3) for name, gap in gaps.items() if gap >= LIMIT_SECONDS} == {}


def test_filling_copying_and_undoing_a_hundred_thousand_cells_never_stall_the_loop(
    qtbot: QtBot, large: GridView
) -> None:
    def fill() -> None:
        large.table.select_area(Area(0, 5, 99_999, 5))
        large.actions_of_grid.perform(Command.FILL)

    def copy() -> None:
        large.table.select_area(Area(0, 5, 99_999, 5))
        large.actions_of_grid.perform(Command.COPY)

    gaps = {
        "fill": longest(qtbot, large, fill),
        "undo": longest(qtbot, large, lambda: large.actions_of_grid.perform(Command.UNDO)),
        "copy": longest(qtbot, large, copy),
    }
    assert {name: round(gap, 3) for name, gap in gaps.items() if gap >= LIMIT_SECONDS} == {}
    assert QGuiApplication.clipboard().mimeData().text().count("\n") == 100_000


def test_a_large_paste_is_planned_and_done_and_a_larger_one_refused_without_a_stall(
    qtbot: QtBot, large: GridView
) -> None:
    mime = mime_of(Clip("\r\n".join(f"{n % 977}.25" for n in range(90_000))))
    QGuiApplication.clipboard().setMimeData(mime)
    large.table.setCurrentIndex(large.model.index(0, 5))
    with BusyTicks() as planning:
        large.actions_of_grid.perform(Command.PASTE)
        qtbot.waitUntil(large.ready, timeout=30_000)
    dialog = large.actions_of_grid.dialog
    assert isinstance(dialog, PasteDialog)
    with BusyTicks() as doing:
        dialog.go.click()
        qtbot.waitUntil(large.ready, timeout=30_000)
    assert large.sheet.store.value(5, 5) == Decimal("5.25")
    huge = mime_of(Clip(("1\t" * 9 + "1\r\n") * 100_000))
    QGuiApplication.clipboard().setMimeData(huge)
    refused = longest(qtbot, large, lambda: large.actions_of_grid.perform(Command.PASTE))
    assert large.band.isVisible()
    assert max(planning.longest, doing.longest) < 3 * LIMIT_SECONDS  # one try only: it changes the table
    assert refused < LIMIT_SECONDS


def test_folding_and_opening_groups_of_a_large_tree_never_stalls(qtbot: QtBot, words: Catalogue) -> None:
    tree = [Row("g", ("", "g"), kind=RowKind.GROUP)]
    tree += [Row(str(n), (str(n), "x"), "g" if n % 100 == 0 else str(n - n % 100)) for n in range(60_000)]
    view = GridView(words, demo_columns(words))
    qtbot.addWidget(view)
    view.show()
    view.show_rows(tree)
    qtbot.waitUntil(view.ready, timeout=20_000)
    gaps = {
        "fold all": longest(qtbot, view, lambda: view.model.fold_all(folded=True)),
        "open all": longest(qtbot, view, lambda: view.model.fold_all(folded=False)),
        "fold": longest(
            qtbot, view, lambda: view.model.toggle(0, opened=False), lambda: view.model.toggle(0, opened=True)
        ),
    }
    assert {name: round(gap, 3) for name, gap in gaps.items() if gap >= LIMIT_SECONDS} == {}
    assert view.model.rowCount() == 60_001
