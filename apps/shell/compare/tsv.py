"""Rows as tab-separated text for the clipboard: what a spreadsheet takes and never executes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full width too: Excel reads both


def tsv(rows: Iterable[Sequence[str]]) -> str:
    """One line a row. Cells with tabs, line ends or quotes are quoted; what would start a formula gets an apostrophe.

    Plain numbers keep their sign: ``-12.5`` stays a number.
    """
    return "\n".join("\t".join(_cell(cell) for cell in row) for row in rows) + "\n"


def harmless(untrusted_text: str) -> str:
    """The text with an apostrophe before what would start a formula."""
    starts = untrusted_text.lstrip().startswith(_FORMULA) and not _number(untrusted_text)
    return "'" + untrusted_text if starts else untrusted_text


def _cell(untrusted_text: str) -> str:
    text = harmless(untrusted_text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
    if any(mark in text for mark in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _number(text: str) -> bool:
    digits = text.strip().removeprefix("-").removeprefix("+").replace(",", "")
    whole, _, part = digits.removesuffix("%").partition(".")
    return whole.isascii() and whole.isdigit() and (not part or (part.isascii() and part.isdigit()))
