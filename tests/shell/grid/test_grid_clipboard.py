"""The clipboard both ways: what spreadsheets write, what we write, and what is hostile."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.shell.grid.clipboard import (
    PASTE_CELLS,
    SIGNATURE,
    Clip,
    Copied,
    PasteTooLarge,
    read_clip_steps,
    write_steps,
)
from apps.shell.grid.html_table import Block, TooManyCells, read_steps
from apps.shell.grid.steps import run

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Excel 15">
<style>
<!--table {mso-displayed-decimal-separator:"\\."; mso-displayed-thousand-separator:"\\,";}
.xl65 {mso-number-format:"\\@";}
.xl66 {mso-number-format:"_ * \\#\\,\\#\\#0\\.00_ \\;_ * \\\\-\\#\\,\\#\\#0\\.00_ \\;_ * \\0022-\\0022??_ \\;_ \\@_ ";}
-->
</style></head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=288 style='border-collapse:collapse;width:216pt'>
<!--StartFragment-->
 <col width=72 span=4 style='width:54pt'>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl65 width=72 style='height:14.25pt;width:54pt'>010101003001</td>
  <td width=72 style='width:54pt'>挖沟槽
  土方<br>
    三类土</td>
  <td class=xl66 align=right width=72 style='mso-number-format:"\\#\\,\\#\\#0\\.00"'><span style='mso-spacerun:yes'>&nbsp;</span>1,286.40 </td>
  <td width=72></td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td colspan=2 rowspan=2 height=38 class=xl67>合并 &amp; &lt;居中&gt;</td>
  <td align=right>28.65</td>
  <td>m<font class="font6"><sup>3</sup></font></td>
 </tr>
 <tr height=19>
  <td align=right>5%</td>
  <td>x</td>
 </tr>
<!--EndFragment-->
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=72 style='width:54pt'></td><td width=72></td><td width=72></td><td width=72></td>
 </tr>
 <![endif]>
</table>
</body></html>"""

WPS = """<html xmlns:et="http://www.wps.cn/et" xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta name="Generator" content="WPS Office ET"><!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]-->
<style>tr {mso-height-source:auto;} td {mso-style-parent:style0;}</style></head><body>
<TABLE width="216" border="0" cellpadding="0"><TBODY>
<TR height="18"><TD class="et2" height="18" width="72" x:str>砖基础</TD>
<TD class="et3" align="right" x:num="212.75000000000003" x:fmla="=ROUND(A1*B1,3)">212.750</TD>
<TD class="et4" x:num="486.2">486.20</TD></TR>
<TR><TD x:str="">&nbsp;</TD><TD x:err="#REF!">#REF!</TD><TD x:num>7</TD></TR>
</TBODY></TABLE></body></html>"""


def read(html: str = "", text: str = "", limit: int = PASTE_CELLS) -> Block:
    block = run(read_clip_steps(Clip(text, html), limit))
    assert block is not None
    return block


def test_a_table_as_excel_writes_it_is_read_cell_by_cell() -> None:
    assert read(EXCEL).rows == [
        ["010101003001", "挖沟槽 土方\n三类土", " 1,286.40", ""],
        ["合并 & <居中>", "", "28.65", "m3"],
        ["", "", "5%", "x"],
    ]


def test_a_table_as_wps_writes_it_gives_the_full_number_behind_the_shown_one() -> None:
    block = read(WPS)
    assert block.rows == [["砖基础", "212.750", "486.20"], [" ", "#REF!", "7"]]
    assert block.exact == {(0, 1): "212.75000000000003", (0, 2): "486.2"}


def test_html_wins_over_text_and_text_serves_where_there_is_no_table() -> None:
    assert read("<table><tr><td>h</td></tr></table>", "t").rows == [["h"]]
    assert read("<p>no table</p>", "t\tu").rows == [["t", "u"]]
    assert run(read_clip_steps(Clip(""))) is None


