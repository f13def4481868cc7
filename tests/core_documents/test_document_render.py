"""Documents laid out by Typst: same bytes, literal text, pages as a reader expects them."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from core.documents.pdf_check import check_archive_form
from core.documents.pdf_pages import page_count, page_texts
from core.documents.renderer import TypstRenderer
from core.documents.typst_render import TEMPLATE_IDS, TEMPLATES, render
from core.errors import DocumentInvalid
from signing.canonical_json import Json

Rendered = Callable[[str, Json], bytes]
Document = Callable[..., dict[str, Json]]

CLAUSE = "投标人应当按照招标文件的要求编制投标文件，并对实质性要求作出响应（GB/T 50500—2024）。"


def paragraph(text: str) -> Json:
    return {"type": "paragraph", "text": text}


def table(titles: list[str], rows: list[list[str]], caption: str = "") -> Json:
    columns: Json = [{"title": title, "width": 2} for title in titles]
    return {"type": "table", "columns": columns, "rows": rows, "caption": caption}


def squeezed(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page_texts(pdf)))


@pytest.mark.parametrize("template_id", sorted(TEMPLATE_IDS))
def test_every_kind_takes_the_same_data_and_is_clean_and_the_same_twice(
    template_id: str, rendered: Rendered, document: Document
) -> None:
    data = document(
        {"type": "heading", "level": 2, "text": "1. 概况"},
        paragraph(CLAUSE),
        {"type": "numbered", "number": "1.3.1", "text": CLAUSE},
        {"type": "numbered", "number": "", "text": CLAUSE},
        table(["序号", "投标报价（元）"], [["1", "12,345,678.90"], ["2", "—"]], "表 1　报价"),
        table(["", ""], [["甲", "乙"]]),
        {"type": "page_break"},
        {"type": "heading", "level": 4, "text": "（1）"},
        {"type": "form", "lines": ["投标人：＿＿＿＿", "", "日期：＿＿＿＿"]},
        watermark="演示时间",
        footer_note="演示时间：不是真实时间",
    )
    first = rendered(template_id, data)
    assert first == rendered(template_id, data)
    assert check_archive_form(first).clean
    text = squeezed(first)
    assert "12,345,678.90" in text
    assert "演示时间：不是真实时间" in text


def test_other_stamp_gives_other_bytes(rendered: Rendered, document: Document, fonts: Path, stamp: datetime) -> None:
    data = document(paragraph(CLAUSE))
    later = render("notice", data, fonts=fonts, stamp=stamp + timedelta(seconds=1))
    assert rendered("notice", data) != later


def test_markup_of_the_typesetter_shows_literally(rendered: Rendered, document: Document) -> None:
    hostile = (
        '#read("tender.typ") $x^2$ *粗* _斜_ @ref <label> \\n // 注释 /* c */ #panic() [a](b) = 标题 - 项 `raw` ~ --'
    )
    data = document(
        paragraph(hostile),
        {"type": "numbered", "number": "#1", "text": hostile},
        table(["#[x]", "$y$"], [[hostile, "*b*"]]),
        {"type": "form", "lines": [hostile]},
        title=hostile,
        watermark="#w",
        footer_note="$f$",
    )
    pdf = rendered("notice", data)
    wanted = re.sub(r"\s", "", hostile)
    by_pdfium = squeezed(pdf)
    by_pypdf = re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    assert by_pdfium.count(wanted) >= 4
    assert by_pypdf.count(wanted) >= 4
    assert "$f$" in by_pdfium


def test_page_line_counts_from_the_page_after_the_cover(rendered: Rendered, document: Document) -> None:
    chapters: list[Json] = [
        {"id": f"c{number}", "title": f"第{number}章", "blocks": [paragraph(CLAUSE)]} for number in range(1, 4)
    ]
    pages = page_texts(rendered("tender", document(chapters=chapters)))
    assert len(pages) == 5
    assert "页" not in pages[0]
    assert [re.sub(r"\s", "", page).endswith(f"第{number}页/共4页") for number, page in enumerate(pages)][1:] == [
        True
    ] * 4
    assert "目　录" in pages[1]


def test_chapters_and_heads_become_bookmarks(rendered: Rendered, document: Document) -> None:
    data = document({"type": "heading", "level": 2, "text": "1. 招标条件"}, paragraph(CLAUSE))
    with pikepdf.open(io.BytesIO(rendered("tender", data))) as pdf, pdf.open_outline() as outline:
        titles = {item.title: [child.title for child in item.children] for item in outline.root}
    assert titles["第一章　总则"] == ["1. 招标条件"]


def test_head_row_repeats_and_never_stands_alone(rendered: Rendered, document: Document) -> None:
    rows = [[str(number), f"1.{number}", CLAUSE] for number in range(60)]
    for fill in range(24, 36):  # moves the table over the foot of the page
        lines = [paragraph("一行")] * fill
        pages = page_texts(rendered("notice", document(*lines, table(["序号", "条款号", "编列内容"], rows))))
        for page in pages:
            place = page.find("编列内容")
            assert place < 0 or CLAUSE[:8] in page[place:]
        assert all("编列内容" in page for page in pages[1:])


def test_long_runs_without_a_space_stay_inside_the_page_and_whole(rendered: Rendered, document: Document) -> None:
    digest = "0123456789abcdef" * 4
    pdf = rendered("notice", document(table(["文件", "SM3"] + ["列"] * 6, [["甲", digest] + ["1"] * 6])))
    assert digest in squeezed(pdf)
    page = pypdfium2.PdfDocument(pdf)[0]
    objects = list(page.get_objects())
    assert objects
    assert max(item.get_bounds()[2] for item in objects) <= page.get_width() - 60


def test_a_field_of_100_000_characters_is_laid_out_in_bounded_time(rendered: Rendered, document: Document) -> None:
    started = time.monotonic()
    pdf = rendered("notice", document(paragraph("文" * 100_000), paragraph("a" * 100_000)))
    assert time.monotonic() - started < 30
    assert page_count(pdf) > 80


def test_wide_opening_record_lies_across(rendered: Rendered, document: Document) -> None:
    titles = [f"列{number}" for number in range(9)]
    wide = rendered("opening_record", document(table(titles, [["1"] * 9])))
    narrow = rendered("opening_record", document(table(titles[:4], [["1"] * 4])))
    sizes = [pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox for pdf in (wide, narrow)]
    assert [box.width > box.height for box in sizes] == [True, False]


def test_english_document_has_english_words(rendered: Rendered, document: Document) -> None:
    chapters: list[Json] = [{"id": "a", "title": "1 General", "blocks": [paragraph("Bids are sealed.")]}]
    pages = page_texts(
        rendered("tender", document(chapters=chapters, lang="en", title="Works", subtitle="Tender", meta=[["No", "1"]]))
    )
    assert "Contents" in pages[1]
    assert "Page 1 of 2" in pages[1]


def test_unknown_template_is_refused(rendered: Rendered, document: Document) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        rendered("../style", document())
    assert caught.value.params["reason"] == "template"


def test_templates_never_read_files_or_evaluate_data() -> None:
    for path in TEMPLATES.glob("*.typ"):
        source = path.read_text("utf-8")
        assert not re.search(r"\beval\(|\bread\(|\bimage\(|@preview", source), path.name


def test_renderer_serves_the_port(document: Document, fonts: Path, stamp: datetime) -> None:
    renderer = TypstRenderer(fonts)
    pdf = renderer.render("notice", document(paragraph(CLAUSE)), stamp=stamp)
    assert renderer.page_count(pdf) == 1


def test_a_digest_stands_in_groups_that_never_break_inside(rendered: Rendered, document: Document) -> None:
    digest = "0123456789abcdef" * 3 + "ffffffffffffffff"
    for filling in range(20):
        lines = "\n".join(page_texts(rendered("notice", document(paragraph("摘" * filling + "：" + digest + "。")))))
        for group in re.findall(".{8}", digest):
            assert group in lines


def test_chapters_of_a_report_follow_one_another(rendered: Rendered, document: Document) -> None:
    chapters: list[Json] = [
        {"id": f"c{number}", "title": f"第{number}章", "blocks": [paragraph(CLAUSE)]} for number in range(1, 8)
    ]
    assert page_count(rendered("evaluation_report", document(chapters=chapters))) == 3  # cover, contents, text


def test_a_short_table_moves_as_a_whole_with_the_sentence_before_it(rendered: Rendered, document: Document) -> None:
    rows = [["甲", f"内容{sign}"] for sign in "一二三四五六"]
    for fill in range(24, 36):  # moves the table over the foot of the page
        blocks = [paragraph("一行")] * fill + [paragraph("见下表：")]
        pages = page_texts(rendered("notice", document(*blocks, table(["序号", "编列内容"], rows))))
        page = next(page for page in pages if "见下表" in page)
        assert "内容六" in page
