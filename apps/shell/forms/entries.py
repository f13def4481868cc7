"""What a person has entered, exactly as typed: the only thing a form keeps of its user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

YES = "yes"
NO = "no"


@dataclass(frozen=True, slots=True)
class Picks:
    """The chosen options of a field with several, in the order of the options."""

    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person: name as written, number of the identity document, role (an option's value)."""

    name: str = ""
    number: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of a small table, one text for each column."""

    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file the user gave: size in bytes; page count and SM3 (hex) once somebody has worked them out."""

    path: str
    name: str
    size: int
    pages: int | None = None
    sm3: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a field in the order given."""

    files: tuple[FileEntry, ...] = ()


Entry = str | Picks | PersonEntry | Rows | Files
Single = str | bool | int | Decimal | date | datetime


@dataclass(frozen=True, slots=True)
class TableValue:
    """The typed rows of a table: column key to value; an empty cell is absent."""

    rows: tuple[Mapping[str, Single], ...]


Value = Single | Picks | PersonEntry | TableValue | Files


def is_empty(entry: Entry) -> bool:
    """Whether nothing has been entered; blanks are nothing, and so is a table whose cells are all blank."""
    match entry:
        case Picks(values):
            return not values
        case PersonEntry():
            return not (entry.name.strip() or entry.number.strip() or entry.role)
        case Rows(rows):
            return all(not cell.strip() for row in rows for cell in row)
        case Files(files):
            return not files
        case _:
            return not entry.strip()
