"""What a table is, by the words of its title or its sheet, and to which unit work it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.boq.model import Edition, TableRole
from core.boq.text import folded
from core.rules.boq_headers import reading_rules
from core.sheets.cells import Cell, text_of

IGNORED = "ignored"
_MAX_TITLE = 80  # folded characters; longer cells are notes, not titles
_MAX_TITLE_CELLS = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A recognised title: a role, or None for tables that are known and not read."""

    role: TableRole | None
    edition: Edition | None


def title_of_text(text: str) -> Title | None:
    """The title in one cell, or None."""
    words = folded(text)
    if not words or len(words) > _MAX_TITLE or reading_rules().rows.not_title.search(words):
        return None
    for rule in reading_rules().tables:
        if rule.title.search(words):
            return Title(None if rule.role == IGNORED else TableRole(rule.role), edition_of(words))
    return None


def title_of_row(cells: Iterable[Cell]) -> Title | None:
    """The title in a row with at most three filled cells, or None."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not texts or len(texts) > _MAX_TITLE_CELLS:
        return None
    for text in texts:
        if (title := title_of_text(text)) is not None:
            return title
    return None


def title_of_sheet(name: str) -> Title | None:
    """The role a sheet's name suggests, by the looser words for names."""
    words = folded(name)
    for rule in reading_rules().tables:
        if rule.title.search(words) or rule.name.search(words):
            return Title(None if rule.role == IGNORED else TableRole(rule.role), edition_of(words))
    return None


def edition_of(words: str) -> Edition | None:
    """The edition whose words stand in a folded text; never guessed from codes."""
    for name, pattern in reading_rules().editions:
        if pattern.search(words):
            return Edition(name)
    return None


def unit_work_of_sheet(name: str) -> str:
    """The unit work in lenticular brackets of a sheet name, or the empty string."""
    match = reading_rules().rows.bracketed_work.search(name)
    return match.group(1).strip() if match else ""


def unit_work_of_row(cells: Iterable[Cell]) -> str | None:
    """The name after the project label in this row (same cell or the next filled one), or None without such a label."""
    texts = [text for cell in cells if (text := text_of(cell))]
    for position, text in enumerate(texts):
        match = reading_rules().rows.project.search(folded(text))
        if match is None:
            continue
        if match.group(2):
            return text.replace("\uff1a", ":").split(":", 1)[1].strip()
        following = texts[position + 1].strip() if position + 1 < len(texts) else ""
        return "" if ":" in folded(following) else following
    return None
