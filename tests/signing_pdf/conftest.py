"""A frozen report, a closing page and both closed by a signature."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.documents.typst_render import render
from signing.canonical_json import Json
from signing.pdf.sign import append_and_sign
from tests.pki import SIGNED_AT, Party, Pki, shared_pki

NOW = datetime(2026, 3, 3, tzinfo=UTC)


def one_chapter(title: str, pages: int) -> bytes:
    blocks: list[Json] = []
    for number in range(pages):
        blocks += [{"type": "paragraph", "text": f"第 {number + 1} 页的内容"}, {"type": "page_break"}]
    data: Json = {
        "title": title,
        "subtitle": "",
        "meta": [],
        "watermark": "",
        "footer_note": "",
        "chapters": [{"id": "a", "title": "一", "blocks": blocks[:-1]}],
    }
    template = "evaluation_report" if pages > 1 else "closing_page"
    return render(template, data, fonts=Path(sys.prefix) / "share/tenderbox/fonts", stamp=SIGNED_AT)


@pytest.fixture(scope="session")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="session")
def centre(pki: Pki) -> Party:
    return pki.party("测试交易中心", centre=True)


@pytest.fixture(scope="session")
def frozen() -> bytes:
    return one_chapter("评标报告", 2)


@pytest.fixture(scope="session")
def page() -> bytes:
    return one_chapter("签署页", 1)


@pytest.fixture(scope="session")
def signed(frozen: bytes, page: bytes, centre: Party) -> bytes:
    return append_and_sign(
        frozen,
        page,
        centre.signer,
        signed_at=SIGNED_AT,
        field_name="Closing",
        reason="评标报告封签",
        location="Test (centre)",
    )
