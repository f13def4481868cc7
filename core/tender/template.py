"""A text template of a tender document: chapters, clauses, front table, outline and review points as data.

Files: ``core/rules/templates/<id>/*.toml``; format: docs/spec/tender-data.md, section "Templates".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from core.rules.data_files import read_toml
from core.tender.model import Chapter, Factor, RejectionClause, ReviewItem
from core.values.codec import from_plain

DEFAULT_TEMPLATE = "construction"


@dataclass(frozen=True, slots=True)
class Variable:
    """A value the tenderer may change, filled in at one place only; ``value`` is the default."""

    id: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that depends on a yes or no of the tender."""

    id: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class FrontRow:
    """A row of the front table (投标人须知前附表)."""

    clause: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a generated table; ``cell`` has slots of the table's source."""

    title: str
    width: int
    cell: str


@dataclass(frozen=True, slots=True)
class TemplateTable:
    """A table whose rows come from the tender; ``source`` is a name of :mod:`core.tender.tables`."""

    source: str
    caption: str
    columns: tuple[TableColumn, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: title, paragraphs (a leading number makes them numbered), form lines and tables, in this order."""

    id: str
    title: str = ""
    text: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    table: tuple[TemplateTable, ...] = ()
    page_break: bool = False


@dataclass(frozen=True, slots=True)
class TemplateChapter:
    """A chapter file."""

    id: str
    title: str
    clause: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template."""

    id: str
    edition: str
    title: str
    valid_from: str
    verified: bool
    chapters: tuple[TemplateChapter, ...]
    variable: tuple[Variable, ...]
    choice: tuple[Choice, ...]
    front: tuple[FrontRow, ...]
    outline: tuple[Chapter, ...]
    review_item: tuple[ReviewItem, ...]
    factor: tuple[Factor, ...]
    rejection: tuple[RejectionClause, ...]


@cache
def load_template(template_id: str = DEFAULT_TEMPLATE) -> Template:
    """A shipped template; raises :class:`core.errors.DataInvalid` where there is none of this id."""
    folder = f"templates/{template_id}"
    head = dict(read_toml(f"{folder}/template.toml"))
    names = from_plain(_Names, {"chapters": head["chapters"]}).chapters
    head["chapters"] = [read_toml(f"{folder}/{name}.toml") for name in names]
    head["valid_from"] = str(head["valid_from"])
    return from_plain(Template, head)


@dataclass(frozen=True, slots=True)
class _Names:
    chapters: tuple[str, ...]
