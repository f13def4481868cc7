"""The program the real-key run drives: a frame with the example screen and the settings, telling each state on stdout."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

from apps.shell.example.presenter import ExamplePresenter
from apps.shell.example.state import ExampleState
from apps.shell.example.view import ExampleView
from apps.shell.frame.about import AboutState, SelfTest
from apps.shell.frame.build import Program, build_frame
from apps.shell.frame.page_stack import Page
from apps.shell.frame.state import FrameState, NavItem
from apps.shell.settings_page.build import build_settings
from apps.shell.settings_page.store import FileSettings
from apps.shell.start import start
from core.bootstrap import SystemClock


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(folder: Path) -> int:
    started = start("real-keys", ["real-keys"], language="zh_CN")
    words = started.words

    def example() -> ExampleView:
        view = ExampleView(words)

        def show(state: ExampleState) -> None:
            view.show_state(state)
            typed = [room.typed for room in state.rooms]
            tell(screen="example", chosen=state.chosen, typed=typed, missing=state.missing, phase=state.phase.value)

        presenter = ExamplePresenter(show, started.runner, (("a", "12"), ("b", "")), folder / "paint.txt")
        view.attach(presenter)
        presenter.refresh()
        return view

    def settings() -> QWidget:
        view, presenter = build_settings(
            words, FileSettings(folder / "settings.toml", {}), started.runner,
            lambda key, value: tell(screen="settings", key=key, value=value),
        )  # fmt: skip
        view.setProperty("presenter", presenter)
        return view

    about = AboutState("real-keys", "0", "test", (), "none", SelfTest.NOT_RUN, 0, "log")
    pages = (
        Page(NavItem("rooms", "shell.gallery.room.forms", "home"), example),
        Page(NavItem("settings", "shell.settings.title", "gear", bottom=True), settings),
    )
    frame = build_frame(words, Program("real-keys", pages, about, SystemClock().now))
    shown = frame.show_state

    def show(state: FrameState) -> None:
        shown(state)
        tell(screen="frame", page=state.current, scale=state.look.scale, palette=state.palette.shown)

    frame.presenter._show_in_view = show  # the test listens where the view does
    frame.resize(1200, 700)
    frame.show()
    frame.presenter.refresh()
    tell(screen="ready")
    code = started.application.exec()
    started.close()
    return code


sys.exit(main(Path(sys.argv[1])))
