"""Colours by role, never by hue: three themes, every pair of text and ground measured for contrast.

Source: WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (borders and marks 3:1, kept in the contrast theme).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """Which set of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as ``#RRGGBB`` by what they are for."""

    bg: str
    surface: str
    surface2: str
    rail: str
    rail_on: str
    rail_text: str
    line: str
    line2: str
    text: str
    muted: str
    faint: str
    primary: str
    primary_hover: str
    primary_bg: str
    selection: str
    on_primary: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    err: str
    err_bg: str
    focus: str
    hit: str
    hit_current: str


def tokens(theme: Theme) -> Tokens:
    """The colours of one theme."""
    return {Theme.LIGHT: _light, Theme.DARK: _dark, Theme.CONTRAST: _contrast}[theme]()


def _light() -> Tokens:
    return Tokens(
        bg="#F4F6FA", surface="#FFFFFF", surface2="#F8FAFC",
        rail="#12264A", rail_on="#1E3A6E", rail_text="#B9C6DE",
        line="#E1E6EF", line2="#C0C9D7", text="#1A2233", muted="#56617A", faint="#8A94A8",
        primary="#1F5FD6", primary_hover="#184FB5", primary_bg="#E8F0FE", selection="#DCE8FD", on_primary="#FFFFFF",
        ok="#137537", ok_bg="#E6F6EC", warn="#8F5300", warn_bg="#FFF4DE", err="#BE2819", err_bg="#FDECEA",
        focus="#1F5FD6", hit="#FFE9B0", hit_current="#BBD0F7",
    )  # fmt: skip


def _dark() -> Tokens:
    return Tokens(
        bg="#10151F", surface="#19202D", surface2="#1F2836",
        rail="#0B1019", rail_on="#223252", rail_text="#9FB0CC",
        line="#2B3648", line2="#42506A", text="#E7ECF5", muted="#A3AFC4", faint="#7B879C",
        primary="#6EA2FF", primary_hover="#8FB8FF", primary_bg="#1B2B4B", selection="#263A61", on_primary="#0B1019",
        ok="#5BD08A", ok_bg="#12301F", warn="#F2B84B", warn_bg="#352811", err="#FF8A80", err_bg="#3A1A1A",
        focus="#8FB8FF", hit="#6B5418", hit_current="#35558F",
    )  # fmt: skip


def _contrast() -> Tokens:
    return Tokens(
        bg="#000000", surface="#000000", surface2="#0D0D0D",
        rail="#000000", rail_on="#1D3F8F", rail_text="#FFFFFF",
        line="#8C8C8C", line2="#D0D0D0", text="#FFFFFF", muted="#E6E6E6", faint="#BDBDBD",
        primary="#FFD84D", primary_hover="#FFE88A", primary_bg="#332B00", selection="#1D3F8F", on_primary="#000000",
        ok="#6DF29B", ok_bg="#00280F", warn="#FFC24D", warn_bg="#2E2000", err="#FF9E94", err_bg="#360906",
        focus="#00E5FF", hit="#5C4A00", hit_current="#1D3F8F",
    )  # fmt: skip
