"""What the frame does: pages and the way back, time, notices, palette, look. Plain Python; the window only shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from apps.shell.frame import commands
from apps.shell.frame.actions import Action, PaletteState, find_actions
from apps.shell.frame.countdown import Countdown, PlatformTime, countdown
from apps.shell.frame.history import PageHistory
from apps.shell.frame.notices import Notice
from apps.shell.frame.say import Say
from apps.shell.frame.state import ABOUT, NOTICES, SHORTCUTS, FrameState, Header, NavItem
from apps.shell.frame.status import StatusItem, Tone
from apps.shell.screen import Presenter
from apps.shell.theme.look import Look
from apps.shell.theme.tokens import Theme
from core.messages import Catalogue


@dataclass(frozen=True, slots=True)
class FrameEffects:
    """What the frame asks of the program: to give all windows another look, and to work on another part."""

    look_changed: Callable[[Look], None]
    part_chosen: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Command:
    """An action of the program with what it does."""

    action: Action
    run: Callable[[], None]


class FramePresenter(Presenter[FrameState]):
    """Holds the frame's state. Programs call ``set_…`` and ``notify``; the window calls the rest."""

    def __init__(
        self,
        show: Callable[[FrameState], None],
        words: Catalogue,
        pages: tuple[NavItem, ...],
        effects: FrameEffects,
        *,
        now: Callable[[], datetime],
        commands: tuple[Command, ...] = (),
        look: Look | None = None,
    ) -> None:
        state = FrameState(pages, PageHistory((pages[0].page,)), look=look or Look())
        super().__init__(show, state)
        self._words, self._effects, self._now = words, effects, now
        self._program = {command.action.name: command for command in commands}
        self._own: dict[str, Callable[[], None]] = dict(self._own_handlers())
        self._state = self._with_actions(state)
        self._refuse_shared_keys()

    # the window says

    def tick(self) -> None:
        """A second has passed."""
        state = self._state
        changed = replace(state, countdown=self._countdown(state.header), notices=state.notices.advanced(self._now()))
        if changed != state:
            self._put(changed)

    def go(self, page: str) -> None:
        """Shows a page of the rail or one of the frame's own."""
        if page not in {item.page for item in self._state.pages} and not commands.is_aside(page):
            return
        notices = self._state.notices.read() if page == NOTICES else self._state.notices
        self._put(replace(self._state, history=self._state.history.went(page), notices=notices))

    def back(self) -> None:
        """One page back."""
        self._put(replace(self._state, history=self._state.history.back()))

    def forward(self) -> None:
        """One page forward again."""
        self._put(replace(self._state, history=self._state.history.forward()))

    def escape(self) -> None:
        """Closes the palette, or leads back from a page of the frame's own."""
        if self._state.palette.shown:
            self.close_palette()
        elif commands.is_aside(self._state.current):
            self.back()

    def choose_part(self, part: str) -> None:
        """Works on another part from now on."""
        header = self._state.header
        if part == header.part or part not in {one.name for one in header.parts}:
            return
        self._put(replace(self._state, header=replace(header, part=part)))
        self._effects.part_chosen(part)

    def run(self, name: str) -> None:
        """Does what an action stands for, or says why it cannot be done now."""
        action = next((one for one in self._state.actions if one.name == name), None)
        if action is None:
            return
        if action.reason is not None:
            self.notify(Tone.INFO, action.reason)
            return
        (self._own[name] if name in self._own else self._program[name].run)()

    def close_notice(self, number: int) -> None:
        """Takes one notice off the screen; it stays in the history."""
        self._put(replace(self._state, notices=self._state.notices.closed(number, self._now())))

    def run_notice(self, number: int) -> None:
        """Does what the button of a notice offers, and closes the notice."""
        notice = next((one for one in self._state.notices.history if one.number == number), None)
        if notice is not None and notice.action:
            self.close_notice(number)
            self.run(notice.action)

    # palette

    def open_palette(self) -> None:
        """Shows the palette with everything in it."""
        self.search("")

    def search(self, query: str) -> None:
        """Answers a query."""
        found = find_actions(query, self._state.actions, self._words)
        self._put(replace(self._state, palette=PaletteState(True, query, found)))

    def choose(self, number: int) -> None:
        """Moves the choice to an answer, at most to the last, at least to the first."""
        palette = self._state.palette
        chosen = max(0, min(number, len(palette.hits) - 1))
        self._put(replace(self._state, palette=replace(palette, chosen=chosen, refused=None)))

    def run_chosen(self) -> None:
        """Does the chosen action; one that cannot be done now says why and the palette stays."""
        palette = self._state.palette
        if palette.hit is None:
            return
        if palette.hit.action.reason is not None:
            self._put(replace(self._state, palette=replace(palette, refused=palette.hit.action.reason)))
            return
        name = palette.hit.action.name
        self.close_palette()
        self.run(name)

    def close_palette(self) -> None:
        """Hides the palette."""
        self._put(replace(self._state, palette=PaletteState()))

    # the program says

    def set_header(self, header: Header) -> None:
        """Another project, other facts, another deadline."""
        self._put(replace(self._state, header=header, countdown=self._countdown(header)))

    def set_time(self, time: PlatformTime) -> None:
        """The platform's clock was compared with this machine's, or can no longer be."""
        self.set_header(replace(self._state.header, time=time))

    def set_status(self, item: StatusItem) -> None:
        """One statement of the status bar changed."""
        self._put(replace(self._state, status=self._state.status.with_item(item)))

    def clear_status(self, name: str) -> None:
        """One statement of the status bar no longer applies."""
        self._put(replace(self._state, status=self._state.status.without_item(name)))

    def set_facts(self, facts: tuple[Say, ...]) -> None:
        """What stands on the right of the status bar."""
        self._put(replace(self._state, status=replace(self._state.status, facts=facts)))

    def set_badge(self, page: str, count: int, tone: Tone = Tone.ERR) -> None:
        """So many things wait on a page; 0 takes the mark away."""
        pages = tuple(
            replace(one, badge=max(0, count), badge_tone=tone) if one.page == page else one for one in self._state.pages
        )
        self._put(replace(self._state, pages=pages))

    def add_command(self, command: Command) -> None:
        """One more action of the program, or another one in the place of that of the same name."""
        self._program[command.action.name] = command
        self._put(self._state)
        self._refuse_shared_keys()

    def set_reason(self, name: str, reason: Say | None) -> None:
        """Why an action of the program cannot be done now; None: it can."""
        command = self._program[name]
        self._program[name] = Command(replace(command.action, reason=reason), command.run)
        self._put(self._state)

    def notify(self, tone: Tone, said: Say, *, action: str = "", action_title: Say | None = None) -> None:
        """Says something without taking the focus; only good news goes by itself."""
        now = self._now()
        notice = Notice(self._state.notices.next_number, tone, said, now, action, action_title)
        self._put(replace(self._state, notices=self._state.notices.added(notice, now)))

    def handle(self, name: str, run: Callable[[], None]) -> None:
        """What only the window can do for an action of the frame: moving the focus between panes."""
        self._own[name] = run

    # within

    def _own_handlers(self) -> Mapping[str, Callable[[], None]]:
        return {
            commands.BACK: self.back,
            commands.FORWARD: self.forward,
            commands.ESCAPE: self.escape,
            commands.PALETTE: self.open_palette,
            commands.CLOSE_NOTICE: self._close_newest,
            commands.LARGER: lambda: self._look(self._state.look.larger()),
            commands.THEME: self._next_theme,
            commands.NEXT_PANE: lambda: None,
            commands.PREVIOUS_PANE: lambda: None,
            **{page: partial(self.go, page) for page in (ABOUT, NOTICES, SHORTCUTS)},
            **{commands.PAGE + one.page: partial(self.go, one.page) for one in self._state.pages},
        }

    def _close_newest(self) -> None:
        if self._state.notices.shown:
            self.close_notice(self._state.notices.shown[-1].number)

    def _next_theme(self) -> None:
        themes = tuple(Theme)
        theme = themes[(themes.index(self._state.look.theme) + 1) % len(themes)]
        self._look(Look(theme, self._state.look.scale))

    def _look(self, look: Look) -> None:
        self._effects.look_changed(look)
        self._put(replace(self._state, look=look))

    def _countdown(self, header: Header) -> Countdown | None:
        return countdown(header.deadline, header.time, self._now()) if header.deadline else None

    def _with_actions(self, state: FrameState) -> FrameState:
        program = tuple(command.action for command in self._program.values())
        return replace(state, actions=(*program, *commands.window_actions(state)))

    def _refuse_shared_keys(self) -> None:
        keys = [key for action in self._state.actions for key in action.shortcuts]
        shared = sorted({key for key in keys if keys.count(key) > 1})
        if shared:  # Qt would run neither of the two
            message = f"two actions share the key {shared[0]}"
            raise ValueError(message)

    def _put(self, state: FrameState) -> None:
        self._show(self._with_actions(state))
