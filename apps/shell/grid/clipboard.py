"""Cells to and from the clipboard: HTML for spreadsheets, tab-separated text for everything else.

Written: both, numbers with all digits, texts marked as text so that a spreadsheet neither drops leading zeros nor takes
``=1+1`` for a formula. Read: an HTML table first, else the text; what we wrote ourselves is read from the text, which
keeps every character.
"""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import dataclass

from apps.shell.compare.tsv import harmless
from apps.shell.grid.html_table import CELL_CHARACTERS, Block, TooManyCells, read_steps
from apps.shell.grid.steps import Steps

PASTE_CELLS = 200_000  # more is refused: a file import is the way for that
PASTE_BYTES = 48_000_000  # of HTML or of text
HTML_CELLS = 200_000  # larger copies are written as text only
SIGNATURE = '<meta name="generator" content="shell-grid">'
_LINES_A_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class Clip:
    """The two forms of a copied block."""

    text: str
    html: str = ""


class PasteTooLarge(Exception):
    """The clipboard holds more than the limits allow."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A rectangle going out: rows of texts, and for each column the number format of a spreadsheet ("" means text)."""

    rows: list[tuple[str, ...]]
    formats: tuple[str, ...]


def write_steps(copied: Copied) -> Steps[Clip]:
    """Both forms of a block; only the text where it is very large."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    marked = len(copied.rows) * len(copied.formats) <= HTML_CELLS
    heads = [_head(shape) for shape in copied.formats]
    parts = [f'<html><head><meta charset="utf-8">{SIGNATURE}</head><body><table>']
    for start in range(0, len(copied.rows), _LINES_A_PIECE):
        rows = copied.rows[start : start + _LINES_A_PIECE]
        writer.writerows(rows if marked else [tuple(map(_alone, copied.formats, row)) for row in rows])
        if marked:
            for row in rows:
                cells = "".join(map(_cell, heads, row))
                parts.append(f"<tr>{cells}</tr>\r\n")
        yield
    parts.append("</table></body></html>")
    return Clip(text.getvalue(), "".join(parts) if marked else "")


def _alone(number_format: str, text: str) -> str:
    """A cell of a copy too large to be marked: nothing then says that a text is one, so no formula may begin there."""
    return text if number_format else harmless(text)


def _head(number_format: str) -> str:
    shape = re.sub(r"([#,.])", r"\\\1", number_format) or "\\@"
    return f"<td style='mso-number-format:\"{shape}\"'>"


def _cell(head: str, text: str) -> str:
    marked = html.escape(text).replace("\n", '<br style="mso-data-placement:same-cell">')
    return f"{head}{marked}</td>"


def read_clip_steps(untrusted: Clip, limit_cells: int = PASTE_CELLS) -> Steps[Block | None]:
    """The block on the clipboard; None where there is nothing to paste. Raises :class:`PasteTooLarge`."""
    check_text(untrusted.text, limit_cells)
    use_html = 0 < len(untrusted.html) <= PASTE_BYTES and not (untrusted.text and SIGNATURE in untrusted.html[:400])
    if use_html:
        try:
            block = yield from read_steps(untrusted.html, limit_cells)
        except TooManyCells as error:
            raise PasteTooLarge from error
        if block is not None:
            return block
    if not untrusted.text:
        if untrusted.html and len(untrusted.html) > PASTE_BYTES:
            raise PasteTooLarge
        return None
    return (yield from _text_steps(untrusted.text, limit_cells))


def check_text(untrusted_text: str, limit_cells: int = PASTE_CELLS) -> None:
    """Refuses by a quick count what is far beyond the limits. Raises :class:`PasteTooLarge`.

    Separators inside quotes are counted too, so that only twice the limit is surely too much.
    """
    if len(untrusted_text) > PASTE_BYTES or untrusted_text.count("\t") + untrusted_text.count("\n") > 2 * limit_cells:
        raise PasteTooLarge


def _text_steps(untrusted_text: str, limit_cells: int) -> Steps[Block]:
    """Tab-separated text with quoted line breaks; quotes that do not close are taken as plain characters."""
    try:
        return (yield from _csv_steps(untrusted_text, limit_cells, quoted=True))
    except csv.Error:
        return (yield from _csv_steps(untrusted_text, limit_cells, quoted=False))


def _csv_steps(untrusted_text: str, limit_cells: int, *, quoted: bool) -> Steps[Block]:
    source = io.StringIO(untrusted_text, newline="")
    if quoted:
        reader = csv.reader(source, delimiter="\t", strict=True)
    else:
        reader = csv.reader(source, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows: list[list[str]] = []
    count = 0
    try:
        for number, row in enumerate(reader, 1):
            cells = [text[: CELL_CHARACTERS + 1] for text in row] or [""]
            rows.append(cells)
            count += len(cells)
            if count > limit_cells:
                raise PasteTooLarge
            if number % _LINES_A_PIECE == 0:
                yield
    except csv.Error as error:
        if not quoted:
            raise PasteTooLarge from error  # a single field beyond the reader's limit
        raise
    return Block(rows)