def test_a_large_column_span_is_bounded_and_an_unclosed_table_is_read_to_its_end() -> None:
    assert len(read("<table><tr><td colspan=999999>a<td>b").rows[0]) == 1_001
    assert read("<TABLE><tr><td>a<td>b<tr><td>c").rows == [["a", "b"], ["c"]]


def test_scripts_styles_and_inner_tables_are_no_cells() -> None:
    html = "<table><tr><td>a<script>evil()</script><style>b{}</style><table><tr><td>in</td></tr></table></td><td>z</td></tr></table>"
    assert read(html).rows == [["ain", "z"]]


def test_text_with_quoted_line_breaks_tabs_and_quotes_is_one_cell() -> None:
    assert read(text='a\t"b\nc"\t"say ""x"""\r\n1\t"t\tt"\t\r\n').rows == [["a", "b\nc", 'say "x"'], ["1", "t\tt", ""]]


def test_a_quote_that_never_closes_does_not_swallow_the_rest() -> None:
    assert read(text='"5 inch\tpipe\r\nnext\trow\r\n').rows == [['"5 inch', "pipe"], ["next", "row"]]
    assert read(text='3"管\tx').rows == [['3"管', "x"]]


def test_a_million_cells_are_refused_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(PasteTooLarge):
        read(text=("1\t" * 9 + "1\r\n") * 100_000)
    with pytest.raises(PasteTooLarge):
        read("<table>" + "<tr>" + "<td>1</td>" * 300_000)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "hostile",
    [
        "<table><tr><td>" + "<" * 300_000, "<table><tr><td " + "a='" * 100_000, "<table>" * 100_000,
        "<table><tr><td>" + "<!--" * 100_000, "<table><tr><td colspan=" + " " * 300_000 + ">x",
        "<table><tr><td>&#" + "9" * 100_000 + ";", "<table><tr><td>" + "&" * 300_000, "<table><tr>" + "</td>" * 200_000,
        "<table><tr><td rowspan=99999 colspan=1000>" + "<tr>" * 150, "<style>" * 50_000, "\x00<table><tr><td>\x00",
        "<table><tr><td>" + "<td colspan=" + "\t" * 8_000 + ">" + ("<td colspan=" + "\t" * 8_000 + ">") * 30,
    ],
)  # fmt: skip
def test_hostile_html_is_read_in_bounded_time(hostile: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(TooManyCells):
        run(read_steps(hostile, PASTE_CELLS))
    assert time.perf_counter() - started < 5


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
blocks = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)
)


@settings(deadline=None)
@given(blocks)
@example([['"', "\t", "\n", "\r\n"], ["=1+1", " x ", "", "\u00a0"]])
@example([[""]])
@example([["\r"]])
def test_what_goes_out_comes_back_the_same(rows: list[list[str]]) -> None:
    clip = run(write_steps(Copied([tuple(row) for row in rows], ("",) * len(rows[0]))))
    assert run(read_clip_steps(clip)) == Block(rows)
    assert run(read_clip_steps(Clip(clip.text))) == Block(rows)


def test_the_html_alone_keeps_rows_columns_and_line_breaks() -> None:
    clip = run(write_steps(Copied([("a\nb", "<x> & y"), ("1.50", "")], ("", ""))))
    assert read(clip.html.replace(SIGNATURE, "")).rows == [["a\nb", "<x> & y"], ["1.50", ""]]


def test_texts_go_out_as_text_so_that_a_spreadsheet_neither_calculates_nor_drops_zeros() -> None:
    clip = run(write_steps(Copied([("=1+1", "0101", "2.5")], ("", "", "#,##0.00"))))
    assert clip.html.count('mso-number-format:"\\@"') == 2
    assert 'mso-number-format:"\\#\\,\\#\\#0\\.00"' in clip.html


def test_a_very_large_copy_goes_out_as_text_only() -> None:
    clip = run(write_steps(Copied([("1",) * 10] * 20_001, ("",) * 10)))
    assert clip.html == ""
    assert clip.text.count("\r\n") == 20_001
