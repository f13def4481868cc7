"""Limits of a field: said before they are broken, and the fault with its mend once they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from apps.shell.forms.entries import Files, PersonEntry, Picks, Value
from apps.shell.forms.faults import Fault, Line, Severity, fault, line
from apps.shell.forms.figures import gap_before, show_limit, show_number
from apps.shell.forms.moments import bound_day, keeps, mended, show_date, show_moment
from apps.shell.forms.schema import (
    CodeField,
    DateField,
    DateTimeField,
    Distance,
    Field,
    FilesField,
    Form,
    LongTextField,
    MoneyField,
    MultiChoiceField,
    NumberField,
    PersonField,
    TextField,
)  # fmt: skip
from apps.shell.forms.validators import standard_validators
from apps.shell.forms.values import Judges

MEBIBYTE = 1024 * 1024


def limit_faults(of: Field, value: Value, judges: Judges) -> Iterator[Fault]:
    """Where a value breaks the limits that stand in its own field."""
    match of, value:
        case (NumberField(), Decimal() | int()):
            yield from _number_faults(of, Decimal(value))
        case (TextField() | LongTextField(), str()):
            yield from _length_faults(of, value)
        case (DateField() | DateTimeField(), date()):
            yield from _date_faults(of, value)
        case (MultiChoiceField(), Picks(values)):
            if len(values) < of.min_count:
                yield fault("too_few", limit=str(of.min_count), found=str(len(values)))
            if of.max_count is not None and len(values) > of.max_count:
                yield fault("too_many", limit=str(of.max_count), found=str(len(values)))
        case (PersonField(), PersonEntry()):
            yield from _person_faults(of, value, judges)
        case (FilesField(), Files(files)):
            if len(files) < of.min_count:
                yield fault("too_few_files", limit=str(of.min_count), found=str(len(files)))
            if len(files) > of.max_count:
                yield fault("too_many_files", limit=str(of.max_count), found=str(len(files)))
        case _:
            return


def distance_faults(of: Field, value: Value, values: Mapping[str, Value], form: Form) -> Iterator[Fault]:
    """Where a date lies too near another one."""
    if not isinstance(of, DateField | DateTimeField) or not isinstance(value, date):
        return
    for distance in of.distances:
        other = values.get(distance.other)
        if isinstance(other, date) and not keeps(value, distance, other):
            side = ("after" if distance.after else "before") + ("" if distance.days else "_same")
            params = dict(_distance_line(distance, other, form).params)
            yield fault(f"distance_{side}", mend=mended(value, distance, other), **params)


def limit_lines(of: Field, values: Mapping[str, Value], form: Form | None = None) -> Iterator[Line]:
    """The limits of a field as sentences, to be shown before anything is typed."""
    match of:
        case NumberField():
            yield from _range(of)
            if of.digits and not isinstance(of, MoneyField):
                yield line("limit.digits", digits=str(of.digits))
        case TextField() | LongTextField():
            if of.min_length:
                yield line("limit.length_range", minimum=str(of.min_length), maximum=str(of.max_length))
            else:
                yield line("limit.length", maximum=str(of.max_length))
            if isinstance(of, TextField) and of.pattern_words:
                yield Line(of.pattern_words)
        case DateField() | DateTimeField():
            yield from _date_lines(of, values, form)
        case CodeField() if of.validator in standard_validators():
            yield line(f"limit.code.{of.validator}")
        case MultiChoiceField():
            yield from _count_lines("picks", of.min_count, of.max_count)
        case FilesField():
            kinds = " / ".join(kind.upper() for kind in of.types)
            yield line("limit.files", types=kinds, size=show_size(of.max_bytes), count=str(of.max_count))
        case _:
            return


def show_size(size: int) -> str:
    """A file size a person reads: ``812 KB``, ``12.4 MB``."""
    if size < 1024:
        return f"{size} B"
    if size < MEBIBYTE:
        return f"{size / 1024:.0f} KB"
    if size < 1024 * MEBIBYTE:
        return f"{size / MEBIBYTE:.1f}".removesuffix(".0") + " MB"
    return f"{size / MEBIBYTE / 1024:.2f} GB"


def _number_faults(of: NumberField, value: Decimal) -> Iterator[Fault]:
    if of.minimum is not None and value < of.minimum:
        mend = show_number(of.minimum, of.digits)
        limit = show_limit(of.minimum)
        yield fault("below", mend=mend, mend_text=limit, limit=limit, gap=gap_before(of.unit), unit=of.unit)
    if of.maximum is not None and value > of.maximum:
        mend = show_number(of.maximum, of.digits)
        limit = show_limit(of.maximum)
        yield fault("above", mend=mend, mend_text=limit, limit=limit, gap=gap_before(of.unit), unit=of.unit)


def _length_faults(of: TextField | LongTextField, value: str) -> Iterator[Fault]:
    if len(value) > of.max_length:
        yield fault("too_long", limit=str(of.max_length), over=str(len(value) - of.max_length))
    if len(value) < of.min_length:
        yield fault("too_short", limit=str(of.min_length), under=str(of.min_length - len(value)))
    if isinstance(of, TextField) and of.pattern and not re.fullmatch(of.pattern, value):
        yield fault("pattern", rule=of.pattern_words)


def _date_faults(of: DateField | DateTimeField, value: date | datetime) -> Iterator[Fault]:
    if isinstance(value, datetime) != isinstance(of, DateTimeField):
        return
    if of.minimum is not None and value < of.minimum:
        yield fault("too_early", mend=show_when(of.minimum), limit=show_when(of.minimum))
    if of.maximum is not None and value > of.maximum:
        yield fault("too_late", mend=show_when(of.maximum), limit=show_when(of.maximum))


def show_when(value: date | datetime) -> str:
    """A day or a moment (in Beijing)."""
    return show_moment(value) if isinstance(value, datetime) else show_date(value)


def _person_faults(of: PersonField, value: PersonEntry, judges: Judges) -> Iterator[Fault]:
    if not value.name:
        yield _part(fault("person_name"), "name")
    missing = judges.without_glyph(value.name)
    if missing:
        found = fault("glyph", characters=" ".join(missing))
        yield Fault(found.code, found.params, part="name", severity=Severity.WARNING)
    if of.number_required and not value.number:
        yield _part(fault("person_number"), "number")
    elif value.number:
        judged = judges.validators[of.number_validator](value.number)
        if isinstance(judged, Fault):
            yield _part(judged, "number")
    if of.roles and value.role not in {option.value for option in of.roles}:
        yield _part(fault("person_role"), "role")


def _part(found: Fault, part: str) -> Fault:
    return Fault(found.code, found.params, part=part)


def _range(of: NumberField) -> Iterator[Line]:
    maximum, unit, gap = of.maximum, of.unit, gap_before(of.unit)
    plain_zero = of.minimum == 0 and (maximum is None or isinstance(of, MoneyField))  # goes without saying
    minimum = None if plain_zero else of.minimum
    if minimum is not None and maximum is not None:
        yield line("limit.range", minimum=show_limit(minimum), maximum=show_limit(maximum), gap=gap, unit=unit)
    elif minimum is not None:
        yield line("limit.minimum", minimum=show_limit(minimum), gap=gap, unit=unit)
    elif maximum is not None:
        yield line("limit.maximum", maximum=show_limit(maximum), gap=gap, unit=unit)


def _date_lines(of: DateField | DateTimeField, values: Mapping[str, Value], form: Form | None) -> Iterator[Line]:
    if of.minimum is not None and of.maximum is not None:
        yield line("limit.date_range", minimum=show_when(of.minimum), maximum=show_when(of.maximum))
    elif of.minimum is not None:
        yield line("limit.date_minimum", minimum=show_when(of.minimum))
    elif of.maximum is not None:
        yield line("limit.date_maximum", maximum=show_when(of.maximum))
    for distance in of.distances:
        other = values.get(distance.other)
        yield _distance_line(distance, other if isinstance(other, date) else None, form)


def _distance_line(distance: Distance, other: date | datetime | None, form: Form | None) -> Line:
    side = "after" if distance.after else "before"
    name = form.field(distance.other).label if form else distance.other
    if other is None:
        found = f"limit.{side}" if distance.days else f"limit.{side}_same"
        return line(found, days=str(distance.days), other=name)
    exact = distance.days == 0 and isinstance(other, datetime)
    bound = show_when(other) if exact else show_date(bound_day(distance, other))
    found = f"limit.{side}_until" if distance.days else f"limit.{side}_same_until"
    return line(found, days=str(distance.days), other=name, bound=bound)


def _count_lines(name: str, minimum: int, maximum: int | None) -> Iterator[Line]:
    if minimum and maximum is not None:
        yield line(f"limit.{name}_range", minimum=str(minimum), maximum=str(maximum))
    elif minimum:
        yield line(f"limit.{name}_minimum", minimum=str(minimum))
    elif maximum is not None:
        yield line(f"limit.{name}_maximum", maximum=str(maximum))
