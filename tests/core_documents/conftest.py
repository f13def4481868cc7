"""Fonts, a fixed time and small documents for the tests of core.documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.documents.typst_render import render
from signing.canonical_json import Json

STAMP = datetime(2026, 11, 22, 1, 30, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def fonts() -> Path:
    return Path(sys.prefix) / "share/tenderbox/fonts"


@pytest.fixture(scope="session")
def stamp() -> datetime:
    return STAMP


@pytest.fixture(scope="session")
def rendered(fonts: Path) -> Callable[[str, Json], bytes]:
    def run(template_id: str, data: Json) -> bytes:
        return render(template_id, data, fonts=fonts, stamp=STAMP)

    return run


@pytest.fixture
def document() -> Callable[..., dict[str, Json]]:
    """Document data with the given blocks in one chapter, or the given chapters."""

    def make(*blocks: Json, chapters: list[Json] | None = None, **members: Json) -> dict[str, Json]:
        chapter: Json = {"id": "one", "title": "第一章　总则", "blocks": list(blocks)}
        return {
            "title": "示例市文化中心工程施工",
            "subtitle": "招标文件",
            "meta": [["招标编号", "SL-2026-001"], ["招标人", "示例市文化中心建设办公室"]],
            "watermark": "",
            "footer_note": "",
            "chapters": [chapter] if chapters is None else chapters,
            **members,
        }

    return make
