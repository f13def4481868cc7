"""Reads an area a person typed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from apps.shell.example.state import AREA_DIGITS, AREA_LIMIT, Room
from apps.shell.frame.say import Say, say

_FORM = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def room_with(name: str, untrusted_text: str) -> Room:
    """The room with what was typed: full-width digits are understood, everything else that is no area is a problem."""
    text = unicodedata.normalize("NFKC", untrusted_text).strip()
    area = Decimal(text) if _FORM.fullmatch(text) else None
    problem = _problem(text, area)
    return Room(name, untrusted_text, area if problem is None else None, problem)


def _problem(text: str, area: Decimal | None) -> Say | None:
    if not text:
        return say("shell.example.area.empty")
    if area is None:
        return say("shell.example.area.no_number")
    if area <= 0:
        return say("shell.example.area.zero")
    if area > AREA_LIMIT:
        return say("shell.example.area.too_large", limit=AREA_LIMIT)
    exponent = area.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > AREA_DIGITS:
        return say("shell.example.area.digits", digits=AREA_DIGITS)
    return None
