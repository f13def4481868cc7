"""Puts a frame together: presenter, window and the program's own pages and actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QApplication

from apps.shell.frame.about import AboutState
from apps.shell.frame.page_stack import Page
from apps.shell.frame.presenter import Command, FrameEffects, FramePresenter
from apps.shell.frame.state import FrameState
from apps.shell.frame.window import Frame
from apps.shell.theme.look import Look
from apps.shell.theme.style import apply_look, look_of
from core.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Program:
    """What a program brings: its name, its pages, its actions, and what its about page says.

    ``look_changed`` is told the look a person chose (to keep it in the settings; it is applied already);
    ``part_chosen`` the name of the part to work on.
    """

    name: str
    pages: tuple[Page, ...]
    about: AboutState
    now: Callable[[], datetime]
    commands: tuple[Command, ...] = ()
    look_changed: Callable[[Look], None] = lambda _: None
    part_chosen: Callable[[str], None] = lambda _: None


def build_frame(words: Catalogue, program: Program) -> Frame:
    """A window ready to be placed and shown; ``frame.presenter`` takes header, status, badges and notices."""

    def look_changed(look: Look) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_look(application, look)
        program.look_changed(look)

    def presenter(show: Callable[[FrameState], None]) -> FramePresenter:
        return FramePresenter(
            show,
            words,
            tuple(page.item for page in program.pages),
            FrameEffects(look_changed, program.part_chosen),
            now=program.now,
            commands=program.commands,
            look=look_of(),
        )

    return Frame(words, program.name, program.pages, program.about, presenter)
