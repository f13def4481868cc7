"""A form at one moment: what was typed, what it means, what is wrong with it. Frozen; made by :func:`judged`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from apps.shell.forms.entries import Entry, Picks, Rows, Value, is_empty
from apps.shell.forms.faults import Fault, Severity, fault
from apps.shell.forms.formula import ColumnSum, Ref, compute
from apps.shell.forms.limits import distance_faults, limit_faults
from apps.shell.forms.schema import ComputedField, Field, FilesField, Form, TableField, When
from apps.shell.forms.tables import ReadTable, column_sum, read_table
from apps.shell.forms.values import Judges, empty_entry, parse
from core.values.money import round_half_up

REQUIRED = "shell.forms.fault.required"


@dataclass(frozen=True, slots=True)
class FormState:
    """Everything a view shows.

    ``entries`` are as typed and never thrown away, also those of fields not visible now; ``values`` only what is
    visible and faultless in form; ``shown`` names the fields whose faults may be shown (left once, or all asked for);
    ``refused`` what a field did not take (a file, a paste), with the reason.
    """

    form: Form
    entries: Mapping[str, Entry]
    values: Mapping[str, Value] = field(default_factory=dict)
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    tables: Mapping[str, ReadTable] = field(default_factory=dict)
    visible: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    dirty: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    refused: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    focus: str = ""

    def entry(self, key: str) -> Entry:
        """What was typed into a field."""
        found = self.entries.get(key)
        return empty_entry(self.form.field(key)) if found is None else found

    def shown_faults(self, key: str) -> tuple[Fault, ...]:
        """The faults to show now, errors first."""
        return self.faults.get(key, ()) if key in self.shown else ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole form in figures, each list in reading order; ``asked`` = fields that must be filled or are."""

    asked: int
    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    warned: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing blocks."""
        return not self.missing and not self.wrong


def summary(state: FormState, keys: frozenset[str] | None = None) -> Summary:
    """What is still to do, in the whole form or among some fields, whether shown already or not."""
    missing, wrong, warned, asked = [], [], [], 0
    for item in state.form.fields():
        if item.key not in state.visible or (keys is not None and item.key not in keys):
            continue
        faults = state.faults.get(item.key, ())
        asked += item.key in state.required or not is_empty(state.entry(item.key))
        if any(found.code == REQUIRED and found.row is None for found in faults):
            missing.append(item.key)
        elif any(found.severity is Severity.ERROR for found in faults):
            wrong.append(item.key)
        elif faults:
            warned.append(item.key)
    return Summary(asked, tuple(missing), tuple(wrong), tuple(warned))


def judged(state: FormState, judges: Judges) -> FormState:
    """The state with values, faults, visibility and computed fields worked out from its entries."""
    form = state.form
    visible = _visible(state)
    values: dict[str, Value] = {}
    faults: dict[str, list[Fault]] = {}
    tables: dict[str, ReadTable] = {}
    required = frozenset(
        item.key for item in form.fields() if item.key in visible and _is_required(item, state, visible)
    )
    for item in form.fields():
        if item.key in visible and not isinstance(item, ComputedField):
            faults[item.key] = list(_read(item, state, judges, values, tables, needed=item.key in required))
    for item in form.fields():
        if item.key in visible and isinstance(item, ComputedField):
            _work_out(item, form, values, tables)
    for item in form.fields():
        if item.key in values:
            faults.setdefault(item.key, []).extend(distance_faults(item, values[item.key], values, form))
    ordered = {key: _errors_first(found) for key, found in faults.items() if found}
    return replace(state, values=values, faults=ordered, tables=tables, visible=visible, required=required)


def holds(when: When, state: FormState, visible: frozenset[str]) -> bool:
    """Whether a condition is met; a field not visible is as good as empty."""
    entry = state.entry(when.key) if when.key in visible else ""
    if isinstance(entry, Picks):
        met = bool(set(entry.values) & set(when.among)) if when.among else bool(entry.values)
    else:
        met = entry in when.among if when.among else not is_empty(entry)
    return met != when.otherwise


def _visible(state: FormState) -> frozenset[str]:
    """Fields whose conditions hold; a condition may look at a field that is itself conditional."""
    visible = frozenset(item.key for item in state.form.fields() if item.visible_when is None)
    waiting = [item for item in state.form.fields() if item.visible_when is not None]
    for _ in waiting:
        now = visible | {item.key for item in waiting if item.visible_when and holds(item.visible_when, state, visible)}
        if now == visible:
            break
        visible = now
    return visible


def _is_required(item: Field, state: FormState, visible: frozenset[str]) -> bool:
    return item.required or (item.required_when is not None and holds(item.required_when, state, visible))


def _read(
    item: Field, state: FormState, judges: Judges, values: dict[str, Value], tables: dict[str, ReadTable],
    *, needed: bool,
) -> Iterator[Fault]:  # fmt: skip
    entry = state.entry(item.key)
    if isinstance(item, TableField) and isinstance(entry, Rows):
        read = tables[item.key] = read_table(item, entry, judges)
        values[item.key] = read.value
        if needed and not read.value.rows:
            yield fault("required")
        elif read.value.rows or needed:
            yield from read.faults
        return
    value = parse(item, entry, judges)
    if isinstance(value, Fault):
        yield value
    elif value is None:
        if needed:
            yield fault("required_files" if isinstance(item, FilesField) else "required")
    else:
        values[item.key] = value
        yield from limit_faults(item, value, judges)


def _work_out(
    item: ComputedField, form: Form, values: dict[str, Value], tables: Mapping[str, ReadTable]
) -> Decimal | None:
    known = values.get(item.key)
    if isinstance(known, Decimal):
        return known

    def lookup(ref: Ref | ColumnSum) -> Decimal | None:
        if isinstance(ref, ColumnSum):
            read = tables.get(ref.table)
            return column_sum(read.value, ref.column) if read else None
        other = form.field(ref.key)
        if isinstance(other, ComputedField):
            return _work_out(other, form, values, tables)
        value = values.get(ref.key)
        return Decimal(value) if isinstance(value, Decimal | int) else None

    result = compute(item.formula, lookup)
    if result is None:
        return None
    values[item.key] = rounded = round_half_up(result, 2 if item.money else item.digits)
    return rounded


def _errors_first(found: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(found, key=lambda each: each.severity is not Severity.ERROR))
