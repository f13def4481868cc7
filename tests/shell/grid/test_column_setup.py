"""The set-up of columns as a value that is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.shell.grid.columns import Column
from apps.shell.grid.setup import NARROWEST, WIDEST, Setup, load_setup

COLUMNS = tuple(Column(key=key, width=100, frozen=key == "b") for key in "abcd")


def keys(setup: Setup) -> str:
    return "".join(column.key for column in setup.placed)


def test_frozen_columns_come_first() -> None:
    assert keys(Setup.of(COLUMNS)) == "bacd"
    assert keys(Setup.of(COLUMNS).changed("d", frozen=True)) == "bdac"


def test_a_set_up_is_kept_and_found_again() -> None:
    setup = Setup.of(COLUMNS).changed("a", width=222).changed("c", hidden=True).moved("d", 1)
    assert load_setup(setup.dump(), COLUMNS) == setup
    assert keys(setup) == "bdac"


def test_the_last_column_cannot_be_hidden() -> None:
    setup = Setup.of(COLUMNS)
    for key in "abcd":
        setup = setup.changed(key, hidden=True)
    assert len(setup.shown) == 1


def test_widths_stay_within_bounds() -> None:
    setup = Setup.of(COLUMNS).changed("a", width=1).changed("c", width=10**9)
    assert {column.key: column.width for column in setup.placed} == {"a": NARROWEST, "b": 100, "c": WIDEST, "d": 100}


def test_unknown_columns_are_dropped_and_new_ones_added() -> None:
    kept = Setup.of((*COLUMNS[:3], Column(key="old"))).moved("c", 1).dump()
    assert sorted(keys(load_setup(kept, COLUMNS))) == ["a", "b", "c", "d"]
    assert keys(load_setup(kept, COLUMNS)).index("c") < keys(load_setup(kept, COLUMNS)).index("a")


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "null", '{"format": 2, "columns": []}', '{"format":1,"columns":{"a":1}}', "[" * 100_000,
     '{"format":1,"columns":[["a","wide",false,false],["a",true,false,false],[1,2,3,4],null]}', "x" * 70_000],
)  # fmt: skip
def test_a_damaged_set_up_is_as_the_program_starts(damaged: str) -> None:
    assert load_setup(damaged, COLUMNS) == Setup.of(COLUMNS)


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_a_set_up_with_every_column_once(text: str) -> None:
    assert sorted(keys(load_setup(text, COLUMNS))) == ["a", "b", "c", "d"]


def test_a_column_named_twice_counts_once() -> None:
    twice = '{"format":1,"columns":[["a",90,false,false],["a",80,true,false]]}'
    assert sorted(keys(load_setup(twice, COLUMNS))) == ["a", "b", "c", "d"]
