"""Workbooks made for one test, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

Sheet = Sequence[Sequence[object]]
Merge = tuple[int, int, int, int]
MakeBook = Callable[..., Path]

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/boq"
E211_TITLE = "表E.2.1 分部分项工程项目清单计价表"
E211_HEADER = ("序号", "项目编码", "项目名称", "项目特征描述", "计量单位", "工程量", "综合单价", "合价")


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Writes sheets (name to rows; None leaves a cell out) with merges (first row, column, last row, column)."""

    def make(
        sheets: dict[str, Sheet],
        *,
        merges: dict[str, Sequence[Merge]] | None = None,
        hidden_rows: dict[str, Sequence[int]] | None = None,
        hidden_sheets: Sequence[str] = (),
    ) -> Path:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                covered = {}
                for top, left, bottom, right in (merges or {}).get(name, ()):
                    sheet.merge_range(top, left, bottom, right, "")
                    covered[top, left] = True
                for row, cells in enumerate(rows):
                    for column, value in enumerate(cells):
                        if value is None or value == "":
                            continue
                        if isinstance(value, str) and value.startswith("="):
                            sheet.write_formula(row, column, value, value="")
                        elif isinstance(value, str):
                            sheet.write_string(row, column, value)
                        else:
                            sheet.write(row, column, value)
                for row in (hidden_rows or {}).get(name, ()):
                    sheet.set_row(row, None, None, {"hidden": True})
                if name in hidden_sheets:
                    sheet.hide()
        return path

    return make


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real files, which lies beside the checkout and is never part of it."""
    if not SAMPLES.is_dir():
        pytest.skip("../shared/samples/boq is not here")
    return SAMPLES
