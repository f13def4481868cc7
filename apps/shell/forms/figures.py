"""Numbers as people type them: full width, blanks, thousands commas, 元 and 万 read; anything doubtful refused."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from apps.shell.forms.faults import Fault, fault
from apps.shell.forms.marks import MoneyMarks, money_marks, plain
from core.errors import DataInvalid
from core.values.money import AMOUNT_LIMIT, parse_capitals

LONGEST = 60  # characters of a number; more is no number
_SHAPE = re.compile(
    r"([+-]?)([0-9]{0,30}|[0-9]{1,3}(?:,[0-9]{3}){1,9}|[0-9]{1,4}(?:,[0-9]{4}){1,7})(?:\.([0-9]{0,15}))?"
)
_SPACED = re.compile(r"[+-]?[0-9]{1,4}(?:[ \u00a0\u2009\u202f]+[0-9]{3,4}){1,10}(?:\.[0-9]{0,15})?")
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


def read_number(typed: str, *, digits: int, unit: str = "") -> Decimal | Fault:
    """The number of an entry, with ``digits`` places; a typed unit is allowed."""
    text = plain(typed)
    if unit:
        text = text.removesuffix(plain(unit)).rstrip()
    value = _figure(text)
    if value is None:
        return fault("number", typed=_short(typed))
    return _placed(value, digits, typed)


def read_money(typed: str) -> Decimal | Fault:
    """The amount of an entry in yuan to the fen: ``1,234.5``, ``￥120``, ``120 万元``, ``1.2亿`` or 壹佰元整."""
    marks = money_marks()
    text = plain(typed)
    if len(text) > LONGEST:
        return fault("number", typed=_short(typed))
    figure, factor = _scaled(text, marks)
    value = _figure(figure)
    if value is None:
        try:
            return parse_capitals(text)
        except DataInvalid:
            return fault("money", typed=_short(typed))
    value = _WIDE.multiply(value, factor)
    if abs(value) >= AMOUNT_LIMIT:
        return fault("money_limit")
    return _placed(value, 2, typed)


def money_scaled(typed: str) -> bool:
    """Whether the entry names its amount in 万 or 亿."""
    return _scaled(plain(typed), money_marks())[1] != 1


def show_number(value: Decimal, digits: int) -> str:
    """``1,234.50``: always ``digits`` places, thousands commas."""
    return f"{_WIDE.quantize(value, Decimal(1).scaleb(-digits)):,.{digits}f}"


def show_limit(value: Decimal) -> str:
    """A limit as short as it can be written: ``560``, ``0.5``, ``1,200``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(text: str, marks: MoneyMarks) -> tuple[str, Decimal]:
    for head in marks.heads:
        text = text.removeprefix(head).lstrip()
    for tail in marks.tails:
        if text.endswith(tail):
            text = text.removesuffix(tail).rstrip()
            break
    for scale, factor in marks.scales.items():
        if text.endswith(scale):
            return text.removesuffix(scale).rstrip(), factor
    return text, Decimal(1)


def _figure(text: str) -> Decimal | None:
    bare = re.sub(r"(?<=[,.+-])[ \u00a0\u2009\u202f]+(?=[0-9,.])|(?<=[0-9])[ \u00a0\u2009\u202f]+(?=[,.])", "", text)
    if _SPACED.fullmatch(bare):  # 1 234 567, but 1 2 may be two numbers
        bare = re.sub(r"[ \u00a0\u2009\u202f]+", "", bare)
    found = _SHAPE.fullmatch(bare) if len(bare) <= LONGEST else None
    if found is None or not (found[2] or found[3]):
        return None
    return Decimal(f"{found[1]}{found[2].replace(',', '') or '0'}.{found[3] or '0'}")


def _placed(value: Decimal, digits: int, typed: str) -> Decimal | Fault:
    rounded = _WIDE.quantize(value, Decimal(1).scaleb(-digits))
    if rounded == value:
        return abs(rounded) if rounded == 0 else rounded
    if digits == 0:
        return fault("whole", mend=show_number(rounded, 0), typed=_short(typed))
    return fault("places", mend=show_number(rounded, digits), digits=str(digits))


def _short(typed: str) -> str:
    text = " ".join(typed.split())
    return text if len(text) <= 24 else text[:23] + "…"


def gap_before(unit: str) -> str:
    """What stands between a number and its unit (or the unit's key): a space, but nothing before ``%`` and its like."""
    return "" if unit[:1] in {"", "%", "‰", "°"} else " "
