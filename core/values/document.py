"""What a document says, without how it looks. Format: docs/spec/document-data.md, version 0."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from core.values.acts import Json

# C0 and C1 controls but the line feed, and the invisible characters that turn or hide text
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A head inside a chapter; ``level`` 2 to 4."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause with its number hanging beside it."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` is a relative part of the table, 1 to 100."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows all have as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Lines of a form or letter, one below the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a new page."""


Block: TypeAlias = Heading | Paragraph | Numbered | Table | Form | PageBreak


@dataclass(frozen=True, slots=True)
class DocumentChapter:
    """A chapter: bookmark of level 1."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A whole document, ready to be rendered."""

    title: str
    chapters: tuple[DocumentChapter, ...]
    subtitle: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    watermark: str = ""
    footer_note: str = ""
    language: str = ""  # of the labels the typesetter adds (page, contents); Chinese unless "en"


def table(titles: Iterable[tuple[str, int]], rows: Iterable[tuple[str, ...]], caption: str = "") -> Table:
    """A table from (title, width) pairs and rows; raises ValueError where a row has another number of cells."""
    columns = tuple(Column(title, width) for title, width in titles)
    cells = tuple(rows)
    if any(len(row) != len(columns) for row in cells):
        raise ValueError(f"a row has not {len(columns)} cells")
    return Table(columns, cells, caption)


def document_json(text: DocumentText) -> dict[str, Json]:
    """The JSON object of docs/spec/document-data.md; control characters in texts become spaces."""
    language: dict[str, Json] = {"lang": "en"} if text.language == "en" else {}
    return {
        **language,
        "title": _clean(text.title),
        "subtitle": _clean(text.subtitle),
        "meta": [[_clean(label), _clean(value)] for label, value in text.meta],
        "watermark": _clean(text.watermark),
        "footer_note": _clean(text.footer_note),
        "chapters": [
            {
                "id": chapter.id,
                "title": _clean(chapter.title),
                "blocks": [_block_json(block) for block in chapter.blocks],
            }
            for chapter in text.chapters
        ],
    }


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n"))


def _block_json(block: Block) -> dict[str, Json]:
    match block:
        case Heading(text, level):
            return {"type": "heading", "level": level, "text": _clean(text)}
        case Paragraph(text):
            return {"type": "paragraph", "text": _clean(text)}
        case Numbered(number, text):
            return {"type": "numbered", "number": _clean(number), "text": _clean(text)}
        case Table(columns, rows, caption):
            return {
                "type": "table",
                "columns": [{"title": _clean(column.title), "width": column.width} for column in columns],
                "rows": [[_clean(cell) for cell in row] for row in rows],
                "caption": _clean(caption),
            }
        case Form(lines):
            return {"type": "form", "lines": [_clean(line) for line in lines]}
        case PageBreak():
            return {"type": "page_break"}
