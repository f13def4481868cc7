"""The checklist of a library's renovation."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.checklist.build import build_checklist
from apps.shell.checklist.presenter import ChecklistPresenter
from apps.shell.checklist.state import ChecklistItem, Goal, ItemState
from apps.shell.gallery.specimen import Specimen
from apps.shell.theme.style import look_of
from core.messages import Catalogue

_K = "shell.checklist.demo."
_ROWS = (
    ("survey", ItemState.DONE), ("team", ItemState.DONE), ("letter", ItemState.BLOCKING),
    ("prices", ItemState.BLOCKING), ("unusual", ItemState.REMINDER), ("plan", ItemState.DONE),
    ("consent", ItemState.BLOCKING), ("seal", ItemState.WAITING), ("hand_over", ItemState.WAITING),
)  # fmt: skip


def _items(words: Catalogue, *, mended: bool) -> tuple[ChecklistItem, ...]:
    def text(key: str) -> str:
        return words.text(_K + key) if words.has(_K + key) else ""

    items = []
    for key, state in _ROWS:
        blocks = state is ItemState.BLOCKING
        shown = ItemState.DONE if mended and blocks else state
        detail = "" if mended and blocks else text(f"{key}_detail")
        items.append(ChecklistItem(key, text(key), shown, detail, "" if mended and blocks else text(f"{key}_clause")))
    return tuple(items)


def _page(words: Catalogue) -> tuple[QWidget, ChecklistPresenter]:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    goal = Goal(f"{_K}missing", f"{_K}all_done", f"{_K}action")
    view, presenter = build_checklist(words, goal, jump=lambda _key: None, act=lambda: None)
    layout.addWidget(view)
    return page, presenter


def _missing(words: Catalogue) -> QWidget:
    page, presenter = _page(words)
    presenter.set_items(_items(words, mended=False), note=words.text(f"{_K}note"))
    presenter.stand_on("prices")
    return page


def _ready(words: Catalogue) -> QWidget:
    page, presenter = _page(words)
    presenter.set_items(_items(words, mended=True), note=words.text(f"{_K}note"))
    return page


def _empty(words: Catalogue) -> QWidget:
    return _page(words)[0]


CHECKLISTS = (
    Specimen("lists.checklist", f"{_K}title", _missing, (420, 800)),
    Specimen("lists.checklist_ready", f"{_K}all_done", _ready, (420, 660)),
    Specimen("lists.checklist_empty", "shell.checklist.no_items", _empty, (420, 320)),
)
