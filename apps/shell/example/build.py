"""Puts the screen together. The only place that knows both presenter and view."""

from __future__ import annotations

from pathlib import Path

from apps.shell.example.presenter import ExamplePresenter
from apps.shell.example.view import ExampleView
from apps.shell.tasks import Starter
from core.messages import Catalogue


def build_example(words: Catalogue, starter: Starter, rooms: tuple[tuple[str, str], ...], target: Path) -> ExampleView:
    """The rooms screen, ready to be a page of a frame; the list of paint goes to ``target``."""
    view = ExampleView(words)
    presenter = ExamplePresenter(view.show_state, starter, rooms, target)
    view.attach(presenter)
    presenter.refresh()
    return view
