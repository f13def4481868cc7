"""What the keys of a number pad do to the text of a score: figures, point, delete, half a point up or down."""

from __future__ import annotations

import re
from decimal import Decimal

from apps.shell.forms.faults import Fault
from apps.shell.forms.figures import read_number

FIGURES = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "0")
POINT = "."
DELETE = "delete"
UP = "up"
DOWN = "down"


def pressed(text: str, key: str, *, step: Decimal = Decimal("0.5"), minimum: Decimal | None = Decimal(0),
            maximum: Decimal | None = None, digits: int = 1) -> str:  # fmt: skip
    """The text after a key.

    Figures are put at the end (more decimals than ``digits`` are not taken); a step stays within the limits, starts
    from the lower one where nothing stands yet, and leaves alone what is no number.
    """
    if key == DELETE:
        return text[:-1]
    if key in {UP, DOWN}:
        return _stepped(text, step if key == UP else -step, minimum, maximum, digits)
    if key == POINT:
        return text if POINT in text or digits == 0 else (text or "0") + POINT
    if text == "0":
        return key
    return text + key if re.fullmatch(rf"[0-9]*(\.[0-9]{{0,{digits - 1}}})?", text) and len(text) < 12 else text


def _stepped(text: str, by: Decimal, minimum: Decimal | None, maximum: Decimal | None, digits: int) -> str:
    known = read_number(text, digits=digits) if text.strip() else (minimum or Decimal(0)) - max(by, Decimal(0))
    if isinstance(known, Fault):
        return text
    value = known + by
    if minimum is not None:
        value = max(value, minimum)
    if maximum is not None:
        value = min(value, maximum)
    return f"{value:.{digits}f}"
