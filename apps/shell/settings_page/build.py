"""Puts the settings page together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from apps.shell.running.scope import Scope
from apps.shell.settings_page.presenter import SettingsPresenter, SettingsStore
from apps.shell.settings_page.view import SettingsView
from apps.shell.tasks import Starter
from core.messages import Catalogue


def build_settings(
    words: Catalogue, store: SettingsStore, starter: Starter, applied: Callable[[str, str], None]
) -> tuple[SettingsView, SettingsPresenter]:
    """The page, wired and showing what is kept."""
    view = SettingsView(words)
    scope = Scope(starter)
    presenter = SettingsPresenter(view.show_state, words, store, scope, applied)
    view.destroyed.connect(partial(Scope.leave, scope))
    view.changed.connect(presenter.change)
    view.searched.connect(presenter.search)
    view.reset_all.connect(presenter.reset_all)
    view.undo_reset.connect(presenter.undo_reset)
    presenter.refresh()
    return view, presenter
