"""Values nobody should send: NaN, infinity, a million digits, the last second of the calendar, a flood."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from apps.shell.certificates.judge import Condition, judge
from apps.shell.certificates.state import CertificateChoice, Medium, Purpose
from apps.shell.certificates.wording import facts
from apps.shell.charts.plottable import plottable
from apps.shell.charts.presenter import ChartPresenter
from apps.shell.charts.reading import table_of
from apps.shell.charts.state import (
    Bar,
    BarChart,
    Chart,
    HeatMap,
    LineChart,
    Reference,
    Series,
    SpreadChart,
    SpreadGroup,
)
from apps.shell.compare.differ import rows_of
from apps.shell.compare.state import Cell, CompareTable, Criterion, Difference, Subject
from apps.shell.compare.tsv import tsv
from apps.shell.compare.wording import difference_word
from apps.shell.crash.place import Place, PlaceFile, take_abandoned
from apps.shell.forms.faults import Fault
from apps.shell.forms.figures import read_money, read_number
from apps.shell.frame.notices import KEPT, Notice, Notices
from apps.shell.frame.recent import recent_state
from apps.shell.frame.recent_file import load_recent
from apps.shell.frame.say import say
from apps.shell.frame.status import Tone, key_present
from core.messages import Catalogue

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FOR_EVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
NO_NUMBERS = [Decimal(text) for text in ("NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "1E-999999", "9" * 70)]


def charts_of(value: Decimal) -> tuple[Chart, ...]:
    one = Decimal(1)
    return (
        BarChart("bars", (Bar("a", value), Bar("b", one)), places=2, reference=Reference("r", value)),
        SpreadChart("boxes", (SpreadGroup("a", (value, one, Decimal(2))),), places=2),
        LineChart("lines", ("p", "q"), (Series("a", (value, one)),)),
        HeatMap("heat", ("r",), ("p", "q"), ((value, one),), alarm=value),
    )


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: f"{value:.4g}")
def test_a_value_that_is_no_ordinary_number_is_no_data_in_every_chart(value: Decimal, words: Catalogue) -> None:
    for chart in charts_of(value):
        table = table_of(plottable(chart), words)
        assert all(len(cell) < 60 for row in table.rows for cell in row.cells)


def test_ordinary_values_of_a_chart_stay_as_they_are(words: Catalogue) -> None:
    for chart in charts_of(Decimal("-1234567890.125")):
        assert ChartPresenter(words, lambda _: None, chart).state.chart == chart


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: f"{value:.4g}")
@pytest.mark.parametrize("reference", ["a", "b", ""])
def test_a_comparison_holds_no_nan_against_a_number(value: Decimal, reference: str, words: Catalogue) -> None:
    cells = {("x", "a"): Cell("one", Decimal(1)), ("x", "b"): Cell("odd", value), ("x", "c"): Cell("odd", value)}
    subjects = (Subject("a", "A"), Subject("b", "B"), Subject("c", "C"))
    row = rows_of(CompareTable(subjects, (Criterion("x", "X"),), cells, reference))[0]
    assert not {Difference.ABOVE, Difference.BELOW} & set(row.differences)
    assert all(len(difference_word(row, column, words)) < 60 for column in range(3))


def test_prices_of_thirty_digits_that_differ_in_the_last_one_differ() -> None:
    first, second = Decimal("1" * 29 + ".1"), Decimal("1" * 29 + ".2")
    cells = {("x", "a"): Cell("a", first), ("x", "b"): Cell("b", second)}
    table = CompareTable((Subject("a", "A"), Subject("b", "B")), (Criterion("x", "X"),), cells, "a")
    assert rows_of(table)[0].differences == (Difference.BASE, Difference.ABOVE)


def test_a_certificate_without_an_end_can_be_chosen(words: Catalogue) -> None:
    choice = CertificateChoice(
        "a", Medium.FILE, "Li", purposes=frozenset(Purpose), needs_pin=False,
        not_before=datetime(1, 1, 1, tzinfo=UTC), not_after=FOR_EVER,
    )  # fmt: skip
    assert judge(choice, Purpose.SIGNING, NOW).condition is Condition.READY
    assert any("9999-12-31" in value for _, value in facts(choice, words))
    assert "9999-12-31" in key_present("Li", FOR_EVER, NOW).said.text(words)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_place_file_from_the_end_of_the_calendar_does_not_keep_a_program_from_starting(
    at: str, tmp_path: Path
) -> None:
    file = tmp_path / "p-99999999.json"
    file.write_text(json.dumps({"version": 0, "project": "a", "page": "b", "field": "c", "at": at}))
    assert take_abandoned("p", tmp_path) is None
    assert not file.exists()


def test_a_project_whose_name_is_no_text_is_come_back_to(tmp_path: Path) -> None:
    place = Place("/work/\udcff.tbd", "list", "", NOW)
    PlaceFile(tmp_path / "p-99999999.json").write(place)
    assert take_abandoned("p", tmp_path) == place


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_recent_list_with_absurd_times_is_shown(at: str, tmp_path: Path) -> None:
    file = tmp_path / "recent.json"
    good = {"path": "/a", "title": "a", "opened_at": NOW.isoformat(), "deadline": at, "state": ""}
    file.write_text(json.dumps({"version": 0, "projects": [good, {**good, "path": "/b", "opened_at": at}]}))
    state = recent_state(load_recent(file), frozenset(), NOW)
    assert [line.project.path for line in state.lines] == ["/a"]


def test_a_flood_of_notices_leaves_a_bounded_queue() -> None:
    notices = Notices()
    for number in range(1_000):
        new = Notice(notices.next_number, Tone.ERR, say("app.cancelled", n=number), NOW)
        notices = notices.added(new, NOW + timedelta(seconds=number))
    assert len(notices.shown) == 3
    assert len(notices.waiting) == KEPT
    assert notices.unread == 1_000


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1+1", "\uff1d1+1", "\uff0b1+1", "\uff201"])
def test_a_copied_cell_never_starts_a_formula(text: str) -> None:
    assert tsv([(text,)]).startswith("'")


@pytest.mark.parametrize("typed", ["1 2", "12 34 5", "1 1 1 1", "100 20"])
def test_two_numbers_in_a_field_are_not_joined_into_one(typed: str) -> None:
    assert isinstance(read_money(typed), Fault)
    assert isinstance(read_number(typed, digits=2), Fault)


@pytest.mark.parametrize("typed", ["1 234 567.5", "1\u202f234\u202f567.5", "1, 234, 567.5", "1234 567.5"])
def test_blanks_between_thousands_are_understood(typed: str) -> None:
    assert read_number(typed, digits=2) == Decimal("1234567.5")
