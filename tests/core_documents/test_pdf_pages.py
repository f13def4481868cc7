"""PDF from outside: counted, read and pictured in a child process with limits."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from core.documents.pdf_check import check_archive_form
from core.documents.pdf_pages import is_pdf, page_count, page_texts, render_png
from core.errors import DocumentInvalid, InputTooLarge
from signing.canonical_json import Json
from signing.pdf import child_process


@pytest.fixture(scope="module")
def notice(rendered: Callable[[str, Json], bytes]) -> bytes:
    paragraphs: list[Json] = [{"type": "paragraph", "text": "甲乙丙丁"}, {"type": "page_break"}]
    chapters: list[Json] = [{"id": "a", "title": "说明", "blocks": [*paragraphs, paragraphs[0]]}]
    members: dict[str, Json] = {"title": "通知", "subtitle": "", "meta": [], "watermark": "", "footer_note": ""}
    return rendered("notice", {**members, "chapters": chapters})


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def test_pages_are_counted_read_and_pictured(notice: bytes) -> None:
    assert is_pdf(notice)
    assert page_count(notice) == 2
    assert ["甲乙丙丁" in text for text in page_texts(notice)] == [True, True]
    with Image.open(io.BytesIO(render_png(notice, 1, dpi=72))) as picture:
        assert picture.size == (596, 842)
        assert picture.convert("L").getextrema()[0] < 100  # ink


@pytest.mark.parametrize(
    ("untrusted", "reason"), [(b"", "not_pdf"), (b"PK\x03\x04", "not_pdf"), (b"%PDF-1.7\nno", "pdf_unreadable")]
)
def test_what_is_no_pdf_is_refused_with_a_reason(untrusted: bytes, reason: str) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        page_count(untrusted, where="bid.pdf")
    assert caught.value.params == {"where": "bid.pdf", "reason": reason}


def test_encrypted_pdf_is_refused(notice: bytes) -> None:
    locked = changed(notice, lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(DocumentInvalid, match="pdf_unreadable"):
        page_count(locked)


def test_page_out_of_range_and_too_many_pixels_are_refused(notice: bytes) -> None:
    for page, dpi in ((2, 72), (0, 20_000)):
        with pytest.raises(DocumentInvalid, match="pdf_unreadable"):
            render_png(notice, page, dpi=dpi)


@pytest.mark.skipif(sys.platform == "win32", reason="no address space limit on Windows yet")
def test_a_bomb_ends_the_child_not_us(notice: bytes) -> None:
    # 300 MB each, eight of them in one page's contents
    squeezed = zlib.compress(zlib.compress(b" " * (300 << 20), 9), 9)

    def plant(pdf: pikepdf.Pdf) -> None:
        nested = pikepdf.Stream(pdf, squeezed)
        nested.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        pdf.pages[0].Contents = pikepdf.Array([pdf.make_indirect(nested)] * 8)

    bombed = changed(notice, plant)
    assert len(bombed) < 1 << 20
    with pytest.raises(DocumentInvalid) as caught:
        page_texts(bombed)
    assert caught.value.params["reason"] in {"pdf_memory", "pdf_crash", "pdf_unreadable"}


def test_a_child_that_takes_too_long_is_ended(notice: bytes) -> None:
    assert child_process.ask_child("core.documents.child", "text", notice, {}, seconds=0).failure == "time"


def test_too_large_input_is_not_even_handed_over(notice: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "INPUT_LIMIT", 100)
    with pytest.raises(InputTooLarge):
        page_count(notice)


def test_the_child_sees_none_of_our_environment(notice: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("TENDERBOX_PIN", "1234")
    assert page_count(notice) == 2


def plant_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def drop_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def drop_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def attach_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"x"


def drop_font_file(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            del item["/FontFile2"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (plant_script, "active_content"),
        (attach_file, "active_content"),
        (drop_metadata, "no_pdfa_mark"),
        (drop_intent, "no_output_intent"),
        (drop_font_file, "font_not_embedded"),
    ],
)
def test_archive_form_finds_each_planted_fault(
    notice: bytes, change: Callable[[pikepdf.Pdf], None], fault: str
) -> None:
    assert check_archive_form(notice).clean
    assert fault in check_archive_form(changed(notice, change)).faults
