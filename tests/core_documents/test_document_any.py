"""Any data of the documented shape is laid out, whatever its texts and however empty."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.documents.typst_render import TEMPLATE_IDS, render
from signing.canonical_json import Json

FONTS = Path(sys.prefix) / "share/tenderbox/fonts"
STAMP = datetime(2026, 11, 22, tzinfo=UTC)

texts = st.one_of(
    st.text("招标，。“”（）a1 .,#$*_@\\/[]{}<>\"'`~=-+\n", max_size=60),
    st.sampled_from(["", "0123456789abcdef" * 12, "12,345.67", "—", "长" * 800, "a" * 500]),
)


def block(kind: str, **members: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({"type": st.just(kind), **members})


@st.composite
def tables(draw: st.DrawFn) -> Json:
    count = draw(st.integers(1, 12))
    columns = [{"title": draw(texts), "width": draw(st.integers(1, 100))} for _ in range(count)]
    rows = [[draw(texts) for _ in range(count)] for _ in range(draw(st.integers(0, 3)))]
    return {"type": "table", "columns": columns, "rows": rows, "caption": draw(texts)}


blocks = st.one_of(
    block("heading", level=st.integers(2, 4), text=texts),
    block("paragraph", text=texts),
    block("numbered", number=st.sampled_from(["", "1.", "1.3.1", "（2）"]) | texts, text=texts),
    block("form", lines=st.lists(texts, max_size=4)),
    block("page_break"),
    tables(),
)


@st.composite
def documents(draw: st.DrawFn) -> Json:
    chapters: list[Json] = [
        {"id": f"c{index}", "title": draw(texts), "blocks": draw(st.lists(blocks, max_size=5))}
        for index in range(draw(st.integers(0, 3)))
    ]
    return {
        "title": draw(texts),
        "subtitle": draw(texts),
        "meta": draw(st.lists(st.tuples(texts, texts).map(list), max_size=4)),
        "watermark": draw(texts),
        "footer_note": draw(texts),
        "chapters": chapters,
        "lang": draw(st.sampled_from(["zh", "en"])),
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents(), st.sampled_from(sorted(TEMPLATE_IDS)))
@example(
    {"title": "", "subtitle": "", "meta": [], "watermark": "\n", "footer_note": "", "chapters": [], "lang": "zh"},
    "bid_letter",
)
def test_any_document_of_the_shape_is_laid_out(data: Json, template_id: str) -> None:
    assert render(template_id, data, fonts=FONTS, stamp=STAMP).startswith(b"%PDF-1.7")
