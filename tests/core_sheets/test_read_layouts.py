"""Honest variants of the printed tables, each either read right or asked about."""

from decimal import Decimal

import pytest

from core.boq.model import Boq, Edition, TableRole
from core.boq.pricing import boq_totals
from core.errors import BoqUnreadable
from core.sheets.excel_reader import read_workbook

HEAD = ["序号", "项目编码", "项目名称", "项目特征描述", "计量单位", "工程量", "综合单价", "合价"]
TITLE = ["分部分项工程项目清单计价表"]
WORK = ["工程名称：一号楼"]


def rules(boq: Boq) -> set[str]:
    return {finding.rule for finding in boq.findings}


def item(number: int, quantity: object = 2, price: object = 3.5, amount: object = 7) -> list[object]:
    return [number, f"0101010010{number:02d}", f"项目{number}", "1.详见图纸", "m2", quantity, price, amount]


def page_2013(page: int, rows: list[list[object]], subtotal: object, running: object) -> list[list[object]]:
    """A printed page of 表-08: everything text, three header rows, running total, notes, hidden separator."""
    return [
        ["分部分项工程和单价措施项目清单与计价表"],
        ["工程名称：综合楼 建筑", "", "", "标段：", "", "", "", "", f"第{page}页 共2页"],
        ["序号", "项目编码", "项目名称", "项目特征描述", "计量\n单位", "工程量", "金额(元)", "", ""],
        ["", "", "", "", "", "", "综合\n单价", "合价", "其中"],
        ["", "", "", "", "", "", "", "", "暂估价"],
        *rows,
        ["本页小计", "", "", "", "", "", "", subtotal],
        ["合    计", "", "", "", "", "", "", running],
        ["注：为计取规费等的使用，可在表中增设其中：“定额人工费”。"],
        ["", "", "", "", "", "", "", "", "表-08"],
        [],
    ]


def test_printed_pages_of_2013_with_running_totals_and_text_numbers(make_book) -> None:
    first = [
        ["", "", "土石方工程"],
        ["1", "010101001001", "平整场地", "1.土壤类别:三类土", "m2", "1,860.25", "2.32", "4,315.78"],
        ["2", "010101003001", "挖沟槽土方", "1.土壤类别:综合考虑", "m3", "３７１．９５", "9.86", "3667.43"],
    ]
    second = [
        ["", "", "措施项目"],
        ["", "", "脚手架工程"],
        ["3", "011701001001", "综合脚手架", "1.框架", "m2", "100", "32.10", "3210.00"],
    ]
    rows = page_2013(1, first, "7983.21", "7983.21") + page_2013(2, second, "3210.00", "11193.21")
    merges = [(base + 2, 6, base + 2, 8) for base in (0, 13)]
    path = make_book({"表-08": rows}, merges={"表-08": merges}, hidden_rows={"表-08": [12, 25]})
    boq = read_workbook(path)
    assert [entry.quantity for entry in boq.items] == [Decimal("1860.25"), Decimal("371.95"), Decimal(100)]
    assert boq.item_total() == Decimal("11193.21")
    assert boq.edition is Edition.GB_2013
    assert boq.title == "综合楼 建筑"
    assert [entry.role for entry in boq.items] == [TableRole.DETAIL, TableRole.DETAIL, TableRole.UNIT_MEASURE]
    assert boq.items[2].section == ("措施项目", "脚手架工程")
    assert rules(boq) == {"boq.R04"} and boq.rejected == ()


@pytest.mark.parametrize(
    ("subtotal", "running", "expected"),
    [("7983.22", "7983.22", {"boq.R01", "boq.R02"}), ("7983.30", "7983.21", {"boq.R01"})],
)
def test_sums_that_do_not_close_are_findings_with_their_place(make_book, subtotal, running, expected) -> None:
    rows = [
        ["1", "010101001001", "平整场地", "特征", "m2", "1860.25", "2.32", "4315.78"],
        ["2", "010101003001", "挖沟槽土方", "特征", "m3", "371.95", "9.86", "3667.40"],
    ]
    boq = read_workbook(make_book({"表-08": page_2013(1, rows, subtotal, running)}))
    assert {finding.rule for finding in boq.findings} >= expected
    assert "boq.R04" not in rules(boq)
    assert all(finding.where.startswith("表-08!") for finding in boq.findings)


