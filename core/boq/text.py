"""Text of bills made comparable: what counts as equal although it is written differently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from core.rules.boq_headers import reading_rules

# \s covers the ideographic space; the rest are controls and invisible marks seen in real exports (0x7F, BOM, ZWSP).
_INVISIBLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]+")
_PUNCTUATION = str.maketrans(dict(zip("【】〔〕、。；“”‘’–—－−～×Φ", "[](),.;\"\"''----~xφ", strict=True)))


def folded(text: str) -> str:
    """NFKC, no white space or controls, lower case: for recognising words."""
    if text.isascii():
        return _INVISIBLE.sub("", text).lower()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=65536)
def comparable(text: str) -> str:
    """The form in which names and features are compared: folded, with punctuation of one width and kind."""
    return folded(text.translate(_PUNCTUATION)).translate(_PUNCTUATION)


def unit_key(unit: str) -> str:
    """One key for all spellings of a unit (``m2``, ``㎡``, ``平方米``); an unknown unit is its own folded text."""
    units = reading_rules().units
    return units.get(unit.strip(), units.get(folded(unit), folded(unit)))


def clean_code(text: str) -> str:
    """An item code without white space and full-width forms."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
