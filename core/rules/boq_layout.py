"""The printed tables a new workbook is written in, loaded from ``boq_layout_2024.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of a table of amounts: the field it shows, its title and width in characters."""

    field: str
    title: str
    width: float


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One kind of table; ``columns`` is empty for item tables, which all look alike."""

    role: str
    sheet: str
    title: str
    columns: tuple[LayoutColumn, ...]


@dataclass(frozen=True, slots=True)
class WorkbookLayout:
    """All tables in their order, and the words between them."""

    font: str
    words: Mapping[str, str]
    item_headers: tuple[str, ...]
    item_widths: tuple[float, ...]
    tables: tuple[TableLayout, ...]


@cache
def workbook_layout() -> WorkbookLayout:
    """The layout of the package, read once."""
    data = tomllib.loads(resources.files("core.rules").joinpath("boq_layout_2024.toml").read_text("utf-8"))
    tables = tuple(
        TableLayout(
            entry["role"],
            entry["sheet"],
            entry["title"],
            tuple(LayoutColumn(name, title, float(width)) for name, title, width in entry.get("columns", [])),
        )
        for entry in data["table"]
    )
    items = data["items"]
    return WorkbookLayout(data["font"], data["words"], tuple(items["headers"]), tuple(items["widths"]), tables)
