"""Money in yuan: rounding to the fen, figures with thousands commas, and 人民币大写 with its inverse."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from core.errors import DataInvalid
from core.values.chinese import Capitals, chinese_capitals

FEN = Decimal("0.01")
AMOUNT_LIMIT = Decimal(10) ** 12  # amounts in words end below 10,000 亿
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)  # wide enough that no amount we accept is cut short


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` with ``places`` decimals, halves away from zero (四舍五入)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def round_fen(value: Decimal) -> Decimal:
    """``value`` in yuan rounded to the fen, halves away from zero."""
    return round_half_up(value, 2)


def format_yuan(value: Decimal) -> str:
    """``1,234,567.89``: rounded to the fen, thousands commas, no sign of currency."""
    return f"{round_fen(value):,.2f}"


def capitals(value: Decimal) -> str:
    """The amount in words, e.g. 壹拾万零伍元整; rounded to the fen first.

    No 零 is written where the rules leave it free (the last place of a group is zero and the next group is full).
    Raises :class:`DataInvalid` from 10,000 亿 on. Source: 支付结算办法附一 (usual rules of writing bills).
    """
    words = chinese_capitals()
    if not value.is_finite() or abs(value) >= AMOUNT_LIMIT:
        raise DataInvalid(where="amount", reason=str(value)[:40])
    amount = round_fen(value)
    if abs(amount) >= AMOUNT_LIMIT:
        raise DataInvalid(where="amount", reason=str(value)[:40])
    whole, cents = divmod(int(abs(amount) * 100), 100)
    sign = words.minus if amount < 0 else ""
    return sign + _yuan(whole, words, alone=cents == 0) + _cents(whole, cents, words)


def parse_capitals(text: str) -> Decimal:
    """The amount of a text in words, with two places; the inverse of :func:`capitals`.

    Takes 圆 for 元, 正 for 整 and the head 人民币; a missing or further 零 or 整 does not matter, they carry no value.
    Raises :class:`DataInvalid` for everything else.
    """
    words = chinese_capitals()
    plain = text.strip()
    for written, ours in words.accepted.items():
        plain = plain.replace(written, ours)
    value = _read(plain, words)
    if value == 0 and plain.removesuffix(words.whole) != words.digits[0] + words.yuan:
        value = None  # nothing but signs of currency
    if value is None or _bare(plain, words) != _bare(capitals(value), words):
        raise DataInvalid(where="amount_in_words", reason=text[:40])
    return value


def _yuan(whole: int, words: Capitals, *, alone: bool) -> str:
    if whole == 0:
        return words.digits[0] + words.yuan if alone else ""
    text, gap = "", False
    for index in (2, 1, 0):
        group = whole // 10_000**index % 10_000
        if group == 0:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += words.digits[0]
        text += _group(group, words) + words.groups[index]
        gap = False
    return text + words.yuan


def _group(group: int, words: Capitals) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (words.digits[0] if gap else "") + words.digits[digit] + words.places[place]
        gap = False
    return text


def _cents(whole: int, cents: int, words: Capitals) -> str:
    jiao, fen = divmod(cents, 10)
    if cents == 0:
        return words.whole
    text = words.digits[jiao] + words.jiao if jiao else ""
    if fen == 0:
        return text + words.whole
    zero = words.digits[0] if whole and not jiao else ""
    return text + zero + words.digits[fen] + words.fen


def _read(plain: str, words: Capitals) -> Decimal | None:
    """The value of the digits and places, without judging zeros; None where a character is foreign."""
    body = plain.removeprefix(words.minus)
    total = section = digit = 0
    cents = 0
    for character in body:
        if character in words.digits:
            digit = words.digits.index(character)
        elif character and character in words.places:
            section += digit * 10 ** words.places.index(character)
            digit = 0
        elif character and character in words.groups:
            total += (section + digit) * 10_000 ** words.groups.index(character)
            section = digit = 0
        elif character == words.yuan:
            total += section + digit
            section = digit = 0
        elif character in (words.jiao, words.fen):
            cents += digit * (10 if character == words.jiao else 1)
            digit = 0
        elif character != words.whole:
            return None
    if (
        not any(character in words.digits for character in body)
        or section
        or digit
        or total >= AMOUNT_LIMIT
        or cents >= 100
    ):
        return None
    value = Decimal(total * 100 + cents).scaleb(-2)
    return -value if plain.startswith(words.minus) else value


def _bare(text: str, words: Capitals) -> str:
    return text.replace(words.digits[0], "").replace(words.whole, "")
