"""Puts a comparison together: presenter and view."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from apps.shell.compare.presenter import ComparePresenter
from apps.shell.compare.state import CompareState, CompareTable
from apps.shell.compare.view import CompareView
from core.messages import Catalogue


def build_compare(words: Catalogue, table: CompareTable, *, title: str = "") -> tuple[CompareView, ComparePresenter]:
    """The card and what decides behind it; keep both."""

    def show(state: CompareState) -> None:
        view.show_state(state)

    presenter = ComparePresenter(words, show, table, copy=QGuiApplication.clipboard().setText)
    view = CompareView(words, presenter, title)
    return view, presenter
