"""From what was typed to typed values and back. Nothing here changes an entry; a doubtful one gives a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from apps.shell.forms.entries import NO, YES, Entry, Files, PersonEntry, Picks, Rows, Single, Value, is_empty
from apps.shell.forms.faults import Fault, fault
from apps.shell.forms.figures import read_money, read_number, show_number
from apps.shell.forms.moments import read_date, read_moment, show_date, show_moment
from apps.shell.forms.schema import (
    ChoiceField,
    CodeField,
    ComputedField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FilesField,
    IntegerField,
    LongTextField,
    MoneyField,
    MultiChoiceField,
    NumberField,
    PercentField,
    PersonField,
    TableField,
    TextField,
    YesNoField,
)  # fmt: skip
from apps.shell.forms.validators import Validator, standard_validators


@dataclass(frozen=True, slots=True)
class Judges:
    """What judging needs from outside the schema: named validators, and which characters no font can show."""

    validators: Mapping[str, Validator] = field(default_factory=standard_validators)
    without_glyph: Callable[[str], str] = lambda _: ""


def empty_entry(of: Field) -> Entry:
    """The entry of a field nobody has touched."""
    match of:
        case MultiChoiceField():
            return Picks()
        case PersonField():
            return PersonEntry()
        case TableField():
            return Rows()
        case FilesField():
            return Files()
        case _:
            return ""


def parse(of: Field, entry: Entry, judges: Judges) -> Value | Fault | None:
    """The value of an entry, None where it is empty, or the fault that keeps it from being one.

    Tables are read cell by cell (:mod:`apps.shell.forms.tables`) and computed fields worked out, not here.
    """
    if is_empty(entry):
        return None
    if isinstance(entry, str):
        return parse_text(of, entry, judges)
    match of, entry:
        case (MultiChoiceField(), Picks(values)):
            known = tuple(option.value for option in of.options if option.value in values)
            foreign = [value for value in values if value not in known]
            return fault("not_listed", typed=foreign[0][:24]) if foreign else Picks(known)
        case (PersonField(), PersonEntry()):
            number = judges.validators[of.number_validator](entry.number) if entry.number.strip() else ""
            kept = entry.number.strip() if isinstance(number, Fault) else number
            return PersonEntry(" ".join(entry.name.split()), kept, entry.role)
        case (FilesField(), Files()):
            return entry
        case _:
            return fault("kind")


def parse_text(of: Field, entry: str, judges: Judges) -> Single | Fault | None:
    """The value of one text: a cell of a table or a field whose entry is a text."""
    if not entry.strip():
        return None
    reader = _readers().get(type(of))
    return fault("kind") if reader is None else reader(of, entry, judges)


def show_value(of: Field, value: Value) -> Entry:
    """The entry that shows a value in its one tidy spelling; ``parse`` of it gives the value again."""
    match value:
        case bool():
            return YES if value else NO
        case Decimal() | int():
            digits = of.digits if isinstance(of, NumberField | ComputedField) else 2
            return show_number(Decimal(value), 2 if isinstance(of, MoneyField) else digits)
        case datetime():
            return show_moment(value)
        case date():
            return show_date(value)
        case str() | Picks() | PersonEntry() | Files():
            return value
        case _:
            raise TypeError(type(value).__name__)


def tidy(of: Field, entry: Entry, judges: Judges) -> Entry:
    """How an entry is shown once its field is left: its value's spelling, or the entry itself where it has a fault."""
    if not isinstance(entry, str) or isinstance(of, LongTextField | ComputedField):
        return entry
    value = parse_text(of, entry, judges)
    return entry if value is None or isinstance(value, Fault) else show_value(of, value)


Reader = Callable[[Field, str, Judges], Single | Fault]


@cache
def _readers() -> Mapping[type[Field], Reader]:
    return {
        MoneyField: lambda _of, entry, _: read_money(entry),
        IntegerField: _number,
        DecimalField: _number,
        NumberField: _number,
        PercentField: _number,
        DateField: lambda _of, entry, _: read_date(entry),
        DateTimeField: lambda _of, entry, _: read_moment(entry),
        ChoiceField: _choice,
        YesNoField: _yes_no,
        CodeField: _code,
        LongTextField: lambda _of, entry, _: entry.strip(),
        TextField: lambda _of, entry, _: " ".join(entry.split()),
    }


def _number(of: Field, entry: str, _: Judges) -> Decimal | int | Fault:
    if not isinstance(of, NumberField):
        raise TypeError(of.key)
    value = read_number(entry, digits=of.digits, unit=of.unit)
    return int(value) if isinstance(value, Decimal) and of.digits == 0 else value


def _choice(of: Field, entry: str, _: Judges) -> str | Fault:
    listed = isinstance(of, ChoiceField) and any(option.value == entry for option in of.options)
    return entry if listed else fault("not_listed", typed=entry.strip()[:24])


def _yes_no(_of: Field, entry: str, _: Judges) -> bool | Fault:
    return entry == YES if entry in {YES, NO} else fault("not_listed", typed=entry.strip()[:24])


def _code(of: Field, entry: str, judges: Judges) -> str | Fault:
    if not isinstance(of, CodeField):
        raise TypeError(of.key)
    return judges.validators[of.validator](entry)
