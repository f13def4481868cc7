"""The order of texts: the same on every machine and in every language of the program.

Characters of GB 2312 come in the order of that standard (the 3,755 common ones by pinyin, then the rest by radical and
strokes), all other characters after them by code point; letters without regard to case; runs of digits by their value.
``QCollator`` was not taken: its order depends on the system's library and so would differ from machine to machine.
"""

from __future__ import annotations

import re
import unicodedata

DIGIT_RUN = 12  # shorter runs of digits are padded so that 9 comes before 10

_DIGITS = re.compile(r"[0-9]+")


def collation_key(text: str) -> str:
    """A string whose plain comparison gives the order; its characters are all below U+0100."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    folded = folded.casefold()
    if folded.isdigit() and folded.isascii():
        return folded.zfill(DIGIT_RUN)
    padded = _DIGITS.sub(_padded, folded)
    try:
        return padded.encode("gb2312").decode("latin-1")
    except UnicodeEncodeError:
        return "".join(map(_character, padded))


def _padded(match: re.Match[str]) -> str:
    return match[0].zfill(DIGIT_RUN)


def _character(character: str) -> str:
    try:
        return character.encode("gb2312").decode("latin-1")
    except UnicodeEncodeError:
        return "\xff" + character.encode("utf-32-be", "surrogatepass").decode("latin-1")
