"""The shape of document data (docs/spec/document-data.md) checked before anything is laid out.

A wrong shape must name its place; the typesetter's own message would name a line of a template instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from core.errors import DocumentInvalid, InputTooLarge
from signing.canonical_json import Json

CHAPTER_LIMIT = 200
BLOCK_LIMIT = 20_000
COLUMN_LIMIT = 12
ROW_LIMIT = 20_000
META_LIMIT = 40

_ID = re.compile(r"[a-z0-9_.-]{1,64}")
_MEMBERS = frozenset({"title", "subtitle", "meta", "watermark", "footer_note", "chapters"})
_ALIGNMENTS = ("left", "center", "right")


def check_shape(data: Json) -> None:
    """Raises where ``data`` is not document data of version 0; ``where`` is a JSON path.

    Beyond version 0 two members may stand: ``lang`` (``zh`` or ``en``) in the object, ``align`` in a column.
    Raises :class:`core.errors.DocumentInvalid` or :class:`core.errors.InputTooLarge`.
    """
    document = _object(data, "$", _MEMBERS, optional=frozenset({"lang"}))
    for name in ("title", "subtitle", "watermark", "footer_note"):
        _text(document[name], f"$.{name}")
    if document.get("lang", "zh") not in {"zh", "en"}:
        raise DocumentInvalid(where="$.lang", reason="lang")
    for index, pair in enumerate(_array(document["meta"], "$.meta", META_LIMIT)):
        where = f"$.meta[{index}]"
        if len(_texts(pair, where, 2)) != 2:
            raise DocumentInvalid(where=where, reason="pair")
    _check_chapters(document["chapters"])


def _check_chapters(value: Json) -> None:
    seen: set[str] = set()
    blocks = 0
    for index, item in enumerate(_array(value, "$.chapters", CHAPTER_LIMIT)):
        where = f"$.chapters[{index}]"
        chapter = _object(item, where, frozenset({"id", "title", "blocks"}))
        name = _text(chapter["id"], f"{where}.id")
        _text(chapter["title"], f"{where}.title")
        if not _ID.fullmatch(name) or name in seen:
            raise DocumentInvalid(where=f"{where}.id", reason="id")
        seen.add(name)
        listed = _array(chapter["blocks"], f"{where}.blocks", BLOCK_LIMIT)
        blocks += len(listed)
        if blocks > BLOCK_LIMIT:
            raise InputTooLarge(what="blocks", size=blocks, limit=BLOCK_LIMIT)
        for number, block in enumerate(listed):
            _check_block(block, f"{where}.blocks[{number}]")


def _check_block(value: Json, where: str) -> None:
    if not isinstance(value, Mapping):
        raise DocumentInvalid(where=where, reason="object")
    kind = value.get("type")
    check = _BLOCKS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise DocumentInvalid(where=f"{where}.type", reason="type")
    check(value, where)


def _check_heading(value: Json, where: str) -> None:
    block = _object(value, where, frozenset({"type", "level", "text"}))
    _integer(block["level"], f"{where}.level", 2, 4)
    _text(block["text"], f"{where}.text")


def _check_paragraph(value: Json, where: str) -> None:
    _text(_object(value, where, frozenset({"type", "text"}))["text"], f"{where}.text")


def _check_numbered(value: Json, where: str) -> None:
    block = _object(value, where, frozenset({"type", "number", "text"}))
    _text(block["number"], f"{where}.number")
    _text(block["text"], f"{where}.text")


def _check_table(value: Json, where: str) -> None:
    block = _object(value, where, frozenset({"type", "columns", "rows", "caption"}))
    _text(block["caption"], f"{where}.caption")
    columns = _array(block["columns"], f"{where}.columns", COLUMN_LIMIT)
    if not columns:
        raise DocumentInvalid(where=f"{where}.columns", reason="empty")
    for index, item in enumerate(columns):
        place = f"{where}.columns[{index}]"
        column = _object(item, place, frozenset({"title", "width"}), optional=frozenset({"align"}))
        _text(column["title"], f"{place}.title")
        _integer(column["width"], f"{place}.width", 1, 100)
        if column.get("align", "left") not in _ALIGNMENTS:
            raise DocumentInvalid(where=f"{place}.align", reason="align")
    for index, row in enumerate(_array(block["rows"], f"{where}.rows", ROW_LIMIT)):
        place = f"{where}.rows[{index}]"
        if len(_texts(row, place, COLUMN_LIMIT)) != len(columns):
            raise DocumentInvalid(where=place, reason="cells")


def _check_form(value: Json, where: str) -> None:
    _texts(_object(value, where, frozenset({"type", "lines"}))["lines"], f"{where}.lines", BLOCK_LIMIT)


def _check_page_break(value: Json, where: str) -> None:
    _object(value, where, frozenset({"type"}))


_BLOCKS: Mapping[str, Callable[[Json, str], None]] = {
    "heading": _check_heading,
    "paragraph": _check_paragraph,
    "numbered": _check_numbered,
    "table": _check_table,
    "form": _check_form,
    "page_break": _check_page_break,
}


def _object(
    value: Json, where: str, members: frozenset[str], *, optional: frozenset[str] = frozenset()
) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise DocumentInvalid(where=where, reason="object")
    wrong = sorted((members - value.keys()) | (value.keys() - members - optional))
    if wrong:
        raise DocumentInvalid(where=f"{where}.{wrong[0]}", reason="member")
    return value


def _array(value: Json, where: str, limit: int) -> Sequence[Json]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise DocumentInvalid(where=where, reason="array")
    if len(value) > limit:
        raise InputTooLarge(what=where, size=len(value), limit=limit)
    return value


def _texts(value: Json, where: str, limit: int) -> Sequence[str]:
    return [_text(item, f"{where}[{index}]") for index, item in enumerate(_array(value, where, limit))]


def _text(value: Json, where: str) -> str:
    if not isinstance(value, str):
        raise DocumentInvalid(where=where, reason="text")
    return value


def _integer(value: Json, where: str, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise DocumentInvalid(where=where, reason="integer")
