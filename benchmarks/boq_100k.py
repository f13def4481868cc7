"""A 100,000-item workbook on 2,500 printed pages: our reading with sums checked, against calamine's bare rows.

Both run in the same run, each in its own process so that peak memory is its own. Target: at most 5 times raw, 400 MB.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = 2500
ITEMS_PER_PAGE = 40
TARGET_RATIO = 5.0
TARGET_MB = 400
_ROOT = Path(__file__).resolve().parent.parent


def write_workbook(path: Path) -> None:
    """Table E.2.1 on stacked pages: 46 rows and 13 merged ranges each, section heads, page subtotals, one total."""
    import xlsxwriter

    total = 0
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("表E.2.1 分部分项工程项目清单计价表")
        plain = book.add_format({"border": 1})
        row = number = 0
        for page in range(1, PAGES + 1):
            sheet.merge_range(row, 0, row, 9, "表E.2.1 分部分项工程项目清单计价表", plain)
            sheet.merge_range(row + 1, 0, row + 1, 3, "工程名称：基准测试工程", plain)
            sheet.merge_range(row + 1, 4, row + 1, 6, "标段：一", plain)
            sheet.merge_range(row + 1, 7, row + 1, 9, f"第 {page} 页  共 {PAGES} 页", plain)
            titles = ("序号", "项目编码", "项目名称", "项目特征描述", "", "计量\n单位", "工程量", "")
            for column, title in enumerate(titles):
                if column in (3, 6):
                    sheet.merge_range(row + 2, column, row + 3, column + 1, title, plain)
                elif title:
                    sheet.merge_range(row + 2, column, row + 3, column, title, plain)
            sheet.merge_range(row + 2, 8, row + 2, 9, "金额（元）", plain)
            sheet.write(row + 3, 8, "综合单价", plain)
            sheet.write(row + 3, 9, "合价", plain)
            row += 4
            lines = []
            for _ in range(ITEMS_PER_PAGE):
                number += 1
                quantity, price = 100 + number % 9000, 150 + number % 97000  # cents of unit and yuan
                cents = (quantity * price + 50) // 100
                lines.append((number, quantity, price, cents))
            page_sum = sum(line[3] for line in lines)
            sheet.write(row, 2, f"第{page}分部", plain)
            sheet.write_number(row, 9, page_sum / 100, plain)
            row += 1
            for seq, quantity, price, cents in lines:
                sheet.write_number(row, 0, seq, plain)
                sheet.write_string(row, 1, f"01{seq % 10000000:07d}{seq % 999 + 1:03d}", plain)
                sheet.write_string(row, 2, f"清单项目{seq % 500}", plain)
                sheet.write_string(row, 3, f"1.部位:第{seq % 60}层\n2.做法:详见图纸{seq % 900}\n3.满足设计要求", plain)
                sheet.write_string(row, 5, "m2", plain)
                sheet.write_number(row, 6, quantity / 100, plain)
                sheet.write_number(row, 8, price / 100, plain)
                sheet.write_number(row, 9, cents / 100, plain)
                row += 1
            sheet.merge_range(row, 0, row, 8, "本页小计", plain)
            sheet.write_number(row, 9, page_sum / 100, plain)
            row += 1
            total += page_sum
        sheet.merge_range(row, 0, row, 8, "合    计", plain)
        sheet.write_number(row, 9, total / 100, plain)


def read_raw(path: Path) -> int:
    """calamine alone, every row once."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())


def read_ours(path: Path) -> int:
    """The whole reader; refuses to report a time for a wrong result."""
    from core.sheets.excel_reader import read_workbook

    bill = read_workbook(path)
    rules = {finding.rule for finding in bill.findings}
    if len(bill.items) != PAGES * ITEMS_PER_PAGE or bill.rejected or rules != {"boq.R04"}:
        raise SystemExit(f"wrong reading: {len(bill.items)} items, {len(bill.rejected)} rejected, {rules}")
    return len(bill.items)


def _child(kind: str, path: Path) -> None:
    started = time.perf_counter()
    count = read_raw(path) if kind == "raw" else read_ours(path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "count": count}))


def _measure(kind: str, path: Path, times: int = 3) -> tuple[float, float]:
    """Best time of several fresh processes and the highest peak."""
    results = []
    for _ in range(times):
        command = [sys.executable, "-m", "benchmarks.boq_100k", kind, str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT)
        results.append(json.loads(done.stdout))
    return min(r["seconds"] for r in results), max(r["peak_mb"] for r in results)


def run() -> list[tuple[str, str]]:
    """Result rows for ``python -m benchmarks``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "boq-100k.xlsx"
        # In a process of its own: a child starts with its parent's peak memory.
        subprocess.run([sys.executable, "-m", "benchmarks.boq_100k", "write", str(path)], check=True, cwd=_ROOT)
        size = path.stat().st_size / 2**20
        raw, raw_peak = _measure("raw", path)
        ours, peak = _measure("ours", path)
    ratio = ours / raw
    verdict = "ok" if ratio <= TARGET_RATIO and peak <= TARGET_MB else "MISSED"
    return [
        ("boq 100k: workbook", f"{PAGES * ITEMS_PER_PAGE} items, {PAGES} pages, {size:.1f} MB"),
        ("boq 100k: raw calamine", f"{raw:.2f} s, {raw_peak:.0f} MB"),
        ("boq 100k: read with sums checked", f"{ours:.2f} s, {peak:.0f} MB"),
        ("boq 100k: ratio", f"{ratio:.2f} (target {TARGET_RATIO:.0f}), peak target {TARGET_MB} MB: {verdict}"),
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write_workbook(Path(sys.argv[2]))
    elif len(sys.argv) == 3:
        _child(sys.argv[1], Path(sys.argv[2]))
    else:
        for label, value in run():
            print(f"{label}: {value}")
