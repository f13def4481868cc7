"""Our page geometry against what PDFium itself says, for all rotations and crop boxes."""

from __future__ import annotations

import io
from ctypes import c_double
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array
from pypdfium2 import raw

from apps.shell.pages.geometry import (
    POINTS_PER_MM,
    PageFrame,
    frame_of,
    turn_box,
    turn_point,
    turned_size,
    unturn_point,
)
from apps.shell.pages.pdf_source import open_source

corners = st.integers(-300, 900)
boxes = st.tuples(corners, corners, corners, corners)
rotations = st.sampled_from([0, 90, 180, 270, -90, 360, 450])


def pdfium_page(media: tuple[int, ...], crop: tuple[int, ...] | None, rotate: int) -> pdfium.PdfDocument:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(100, 100))
    page.MediaBox = Array(list(media))
    if crop is not None:
        page.CropBox = Array(list(crop))
    page.Rotate = rotate
    out = io.BytesIO()
    document.save(out)
    return pdfium.PdfDocument(out.getvalue())


def overlap(media: tuple[int, ...], crop: tuple[int, ...] | None) -> bool:
    frame = frame_of(tuple(map(float, media)), None, 0)  # type: ignore[arg-type]
    if crop is None:
        return True
    box = (min(crop[0], crop[2]), min(crop[1], crop[3]), max(crop[0], crop[2]), max(crop[1], crop[3]))
    return (
        min(box[2], frame.right) - max(box[0], frame.left) > 2
        and min(box[3], frame.top) - max(box[1], frame.bottom) > 2
    )


@settings(max_examples=150, deadline=None)
@given(
    boxes.filter(lambda b: abs(b[0] - b[2]) > 5 and abs(b[1] - b[3]) > 5),
    st.none() | boxes,
    rotations,
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_point_lies_where_pdfium_draws_it(
    media: tuple[int, ...], crop: tuple[int, ...] | None, rotate: int, across: float, down: float
) -> None:
    if not overlap(media, crop):
        return
    frame = frame_of(tuple(map(float, media)), tuple(map(float, crop)) if crop else None, rotate)  # type: ignore[arg-type]
    document = pdfium_page(media, crop, rotate)
    page = document[0]
    assert page.get_size() == pytest.approx(frame.size, abs=0.01)
    width, height = frame.size
    x, y = c_double(), c_double()
    scale = 1000  # PDFium answers in whole device pixels: draw very large
    raw.FPDF_DeviceToPage(
        page, 0, 0, round(width * scale), round(height * scale), 0,
        round(across * width * scale), round(down * height * scale), x, y,
    )  # fmt: skip
    assert frame.to_user(across * width, down * height) == pytest.approx((x.value, y.value), abs=0.02)
    page.close()
    document.close()


@given(boxes.filter(lambda b: b[0] < b[2] and b[1] < b[3]), st.sampled_from([0, 90, 180, 270]), corners, corners)
def test_there_and_back_again_is_the_same_point(box: tuple[int, ...], rotation: int, x: int, y: int) -> None:
    frame = PageFrame(*map(float, box), rotation=rotation)
    assert frame.to_user(*frame.to_visible(x, y)) == pytest.approx((x, y))


@given(st.floats(1, 900), st.floats(1, 900), st.integers(0, 3), st.floats(0, 900), st.floats(0, 900))
def test_turning_the_view_and_back_is_the_same_point(
    width: float, height: float, turns: int, x: float, y: float
) -> None:
    assert unturn_point(*turn_point(x, y, width, height, turns), width, height, turns) == pytest.approx((x, y))


def test_a_quarter_turn_brings_the_top_left_to_the_top_right() -> None:
    assert turned_size(100, 200, 1) == (200, 100)
    assert turn_point(0, 0, 100, 200, 1) == (200, 0)
    assert turn_box((10, 20, 30, 50), 100, 200, 1) == (150, 10, 180, 30)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_box_of_42_mm_stays_42_mm_whatever_the_rotation(rotation: int) -> None:
    frame = PageFrame(10, 20, 605, 862, rotation)
    left, bottom, right, top = frame.mm_box_to_user(15, 30, 42, 42)
    assert (right - left, top - bottom) == pytest.approx((42 * POINTS_PER_MM, 42 * POINTS_PER_MM))
    assert frame.user_box_to_mm((left, bottom, right, top)) == pytest.approx((15, 30, 42, 42))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_text_boxes_lie_on_the_ink_of_rotated_and_cropped_pages(tmp_path: Path, rotation: int) -> None:
    from apps.shell.pages.source import Region
    from tests.shell.pages.hostile_files import boxed_file

    path = boxed_file(tmp_path / "r.pdf", [([0, 0, 612, 792], [50, 400, 500, 760], rotation)])
    source = open_source(path, "")
    width, height = (round(side) for side in source.size(0))
    pixels = source.render(0, Region(0, 0, width, height, 1.0))
    dark = [(i % width, i // width) for i in range(width * height) if pixels[i * 4] < 128]
    text = source.text(0)
    assert text.text.startswith("plain words")
    left, right = min(text.boxes[0::4]), max(text.boxes[2::4])
    top, bottom = min(text.boxes[1::4]), max(text.boxes[3::4])
    assert dark
    assert all(left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2 for x, y in dark)


def test_pages_without_usable_boxes_are_letter() -> None:
    assert frame_of(None, None, 0).size == (612, 792)
    assert frame_of((5, 5, 5, 5), None, 90).size == (792, 612)