def test_a_section_subtotal_is_checked_and_never_summed(make_book) -> None:
    rows = [TITLE, WORK, HEAD, ["", "", "土方", "", "", "", "", 14], item(1), item(2), ["合计", *[""] * 6, 14]]
    boq = read_workbook(make_book({"清单": rows}))
    assert boq.item_total() == 14 and rules(boq) == {"boq.R04"}
    rows[3][7] = 15
    assert "boq.R03" in rules(read_workbook(make_book({"清单": rows})))


def test_reordered_columns_read_the_same(make_book) -> None:
    order = [7, 2, 5, 0, 6, 1, 4, 3]
    rows = [[row[index] if index < len(row) else "" for index in order] for row in [HEAD, item(1), item(2)]]
    boq = read_workbook(make_book({"表": [TITLE, WORK, *rows]}))
    assert [(entry.code, entry.quantity, entry.unit_price, entry.amount) for entry in boq.items] == [
        ("010101001001", Decimal(2), Decimal("3.5"), Decimal(7)),
        ("010101001002", Decimal(2), Decimal("3.5"), Decimal(7)),
    ]


def test_english_headers_with_bill_codes_read_without_a_title(make_book) -> None:
    head = ["No.", "Item Code", "Description", "Features", "Unit", "Qty (as measured)", "Unit Rate (CNY)", "Amount"]
    boq = read_workbook(make_book({"Sheet1": [head, item(1), item(2)]}))
    assert len(boq.items) == 2 and boq.edition is Edition.GENERIC
    assert boq.items[0].unit_price == Decimal("3.5")


def test_two_tables_on_one_sheet_are_two_tables(make_book) -> None:
    rows = [
        ["分部分项工程和单价措施项目清单与计价表"], WORK, HEAD, item(1), ["合计", *[""] * 6, 7],
        ["总价措施项目清单与计价表"], WORK,
        ["序号", "项目编码", "项目名称", "计算基础", "费率(%)", "金额(元)", "调整费率(%)", "调整后金额(元)", "备注"],
        ["1", "011707001001", "安全文明施工费", "分部分项", "2.5", "0.18", "", "", ""],
        ["", "", "合计", "", "", "0.18"],
        ["编制人（造价人员）：", "", "", "", "", "复核人"],
    ]  # fmt: skip
    boq = read_workbook(make_book({"全部": rows}))
    assert len(boq.items) == 1
    assert [(row.role, row.name, row.rate, row.amount) for row in boq.rows] == [
        (TableRole.SUM_MEASURE, "安全文明施工费", Decimal("2.5"), Decimal("0.18"))
    ]
    assert boq.rejected == () and rules(boq) == {"boq.R04"}


def test_numbering_per_section_is_never_a_key(make_book) -> None:
    second = [*item(3)]
    second[0] = 1
    rows = [TITLE, WORK, HEAD, ["", "", "甲"], item(1), ["", "", "乙"], second]
    boq = read_workbook(make_book({"表": rows}))
    assert [entry.section for entry in boq.items] == [("甲",), ("乙",)]
    assert len({entry.key for entry in boq.items}) == 2


def test_equal_codes_count_their_occurrence_within_a_unit_work(make_book) -> None:
    rows = [TITLE, WORK, HEAD, item(1), item(1), TITLE, ["工程名称：二号楼"], HEAD, item(1)]
    boq = read_workbook(make_book({"表": rows}))
    assert [entry.key for entry in boq.items] == [
        "一号楼/detail/010101001001/1", "一号楼/detail/010101001001/2", "二号楼/detail/010101001001/1",
    ]  # fmt: skip


def test_a_code_that_lost_its_zero_is_repaired_and_said(make_book) -> None:
    row = item(1)
    row[1] = 10101001001.0
    boq = read_workbook(make_book({"表": [TITLE, WORK, HEAD, row]}))
    assert boq.items[0].code == "010101001001"
    assert rules(boq) == {"boq.R05"}


