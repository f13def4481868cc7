"""Writes the demo's workbooks from core/rules/samples/boq-school.toml; the same data give the same bytes.

.venv/bin/python tools/make_sample_boq.py [FOLDER]
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from core.boq.model import Boq, BoqItem, BoqRow, BoqSection, Edition, Source, TableRole  # noqa: E402
from core.boq.pricing import amount, percentage  # noqa: E402
from core.boq.scaled import with_sums  # noqa: E402
from core.sheets.excel_writer import boq_workbook  # noqa: E402

DATA = ROOT / "core/rules/samples/boq-school.toml"
LOTS = ("lot1", "lot2")
_TABLES = (
    ("summary", TableRole.SUMMARY),
    ("measures", TableRole.SUM_MEASURE),
    ("other", TableRole.OTHER),
    ("tax", TableRole.FEE_TAX),
)
_MEASURES = "措施项目"
_NOWHERE = Source("", 0)


def sample_boq(lot: str) -> Boq:
    """The bill of one lot with every sum computed; sources are empty."""
    data = tomllib.loads(DATA.read_text("utf-8"))[lot]
    items = tuple(item for work in data["work"] for item in _items(work))
    sections = tuple(
        BoqSection(work["name"], (section["name"],), None, _NOWHERE)
        for work in data["work"]
        for section in work["section"]
    )
    item_total = sum((item.amount or Decimal(0) for item in items), Decimal(0))
    rows = tuple(
        _row(role, line, item_total) for table, role in _TABLES if table in data for line in data[table]["rows"]
    )
    bill = Boq("xlsx", Edition.GB_2024, data["work"][0]["name"], items, rows, sections)
    return with_sums(bill)


def sample_workbook(lot: str) -> bytes:
    """The bytes of the committed workbook of one lot."""
    data = tomllib.loads(DATA.read_text("utf-8"))[lot]
    return boq_workbook(sample_boq(lot), priced=True, lot=data["lot"])


def sample_file(lot: str) -> str:
    """The name of the committed workbook of one lot."""
    return str(tomllib.loads(DATA.read_text("utf-8"))[lot]["file"])


def _items(work: Mapping[str, Any]) -> Iterator[BoqItem]:
    seen: dict[tuple[str, str], int] = {}
    for section in work["section"]:
        role = TableRole.UNIT_MEASURE if section["name"] == _MEASURES else TableRole.DETAIL
        for code, name, unit, quantity, price, *features in section["items"]:
            count = seen[role, code] = seen.get((role, code), 0) + 1
            key = f"{work['name']}/{role.value}/{code}/{count}"
            feature = "\n".join(f"{number}.{text}" for number, text in enumerate(features, 1))
            yield BoqItem(
                key, role, work["name"], (section["name"],), code, name, feature, unit, Decimal(quantity),
                Decimal(price), amount(Decimal(quantity), Decimal(price)), _NOWHERE, count,
            )  # fmt: skip


def _row(role: TableRole, line: Sequence[str], item_total: Decimal) -> BoqRow:
    code, name, basis, rate, written = line
    percent = Decimal(rate) if rate else None
    value = Decimal(written) if written else None
    if role is TableRole.SUM_MEASURE and percent is not None:
        value = percentage(item_total, percent)
    return BoqRow(role, "", code, name, basis, percent, value, _NOWHERE)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA.parent
    for lot in LOTS:
        target = folder / sample_file(lot)
        target.write_bytes(sample_workbook(lot))
        print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
