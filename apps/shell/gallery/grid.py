"""The grid in its states: problems, a tree, a refused entry, 100,000 rows, the paste preview, the column set-up."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QVBoxLayout, QWidget

from apps.shell.gallery.specimen import Specimen
from apps.shell.grid.area import Area
from apps.shell.grid.columns import Choice, Column, Kind
from apps.shell.grid.columns_dialog import ColumnsDialog
from apps.shell.grid.html_table import Block
from apps.shell.grid.order import Query, SortKey
from apps.shell.grid.paste import plan_steps
from apps.shell.grid.preview import PasteDialog
from apps.shell.grid.problems import CellKey, Problem, Severity
from apps.shell.grid.sheet import Sheet
from apps.shell.grid.steps import run
from apps.shell.grid.store import Row, RowKind
from apps.shell.grid.view import GridView
from apps.shell.theme.style import look_of
from apps.shell.widgets.card import Card
from core.messages import Catalogue

_K = "shell.grid.demo."
KEYS = ("code", "name", "spec", "unit", "quantity", "price", "amount", "way", "check")
MANY = 100_000


def demo_columns(words: Catalogue) -> tuple[Column, ...]:
    """The columns of a list of materials."""
    titles = dict(zip(KEYS, words.text(_K + "heads").split("|"), strict=True))
    ways = tuple(Choice(way) for way in words.text(_K + "ways").split("|"))
    reason = _K + "reason"
    return (
        Column(key="code", title=titles["code"], reason_key=reason, width=84, frozen=True),
        Column(key="name", title=titles["name"], reason_key=reason, width=184, frozen=True, tree=True),
        Column(key="spec", title=titles["spec"], editable=True, width=180),
        Column(key="unit", title=titles["unit"], reason_key=reason, width=64),
        Column(key="quantity", title=titles["quantity"], kind=Kind.DECIMAL, digits=3, reason_key=reason, width=104),
        Column(key="price", title=titles["price"], kind=Kind.MONEY, editable=True, width=104),
        Column(key="amount", title=titles["amount"], kind=Kind.MONEY, total=True, reason_key=reason, width=120),
        Column(key="way", title=titles["way"], kind=Kind.CHOICE, choices=ways, editable=True, width=92),
        Column(key="check", title=titles["check"], kind=Kind.STATUS, width=152),
    )


def demo_rows(words: Catalogue, *, tree: bool) -> tuple[Row, ...]:
    """The rows, below groups with subtotals or one after the other."""
    rows: list[Row] = []
    group, subtotal = "", Decimal(0)

    def foot() -> None:
        if group:
            title = words.text(_K + "subtotal")
            values = ("", title, None, None, None, None, subtotal)
            rows.append(Row(f"{group}-total", values, group, RowKind.TOTAL))

    for line in words.text(_K + "items").strip().split("\n"):
        code, name, spec, unit, quantity, price, way = line.split("|")
        if code == "#":
            if tree:
                foot()
                group, subtotal = name, Decimal(0)
                rows.append(Row(group, ("", name), kind=RowKind.GROUP, locked_key="shell.grid.refused.total"))
            continue
        amount = (Decimal(quantity) * Decimal(price)).quantize(Decimal("0.01")) if price else None
        subtotal += amount or 0
        values = (code, name, spec, unit, Decimal(quantity), Decimal(price) if price else None, amount, way)
        rows.append(Row(code, values, group if tree else ""))
    if tree:
        foot()
    return tuple(rows)


def demo_problems(words: Catalogue) -> dict[CellKey, Problem]:
    """One error and two warnings."""
    return {
        ("A-0103", "price"): Problem(Severity.ERROR, words.text(_K + "problem_price")),
        ("B-0203", "price"): Problem(Severity.WARN, words.text(_K + "problem_high")),
        ("C-0303", "spec"): Problem(Severity.WARN, words.text(_K + "problem_long")),
    }


def many_rows(words: Catalogue, count: int = MANY) -> tuple[Row, ...]:
    """A long list made of the short one, numbered on."""
    models = [row.values for row in demo_rows(words, tree=False)]
    rows = []
    for number, (_, values) in zip(range(count), product(range(count // len(models) + 1), models), strict=False):
        quantity = Decimal(100_000 + number * 7_919 % 900_000).scaleb(-3)
        price = Decimal(1_000 + number * 104_729 % 90_000).scaleb(-2)
        amount = (quantity * price).quantize(Decimal("0.01"))
        code = f"M-{number:06d}"
        rows.append(Row(code, (code, f"{values[1]} {number % 977}", *values[2:4], quantity, price, amount, values[7])))
    return tuple(rows)


def _framed(widget: QWidget) -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    card = Card()
    card.body.addWidget(widget)
    layout.addWidget(card)
    page.ready = getattr(widget, "ready", lambda: True)  # type: ignore[attr-defined]  # what the picture waits for
    return page


def _grid(words: Catalogue, *, tree: bool = False, dense: bool = False) -> GridView:
    view = GridView(words, demo_columns(words), title=words.text(_K + "title"), dense=dense)
    view.show_rows(demo_rows(words, tree=tree), demo_problems(words))
    view.table.setFocus()
    return view


def _flat(words: Catalogue) -> QWidget:
    view = _grid(words)
    view.table.setCurrentIndex(view.model.index(7, 5))
    view.table.select_area(Area(7, 4, 9, 6))
    return _framed(view)


def _tree(words: Catalogue) -> QWidget:
    view = _grid(words, tree=True)
    second = view.sheet.store.groups()
    view.model.toggle(sorted(second)[1], opened=False)
    view.table.setCurrentIndex(view.model.index(3, 5))
    return _framed(view)


def _only(words: Catalogue) -> QWidget:
    view = _grid(words, tree=True)
    view.show_query(Query(only_problems=True))
    view.go_to("A-0103", "price")
    return _framed(view)


def _editing(words: Catalogue) -> QWidget:
    view = _grid(words)
    view.table.setCurrentIndex(view.model.index(2, 5))

    def type_wrongly() -> None:
        view.table.edit(view.table.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        for editor in view.table.viewport().findChildren(QLineEdit):
            editor.setText("1.2.3")

    QTimer.singleShot(0, view, type_wrongly)
    return _framed(view)


def _many(words: Catalogue) -> QWidget:
    view = GridView(words, demo_columns(words), title=words.text(_K + "title"), dense=True)
    view.show_rows(many_rows(words))
    view.show_query(Query(sort=(SortKey("name"), SortKey("amount", descending=True))))
    return _framed(view)


def _pasting(words: Catalogue) -> QWidget:
    sheet = run(Sheet(words, demo_columns(words)).load_steps(demo_rows(words, tree=False), {}))
    names = [row.values[1] for row in demo_rows(words, tree=False)]
    untrusted = (
        (str(names[0]), "", "m²", "1286.4", "1,098.50"), (str(names[1]), "", "m²", "1286.4", "２６.80"),
        (str(names[2]), "", "m²", "230", "186.004"), (str(names[3]), "", "m", "318.92", "—"),
        (str(names[4]), "", "m²", "274.18", "¥ 598.40"), (str(names[5]), "", "", "18", "#REF!"),
    )  # fmt: skip
    target = sheet.paste_target((Area(0, 1, 0, 1),))
    plan = run(plan_steps(sheet.store, Block([list(row) for row in untrusted]), target, sheet.spelling))
    return PasteDialog(words, plan)


def _columns(words: Catalogue) -> QWidget:
    columns = demo_columns(words)
    return ColumnsDialog(words, columns, Sheet(words, columns).setup)


SPECIMENS = (
    Specimen("grid.flat", _K + "flat", _flat, (1240, 640)),
    Specimen("grid.tree", _K + "tree", _tree, (1240, 720)),
    Specimen("grid.problems", _K + "only", _only, (1240, 480)),
    Specimen("grid.editing", _K + "editing", _editing, (1240, 640)),
    Specimen("grid.many", _K + "many", _many, (1240, 640)),
    Specimen("grid.dense", _K + "dense", lambda words: _framed(_grid(words, tree=True, dense=True)), (1240, 640)),
    Specimen("grid.paste", _K + "pasting", _pasting, (760, 560)),
    Specimen("grid.columns", _K + "columns", _columns, (520, 480)),
)
