"""The example screen in its states: fed to the view directly, no work runs behind a picture."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.example.area import room_with
from apps.shell.example.state import ExampleState, Phase
from apps.shell.example.view import ExampleView
from apps.shell.frame.say import say
from apps.shell.gallery.specimen import Specimen
from apps.shell.tasks import Progress
from core.messages import Catalogue

_D = "shell.example.demo."
_SIZE = (1000, 460)
_NAMES = ("reading", "store", "hall", "children", "office", "stairs")


def _state(words: Catalogue, areas: tuple[str, ...]) -> ExampleState:
    named = zip(_NAMES, areas, strict=True)
    return ExampleState(tuple(room_with(words.text(f"{_D}room_{name}"), area) for name, area in named))


def _right(words: Catalogue) -> ExampleState:
    return _state(words, ("186.50", "240", "64.2", "58", "36.5", "28.75"))


def _page(words: Catalogue, state: ExampleState) -> QWidget:
    page, view = QWidget(), ExampleView(words)
    page.setProperty("page", True)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 24, 24, 24)
    column.addWidget(view)
    view.show_state(state)
    return page


def _filling(words: Catalogue) -> QWidget:
    return _page(words, replace(_state(words, ("186.50", "2400", "64.2", "", "36.5", "28.75")), chosen=1))


def _working(words: Catalogue) -> QWidget:
    return _page(words, replace(_right(words), phase=Phase.WORKING, progress=Progress(4, 6, "shell.example.step")))


def _done(words: Catalogue) -> QWidget:
    outcome = say("shell.example.done", litres=Decimal("215.1"), path=words.text(f"{_D}path"))
    return _page(words, replace(_right(words), phase=Phase.DONE, outcome=outcome))


def _failed(words: Catalogue) -> QWidget:
    outcome = say("app.file_not_writable", path=words.text(f"{_D}path"), reason="file.no_space")
    return _page(words, replace(_right(words), phase=Phase.FAILED, outcome=outcome))


EXAMPLE_SPECIMENS = (
    Specimen("example.filling", f"{_D}title_filling", _filling, _SIZE),
    Specimen("example.working", f"{_D}title_working", _working, _SIZE),
    Specimen("example.done", f"{_D}title_done", _done, _SIZE),
    Specimen("example.failed", f"{_D}title_failed", _failed, _SIZE),
)
