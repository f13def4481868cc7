"""Cell values as the model wants them: text as written, numbers as exact decimals, repaired codes."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from core.boq.text import clean_code
from core.rules.boq_headers import reading_rules

Cell = str | float | int | bool | date | datetime | time | timedelta | None

_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")
_PLAIN = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)$")
_SPACE = re.compile("[\\s\u200b\ufeff]+")
_MAX_DIGITS = 28


class NotANumber(ValueError):
    """A cell that should hold a number holds something else."""


def text_of(value: Cell) -> str:
    """A cell as text: strings stripped and with plain line breaks, whole numbers without a decimal point."""
    if isinstance(value, str):
        text = value.strip()
        if "\r" in text or "_x000D_" in text:
            return text.replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")
        return text
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return format(decimal_of_float(value), "f")
    return str(value)


def decimal_of_float(value: float) -> Decimal:
    """The decimal a spreadsheet shows for a stored double: 15 significant digits, no exponent, no trailing zeros."""
    text = f"{value:.15g}"
    if "e" not in text and "n" not in text:
        return Decimal(text)
    number = Decimal(text)
    if not number.is_finite():
        raise NotANumber(text)
    return Decimal(format(number, "f"))


def number_of(value: Cell) -> Decimal | None:
    """A number, or None for an empty cell or a dash; raises NotANumber for anything else (``约3``, ``#REF!``)."""
    if isinstance(value, float):
        return decimal_of_float(value)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _number_of_text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise NotANumber(str(value))


def rate_of(value: Cell) -> Decimal | None:
    """A rate in percent: ``9``, ``9%`` and ``９％`` are all 9."""
    if isinstance(value, str):
        return number_of(unicodedata.normalize("NFKC", value).replace("%", ""))
    return number_of(value)


def code_of(value: Cell) -> tuple[str, bool]:
    """An item code, and whether the leading zero that a number cell loses was put back."""
    if isinstance(value, str) and len(value) == 12 and value.isascii() and value.isdigit():
        return value, False
    code = clean_code(text_of(value))
    if len(code) == 11 and code.isascii() and code.isdigit():
        padded = "0" + code
        if reading_rules().rows.bill_code.search(padded):
            return padded, True
    return code, False


def _number_of_text(value: str) -> Decimal | None:
    rows = reading_rules().rows
    text = rows.currency.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", value)))
    if not text or rows.nothing.search(text):
        return None
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1]
    if _GROUPED.match(text):
        text = text.replace(",", "")
    if not _PLAIN.match(text) or len(text) > _MAX_DIGITS:
        raise NotANumber(value)
    try:
        number = Decimal(text.removesuffix("."))
    except InvalidOperation as error:
        raise NotANumber(value) from error
    return number if sign > 0 else -number
