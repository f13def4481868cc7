"""No box is ever printed: characters are checked against the fonts, with their place in the data."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.fonts import FIELD_LIMIT, check_text, drawable
from core.errors import DocumentInvalid, FileMissing, GlyphMissing, InputTooLarge
from signing.canonical_json import Json


def test_rare_name_characters_are_drawable(fonts: Path) -> None:
    check_text({"names": ["㛃㙓䶮𬭎𬀩𫖯𬱖𫄧𬬻𫟼𬘭𬍛喆堃犇淼璟祎翀昇玥", "“”‘’——……×÷≥≤±℃㎡□■√①⑳㈠ⅠⅫ¥￥＿"]}, fonts)


def test_missing_glyph_names_place_character_and_code_point(fonts: Path) -> None:
    with pytest.raises(GlyphMissing) as caught:
        check_text({"chapters": [{"blocks": ["好", {"text": "王\U0002a6df"}]}]}, fonts)
    assert caught.value.params == {
        "where": "$.chapters[0].blocks[1].text",
        "character": "\U0002a6df",
        "codepoint": "U+2A6DF",
    }


@pytest.mark.parametrize("character", ["\x00", "\t", "\r", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad",
                                       "\u2028", "\ud800", "\ue000", "\uffff"])  # fmt: skip
def test_invisible_and_direction_changing_characters_are_refused(character: str, fonts: Path) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        check_text({"title": f"报价{character}"}, fonts)
    assert not isinstance(caught.value, GlyphMissing)
    assert caught.value.params == {"where": "$.title", "reason": "character", "codepoint": f"U+{ord(character):04X}"}


def test_line_feed_is_text(fonts: Path) -> None:
    check_text(["甲\n乙"], fonts)


def test_limits_of_length_and_depth(fonts: Path) -> None:
    check_text("文" * FIELD_LIMIT, fonts)
    with pytest.raises(InputTooLarge):
        check_text("文" * (FIELD_LIMIT + 1), fonts)
    with pytest.raises(InputTooLarge):
        check_text(["文" * FIELD_LIMIT] * 41, fonts)
    deep: Json = "文"
    for _ in range(40):
        deep = [deep]
    with pytest.raises(DocumentInvalid, match="too_deep"):
        check_text(deep, fonts)


def test_missing_font_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="NotoSerifSC-Regular"):
        drawable(tmp_path)


@given(st.text(max_size=40))
def test_whatever_passes_has_a_glyph(text: str) -> None:
    fonts = Path(sys.prefix) / "share/tenderbox/fonts"
    try:
        check_text(text, fonts)
    except DocumentInvalid:
        return
    assert all(character == "\n" or ord(character) in drawable(fonts) for character in text)


def test_renderer_checks_characters_before_layout(
    rendered: Callable[[str, Json], bytes], document: Callable[..., dict[str, Json]]
) -> None:
    with pytest.raises(GlyphMissing) as caught:
        rendered("notice", document(meta=[["投标人", "\U0002a6df有限公司"]]))
    assert caught.value.params["where"] == "$.meta[0][1]"
