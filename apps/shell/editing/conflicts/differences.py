"""Where a text differs from an older one. No Qt."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate

LIMIT = 4_000  # characters; longer texts are shown without marks
_NEAR = 1  # one equal character between two changes is not worth an end of the mark
_WORD = re.compile("[0-9A-Za-z\u00c0-\u024f]+|.", re.DOTALL)  # words of Latin script, single characters otherwise


def changed_spans(old: str | None, new: str | None) -> tuple[tuple[int, int], ...]:
    """Beginning and end of what is new in ``new``, in UTF-16 units as Qt counts.

    Empty where one is missing, both are equal, or they are too long.
    """
    if old is None or new is None or max(len(old), len(new)) > LIMIT:
        return ()
    spans: list[tuple[int, int]] = []
    words = _WORD.findall(new)
    place = [0, *accumulate(map(len, words))]
    for tag, _, _, first, last in SequenceMatcher(None, _WORD.findall(old), words, autojunk=False).get_opcodes():
        start, end = place[first], place[last]
        if tag == "equal" or start == end:
            continue
        if spans and start - spans[-1][1] <= _NEAR:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple((_units(new[:start]), _units(new[:end])) for start, end in spans)


def _units(text: str) -> int:
    return len(text) + sum(ord(one) > 0xFFFF for one in text)
