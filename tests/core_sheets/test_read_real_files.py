from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from core.boq.model import Boq, Edition, TableRole
from core.boq.pricing import amount
from core.boq.report import boq_report
from core.errors import BoqUnreadable
from core.sheets.excel_reader import ReadingProfile, read_workbook
from core.values.codec import from_plain, to_plain

WAREHOUSE = "cn2024-warehouse-E21-and-E223.xlsx"
SETTLEMENT = "cn2013-settlement-compare-teaching-building.xlsx"
MATERIALS = "cn2013-table12-2-provisional-materials.xlsx"


def test_table_e21_has_eleven_items_and_its_written_total(samples: Path) -> None:
    boq = read_workbook(samples / WAREHOUSE)
    assert len(boq.priced_items()) == 11
    assert boq.item_total() == Decimal("813106.47")
    assert boq.edition is Edition.GB_2024
    assert [section.path[0] for section in boq.sections] == [
        "拆除工程", "门窗工程", "屋面防水工程", "楼地面工程", "墙面工程", "天棚工程",
    ]  # fmt: skip
    assert boq.rejected == () and boq.questions == ()
    assert {finding.rule for finding in boq.findings} == {"boq.R04", "boq.R10"}


def test_items_of_a_section_headed_on_the_page_before_belong_to_it(samples: Path) -> None:
    boq = read_workbook(samples / WAREHOUSE)
    assert [item.code for item in boq.items if item.section == ("楼地面工程",)] == ["011101006002", "011101005001"]


def test_every_item_equals_what_a_second_reader_sees_in_its_source_row(samples: Path) -> None:
    sheet = openpyxl.load_workbook(samples / WAREHOUSE).worksheets[0]
    for item in read_workbook(samples / WAREHOUSE).items:
        cells = [sheet.cell(item.source.row, column).value for column in range(1, 11)]
        assert (item.code, item.name, item.unit) == (cells[1], cells[2], cells[5])
        assert (float(item.quantity or 0), float(item.unit_price or 0), float(item.amount or 0)) == (
            cells[6], cells[8], cells[9],
        )  # fmt: skip
        assert item.amount == amount(item.quantity or Decimal(0), item.unit_price or Decimal(0))


def test_a_comparison_with_several_quantity_columns_asks_and_counts_nothing(samples: Path) -> None:
    boq = read_workbook(samples / SETTLEMENT)
    assert {question.id for question in boq.questions} == {"column.quantity", "column.unit_price", "column.amount"}
    assert boq.items == ()
    assert all(len(question.options) >= 2 for question in boq.questions)


def test_answers_make_the_comparison_readable_and_its_sections_add_up(samples: Path) -> None:
    questions = read_workbook(samples / SETTLEMENT).questions
    answers = {question.id: (question.options[0],) for question in questions}
    boq = read_workbook(samples / SETTLEMENT, profile=ReadingProfile(answers))
    assert boq.questions == ()
    assert len(boq.items) == 192  # rows with a code, counted with openpyxl: 1 to 191 and the measure 01B001
    assert [finding.rule for finding in boq.findings] == ["boq.R04"]
    assert boq.item_total() == Decimal("21386520.705018")  # the file's own 不含税造价
    assert {item.role for item in boq.items} == {TableRole.DETAIL, TableRole.UNIT_MEASURE}


def test_provisional_materials_are_read_but_never_counted(samples: Path) -> None:
    boq = read_workbook(samples / MATERIALS)
    assert boq.priced_items() == () and boq.item_total() == 0
    assert len(boq.items) == 18
    assert {item.role for item in boq.items} == {TableRole.PROVISIONAL_MATERIAL}
    assert sum(item.amount or Decimal(0) for item in boq.items) == Decimal("5398.45")
    assert boq_report(boq).item_count == 0


def test_a_bill_survives_its_json_form(samples: Path) -> None:
    boq = read_workbook(samples / WAREHOUSE)
    assert from_plain(Boq, to_plain(boq)) == boq


@pytest.mark.parametrize(
    "name", ["de-bvbs-construction-33.x83", "es-multiline-records.bc3", "README.md", "fr-cost-schedule-house.csv"]
)
def test_what_is_no_workbook_bill_is_refused_with_a_reason(samples: Path, name: str) -> None:
    with pytest.raises(BoqUnreadable) as caught:
        read_workbook(samples / name)
    assert caught.value.params["reason"] in {"boq.reason.markup", "boq.reason.no_table", "boq.reason.binary"}
