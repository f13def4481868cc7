"""Reading what a person typed or pasted into one cell: what it means, whether it was spelled otherwise, or why not.

Tolerant where only one reading is possible (full-width digits, thousands commas, a sign of currency, brackets for
minus); everything that could mean two things, or has lost digits on its way, is refused with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from apps.shell.grid.columns import Column, Kind, Value
from core.messages import Catalogue

TEXT_LIMIT = 32_767  # characters a spreadsheet cell can hold
NUMBER_LIMIT = 64  # characters
LARGEST = Decimal(10) ** 15

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([, ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+", re.ASCII)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212/")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that was read. ``respelled``: the text was not written as we would write it."""

    value: Value
    respelled: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell does not take something: key and slots of the sentence."""

    key: str
    slots: tuple[tuple[str, str], ...] = ()

    def text(self, words: Catalogue) -> str:
        """The sentence."""
        return words.text(self.key, **dict(self.slots))


@dataclass(frozen=True, slots=True)
class Spelling:
    """Signs of currency that may stand around a number, and words that multiply it (and are refused)."""

    currency: tuple[str, ...]
    scale: tuple[str, ...]

    @classmethod
    def of(cls, words: Catalogue) -> Spelling:
        """The signs named by the catalogue."""
        return cls(
            tuple(words.text("shell.grid.entry.currency_term").casefold().split()),
            tuple(words.text("shell.grid.entry.scale_term").split()),
        )


def read(column: Column, untrusted_text: str, words: Catalogue, spelling: Spelling) -> Entry | Refusal:
    """The value of a text for this column, or why it is refused. Blank text is the empty value."""
    if column.numeric:
        return _number(column, untrusted_text, spelling)
    if len(untrusted_text) > TEXT_LIMIT:
        return Refusal("shell.grid.refused.long", (("limit", f"{TEXT_LIMIT:,}"),))
    text = _CONTROLS.sub("", untrusted_text)
    if column.kind is Kind.CHOICE:
        return _choice(column, text, words)
    return Entry(text or None, respelled=text != untrusted_text)


def _choice(column: Column, text: str, words: Catalogue) -> Entry | Refusal:
    wanted = _folded(text)
    if not wanted:
        return Entry(None)
    for choice in column.choices:
        caption = choice.caption(words)
        if wanted in {_folded(choice.value), _folded(caption)}:
            return Entry(choice.value, respelled=text not in {choice.value, caption})
    listed = " / ".join(choice.caption(words) for choice in column.choices[:8])
    return Refusal("shell.grid.refused.choice", (("choices", listed),))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _number(column: Column, untrusted_text: str, spelling: Spelling) -> Entry | Refusal:
    if len(untrusted_text) > NUMBER_LIMIT:
        return Refusal("shell.grid.refused.not_number")
    text = unicodedata.normalize("NFKC", untrusted_text).replace("\u2212", "-").strip().removeprefix("'").strip()
    if not text:
        return Entry(None)
    bare = _without_currency(text, spelling)
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = _without_currency(bare[1:-1].strip(), spelling)
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)) or (negative and bare[0] in "+-"):
        return Refusal(_why_no_number(bare or text, spelling))
    value = Decimal(bare.replace(",", "").replace(" ", ""))
    value = -value if negative else value
    value = value or abs(value)
    if abs(value) >= LARGEST:
        return Refusal("shell.grid.refused.large")
    return _fitted(column, value, respelled=bare != untrusted_text or not _PLAIN.fullmatch(bare) or negative)


def _fitted(column: Column, value: Decimal, *, respelled: bool) -> Entry | Refusal:
    places = column.places
    exponent = value.as_tuple().exponent
    if places is not None and isinstance(exponent, int) and -exponent > places:
        scaled = value.scaleb(places)
        if scaled != scaled.to_integral_value():
            key = "shell.grid.refused.whole" if places == 0 else "shell.grid.refused.digits"
            return Refusal(key, (("digits", str(places)),))
        value = value.quantize(Decimal(1).scaleb(-places))
    return Entry(int(value) if column.kind is Kind.INTEGER else value, respelled)


def _without_currency(text: str, spelling: Spelling) -> str:
    """``text`` without one sign of currency at its head and one at its end."""
    folded = text.casefold()
    if len(folded) != len(text):
        return text
    head = next((len(sign) for sign in spelling.currency if folded.startswith(sign)), 0)
    tail = next((len(sign) for sign in spelling.currency if folded.endswith(sign) and len(sign) < len(text) - head), 0)
    return text[head : len(text) - tail].strip()


def _why_no_number(text: str, spelling: Spelling) -> str:
    """The key of the most helpful sentence for a text that is no number."""
    reasons = (
        (not text.strip("#"), "narrow"),
        (text.startswith("#"), "error_value"),
        (text.startswith("="), "formula"),
        (not set(text) - _DASHES, "dash"),
        (text.endswith("%"), "percent"),
        (bool(_SCIENTIFIC.fullmatch(text)), "scientific"),
        (text[0] in "+-.0123456789" and any(text.endswith(word) for word in spelling.scale), "scaled"),
        ("," in text and not set(text) - set("+-0123456789,."), "comma"),
    )
    name = next((name for true, name in reasons if true), "not_number")
    return f"shell.grid.refused.{name}"
