"""Whatever stands in the cells, the reader ends in a bill or in its own refusal, and loses no priced line."""

import csv
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BoqUnreadable
from core.sheets.excel_reader import read_workbook

words = st.sampled_from([
    "", "", "", "", "分部分项工程项目清单计价表", "表E.2.2-3 综合单价分析表", "措施项目清单计价表", "工程名称：甲", "工程名称：", "标段：一",
    "序号", "项目编码", "项目名称", "项目特征描述", "计量单位", "工程量", "金额（元）", "综合单价", "合价", "暂估价", "费率(%)", "数量", "名称",
    "本页小计", "合计", "小计", "分部分项合计", "措施合计", "注：见图", "表-08", "一", "（二）", "0101", "010101001001", "10101001001",
    "011701001001", "03B001", "16-66", "土方", "措施项目", "m2", "项", "1", "2.5", "约3", "—", "9%", "1,234.50", "#REF!", "=1+1", "A", "D=B-A",
    "1.做法", "\n", "清单综合单价组成明细", "Qty", "Rate", "Amount", "Description", "Item Code", "Unit",
])  # fmt: skip
HEADER = ["序号", "项目编码", "项目名称", "项目特征描述", "计量单位", "工程量", "综合单价", "合价"]


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.lists(words, min_size=1, max_size=10), min_size=1, max_size=25), framed=st.booleans())
def test_no_arrangement_of_words_breaks_the_reader(tmp_path_factory, rows, framed) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    if framed:
        rows = [["分部分项工程项目清单计价表"], HEADER, *rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    try:
        boq = read_workbook(path)
    except BoqUnreadable:
        assert not framed
        return
    places = [item.source.row for item in boq.items] + [row.source.row for row in boq.rejected]
    assert len({item.key for item in boq.items}) == len(boq.items)
    assert all(item.name for item in boq.items)
    assert all(1 <= place <= 10 * len(rows) for place in places)


items = st.lists(
    st.tuples(st.integers(0, 10**10 - 1), st.sampled_from(["2", "约3", "1,200.5", "—"]), st.booleans()),
    min_size=1, max_size=20,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(lines=items)
def test_every_line_with_a_bill_code_is_read_or_shown(tmp_path_factory, lines) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.csv"
    rows = [["分部分项工程项目清单计价表"], HEADER]
    for code, quantity, named in lines:
        rows.append(["", f"01{code:010d}", "项目" if named else "", "", "m2", quantity, "3", "6"])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    boq = read_workbook(path)
    assert len(boq.items) + len(boq.rejected) == len(lines)
    assert {row.reason for row in boq.rejected} <= {"number", "no_name"}
    assert all(re.search(r"\d{12}", row.text) for row in boq.rejected)
