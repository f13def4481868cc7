"""Puts a checklist together: presenter and view."""

from __future__ import annotations

from collections.abc import Callable

from apps.shell.checklist.presenter import ChecklistPresenter
from apps.shell.checklist.state import ChecklistState, Goal
from apps.shell.checklist.view import ChecklistView
from core.messages import Catalogue


def build_checklist(
    words: Catalogue, goal: Goal, *, jump: Callable[[str], None], act: Callable[[], None]
) -> tuple[ChecklistView, ChecklistPresenter]:
    """The card and what decides behind it; keep both."""

    def show(state: ChecklistState) -> None:
        view.show_state(state)

    presenter = ChecklistPresenter(show, goal, jump=jump, act=act)
    view = ChecklistView(
        words, presenter.state, jump=presenter.jump, stand_on=presenter.stand_on, act=presenter.act
    )  # fmt: skip
    return view, presenter
