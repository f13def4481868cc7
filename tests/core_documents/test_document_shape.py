"""Data of a wrong shape is refused with its place, never by the typesetter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.documents.document_data import check_shape
from core.errors import DocumentInvalid, InputTooLarge
from signing.canonical_json import Json

Document = Callable[..., dict[str, Json]]
COLUMN: Json = {"title": "甲", "width": 1}
TABLE: dict[str, Json] = {"type": "table", "columns": [COLUMN], "rows": [["1"]], "caption": ""}

WRONG_BLOCKS: list[tuple[Json, str, str]] = [
    ("text", "", "object"),
    ({"type": "picture"}, ".type", "type"),
    ({"type": ["table"]}, ".type", "type"),
    ({"type": "paragraph"}, ".text", "member"),
    ({"type": "paragraph", "text": "a", "bold": True}, ".bold", "member"),
    ({"type": "paragraph", "text": 1}, ".text", "text"),
    ({"type": "heading", "level": 1, "text": "a"}, ".level", "integer"),
    ({"type": "heading", "level": True, "text": "a"}, ".level", "integer"),
    ({"type": "numbered", "number": 1, "text": "a"}, ".number", "text"),
    ({**TABLE, "rows": [["1", "2"]]}, ".rows[0]", "cells"),
    ({**TABLE, "rows": [["1"], [2]]}, ".rows[1][0]", "text"),
    ({**TABLE, "rows": "1"}, ".rows", "array"),
    ({**TABLE, "columns": []}, ".columns", "empty"),
    ({**TABLE, "columns": [{"title": "甲", "width": 0}]}, ".columns[0].width", "integer"),
    ({**TABLE, "columns": [{"title": "甲", "width": 1, "align": "justify"}]}, ".columns[0].align", "align"),
    ({"type": "form", "lines": "甲"}, ".lines", "array"),
    ({"type": "page_break", "text": ""}, ".text", "member"),
]


@pytest.mark.parametrize(("block", "place", "reason"), WRONG_BLOCKS)
def test_wrong_block_is_named(block: Json, place: str, reason: str, document: Document) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        check_shape(document(block))
    assert caught.value.params == {"where": f"$.chapters[0].blocks[0]{place}", "reason": reason}


@pytest.mark.parametrize(
    ("members", "place", "reason"),
    [
        ({"author": ""}, "$.author", "member"),
        ({"title": None}, "$.title", "text"),
        ({"lang": "de"}, "$.lang", "lang"),
        ({"meta": [["a"]]}, "$.meta[0]", "pair"),
        ({"meta": ["ab"]}, "$.meta[0]", "array"),
        ({"chapters": [{"id": "A", "title": "", "blocks": []}]}, "$.chapters[0].id", "id"),
        ({"chapters": [{"id": "a", "title": "", "blocks": []}] * 2}, "$.chapters[1].id", "id"),
        ({"chapters": {}}, "$.chapters", "array"),
    ],
)
def test_wrong_member_is_named(members: dict[str, Json], place: str, reason: str, document: Document) -> None:
    data = {**document(), **members}
    with pytest.raises(DocumentInvalid) as caught:
        check_shape(data)
    assert caught.value.params == {"where": place, "reason": reason}


def test_too_much_is_refused(document: Document) -> None:
    with pytest.raises(InputTooLarge):
        check_shape(document({**TABLE, "columns": [COLUMN] * 13, "rows": []}))
    with pytest.raises(InputTooLarge):
        check_shape(document({**TABLE, "rows": [["1"]] * 20_001}))
    with pytest.raises(InputTooLarge):
        check_shape(document(*[{"type": "page_break"}] * 20_001))


def test_data_that_is_no_object_is_refused() -> None:
    for data in (None, [], "x", 1):
        with pytest.raises(DocumentInvalid):
            check_shape(data)