def test_a_feature_that_goes_on_after_the_page_break_is_joined(make_book) -> None:
    rows = [TITLE, WORK, HEAD, item(1), TITLE, WORK, HEAD, ["", "", "", "2.运距:1km"], item(2)]
    boq = read_workbook(make_book({"表": rows}))
    assert boq.items[0].feature == "1.详见图纸\n2.运距:1km"
    assert len(boq.items) == 2 and boq.rejected == ()


def test_an_item_in_a_hidden_row_is_read_with_a_warning(make_book) -> None:
    path = make_book({"表": [TITLE, WORK, HEAD, item(1), item(2)]}, hidden_rows={"表": [4]})
    boq = read_workbook(path)
    assert len(boq.items) == 2
    assert [(f.rule, f.where) for f in boq.findings] == [("boq.R06", "表!5")]


def test_a_formula_without_a_value_is_empty_and_said(make_book) -> None:
    row = item(1)
    row[7] = "=F4*G4"
    boq = read_workbook(make_book({"表": [TITLE, WORK, HEAD, row]}))
    assert boq.items[0].amount is None
    assert [(f.rule, f.params["cells"]) for f in boq.findings] == [("boq.R07", "H4")]


def test_a_hidden_sheet_is_listed_and_not_read(make_book) -> None:
    sheets = {"清单": [TITLE, WORK, HEAD, item(1)], "旧清单": [TITLE, WORK, HEAD, item(2)]}
    boq = read_workbook(make_book(sheets, hidden_sheets=["旧清单"]))
    assert [entry.code for entry in boq.items] == ["010101001001"]
    assert [(f.rule, f.where) for f in boq.findings] == [("boq.R08", "旧清单")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([1, "010101001001", "平整场地", "", "m2", "约3", 2, 6], "number"),
        (["", "16-66", "屋面拆除 定额", "", "10m2", 0.1, 49.5, 4.95], "quota_line"),
        ([1, "010101001001", "", "", "m2", 3, 2, 6], "no_name"),
        (["", "", "", "", "", 12, "", ""], "not_understood"),
        ([5, "", "孤零零的名称", "", "", "", "", ""], "not_understood"),
    ],
)
def test_what_is_not_understood_is_shown_not_dropped(make_book, row, reason) -> None:
    boq = read_workbook(make_book({"表": [TITLE, WORK, HEAD, item(1), row, item(2)]}))
    assert len(boq.items) == 2
    assert [(entry.reason, entry.source.row) for entry in boq.rejected] == [(reason, 5)]


def test_two_quantity_columns_are_a_question_and_nothing_is_read(make_book) -> None:
    head = [*HEAD[:5], "送审工程量", "审核工程量", *HEAD[6:]]
    rows = [TITLE, WORK, head, [*item(1)[:6], 3, *item(1)[6:]]]
    boq = read_workbook(make_book({"表": rows}))
    assert boq.items == ()
    assert [(q.id, q.options) for q in boq.questions] == [("column.quantity", ("F 送审工程量", "G 审核工程量"))]


def test_a_price_cap_column_beside_the_price_is_a_question(make_book) -> None:
    rows = [TITLE, WORK, [*HEAD[:7], "最高限价", "合价"], [*item(1)[:7], 4, 7]]
    assert [q.id for q in read_workbook(make_book({"表": rows})).questions] == ["column.unit_price"]


def test_equal_unmerged_titles_side_by_side_are_a_question(make_book) -> None:
    rows = [TITLE, WORK, [*HEAD[:5], "工程量", "工程量", *HEAD[6:]], [*item(1)[:6], 3, *item(1)[6:]]]
    assert [q.id for q in read_workbook(make_book({"表": rows})).questions] == ["column.quantity"]


def test_a_row_of_column_numbers_below_the_header_is_no_item(make_book) -> None:
    rows = [TITLE, WORK, HEAD, [1, 2, 3, 4, 5, 6, 7, "8=6*7"], item(1)]
    boq = read_workbook(make_book({"表": rows}))
    assert len(boq.items) == 1 and boq.rejected == ()


