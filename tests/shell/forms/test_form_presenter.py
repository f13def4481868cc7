"""Every intent as a plain call: edits are reported once, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shell.forms.arrivals import Arrival, look_at
from apps.shell.forms.entries import Entry, FileEntry, Files, Rows
from apps.shell.forms.presenter import FormPresenter
from apps.shell.forms.schema import TableField
from apps.shell.forms.state import FormState
from apps.shell.forms.tables import moved, pasted, with_cell, with_row, without_rows
from tests.shell.forms.form_world import MEGABYTE, good_entries, whole_form

Edit = tuple[str, Entry, Entry]


class Bench:
    def __init__(self) -> None:
        self.shown: list[FormState] = []
        self.edits: list[Edit] = []
        self.taken: list[tuple[str, tuple[FileEntry, ...]]] = []
        self.presenter = FormPresenter(
            self.shown.append,
            whole_form(),
            good_entries(),
            on_edit=lambda key, old, new: self.edits.append((key, old, new)),
            on_files=lambda key, files: self.taken.append((key, files)),
        )


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_typing_is_no_edit_until_it_is_committed(bench: Bench) -> None:
    for text in ("5", "55", "550"):
        bench.presenter.typed("days", text)
    assert bench.edits == []
    assert bench.presenter.state.values["days"] == 550
    bench.presenter.committed("days", "550")
    bench.presenter.committed("days", "550")
    assert bench.edits == [("days", "540", "550")]


def test_undoing_is_shown_and_not_reported_again(bench: Bench) -> None:
    bench.presenter.committed("days", "550")
    bench.presenter.set_entry("days", "540")
    assert bench.presenter.state.entry("days") == "540"
    assert len(bench.edits) == 1
    assert "days" not in bench.presenter.state.dirty


def test_a_fault_keeps_what_was_typed_and_is_shown_after_the_field_was_left(bench: Bench) -> None:
    bench.presenter.typed("days", "6OO")
    assert bench.presenter.state.shown_faults("days") == ()
    bench.presenter.committed("days", "6OO")
    assert bench.presenter.state.entry("days") == "6OO"
    assert bench.presenter.state.shown_faults("days")[0].code.endswith("number")
    bench.presenter.typed("days", "500")
    assert bench.presenter.state.shown_faults("days") == ()


def test_a_mend_is_one_edit_that_ends_the_fault(bench: Bench) -> None:
    bench.presenter.committed("validity", "60")
    bench.presenter.mend("validity")
    assert bench.edits[-1] == ("validity", "60", "90")
    assert "validity" not in bench.presenter.state.faults
    bench.presenter.mend("validity")
    assert len(bench.edits) == 2


def test_a_mend_reaches_into_a_table(bench: Bench) -> None:
    bench.presenter.committed("materials", Rows((("书架", "1", "2", "10.505", ""),)))
    bench.presenter.mend("materials")
    assert bench.presenter.state.entry("materials") == Rows((("书架", "1", "2", "10.51", ""),))


def test_asking_for_all_faults_shows_them_in_untouched_fields_too(bench: Bench) -> None:
    bench.presenter.replace_entries({})
    assert bench.presenter.state.shown_faults("name") == ()
    found = bench.presenter.show_all_faults()
    assert found.missing == ("name", "days", "validity", "works", "kind")
    assert bench.presenter.state.shown_faults("name") != ()


def test_files_are_taken_or_refused_one_by_one_with_the_reason(bench: Bench, tmp_path: Path) -> None:
    good, big, odd, empty = (tmp_path / name for name in ("plan.PDF", "big.pdf", "note.docx", "empty.pdf"))
    good.write_bytes(b"x")
    big.write_bytes(b"x" * (MEGABYTE + 1))
    odd.write_bytes(b"x")
    empty.write_bytes(b"")
    paths = [good, big, odd, empty, tmp_path, tmp_path / "gone.pdf", good]
    bench.presenter.add_files("files", [look_at(str(path)) for path in paths])
    assert bench.presenter.state.entry("files") == Files((FileEntry(str(good), "plan.PDF", 1),))
    refused = [found.code.rpartition(".")[2] for found in bench.presenter.state.refused["files"]]
    assert refused == ["file_large", "file_type", "file_empty", "file_folder", "file_unreadable", "file_twice"]
    assert bench.taken == [("files", (FileEntry(str(good), "plan.PDF", 1),))]
    assert len(bench.edits) == 1


def test_more_files_than_there_is_room_for_are_refused(bench: Bench) -> None:
    bench.presenter.add_files("files", [Arrival(f"{number}.pdf", f"{number}.pdf", 1) for number in range(5)])
    entry = bench.presenter.state.entry("files")
    assert isinstance(entry, Files)
    assert len(entry.files) == 3
    assert len(bench.presenter.state.refused["files"]) == 2


def test_facts_about_a_file_come_later_and_are_no_edit(bench: Bench) -> None:
    bench.presenter.add_files("files", [Arrival("a.pdf", "a.pdf", 9)])
    bench.presenter.file_known("files", "a.pdf", pages=12)
    bench.presenter.file_known("files", "a.pdf", sm3="ab" * 32)
    assert bench.presenter.state.entry("files") == Files((FileEntry("a.pdf", "a.pdf", 9, 12, "ab" * 32),))
    assert len(bench.edits) == 1


def test_a_path_of_nonsense_is_unreadable_not_an_exception() -> None:
    assert look_at("\0").size is None
    assert look_at("").size is None


def table() -> TableField:
    field = whole_form().field("materials")
    assert isinstance(field, TableField)
    return field


def test_a_paste_fills_cells_by_label_and_leaves_computed_ones_alone(bench: Bench) -> None:
    bench.presenter.committed("materials", Rows())
    bench.presenter.paste_rows("materials", 0, 0, '书架\t选项2\t２\t"1,200.5"\t99\n"灯\n大"\t选项1\t3\t100\t\n')
    entry = bench.presenter.state.entry("materials")
    assert entry == Rows((("书架", "2", "２", "1,200.5", ""), ("灯 大", "1", "3", "100", "")))
    assert str(bench.presenter.state.values["sum"]) == "2701.00"
    assert [each.code.rpartition(".")[2] for each in bench.presenter.state.refused["materials"]] == ["read_only"]


def test_a_paste_never_drops_anything_without_saying_so() -> None:
    result = pasted(table(), Rows(), 0, 3, "1\t2\t3\n" * 9)
    assert [note.key.rpartition(".")[2] for note in result.notes] == ["rows", "columns", "read_only"]
    assert len(result.rows.rows) == 4
    huge = pasted(table(), Rows(), 0, 0, "x" * 300_000)
    assert (huge.rows, huge.notes[0].key) == (Rows(), "shell.forms.paste.too_large")


@given(st.text(max_size=200), st.integers(0, 5), st.integers(0, 4))
def test_any_clipboard_can_be_pasted(text: str, row: int, column: int) -> None:
    result = pasted(table(), Rows((("a", "", "", "", ""),)), row, column, text)
    assert len(result.rows.rows) <= 6
    assert all(len(cells) == 5 for cells in result.rows.rows) or result.cells == 0


def test_rows_are_added_moved_and_removed() -> None:
    rows = with_cell(table(), Rows(), 1, 0, "b")
    assert len(rows.rows) == 2
    rows = with_cell(table(), rows, 0, 0, "a")
    assert [cells[0] for cells in moved(rows, 0, 1).rows] == ["b", "a"]
    assert moved(rows, 0, -1) == rows
    assert [cells[0] for cells in with_row(table(), rows, 1).rows] == ["a", "", "b"]
    assert [cells[0] for cells in without_rows(rows, frozenset({0})).rows] == ["b"]
    full = Rows((("x", "", "", "", ""),) * 4)
    assert with_row(table(), full, 1) == full


def test_a_pad_types_deletes_and_steps_within_limits() -> None:
    from decimal import Decimal

    from apps.shell.forms.pad import DELETE, DOWN, UP, pressed

    def run(text: str, *keys: str) -> str:
        for key in keys:
            text = pressed(text, key, maximum=Decimal(10))
        return text

    assert run("", "1", "2", ".", "5", "5") == "12.5"
    assert run("12.5", DELETE, DELETE) == "12"
    assert run("", ".") == "0."
    assert run("0", "7") == "7"
    assert run("9.5", UP, UP) == "10.0"
    assert run("0.5", DOWN, DOWN) == "0.0"
    assert run("", UP) == "0.0"
    assert run("x", UP) == "x"
    move: Callable[..., str] = pressed
    assert move("5", "5", digits=0) == "55"
    assert move("5", ".", digits=0) == "5"
