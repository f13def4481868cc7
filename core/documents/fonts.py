"""Which characters the bundled fonts can draw, and the check of a document's data against them.

Layout must never meet a character it cannot draw: a box in a name is a wrong name. Nothing here reads system fonts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from core.errors import DocumentInvalid, FileMissing, GlyphMissing, InputTooLarge
from signing.canonical_json import Json

SERIF = ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf")
SANS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

FIELD_LIMIT = 100_000  # characters in one string
TOTAL_LIMIT = 4_000_000  # characters in one document
DEPTH_LIMIT = 16  # nested arrays and objects

# Invisible or direction-changing characters let a page show something else than the data says (Unicode TR 36).
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@cache
def drawable(fonts: Path) -> frozenset[int]:
    """Code points with a glyph in both weights of the serif, or in both of the sans that stands in for it.

    Raises :class:`core.errors.FileMissing` where a font file is not in the folder.
    """
    return frozenset().union(
        *(frozenset.intersection(*(_cmap(fonts / name) for name in face)) for face in (SERIF, SANS))
    )


def _cmap(path: Path) -> frozenset[int]:
    if not path.is_file():
        raise FileMissing(path=path)
    with TTFont(path, lazy=True) as font:
        table = font.getBestCmap()
        return frozenset(int(point) for point in table)


def check_text(data: Json, fonts: Path) -> None:
    """Raises for the first character that must not or cannot be shown; ``where`` is its JSON path (``$.a[0]``).

    :class:`core.errors.GlyphMissing`: no glyph. :class:`core.errors.DocumentInvalid`: a control, format, private or
    unassigned character (line feeds are allowed). :class:`core.errors.InputTooLarge`: over a limit above.
    """
    known = drawable(fonts)
    total = 0
    for where, text in _strings(data, "$", DEPTH_LIMIT):
        total += len(text)
        if len(text) > FIELD_LIMIT:
            raise InputTooLarge(what=where, size=len(text), limit=FIELD_LIMIT)
        if total > TOTAL_LIMIT:
            raise InputTooLarge(what="$", size=total, limit=TOTAL_LIMIT)
        for character in sorted(set(text)):
            _check_character(where, character, known)


def _check_character(where: str, character: str, known: frozenset[int]) -> None:
    if character == "\n":
        return
    point = f"U+{ord(character):04X}"
    if unicodedata.category(character) in _REFUSED_CATEGORIES:
        raise DocumentInvalid(where=where, reason="character", codepoint=point)
    if ord(character) not in known:
        raise GlyphMissing(where=where, character=character, codepoint=point)


def _strings(value: Json, where: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth < 0:
        raise DocumentInvalid(where=where, reason="too_deep")
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(item, f"{where}.{key}", depth - 1)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from _strings(item, f"{where}[{index}]", depth - 1)
