"""Offers for a library's furniture, side by side."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.charts.ticks import number_text
from apps.shell.compare.build import build_compare
from apps.shell.compare.presenter import ComparePresenter
from apps.shell.compare.state import Cell, CompareTable, Criterion, Subject
from apps.shell.gallery.specimen import Specimen
from apps.shell.theme.style import look_of
from core.messages import Catalogue

_K = "shell.compare.demo."
_CRITERIA = (("price", "price_note"), ("days", "days_note"), ("shelf", "shelf_note"), ("lamp", ""),
             ("guarantee", "guarantee_note"), ("colour", ""))  # fmt: skip
_NUMBERS = (("price", "1950000 1864273.05 2017000 1740500"), ("days", "90 90 90 75"), ("guarantee", "5 5 - 5"))


def _table(words: Catalogue, *, reference: bool) -> CompareTable:
    def text(key: str) -> str:
        return words.text(_K + key) if key else ""

    first = 0 if reference else 1
    subjects = tuple(Subject(str(n), text(f"subject_{n}"), text(f"note_{n}")) for n in range(first, 4))
    criteria = tuple(Criterion(name, text(name), text(note)) for name, note in _CRITERIA)
    cells: dict[tuple[str, str], Cell] = {}
    for name, numbers in _NUMBERS:
        for column, number in enumerate(numbers.split()):
            if number != "-":
                places = 2 if name == "price" else 0
                cells[name, str(column)] = Cell(number_text(Decimal(number), places), Decimal(number))
    for column, key in enumerate(("oak", "oak", "pine", "oak")):
        cells["shelf", str(column)] = Cell(text(key), place=text("place") if key == "pine" else "")
    for column in range(4):
        cells["lamp", str(column)] = Cell(text("lamp_text"))
        if column != 3:
            cells["colour", str(column)] = Cell(text("colour_text"))
    return CompareTable(subjects, criteria, cells, "0" if reference else "")


def _page(words: Catalogue, *, reference: bool) -> tuple[QWidget, ComparePresenter]:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    view, presenter = build_compare(words, _table(words, reference=reference), title=words.text(f"{_K}title"))
    layout.addWidget(view)
    return page, presenter


def _all(words: Catalogue) -> QWidget:
    page, presenter = _page(words, reference=True)
    presenter.stand_on("shelf", "2")
    return page


def _only(words: Catalogue) -> QWidget:
    page, presenter = _page(words, reference=False)
    presenter.show_only_differences(True)
    return page


SPECIMENS = (
    Specimen("compare.reference", f"{_K}title", _all, (960, 720)),
    Specimen("compare.only", f"{_K}most_title", _only, (860, 560)),
)
