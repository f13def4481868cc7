"""What a column is: its name, kind of value, whether and why it is protected, and how wide it starts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.messages import Catalogue

Value = str | Decimal | int | None


class Kind(StrEnum):
    """The kind of value a column holds."""

    TEXT = "text"
    DECIMAL = "decimal"
    MONEY = "money"
    INTEGER = "integer"
    CHOICE = "choice"
    STATUS = "status"  # no value of its own: the problems of the row in words


class Align(StrEnum):
    """Where the text of a cell stands; ``START`` follows the writing direction."""

    START = "start"
    CENTER = "center"
    END = "end"


NUMBERS = frozenset({Kind.DECIMAL, Kind.MONEY, Kind.INTEGER})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a choice column may hold and the text a person sees for it."""

    value: str
    title: str = ""
    title_key: str = ""

    def caption(self, words: Catalogue) -> str:
        """The text a person sees."""
        return words.text(self.title_key) if self.title_key else self.title or self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``width`` is in pixels at scale 1.0; ``digits`` are decimal places (None: as entered).

    ``title_key`` wins over ``title``. A column that is not editable says why by ``reason_key``. ``total``: the sum over
    all item rows stands in the footer.
    ``tree``: this column is indented by level (else the first one shown). ``searchable`` None means: texts and choices
    are searched, numbers are not.
    """

    key: str
    title: str = ""
    title_key: str = ""
    kind: Kind = Kind.TEXT
    digits: int | None = None
    align: Align | None = None
    editable: bool = False
    reason_key: str = ""
    width: int = 120
    frozen: bool = False
    total: bool = False
    searchable: bool | None = None
    tree: bool = False
    choices: tuple[Choice, ...] = ()
    unit: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers."""
        return self.kind in NUMBERS

    @property
    def searched(self) -> bool:
        """Whether the filter looks into this column when the user has not chosen columns."""
        return self.kind in {Kind.TEXT, Kind.CHOICE} if self.searchable is None else self.searchable

    @property
    def alignment(self) -> Align:
        """Numbers end-aligned, all else at the start, unless said otherwise."""
        return self.align or (Align.END if self.numeric else Align.START)

    @property
    def places(self) -> int | None:
        """Decimal places allowed and shown: 0 for integers, 2 for money unless said otherwise."""
        if self.digits is not None:
            return self.digits
        return {Kind.INTEGER: 0, Kind.MONEY: 2}.get(self.kind)

    def caption(self, words: Catalogue) -> str:
        """The title as shown."""
        return words.text(self.title_key) if self.title_key else self.title or self.key


def shown(column: Column, value: Value, words: Catalogue) -> str:
    """The text of a value on screen: thousands separators; never fewer decimals than the value has."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        places = column.places
        exponent = value.as_tuple().exponent
        if places is None or not isinstance(exponent, int) or -exponent > places:
            return f"{value:,f}"
        return f"{value:,.{places}f}"
    if isinstance(value, int):
        return f"{value:,d}"
    if column.kind is Kind.CHOICE:
        return next((choice.caption(words) for choice in column.choices if choice.value == value), value)
    return value


def plain(column: Column, value: Value, words: Catalogue) -> str:
    """The text of a value for typing over and for the clipboard: all digits, no separators."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    return shown(column, value, words)
