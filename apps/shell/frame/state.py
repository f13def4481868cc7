"""The frame as values: what rail, header and status bar show. All words are catalogue keys, all content is text."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.shell.frame.actions import Action, PaletteState
from apps.shell.frame.countdown import Countdown, Deadline, PlatformTime
from apps.shell.frame.history import PageHistory
from apps.shell.frame.notices import Notices
from apps.shell.frame.say import Say
from apps.shell.frame.status import Status, Tone
from apps.shell.theme.look import Look

ABOUT = "shell.about"
SHORTCUTS = "shell.shortcuts"
NOTICES = "shell.notices"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page on the rail. ``badge`` counts what waits there; ``bottom`` puts it into the lower group."""

    page: str
    key: str
    icon: str
    badge: int = 0
    badge_tone: Tone = Tone.ERR
    bottom: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-project one can switch to."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Header:
    """The project's title and facts, its parts and the one worked on; with no title the header says so."""

    title: str = ""
    facts: tuple[Say, ...] = ()
    parts: tuple[Part, ...] = ()
    part: str = ""
    deadline: Deadline | None = None
    time: PlatformTime = field(default_factory=PlatformTime)


@dataclass(frozen=True, slots=True)
class FrameState:
    """Everything the frame shows except the pages themselves."""

    pages: tuple[NavItem, ...]
    history: PageHistory
    header: Header = field(default_factory=Header)
    countdown: Countdown | None = None
    status: Status = field(default_factory=Status)
    notices: Notices = field(default_factory=Notices)
    actions: tuple[Action, ...] = ()
    palette: PaletteState = field(default_factory=PaletteState)
    look: Look = field(default_factory=Look)

    @property
    def current(self) -> str:
        """The page shown now."""
        return self.history.current

    @property
    def rail(self) -> tuple[NavItem, ...]:
        """The pages in the order of their keys Ctrl+1 … Ctrl+9: upper group, then lower."""
        return (*(one for one in self.pages if not one.bottom), *(one for one in self.pages if one.bottom))
