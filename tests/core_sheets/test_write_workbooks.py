import importlib.util
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.boq.model import Boq, BoqItem, BoqRow, BoqSection, Edition, Source, TableRole
from core.boq.pricing import amount, boq_totals, without_prices
from core.boq.scaled import with_sums
from core.sheets.excel_reader import read_workbook
from core.sheets.excel_writer import boq_workbook, write_boq_workbook

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = Source("", 0)


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKE = tool("make_sample_boq")


def placeless(boq: Boq) -> tuple[tuple[BoqItem, ...], tuple[BoqRow, ...], tuple[BoqSection, ...]]:
    """Everything but where it stands in a file."""
    return (
        tuple(replace(item, source=NOWHERE) for item in boq.items),
        tuple(replace(row, source=NOWHERE) for row in boq.rows),
        tuple(replace(section, source=NOWHERE) for section in boq.sections),
    )


@pytest.mark.parametrize("lot", MAKE.LOTS)
def test_the_committed_samples_are_what_the_generator_writes(lot) -> None:
    path = MAKE.DATA.parent / MAKE.sample_file(lot)
    assert path.read_bytes() == MAKE.sample_workbook(lot)
    assert path.stat().st_size < 60_000


@pytest.mark.parametrize(("lot", "count"), [("lot1", 70), ("lot2", 25)])
def test_the_committed_samples_read_back_as_their_data_with_every_sum_matching(lot, count) -> None:
    boq = read_workbook(MAKE.DATA.parent / MAKE.sample_file(lot))
    assert placeless(boq) == placeless(MAKE.sample_boq(lot))
    assert len(boq.priced_items()) == count
    assert boq.edition is Edition.GB_2024 and boq.rejected == () and boq.questions == ()
    assert [finding.rule for finding in boq.findings] == ["boq.R04"]


def test_the_first_sample_says_what_adding_its_lines_by_hand_gives() -> None:
    boq = read_workbook(MAKE.DATA.parent / "boq-school-lot1.xlsx")
    totals = boq_totals(boq)
    assert totals.items == sum((item.amount for item in boq.items), Decimal(0)) == Decimal("8898855.09")
    assert totals.measures == Decimal("191325.38") + 18600 + 26800 + 12400
    assert totals.other == 300000 + 180000 + 25000 + 5400
    assert totals.tax == ((totals.before_tax) * 9 / 100).quantize(Decimal("0.01"))
    assert boq.written_totals["表E.1.1 工程项目清单汇总表"] == totals.grand == Decimal("10527634.71")


def test_an_unpriced_workbook_has_no_price_but_all_that_bidders_need(tmp_path) -> None:
    priced = MAKE.sample_boq("lot1")
    path = tmp_path / "tender.xlsx"
    write_boq_workbook(path, priced, priced=False, lot="一标段")
    boq = read_workbook(path)
    assert placeless(boq) == placeless(without_prices(priced))
    assert {row.name for row in boq.rows if row.amount is not None} == {
        "暂列金额", "专业工程暂估价", "其中:暂列金额", "其中:专业工程暂估价",
    }  # fmt: skip
    assert {row.name: row.rate for row in boq.rows if row.rate} == {
        "安全生产措施费": Decimal("2.15"), "增值税": Decimal(9),
    }  # fmt: skip
    sheet = openpyxl.load_workbook(path)["表E.2.1 分部分项工程项目清单计价表(1)"]
    assert all(not isinstance(sheet.cell(row, column).value, int | float)
               for row in range(1, sheet.max_row + 1) for column in (9, 10))  # fmt: skip


