"""A frame with demo content: a library that is being renovated, seen at one fixed moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apps.shell.frame import status
from apps.shell.frame.about import AboutState, Library, SelfTest
from apps.shell.frame.actions import Action
from apps.shell.frame.build import Program, build_frame
from apps.shell.frame.countdown import Deadline, PlatformTime, TimeSource
from apps.shell.frame.page_stack import Page
from apps.shell.frame.presenter import Command
from apps.shell.frame.recent import RecentProject, RecentProjects, RecentState, recent_state
from apps.shell.frame.recent_list import RecentView
from apps.shell.frame.say import say
from apps.shell.frame.state import Header, NavItem, Part
from apps.shell.frame.status import Tone
from apps.shell.frame.window import Frame
from apps.shell.widgets.card import Card
from apps.shell.widgets.empty import EmptyState
from core.messages import Catalogue

NOW = datetime(2026, 11, 21, 6, 48, 40, tzinfo=UTC)
IN_TIME = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
_TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
_D = "shell.frame.demo."


def demo_frame(
    words: Catalogue,
    *,
    deadline: datetime | None = IN_TIME,
    time: PlatformTime | None = None,
    prepare: Callable[[Frame], None] = lambda _: None,
    recent: bool = True,
) -> Frame:
    """A frame at :data:`NOW` with project, parts, badges and a full status bar."""
    frame = build_frame(words, _program(words, recent=recent))
    presenter = frame.presenter
    asked = PlatformTime(TimeSource.PLATFORM, timedelta(seconds=0.4), NOW - timedelta(minutes=3))
    parts = tuple(Part(name, words.text(f"{_D}part_{name}")) for name in ("reading", "store", "garden"))
    presenter.set_header(
        Header(
            words.text(f"{_D}project"),
            tuple(say(f"{_D}fact_{name}") for name in ("number", "owner", "change")),
            parts,
            "reading",
            Deadline(deadline) if deadline else None,
            time or asked,
        )
    )
    presenter.set_badge("list", 3)
    presenter.set_badge("check", 1, Tone.WARN)
    presenter.set_status(status.saved(NOW - timedelta(seconds=33)))
    presenter.set_status(
        status.key_present(words.text(f"{_D}person"), datetime(2027, 5, 30, 4, tzinfo=UTC), NOW, "key")
    )
    presenter.set_status(status.online(38, "sync"))
    presenter.set_facts(tuple(say(f"{_D}sum_{name}") for name in ("rooms", "pages", "size")))
    prepare(frame)
    return frame


def demo_recent(words: Catalogue) -> RecentView:
    """The list of recent projects: near, nearer, passed, missing."""
    view = RecentView(words)
    made = [
        RecentProject(
            words.text(f"{_D}path", name=words.text(f"{_D}recent_{name}")),
            words.text(f"{_D}recent_{name}"),
            NOW - timedelta(days=number),
            deadline,
            f"{_D}state_{state}" if state else "",
        )
        for number, (name, deadline, state) in enumerate(
            (
                ("library", IN_TIME, "rooms"),
                ("school", _TODAY, "done"),
                ("bridge", IN_TIME + timedelta(days=19), "rooms"),
                ("park", IN_TIME - timedelta(days=9), "sent"),
                ("clinic", IN_TIME + timedelta(days=8), ""),
            )
        )
    ]
    view.show_state(recent_state(RecentProjects(tuple(made)), frozenset({made[2].path}), NOW))
    return view


def demo_about(self_test: SelfTest = SelfTest.PASSED) -> AboutState:
    """An about page of a program that does not exist."""
    libraries = (
        Library("PySide6 Essentials / Qt", "6.9.3", "LGPL-3.0"),
        Library("cryptography", "50.0.0", "Apache-2.0 / BSD-3-Clause"),
        Library("pypdfium2 / PDFium", "5.15.2", "Apache-2.0 / BSD-3-Clause"),
        Library("pikepdf", "9.11.0", "MPL-2.0"),
        Library("Noto Sans SC", "2.004", "OFL-1.1"),
    )
    system = "Windows 10 LTSC 2019 · Python 3.11.7 · Qt 6.9.3"
    log = "C:\\ProgramData\\Gallery\\log\\gallery.log"
    return AboutState("Gallery", "0.1.0", system, libraries, "libcrypto 3.0.15 (ctypes)", self_test, 12, log)


def _program(words: Catalogue, *, recent: bool) -> Program:
    items = (
        NavItem("home", f"{_D}page_home", "home"),
        NavItem("list", f"{_D}page_list", "list"),
        NavItem("chapters", f"{_D}page_chapters", "file"),
        NavItem("cost", f"{_D}page_cost", "table"),
        NavItem("stamp", f"{_D}page_stamp", "stamp"),
        NavItem("send", f"{_D}page_send", "upload"),
        NavItem("check", f"{_D}page_check", "heart-pulse", bottom=True),
        NavItem("settings", f"{_D}page_settings", "gear", bottom=True),
    )
    builders: dict[str, Callable[[], QWidget]] = {"home": lambda: demo_home(words, recent=recent)}
    pages = tuple(Page(item, builders.get(item.page, lambda: _plain(words))) for item in items)
    reason = say(f"{_D}reason_print")
    group = say(f"{_D}group_work")
    program = (
        Command(Action("save", say(f"{_D}action_save"), group, "check", "Ctrl+S"), _nothing),
        Command(Action("paste", say(f"{_D}action_paste"), group, "paste", "Ctrl+Shift+V"), _nothing),
        Command(Action("print", say(f"{_D}action_print"), group, "printer", "Ctrl+P", reason), _nothing),
        Command(Action("key", say(f"{_D}action_key"), group, "key"), _nothing),
        Command(Action("sync", say(f"{_D}action_sync"), group, "refresh", "F5"), _nothing),
    )
    return Program(words.text(f"{_D}program"), pages, demo_about(), lambda: NOW, program)


def demo_home(words: Catalogue, *, recent: bool = True) -> QWidget:
    """A page: recent projects in a card."""
    page, card = QWidget(), Card()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    view = demo_recent(words) if recent else RecentView(words)
    if not recent:
        view.show_state(RecentState())
    card.body.addWidget(view)
    column.addWidget(card, 1)
    return page


def _plain(words: Catalogue) -> QWidget:
    page, card = QWidget(), Card()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    card.body.addWidget(EmptyState("image", words.text(f"{_D}empty"), words.text(f"{_D}empty_hint")))
    column.addWidget(card, 1)
    return page


def _nothing() -> None:
    """The gallery does no work."""
