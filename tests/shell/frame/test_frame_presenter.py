"""The frame's presenters with a list as view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from apps.shell.frame import commands, status
from apps.shell.frame.actions import Action
from apps.shell.frame.countdown import Deadline, PlatformTime, Stage, TimeSource
from apps.shell.frame.presenter import Command, FrameEffects, FramePresenter
from apps.shell.frame.recent import RecentProject, RecentProjects, RecentState
from apps.shell.frame.recent_presenter import RecentEffects, RecentPresenter
from apps.shell.frame.say import say
from apps.shell.frame.state import ABOUT, NOTICES, FrameState, Header, NavItem, Part
from apps.shell.frame.status import Tone
from apps.shell.tasks import ImmediateStarter
from apps.shell.theme.look import Look
from apps.shell.theme.tokens import Theme
from core.errors import FileNotWritable
from core.messages import Catalogue
from signing.errors import CodedError

START = datetime(2026, 11, 21, 6, 48, 40, tzinfo=UTC)
_D = "shell.frame.demo."


class World:
    """A presenter with everything around it written down."""

    def __init__(self, words: Catalogue) -> None:
        self.shown: list[FrameState] = []
        self.now = START
        self.looks: list[Look] = []
        self.parts: list[str] = []
        self.done: list[str] = []
        pages = (
            NavItem("check", f"{_D}page_check", "heart-pulse", bottom=True),
            NavItem("home", f"{_D}page_home", "home"),
            NavItem("list", f"{_D}page_list", "list"),
        )
        group = say(f"{_D}group_work")
        program = (
            Command(
                Action("save", say(f"{_D}action_save"), group, "check", "Ctrl+S"), lambda: self.done.append("save")
            ),
            Command(
                Action("print", say(f"{_D}action_print"), group, reason=say(f"{_D}reason_print")),
                lambda: self.done.append("print"),
            ),
        )
        effects = FrameEffects(self.looks.append, self.parts.append)
        self.presenter = FramePresenter(
            self.shown.append, words, pages, effects, now=lambda: self.now, commands=program
        )

    @property
    def state(self) -> FrameState:
        return self.presenter.state


@pytest.fixture
def world(words: Catalogue) -> World:
    return World(words)


def test_the_rail_has_the_upper_group_first_and_keys_follow_it(world: World) -> None:
    assert [item.page for item in world.state.rail] == ["home", "list", "check"]
    keys = {action.name: action.shortcut for action in world.state.actions}
    assert keys[commands.PAGE + "check"] == "Ctrl+3"


def test_pages_are_gone_to_and_back_and_forward(world: World) -> None:
    for page in ("home", "list", ABOUT, "nowhere"):
        world.presenter.go(page)
    assert world.state.current == ABOUT
    world.presenter.run(commands.BACK)
    assert world.state.current == "list"
    world.presenter.run(commands.FORWARD)
    assert world.state.current == ABOUT
    world.presenter.escape()
    assert world.state.current == "list"
    world.presenter.escape()
    assert world.state.current == "list", "Escape leads back from the frame's own pages only"


def test_going_back_where_there_is_nothing_says_why(world: World, words: Catalogue) -> None:
    before = world.state.current
    world.presenter.run(commands.BACK)
    assert world.state.current == before
    assert world.state.notices.shown[0].said.text(words) == "前面没有页面了。"


def test_a_second_changes_the_countdown_and_nothing_else(world: World) -> None:
    world.presenter.set_header(Header("t", deadline=Deadline(START + timedelta(seconds=2))))
    assert world.state.countdown is not None
    assert world.state.countdown.left == 2
    shown = len(world.shown)
    world.presenter.tick()
    assert len(world.shown) == shown, "the same moment shows nothing anew"
    world.now += timedelta(seconds=2)
    world.presenter.tick()
    assert world.state.countdown.stage is Stage.PASSED


def test_a_new_comparison_with_the_platform_moves_the_countdown(world: World) -> None:
    world.presenter.set_header(Header("t", deadline=Deadline(START + timedelta(minutes=5))))
    world.presenter.set_time(PlatformTime(TimeSource.PLATFORM, timedelta(minutes=2), START))
    assert world.state.countdown is not None
    assert world.state.countdown.left == 180


def test_another_part_is_told_once_and_only_if_it_exists(world: World) -> None:
    world.presenter.set_header(Header("t", parts=(Part("a", "A"), Part("b", "B")), part="a"))
    for part in ("a", "b", "b", "c"):
        world.presenter.choose_part(part)
    assert world.parts == ["b"]
    assert world.state.header.part == "b"


def test_the_palette_runs_what_was_chosen_by_keys_alone(world: World) -> None:
    world.presenter.run(commands.PALETTE)
    assert world.state.palette.shown
    assert len(world.state.palette.hits) == len(world.state.actions)
    world.presenter.search("ljbc")
    world.presenter.run_chosen()
    assert world.done == ["save"]
    assert not world.state.palette.shown


def test_the_palette_says_why_not_and_stays(world: World) -> None:
    world.presenter.search("打印")
    world.presenter.run_chosen()
    assert world.done == []
    assert world.state.palette.shown
    assert world.state.palette.refused == say(f"{_D}reason_print")
    world.presenter.set_reason("print", None)
    world.presenter.search("打印")
    world.presenter.run_chosen()
    assert world.done == ["print"]


def test_the_choice_in_the_palette_stays_inside(world: World) -> None:
    world.presenter.open_palette()
    for number, at in ((-5, 0), (3, 3), (10_000, len(world.state.palette.hits) - 1)):
        world.presenter.choose(number)
        assert world.state.palette.chosen == at
    world.presenter.search("qqqq")
    world.presenter.choose(1)
    world.presenter.run_chosen()
    assert world.state.palette.shown
    world.presenter.escape()
    assert not world.state.palette.shown


def test_a_notice_offers_its_action_and_goes_into_the_history(world: World) -> None:
    world.presenter.notify(
        Tone.ERR, say(f"{_D}notice_disk"), action="save", action_title=say("shell.frame.recent.open")
    )
    world.now += timedelta(days=1)
    world.presenter.tick()
    number = world.state.notices.shown[0].number
    world.presenter.run_notice(number)
    assert world.done == ["save"]
    assert world.state.notices.shown == ()
    assert world.state.notices.unread == 1
    world.presenter.go(NOTICES)
    assert world.state.notices.unread == 0


def test_good_news_goes_by_the_ticking_clock(world: World) -> None:
    world.presenter.notify(Tone.OK, say(f"{_D}notice_import"))
    world.now += timedelta(seconds=8)
    world.presenter.tick()
    assert world.state.notices.shown == ()


def test_type_grows_and_comes_round_and_themes_follow_one_another(world: World) -> None:
    for _ in range(3):
        world.presenter.run(commands.LARGER)
    assert [look.scale for look in world.looks] == [1.25, 1.5, 1.0]
    for _ in range(3):
        world.presenter.run(commands.THEME)
    assert [look.theme for look in world.looks[3:]] == [Theme.DARK, Theme.CONTRAST, Theme.LIGHT]


def test_badges_and_status_are_shown(world: World) -> None:
    world.presenter.set_badge("list", 3, Tone.WARN)
    world.presenter.set_status(status.saved(START))
    world.presenter.set_status(status.waiting(2, connected=False))
    world.presenter.clear_status("saved")
    assert [(item.page, item.badge) for item in world.state.rail if item.badge] == [("list", 3)]
    assert [item.name for item in world.state.status.items] == ["sync"]


# recent projects


class RecentWorld:
    def __init__(self, kept: RecentProjects, missing: frozenset[str] = frozenset()) -> None:
        self.shown: list[RecentState] = []
        self.opened: list[str] = []
        self.sought: list[str] = []
        self.saved: list[RecentProjects] = []
        self.failures: list[CodedError] = []
        self.forgotten: list[RecentProject] = []
        self.save: Callable[[RecentProjects], None] = self.saved.append
        effects = RecentEffects(
            lambda: kept, self._save, lambda _: missing, self.opened.append, self.sought.append,
            self.failures.append, self.forgotten.append,
        )  # fmt: skip
        self.presenter = RecentPresenter(self.shown.append, ImmediateStarter(), effects, now=lambda: START)

    def _save(self, recent: RecentProjects) -> None:
        self.save(recent)

    @property
    def titles(self) -> list[str]:
        return [line.project.title for line in self.presenter.state.lines]


def kept(*names: str) -> RecentProjects:
    return RecentProjects(tuple(RecentProject(name, name, START) for name in names))


def test_opening_a_missing_file_looks_for_it_and_finding_it_opens_it() -> None:
    world = RecentWorld(kept("a", "b"), frozenset({"b"}))
    world.presenter.load()
    world.presenter.open("a")
    world.presenter.open("b")
    assert (world.opened, world.sought) == (["a"], ["b"])
    world.presenter.found("b", "/new/b")
    assert world.opened == ["a", "/new/b"]
    assert world.saved[-1].projects[1].path == "/new/b"
    assert not any(line.missing for line in world.presenter.state.lines)


def test_a_forgotten_project_can_be_brought_back() -> None:
    world = RecentWorld(kept("a", "b"))
    world.presenter.load()
    world.presenter.forget("a")
    assert world.titles == ["b"]
    assert [one.title for one in world.forgotten] == ["a"]
    world.presenter.restore()
    assert world.titles == ["a", "b"]
    assert world.saved[-1] == kept("a", "b")


def test_a_project_opened_before_the_list_was_read_does_not_cost_the_list() -> None:
    world = RecentWorld(kept("a", "b"))
    world.presenter.opened(RecentProject("c", "c", START))
    assert world.saved == []
    world.presenter.load()
    assert world.titles == ["c", "a", "b"]
    assert [one.path for one in world.saved[-1].projects] == ["c", "a", "b"]


def test_a_list_that_cannot_be_kept_is_said_and_shown_all_the_same() -> None:
    world = RecentWorld(kept("a"))
    world.presenter.load()

    def full(_: RecentProjects) -> None:
        raise FileNotWritable(path="recent.json", reason="no_space")

    world.save = full
    world.presenter.opened(RecentProject("c", "c", START))
    assert world.titles == ["c", "a"]
    assert [error.code for error in world.failures] == ["app.file_not_writable"]


def test_two_actions_with_one_key_are_refused_at_once(world: World) -> None:
    twin = Command(Action("twin", say(f"{_D}action_key"), say(f"{_D}group_work"), shortcut="Ctrl+K"), lambda: None)
    with pytest.raises(ValueError, match=r"Ctrl\+K"):
        world.presenter.add_command(twin)