def test_labour_below_the_price_group_is_never_taken_for_the_amount(make_book) -> None:
    rows = [
        TITLE, WORK,
        [*HEAD[:6], "金额(元)", "", ""], ["", "", "", "", "", "", "综合单价", "合价", "其中:人工费"],
        [*item(1), 5.5],
    ]  # fmt: skip
    boq = read_workbook(make_book({"表": rows}, merges={"表": [(2, 6, 2, 8)]}))
    assert boq.questions == () and boq.items[0].amount == 7


@pytest.mark.parametrize(
    "rows",
    [
        [["勘察费用表"], ["序号", "工作内容", "单位", "数量", "单价", "合价"], [1, "钻孔", "m", 100, 50, 5000]],
        [["材料价格信息"], ["序号", "名称", "规格", "单位", "单价"], [1, "水泥", "P.O 42.5", "t", 450]],
        [["通讯录"], ["姓名", "电话"], ["甲", "123"]],
        [["No", "Code", "Description", "Unit", "Quantity", "Rate", "Amount"], [1, "A-1", "Chair", "pc", 2, 5, 10]],
    ],
)
def test_a_sheet_that_is_no_bill_is_refused(make_book, rows) -> None:
    with pytest.raises(BoqUnreadable) as caught:
        read_workbook(make_book({"Sheet1": rows}))
    assert caught.value.params["reason"] == "boq.reason.no_table"


def test_only_a_price_analysis_is_refused_by_name(make_book) -> None:
    rows = [["综合单价分析表"], ["项目编码", "010101001001", "项目名称", "平整场地", "计量单位", "m2", "工程量", 3]]
    with pytest.raises(BoqUnreadable) as caught:
        read_workbook(make_book({"分析": rows}))
    assert caught.value.params["reason"] == "boq.reason.only_analysis"


def test_an_unpriced_list_without_price_columns_reads(make_book) -> None:
    rows = [["分部分项工程量清单与计价表"], WORK, HEAD[:6], item(1)[:6]]
    boq = read_workbook(make_book({"表": rows}))
    assert boq.items[0].unit_price is None and boq.items[0].quantity == 2


def test_tables_of_other_items_and_tax_count_once(make_book) -> None:
    sheets = {
        "清单": [TITLE, WORK, HEAD, item(1, 100, 10, 1000)],
        "其他": [
            ["其他项目清单与计价汇总表"], ["序号", "项目名称", "金额(元)", "结算金额(元)", "备注"],
            ["1", "暂列金额", 50, "", "明细详见表-12-1"], ["2", "暂估价", 20, "", ""],
            ["2.1", "材料（工程设备）暂估价", "—", "", ""], ["2.2", "专业工程暂估价", 20, "", ""],
            ["3", "计日工", 5, "", ""], ["", "合计", 75],
        ],
        "暂列": [["暂列金额明细表"], ["序号", "项目名称", "计量单位", "暂定金额(元)", "备注"], ["1", "变更预留", "项", 50]],
        "税金": [
            ["规费、税金项目计价表"], ["序号", "项目名称", "计算基础", "计算基数", "计算费率(%)", "金额(元)"],
            ["1", "规费", "人工费", "", "", ""], ["2", "税金", "分部分项+措施+其他", "1075", "9%", "96.75"],
            ["合计", "", "", "", "", "96.75"],
        ],
    }  # fmt: skip
    boq = read_workbook(make_book(sheets))
    totals = boq_totals(boq)
    assert (totals.items, totals.other, totals.tax, totals.grand) == (1000, 75, Decimal("96.75"), Decimal("1171.75"))
    assert boq.rejected == () and "boq.R02" not in rules(boq)


def test_rows_that_begin_below_and_beside_the_corner_keep_their_numbers(make_book) -> None:
    rows = [[], [], [None, *TITLE], [None, *WORK], [None, *HEAD], [None, *item(1)]]
    boq = read_workbook(make_book({"表": rows}))
    assert boq.items[0].source.text() == "表!6"


def test_text_tables_read_in_utf8_and_gb18030(tmp_path) -> None:
    lines = [TITLE, WORK, HEAD, [str(cell) for cell in item(1)]]
    text = "\n".join(",".join(line) for line in lines)
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_text(text, encoding=encoding)
        boq = read_workbook(path)
        assert boq.format == "csv" and boq.items[0].name == "项目1" and boq.items[0].source.row == 4
