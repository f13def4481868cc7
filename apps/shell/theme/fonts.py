"""The bundled fonts: one family for all programs, so that every machine shows the same picture.

A missing font file never stops a program: the system's fonts serve and the report says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QRawFont

FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FAMILY = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class FontReport:
    """Which families were loaded and which files are missing or unreadable."""

    families: tuple[str, ...]
    missing: tuple[str, ...]


def load_fonts(folder: Path) -> FontReport:
    """Registers the bundled fonts with the running application; a second call registers nothing twice."""
    if FAMILY in QFontDatabase.families():
        return FontReport((FAMILY,), ())
    families: list[str] = []
    missing: list[str] = []
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(folder / name))
        found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        families += [family for family in found if family not in families]
        if not found:
            missing.append(name)
    return FontReport(tuple(families), tuple(missing))


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The family of the programs at a pixel size, drawn without hinting."""
    made = QFont(FAMILY)
    made.setPixelSize(max(1, pixels))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def characters_without_glyph(text: str) -> str:
    """The characters of a text the bundled font cannot show, each once, in order; "" where all are there."""
    raw = QRawFont.fromFont(font(16))
    metrics = QFontMetrics(font(16))
    found = []
    for character in dict.fromkeys(text):
        known = raw.supportsCharacter(ord(character)) if raw.isValid() else metrics.inFontUcs4(ord(character))
        if not known and not character.isspace():
            found.append(character)
    return "".join(found)
