"""Puts the list of recent projects together with its file and with the frame that speaks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from apps.shell.frame.actions import Action
from apps.shell.frame.presenter import Command, FramePresenter
from apps.shell.frame.recent import RecentProject
from apps.shell.frame.recent_file import load_recent, missing_files, save_recent
from apps.shell.frame.recent_list import RecentView
from apps.shell.frame.recent_presenter import RecentEffects, RecentPresenter
from apps.shell.frame.say import said_of, say
from apps.shell.frame.status import Tone
from apps.shell.tasks import Starter
from core.messages import Catalogue
from signing.errors import CodedError

RESTORE = "shell.restore_recent"
_TICK = 20_000  # milliseconds: the list counts in minutes


@dataclass(frozen=True, slots=True)
class RecentRoom:
    """The page, and the presenter a program tells what was opened (``opened``, ``found``, ``tick``)."""

    view: RecentView
    presenter: RecentPresenter


def build_recent(
    words: Catalogue,
    starter: Starter,
    frame: FramePresenter,
    file: Path,
    *,
    now: Callable[[], datetime],
    open_project: Callable[[str], None],
    find_project: Callable[[str], None],
) -> RecentRoom:
    """The list kept in ``file``; it is being read when this returns. Removing a line can be taken back."""
    view = RecentView(words)

    def failed(error: CodedError) -> None:
        frame.notify(Tone.WARN, said_of(error))

    def forgotten(project: RecentProject) -> None:
        said = say("shell.frame.recent.forgotten", title=project.title)
        frame.notify(Tone.INFO, said, action=RESTORE, action_title=say("shell.frame.recent.restore"))

    effects = RecentEffects(
        load=partial(load_recent, file),
        save=partial(save_recent, file),
        missing=missing_files,
        open=open_project,
        find=find_project,
        failed=failed,
        forgotten=forgotten,
    )
    presenter = RecentPresenter(view.show_state, starter, effects, now=now)
    view.attach(presenter)
    restore = Action(RESTORE, say("shell.frame.recent.restore_action"), say("shell.frame.group.window"), "undo")
    frame.add_command(Command(restore, presenter.restore))
    presenter.refresh()
    presenter.load()
    clock = QTimer(view)
    clock.setInterval(_TICK)
    clock.timeout.connect(presenter.tick)
    clock.start()
    return RecentRoom(view, presenter)
