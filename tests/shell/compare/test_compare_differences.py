"""What differs, in what words, and what goes to the clipboard; without Qt."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from apps.shell.compare.differ import essence, rows_of
from apps.shell.compare.presenter import ComparePresenter
from apps.shell.compare.state import Cell, CompareState, CompareTable, Criterion, Difference, Subject
from apps.shell.compare.tsv import tsv
from apps.shell.compare.wording import as_rows, count_text, difference_word, spoken
from core.messages import Catalogue, load


def table(*columns: dict[str, Cell | str], reference: str = "") -> CompareTable:
    names = list(dict.fromkeys(name for column in columns for name in column))
    cells = {
        (name, str(number)): cell if isinstance(cell, Cell) else Cell(cell)
        for number, column in enumerate(columns)
        for name, cell in column.items()
    }
    subjects = tuple(Subject(str(number), f"方案{number}") for number in range(len(columns)))
    return CompareTable(subjects, tuple(Criterion(name, name) for name in names), cells, reference)


def number(text: str) -> Cell:
    return Cell(text, Decimal(text))


def test_against_the_reference_numbers_are_higher_or_lower_and_words_different(words: Catalogue):
    rows = rows_of(table(
        {"价": number("200"), "木": "橡木"}, {"价": number("190"), "木": "橡 木 "}, {"价": number("203"), "木": "松木"},
        {"价": number("200.00"), "木": "橡木"}, reference="0",
    ))  # fmt: skip
    assert rows[0].differences == (Difference.BASE, Difference.BELOW, Difference.ABOVE, Difference.SAME)
    assert [difference_word(rows[0], column, words) for column in range(4)] == ["", "低 5.0%", "高 1.5%", ""]
    assert rows[1].differences[2] is Difference.DIFFERENT


def test_width_case_and_spacing_are_no_difference():
    assert essence(Cell("ＬＥＤ  4000K")) == essence(Cell("led 4000k"))
    assert essence(Cell("  ")) is None
    assert essence(number("5.0")) == essence(number("5"))
    assert essence(number("5")) != essence(Cell("5"))


def test_what_is_missing_and_what_only_one_says_are_told_apart():
    rows = rows_of(table({"a": "x"}, {"b": "y"}, reference="0"))
    assert rows[0].differences == (Difference.BASE, Difference.MISSING)
    assert rows[1].differences == (Difference.BASE, Difference.EXTRA)


def test_without_reference_the_majority_is_the_measure():
    rows = rows_of(table({"a": "x", "b": "1"}, {"a": "x", "b": "2"}, {"a": "z", "b": "3"}))
    assert rows[0].differences == (Difference.SAME, Difference.SAME, Difference.DIFFERENT)
    assert rows[0].base == Cell("x")
    assert set(rows[1].differences) == {Difference.DIFFERENT}
    assert rows[1].base is None


def test_when_nobody_says_anything_nobody_differs():
    rows = rows_of(table({"a": ""}, {"a": " "}, {}))
    assert not rows[0].differs


TEXTS = st.sampled_from(["x", "y", "z", ""])


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(["", "0", "2"]))
def test_a_row_differs_exactly_when_two_cells_do(lines: list[list[str]], reference: str):
    columns = [{str(row): lines[row][column] for row in range(len(lines))} for column in range(3)]
    for row, line in zip(rows_of(table(*columns, reference=reference)), lines, strict=True):
        assert row.differs == (len({text.strip() for text in line}) > 1)


def test_only_differences_hides_what_all_agree_on_and_leaves_a_hidden_cell(words: Catalogue):
    shown: list[CompareState] = []
    presenter = ComparePresenter(
        words, shown.append, table({"a": "x", "b": "1"}, {"a": "x", "b": "2"}), copy=lambda _text: None
    )  # fmt: skip
    presenter.stand_on("a", "1")
    presenter.show_only_differences(True)
    assert [row.criterion.id for row in presenter.state.shown] == ["b"]
    assert presenter.state.current is None
    presenter.stand_on("a", "1")
    presenter.stand_on("b", "9")
    assert presenter.state.current is None
    presenter.show_only_differences(False)
    assert len(presenter.state.shown) == 2


def test_the_clipboard_gets_the_table_with_the_differences_in_words(words: Catalogue):
    copied: list[str] = []
    presenter = ComparePresenter(
        words, lambda _state: None,
        table({"价": number("200"), "注": "=SUM(A1)"}, {"价": number("190"), "注": 'a\t"b"\nc'}, reference="0"),
        copy=copied.append,
    )  # fmt: skip
    presenter.copy_table()
    assert (
        copied[0] == '比较项\t方案0\t方案1\t方案1的差异\n价\t200\t190\t低 5.0%\n注\t\'=SUM(A1)\t"a\t""b""\nc"\t不同\n'
    )
    presenter.stand_on("注", "1")
    presenter.copy_cell()
    assert copied[1] == 'a\t"b"\nc'


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=5))
def test_tsv_reads_back_as_the_same_cells(rows: list[list[str]]):
    import csv
    import io

    clean = [[cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for cell in row] for row in rows]
    back = list(csv.reader(io.StringIO(tsv(rows), newline=""), delimiter="\t"))
    for row, got in zip(clean, back, strict=True):
        if row == [""]:
            continue  # a line of one empty cell and an empty line are the same text
        assert [cell.removeprefix("'") if cell[:1] == "'" else cell for cell in got] == [
            cell.removeprefix("'") for cell in row
        ]


def test_signs_of_numbers_survive_and_formulas_do_not():
    assert tsv([("-12.5", "+3", "-1,200.00", "-5%", "-2+3", "@x", " =1", "-")]) == (
        "-12.5\t+3\t-1,200.00\t-5%\t'-2+3\t'@x\t' =1\t'-\n"
    )  # fmt: skip


def test_a_cell_is_heard_with_criterion_thing_and_difference(words: Catalogue):
    state = CompareState(*_both(table({"价": number("200")}, {"价": number("190")}, reference="0")))
    assert spoken(state, state.rows[0], 1, words) == "价，方案1，190，低 5.0%"
    assert count_text(state, words) == "1 项中有 1 项不同"
    assert as_rows(state, load("en"))[0][0] == "Criterion"


def _both(one: CompareTable):
    return one, rows_of(one)
