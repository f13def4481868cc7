"""The look: contrast, scales, fonts, icons and the words of the shell."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from apps.shell.theme.fonts import FAMILY, characters_without_glyph, load_fonts
from apps.shell.theme.look import SCALES, Look
from apps.shell.theme.style import apply_look, color, look_of, mark, style_sheet
from apps.shell.theme.tokens import Theme, Tokens, tokens
from apps.shell.widgets.button import button
from core.messages import Catalogue

SHELL = Path(__file__).resolve().parents[3] / "apps" / "shell"
TEXT_ON_GROUND = (
    ("text", "bg"), ("text", "surface"), ("text", "surface2"), ("text", "selection"), ("text", "hit"),
    ("text", "hit_current"), ("muted", "bg"), ("muted", "surface"), ("muted", "surface2"), ("primary", "surface"),
    ("primary", "primary_bg"), ("on_primary", "primary"), ("on_primary", "primary_hover"), ("ok", "ok_bg"),
    ("ok", "surface"), ("warn", "warn_bg"), ("warn", "surface"), ("err", "err_bg"), ("err", "surface"),
    ("text", "ok_bg"), ("text", "warn_bg"), ("text", "err_bg"), ("text", "primary_bg"), ("rail_text", "rail"),
    ("rail_text", "rail_on"),
)  # fmt: skip
MARKS = (("focus", "surface"), ("focus", "bg"), ("primary", "bg"), ("err", "bg"), ("focus", "surface2"))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faults(kept: Tokens) -> list[str]:
    low = [f"{a}/{b}" for a, b in TEXT_ON_GROUND if contrast(getattr(kept, a), getattr(kept, b)) < 4.5]
    return low + [f"{a}/{b}" for a, b in MARKS if contrast(getattr(kept, a), getattr(kept, b)) < 3]


@pytest.mark.parametrize("theme", list(Theme))
def test_words_and_marks_stand_out_from_their_ground(theme: Theme) -> None:
    assert faults(tokens(theme)) == []


def test_a_pale_grey_would_be_noticed() -> None:
    assert "muted/surface" in faults(replace(tokens(Theme.LIGHT), muted="#B0B8C6"))


def test_borders_of_inputs_stand_out_in_the_contrast_theme() -> None:
    kept = tokens(Theme.CONTRAST)
    assert contrast(kept.line2, kept.surface) >= 7
    assert contrast(kept.text, kept.bg) >= 15


def test_every_colour_is_a_full_hex_colour() -> None:
    for theme in Theme:
        kept = tokens(theme)
        assert all(re.fullmatch("#[0-9A-F]{6}", getattr(kept, field.name)) for field in fields(kept))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("theme", list(Theme))
def test_the_style_sheet_has_no_slot_left(theme: Theme, scale: float, qapp: QApplication) -> None:
    assert "$" not in style_sheet(Look(theme, scale))


def test_larger_type_goes_round() -> None:
    look = Look()
    seen = []
    for _ in SCALES:
        look = look.larger()
        seen.append(look.scale)
    assert seen == [1.25, 1.5, 1.0]


def test_a_size_never_vanishes() -> None:
    assert Look(scale=1.25).px(34) == 42
    assert Look().px(0.4) == 1
    assert Look().px(0) == 0


def test_a_new_look_reaches_windows_that_are_there(qapp: QApplication, words: Catalogue) -> None:
    made = button(words, "shell.gallery.primary", kind="primary")
    before = made.sizeHint().height()
    apply_look(qapp, Look(Theme.DARK, 1.5))
    try:
        assert look_of() == Look(Theme.DARK, 1.5)
        assert color("bg").name().upper() == "#10151F"
        assert made.sizeHint().height() > before * 1.3
    finally:
        apply_look(qapp, Look())


def test_a_mark_is_drawn_at_once(qapp: QApplication) -> None:
    label = QLabel("x")
    mark(label, chip="err")
    assert label.property("chip") == "err"


def test_a_button_without_words_needs_a_name(qapp: QApplication, words: Catalogue) -> None:
    with pytest.raises(ValueError, match="name"):
        button(words, "", icon="search")
    named: QPushButton = button(words, "", icon="search", name_key="shell.gallery.search")
    assert named.accessibleName() == "查找"


def test_the_bundled_font_is_used_and_says_what_it_lacks(qapp: QApplication) -> None:
    assert QApplication.font().family() == FAMILY
    assert characters_without_glyph("标箱 Tenderbox 骉 1,234.50 ¥") == ""
    assert characters_without_glyph("a\U000323af b") == "\U000323af"


def test_a_missing_font_file_is_reported_and_stops_nothing(qapp: QApplication, tmp_path: Path) -> None:
    assert load_fonts(tmp_path).missing == ()  # the family is there already: nothing is asked of the folder


def test_the_shell_knows_nothing_of_tenders() -> None:
    tender_words = re.compile(r"\b(tender|bid|bidder|lot|lots|bids|tenders)\b|投标|招标|标段|评标|开标", re.IGNORECASE)
    places = [
        *SHELL.rglob("*.py"),
        *SHELL.rglob("*.toml"),
        *(SHELL.parents[1] / "core/messages").glob("*/shell.*.toml"),
    ]
    found = []
    for path in places:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if tender_words.search(line):
                found.append(f"{path.name}:{number}: {line.strip()}")
    assert found == []
