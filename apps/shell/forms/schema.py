"""The schema of a form: frozen specifications of sections and fields, without Qt.

Every ``label``, ``title``, ``help`` and ``source`` is a key of the catalogue or, where it comes from data, plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from apps.shell.forms.formula import Formula, Ref, references


@dataclass(frozen=True, slots=True)
class When:
    """Another field has one of these entries (``yes``/``no`` for yes/no); no entries named = it is filled."""

    key: str
    among: tuple[str, ...] = ()
    otherwise: bool = False  # turned round: true where the field has none of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What every field has. ``span`` = columns it takes of those there are; 0 = a whole line."""

    key: str
    label: str
    help: str = ""
    source: str = ""
    required: bool = False
    read_only: bool = False
    span: int = 1
    visible_when: When | None = None
    required_when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """One line of text; lengths in characters; ``pattern`` matches the whole and ``pattern_words`` says it."""

    min_length: int = 0
    max_length: int = 200
    pattern: str = ""
    pattern_words: str = ""
    placeholder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTextField(Field):
    """Several lines of text; ``lines`` = the height shown at first."""

    min_length: int = 0
    max_length: int = 4000
    lines: int = 4
    span: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField(Field):
    """A number with ``digits`` decimals, both limits included; ``unit`` is shown and may be typed."""

    digits: int = 2
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegerField(NumberField):
    """A whole number."""

    digits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecimalField(NumberField):
    """A decimal number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentField(NumberField):
    """A percentage; the value 12.5 means 12.5 %."""

    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = Decimal(100)
    unit: str = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyField(NumberField):
    """An amount in yuan to the fen; shows itself in words (``capitals``) and takes 万 and 亿."""

    minimum: Decimal | None = Decimal(0)
    unit: str = "shell.forms.unit.yuan"
    capitals: bool = True


@dataclass(frozen=True, slots=True)
class Distance:
    """At least ``days`` calendar days (Beijing) before (or after) the date of another field; 0 = not later (earlier).

    The day the interval starts on does not count. Source: 民法典 §201.
    """

    other: str
    days: int = 0
    after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(Field):
    """A calendar day."""

    minimum: date | None = None
    maximum: date | None = None
    distances: tuple[Distance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTimeField(Field):
    """A moment, aware UTC inside, Beijing time on screen."""

    minimum: datetime | None = None
    maximum: datetime | None = None
    distances: tuple[Distance, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; ``value`` is kept, ``label`` is shown."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(Field):
    """One of several: radio buttons up to 4, a list up to 12, beyond that a list that can be searched."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiChoiceField(Field):
    """Some of several."""

    options: tuple[Option, ...]
    min_count: int = 0
    max_count: int | None = None
    span: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoField(Field):
    """Yes, no, or not answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeField(Field):
    """A code judged by a named validator (``credit_code``, ``resident_id``, ``mobile``, ``e_mail`` …)."""

    validator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonField(Field):
    """A person: name (rare characters are checked for a glyph), identity number, role where there are roles."""

    roles: tuple[Option, ...] = ()
    number_validator: str = "resident_id"
    number_required: bool = True
    span: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedField(Field):
    """A number worked out from others; the formula is shown in words. ``money`` = yuan and fen."""

    formula: Formula
    digits: int = 2
    unit: str = ""
    money: bool = False
    read_only: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TableField(Field):
    """A small table whose columns are fields (no table, file or person inside)."""

    columns: tuple[Field, ...]
    min_rows: int = 0
    max_rows: int = 50
    span: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesField(Field):
    """Files by type (endings without dot, lower case) and size in bytes."""

    types: tuple[str, ...]
    max_bytes: int
    min_count: int = 0
    max_count: int = 20
    span: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields under a title, with help and the clause it stands on."""

    key: str
    title: str
    fields: tuple[Field, ...]
    help: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. Raises ValueError at once for a schema that contradicts itself."""

    key: str
    sections: tuple[Section, ...]
    _by_key: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.fields():
            if item.key in self._by_key:
                raise ValueError(item.key)
            self._by_key[item.key] = item
        for item in self.fields():
            self._check(item)

    def fields(self) -> Iterator[Field]:
        """All fields in reading order."""
        for section in self.sections:
            yield from section.fields

    def field(self, key: str) -> Field:
        """The field of a key; raises KeyError for an unknown one."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether there is a field of this key."""
        return key in self._by_key

    def _check(self, item: Field) -> None:
        named = [when.key for when in (item.visible_when, item.required_when) if when]
        if isinstance(item, DateField | DateTimeField):
            named += [distance.other for distance in item.distances]
        if isinstance(item, ComputedField):
            named += [ref.key if isinstance(ref, Ref) else ref.table for ref in references(item.formula)]
            self._no_circle(item, (item.key,))
        for key in named:
            if key not in self._by_key:
                raise ValueError(f"{item.key}: {key}")

    def _no_circle(self, item: ComputedField, path: tuple[str, ...]) -> None:
        for ref in references(item.formula):
            other = self._by_key.get(ref.key) if isinstance(ref, Ref) else None
            if isinstance(other, ComputedField):
                if other.key in path:
                    raise ValueError(" > ".join((*path, other.key)))
                self._no_circle(other, (*path, other.key))
