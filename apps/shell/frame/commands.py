"""The actions every window has: its pages, back and forward, palette, notices, keys, about, type and colours."""

from __future__ import annotations

from apps.shell.frame.actions import Action
from apps.shell.frame.history import PageHistory
from apps.shell.frame.say import Say, say
from apps.shell.frame.state import ABOUT, NOTICES, SHORTCUTS, FrameState

PAGE = "shell.page:"
BACK = "shell.back"
FORWARD = "shell.forward"
NEXT_PANE = "shell.next_pane"
PREVIOUS_PANE = "shell.previous_pane"
PALETTE = "shell.palette"
LARGER = "shell.larger"
THEME = "shell.theme"
CLOSE_NOTICE = "shell.close_notice"
ESCAPE = "shell.escape"


def window_actions(state: FrameState) -> tuple[Action, ...]:
    """The frame's own actions as they stand in ``state``."""
    return (*_pages(state), *_ways(state.history), *_tools(state))


def _pages(state: FrameState) -> tuple[Action, ...]:
    group = say("shell.frame.group.pages")
    return tuple(
        Action(
            PAGE + item.page,
            Say("shell.frame.action.go", (("page", item.key),)),
            group,
            item.icon,
            f"Ctrl+{number}" if number <= 9 else "",
        )
        for number, item in enumerate(state.rail, start=1)
    )


def _ways(history: PageHistory) -> tuple[Action, ...]:
    group = say("shell.frame.group.ways")
    no_back = None if history.can_back else say("shell.frame.reason.no_back")
    no_forward = None if history.can_forward else say("shell.frame.reason.no_forward")
    return (
        Action(BACK, say("shell.frame.action.back"), group, "arrow-left", "Alt+Left", no_back),
        Action(FORWARD, say("shell.frame.action.forward"), group, "arrow-right", "Alt+Right", no_forward),
        Action(NEXT_PANE, say("shell.frame.action.next_pane"), group, "columns", "F6"),
        Action(PREVIOUS_PANE, say("shell.frame.action.previous_pane"), group, "columns", "Shift+F6"),
        Action(ESCAPE, say("shell.frame.action.escape"), group, "x", "Esc"),
    )


def _tools(state: FrameState) -> tuple[Action, ...]:
    group = say("shell.frame.group.window")
    percent = round(state.look.larger().scale * 100)
    nothing = None if state.notices.shown else say("shell.frame.reason.no_notice")
    return (
        Action(PALETTE, say("shell.frame.action.palette"), group, "command", "Ctrl+K"),
        Action(NOTICES, say("shell.frame.action.notices"), group, "bell", "Ctrl+J"),
        Action(CLOSE_NOTICE, say("shell.frame.action.close_notice"), group, "x", "Ctrl+Shift+J", nothing),
        Action(LARGER, say("shell.frame.action.larger", percent=percent), group, "zoom-in", "F8", also="zoom font"),
        Action(THEME, say("shell.frame.action.theme"), group, "eye", "F9", also="dark light contrast"),
        Action(SHORTCUTS, say("shell.frame.action.shortcuts"), group, "help", "F1 ?"),
        Action(ABOUT, say("shell.frame.action.about"), group, "info"),
    )


def is_aside(page: str) -> bool:
    """Whether a page belongs to the frame itself: Escape leads back from it."""
    return page in {ABOUT, NOTICES, SHORTCUTS}
