"""Columns and rows of a small table."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from apps.shell.grid.columns import Choice, Column, Kind
from apps.shell.grid.store import Row
from core.messages import Catalogue
from core.messages import load as load_catalogue

COLUMNS = (
    Column(key="code", title="编码", frozen=True, width=90),
    Column(key="name", title="名称", editable=True),
    Column(key="quantity", title="数量", kind=Kind.DECIMAL, digits=3, editable=True),
    Column(key="price", title="单价", kind=Kind.MONEY, editable=True, total=True, unit="元"),
    Column(key="count", title="件数", kind=Kind.INTEGER, editable=True),
    Column(
        key="way", title="方式", kind=Kind.CHOICE, choices=(Choice("a", "自购"), Choice("b", "租赁")), editable=True
    ),
    Column(key="check", title="检查", kind=Kind.STATUS),
)
NAMES = ("地砖", "砂浆", "隔墙", "踢脚线", "平开窗", "防火门", "采光顶", "书架", "书桌", "座椅")


def rows(count: int = 10) -> tuple[Row, ...]:
    """Flat rows r0, r1, … with names, quantities and prices; the price of r2 is empty."""
    return tuple(
        Row(
            f"r{n}",
            (f"0101{n:04d}", f"{NAMES[n % 10]}{n // 10 or ''}", Decimal(n * 37 % 101).scaleb(-1),
             None if n == 2 else Decimal(n * 53 % 97 + 1), n, "a" if n % 2 else "b"),
        )
        for n in range(count)
    )  # fmt: skip


@cache
def load(language: str = "zh_CN") -> Catalogue:
    """The catalogue, read once: a property test asks for it a hundred times."""
    return load_catalogue(language)