def test_the_printed_page_looks_like_the_standards_print(tmp_path) -> None:
    path = tmp_path / "list.xlsx"
    write_boq_workbook(path, MAKE.sample_boq("lot1"), priced=True, lot="一标段")
    sheet = openpyxl.load_workbook(path)["表E.2.1 分部分项工程项目清单计价表(1)"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:J1", "A2:D2", "E2:G2", "H2:J2", "A3:A4", "D3:E4", "G3:H4", "I3:J3", "D6:E6", "G6:H6"} <= merged
    assert sheet["A1"].value == "表E.2.1 分部分项工程项目清单计价表"
    assert sheet["A2"].value == "工程名称：教学楼 建筑与装饰工程" and sheet["E2"].value == "标段：一标段"
    pages = [cell.value for cell in sheet["H"] if isinstance(cell.value, str) and "页" in cell.value]
    assert pages == [f"第 {n} 页  共 {len(pages)} 页" for n in range(1, len(pages) + 1)] and len(pages) > 3
    assert [cell.value for cell in sheet["A"]].count("本页小计") == len(pages) == len(sheet.row_breaks.brk) + 1
    assert sheet.cell(sheet.max_row, 1).value == "合    计"
    assert 13 <= sheet.column_dimensions["C"].width <= 18
    assert sheet["J6"].border.left.style == "thin" and sheet["C6"].alignment.wrap_text
    assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "portrait"
    titles = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == sheet["A1"].value]
    assert all(later - earlier <= 4 + 18 + 1 for earlier, later in pairwise(titles))


def test_the_same_bill_gives_the_same_bytes(tmp_path) -> None:
    boq = MAKE.sample_boq("lot2")
    assert boq_workbook(boq, priced=True) == boq_workbook(boq, priced=True)
    target = tmp_path / "a.xlsx"
    write_boq_workbook(target, boq, priced=True)
    assert target.read_bytes() == boq_workbook(boq, priced=True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path) -> None:
    boq = MAKE.sample_boq("lot2")
    item = replace(boq.items[0], name="=HYPERLINK(1)", feature="@SUM(1)\n+2")
    path = tmp_path / "a.xlsx"
    write_boq_workbook(path, replace(boq, items=(item, *boq.items[1:])), priced=True)
    book = openpyxl.load_workbook(path)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert read_workbook(path).items[0].name == "=HYPERLINK(1)"


words = st.text(alphabet="土石混凝墙柱梁板面涂料管线灯abcXYZ0123456789（）:，.φ×", min_size=1, max_size=12)
features = st.lists(words, max_size=4).map(lambda lines: "\n".join(f"{n}.{t}" for n, t in enumerate(lines, 1)))
numbers = st.integers(1, 10**9).map(lambda n: Decimal(n) / 1000)
prices = st.none() | st.integers(0, 10**8).map(lambda n: Decimal(n) / 100)
heads = st.lists(st.sampled_from(["土建", "装饰", "电气", "屋面"]), max_size=2)


@st.composite
def bills(draw: st.DrawFn) -> Boq:
    items: list[BoqItem] = []
    seen: dict[str, int] = {}
    path: tuple[str, ...] = ()
    depth = draw(st.integers(0, 2))
    for _ in range(draw(st.integers(1, 45))):
        if not path or draw(st.integers(0, 4)) == 0:
            path = tuple(f"{level}{draw(st.integers(0, 3))}部" for level in range(depth))
        code = f"01{draw(st.integers(0, 99999)):07d}{draw(st.integers(1, 3)):03d}"
        stem = f"甲楼/detail/{code}"
        seen[stem] = seen.get(stem, 0) + 1
        quantity, price = draw(numbers), draw(prices)
        worth = None if price is None else amount(quantity, price)
        items.append(BoqItem(f"{stem}/{seen[stem]}", TableRole.DETAIL, "甲楼", path, code, "项" + draw(words),
                             draw(features), "m2", quantity, price, worth, NOWHERE, seen[stem]))  # fmt: skip
    rows = tuple(
        BoqRow(role, "", str(number), f"费用{number}", "", None, draw(prices), NOWHERE)
        for role in (TableRole.SUM_MEASURE, TableRole.OTHER)
        for number in range(1, draw(st.integers(1, 4)))
    )
    return Boq("xlsx", Edition.GB_2024, "甲楼", tuple(items), rows)


@settings(max_examples=40, deadline=None)
@given(boq=bills())
def test_writing_and_reading_is_the_identity_for_items_and_rows(tmp_path_factory, boq) -> None:
    path = tmp_path_factory.mktemp("identity") / "a.xlsx"
    write_boq_workbook(path, boq, priced=True)
    again = read_workbook(path)
    assert placeless(again)[:2] == placeless(boq)[:2]
    assert again.rejected == () and again.questions == ()
    assert {finding.rule for finding in again.findings} <= {"boq.R04"}
    assert placeless(with_sums(again))[:2] == placeless(again)[:2]
