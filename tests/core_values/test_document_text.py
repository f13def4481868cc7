from __future__ import annotations

import json

import pytest

from core.values.document import (
    DocumentChapter,
    DocumentText,
    Form,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    document_json,
    table,
)


def test_every_block_has_the_documented_json() -> None:
    blocks = (
        Heading("头", 3),
        Paragraph("段"),
        Numbered("1.1", "款"),
        table([("列", 2), ("", 1)], [("a", "b")], "题"),
        Form(("行", "")),
        PageBreak(),
    )
    data = document_json(DocumentText("名", (DocumentChapter("one", "章", blocks),), meta=(("项", "值"),)))
    assert data["meta"] == [["项", "值"]]
    chapters = json.loads(json.dumps(data))["chapters"]
    assert chapters[0]["id"] == "one"
    assert chapters[0]["blocks"] == [
        {"type": "heading", "level": 3, "text": "头"},
        {"type": "paragraph", "text": "段"},
        {"type": "numbered", "number": "1.1", "text": "款"},
        {
            "type": "table",
            "columns": [{"title": "列", "width": 2}, {"title": "", "width": 1}],
            "rows": [["a", "b"]],
            "caption": "题",
        },
        {"type": "form", "lines": ["行", ""]},
        {"type": "page_break"},
    ]


def test_control_characters_do_not_reach_the_renderer() -> None:
    data = document_json(DocumentText("a\x07b\r\nc\u202e", ()))
    assert data["title"] == "a b\nc "


def test_a_row_with_another_number_of_cells_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        table([("a", 1), ("b", 1)], [("one",)])
