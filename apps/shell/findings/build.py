"""Puts a findings panel together: presenter and view."""

from __future__ import annotations

from apps.shell.findings.presenter import FindingsActions, FindingsPresenter
from apps.shell.findings.state import FindingsState
from apps.shell.findings.view import FindingsView
from apps.shell.findings.wording import Describe
from apps.shell.tasks import Starter
from core.messages import Catalogue


def build_findings(
    words: Catalogue, starter: Starter, actions: FindingsActions, *, describe: Describe | None = None, title: str = ""
) -> tuple[FindingsView, FindingsPresenter]:
    """The panel and what decides behind it; keep both."""

    def show(state: FindingsState) -> None:
        view.show_state(state)

    presenter = FindingsPresenter(words, show, starter, actions, describe)
    view = FindingsView(words, presenter, title)
    return view, presenter
