"""What stands around a field in words: its label, the line under it, its spoken name. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.shell.forms.entries import Rows
from apps.shell.forms.faults import Fault, Line, line
from apps.shell.forms.figures import money_scaled, show_number
from apps.shell.forms.formula import ColumnSum, Ref, in_words
from apps.shell.forms.limits import limit_lines
from apps.shell.forms.moments import beijing_day
from apps.shell.forms.schema import (
    ComputedField,
    DateTimeField,
    Field,
    Form,
    LongTextField,
    MoneyField,
    NumberField,
    TableField,
    TextField,
)  # fmt: skip
from apps.shell.forms.state import FormState, Summary
from core.errors import DataInvalid
from core.messages import Catalogue
from core.values.money import capitals


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines under a field: ``tone`` err, warn or ""; ``live`` follows the typing; ``mend`` names a button."""

    said: str = ""
    tone: str = ""
    live: str = ""
    mend: str = ""


def foot_of(state: FormState, key: str, words: Catalogue) -> Foot:
    """A fault where one may be shown, else the limits and the help; and what the entry means meanwhile."""
    item = state.form.field(key)
    live = _live(state, item, words)
    follows = isinstance(item, TextField | LongTextField)
    faults = state.shown_faults(key)
    if not faults:
        pieces = [found.text(words) for found in limit_lines(item, state.values, state.form)]
        if isinstance(item, ComputedField):
            pieces.append(formula_text(state.form, item, words))
        pieces += [live] if follows else []
        pieces += [words.text(item.help)] if item.help else []
        return Foot(_joined(pieces, words), "", "" if follows else live)
    first = faults[0]
    said = _placed(first, item, words)
    if len(faults) > 1:
        said = words.text("shell.forms.fault_more", fault=said, count=str(len(faults) - 1))
    mend = words.text("shell.forms.mend", entry=first.mend_text) if first.mend is not None and first.mend_text else ""
    return Foot(said, str(first.severity), "" if follows else live, mend)


def label_text(item: Field, words: Catalogue) -> str:
    """The label with the unit: 工期（日历天）."""
    name = words.text(item.label)
    unit = words.text(item.unit) if isinstance(item, NumberField | ComputedField) and item.unit else ""
    return words.text("shell.forms.label_unit", label=name, unit=unit) if unit else name


def spoken_name(state: FormState, key: str, words: Catalogue) -> str:
    """The accessible name: label, unit, whether it must be filled, limits."""
    item = state.form.field(key)
    pieces = [label_text(item, words)]
    if key in state.required:
        pieces.append(words.text("shell.forms.required"))
    if item.read_only:
        pieces.append(words.text("shell.forms.read_only"))
    pieces += [found.text(words) for found in limit_lines(item, state.values, state.form)]
    if isinstance(item, ComputedField):
        pieces.append(formula_text(state.form, item, words))
    return words.text("shell.forms.comma").join(piece for piece in pieces if piece)


def formula_text(form: Form, item: ComputedField, words: Catalogue, columns: tuple[Field, ...] = ()) -> str:
    """The formula with the labels of the fields: ``= A + B``."""
    near = {column.key: column.label for column in columns}

    def name(ref: Ref | ColumnSum) -> str:
        if isinstance(ref, Ref):
            return words.text(near.get(ref.key) or form.field(ref.key).label)
        table = form.field(ref.table)
        inside = table.columns if isinstance(table, TableField) else ()
        column = next((each.label for each in inside if each.key == ref.column), ref.column)
        return words.text("shell.forms.column_sum", column=words.text(column))

    return "= " + in_words(item.formula, name)


def computed_text(state: FormState, key: str) -> str:
    """The figure of a computed field, "" while a part of it is missing."""
    item, value = state.form.field(key), state.values.get(key)
    if not isinstance(item, ComputedField) or not isinstance(value, Decimal):
        return ""
    return show_number(value, 2 if item.money else item.digits)


def summary_text(found: Summary, words: Catalogue) -> str:
    """The whole form in one sentence."""
    if found.ready:
        name = "summary_warned" if found.warned else "summary_ready"
        return words.text(f"shell.forms.{name}", warned=str(len(found.warned)))
    pieces = []
    if found.missing:
        pieces.append(words.text("shell.forms.summary_missing", missing=str(len(found.missing))))
    if found.wrong:
        pieces.append(words.text("shell.forms.summary_wrong", wrong=str(len(found.wrong))))
    return words.text("shell.forms.comma").join(pieces)


def _placed(found: Fault, item: Field, words: Catalogue) -> str:
    if not isinstance(item, TableField) or found.row is None:
        return found.text(words)
    column = next((each.label for each in item.columns if each.key == found.part), found.part)
    place = {"row": str(found.row + 1), "column": words.text(column), "fault": found.text(words)}
    return words.text("shell.forms.fault_in_row", **place)


def _live(state: FormState, item: Field, words: Catalogue) -> str:
    value, entry = state.values.get(item.key), state.entry(item.key)
    found: Line | None = None
    if isinstance(item, MoneyField) and isinstance(entry, str):
        amount = value if isinstance(value, Decimal) else None
        return _money_live(item, entry, amount, words, typing=state.focus == item.key)
    if isinstance(item, ComputedField) and item.money and isinstance(value, Decimal):
        return _capitals(value)
    if isinstance(item, TextField | LongTextField) and isinstance(value, str) and len(value) <= item.max_length:
        found = line("live.left", left=str(item.max_length - len(value)))
    elif isinstance(value, date | datetime):
        zone = "live.weekday_beijing" if isinstance(item, DateTimeField) else "live.weekday"
        found = line(zone, weekday=f"shell.forms.weekday.{beijing_day(value).isoweekday()}")
    elif isinstance(item, DateTimeField):
        found = line("live.beijing")
    elif isinstance(item, TableField) and isinstance(entry, Rows) and item.max_rows - len(entry.rows) <= 5:
        found = line("live.rows_left", left=str(max(0, item.max_rows - len(entry.rows))))
    return found.text(words) if found else ""


def _money_live(item: MoneyField, entry: str, value: Decimal | None, words: Catalogue, *, typing: bool) -> str:
    if value is None:
        return "" if entry.strip() else words.text("shell.forms.live.wan")
    said = _capitals(value) if item.capitals else ""
    if typing and money_scaled(entry):
        return words.text("shell.forms.live.scaled", amount=show_number(value, 2), capitals=said)
    return said


def _capitals(value: Decimal) -> str:
    try:
        return capitals(value)
    except DataInvalid:
        return ""


def _joined(pieces: list[str], words: Catalogue) -> str:
    return words.text("shell.forms.comma").join(piece for piece in pieces if piece)
