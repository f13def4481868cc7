"""Saving, undo and conflicts, with the renovation of a library for content."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.editing.conflicts.presenter import ConflictPresenter
from apps.shell.editing.conflicts.state import ConflictItem, Side
from apps.shell.editing.conflicts.view import ConflictView
from apps.shell.editing.state import EditState, HistoryLine, Saving
from apps.shell.editing.view import SavingView
from apps.shell.gallery.specimen import Specimen
from apps.shell.theme.style import look_of
from core.errors import FileNotWritable
from core.messages import Catalogue

_D = "shell.editing.demo."
_AT = datetime(2026, 11, 22, 6, 47, 5, tzinfo=UTC)
_ACTS = (
    ("rename", "name"), ("attach", "floor_plan"), ("remove", "old_survey"), ("paste", "rows"), ("rename", "hours"),
    ("rename", "item_contact"),
)  # fmt: skip


def _nothing(*_given: object) -> None:
    """An exhibit does nothing."""


def _page(content: QWidget) -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    layout = QVBoxLayout(page)
    margin = look_of().px(24)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.addWidget(content)
    return page


def _history(words: Catalogue, undone: int, waiting: int = 0) -> tuple[HistoryLine, ...]:
    lines = []
    for position, (act, subject) in enumerate(_ACTS, 1):
        at = _AT + timedelta(seconds=61 * position)
        gone = position > len(_ACTS) - undone
        saved = position <= len(_ACTS) - waiting
        lines.append(HistoryLine(position, _D + act, words.text(_D + subject), at, gone, saved))
    return tuple(lines)


def _saving(words: Catalogue, state: EditState) -> QWidget:
    view = SavingView(words, undo=_nothing, redo=_nothing, go_to=_nothing, retry=_nothing, save_copy=_nothing)
    view.show_state(state)
    return _page(view)


def _saved(words: Catalogue) -> QWidget:
    return _saving(words, EditState(Saving.SAVED, _AT + timedelta(seconds=390), history=_history(words, 1)))


def _not_saved(words: Catalogue) -> QWidget:
    error = FileNotWritable(path="D:/library.tbd", reason="no_space")
    state = EditState(Saving.NOT_SAVED, _AT, 2, error, _history(words, 0, waiting=2))
    return _saving(words, state)


def _empty(words: Catalogue) -> QWidget:
    return _saving(words, EditState(Saving.SAVED, None))


def _items(words: Catalogue) -> tuple[ConflictItem, ...]:
    def text(key: str) -> str:
        return words.text(_D + key)

    plans = [words.text(_D + "file", size=size, time=time) for size, time in (("2.4 MB", "11-20"), ("2.6 MB", "11-21"))]
    return (
        ConflictItem("note", text("item_note"), text("note_mine"), text("note_theirs"), text("note_base")),
        ConflictItem("hours", text("item_hours"), text("hours_mine"), text("hours_theirs"), text("hours_base")),
        ConflictItem("contact", text("item_contact"), text("contact_mine"), text("contact_theirs"), None),
        ConflictItem("plan", text("item_plan"), None, plans[1], plans[0]),
    )


def _conflicts(words: Catalogue, *, chosen: bool) -> QWidget:
    view = ConflictView(words, cancel=_nothing)
    presenter = ConflictPresenter(view.show_state, _items(words), words.text(_D + "colleague"), _nothing)
    view.obey(presenter)
    presenter.look_at(1)
    presenter.choose(Side.THEIRS)
    if chosen:
        presenter.choose_rest(Side.MINE)
        presenter.look_at(3)
    else:
        presenter.look_at(0)
    return _page(view)


SPECIMENS = (
    Specimen("editing.saved", "shell.editing.exhibit.saved", _saved, (760, 520)),
    Specimen("editing.not_saved", "shell.editing.exhibit.not_saved", _not_saved, (860, 520)),
    Specimen("editing.empty", "shell.editing.exhibit.empty", _empty, (640, 420)),
    Specimen("editing.conflicts", "shell.editing.exhibit.conflicts", partial(_conflicts, chosen=False), (1080, 560)),
    Specimen("editing.conflicts_chosen", "shell.editing.exhibit.chosen", partial(_conflicts, chosen=True), (1080, 560)),
)
