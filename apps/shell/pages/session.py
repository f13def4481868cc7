"""One document's talk with its child: who is asked first, who is to blame when it dies, when to start it again.

No Qt and no threads here: the owner passes in messages and the time. Wishes are declared, not queued: whoever wants
something states the whole list of its lane anew, so what scrolled out of sight is never asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from apps.shell.pages.channel import Channel
from apps.shell.pages.fault import Cause, Fault
from apps.shell.pages.limits import Limits
from apps.shell.pages.requests import Find, Lane, Request, message_of, page_of
from apps.shell.pages.wire import Message

IN_FLIGHT = 2  # one being worked at, one waiting in the pipe
_WINDOW = 60.0  # seconds in which restarts are counted


@dataclass(frozen=True, slots=True)
class Target:
    """What is opened."""

    path: str
    media_type: str = ""
    password: str = ""


class Owner(Protocol):
    """Who gets the results; called in the thread that calls the session."""

    def session_opened(self, message: Message) -> None:
        """The document is open, for the first time or again."""

    def session_answered(self, request: Request, message: Message) -> None:
        """One wish came true."""

    def session_failed(self, request: Request | None, fault: Fault) -> None:
        """One wish failed, or (None) the whole document."""


class Session:
    """Declares wishes to a child and survives its death."""

    def __init__(
        self, owner: Owner, target: Target, limits: Limits, start: Callable[[], Channel], clock: Callable[[], float]
    ) -> None:
        self._owner = owner
        self.target = target
        self._limits = limits
        self._start = start
        self._clock = clock
        self._lanes: dict[Lane, deque[Request]] = {lane: deque() for lane in Lane}
        self._flying: deque[tuple[Lane, Request]] = deque()
        self._since = 0.0
        self._channel: Channel | None = None
        self._ready = False
        self._late = False
        self._deaths: deque[float] = deque()
        self.avoid: set[int] = set()
        self.restarts = 0

    @property
    def channel(self) -> Channel | None:
        """The present child; None before opening and after giving up."""
        return self._channel

    @property
    def idle(self) -> bool:
        """Whether nothing is asked and nothing waits."""
        return not self._flying and not any(self._lanes.values())

    def open(self, password: str = "") -> None:
        """Opens the document, again with a fresh child where one is there."""
        self.close()
        if password:
            self.target = Target(self.target.path, self.target.media_type, password)
        self._channel = self._start()
        self._since = self._clock()
        self._channel.send(
            Message({
                "op": "open", "path": self.target.path, "media_type": self.target.media_type,
                "password": self.target.password, "avoid": [[page] for page in sorted(self.avoid)],
            })
        )  # fmt: skip

    def retry(self) -> None:
        """The person asks to try again: past deaths no longer count."""
        self._deaths.clear()
        self.avoid.clear()
        self.open()

    def close(self) -> None:
        """Ends the child; wishes stay declared."""
        if self._channel is not None:
            self._channel.kill()
        self._channel = None
        self._ready = self._late = False
        for lane, request in reversed(self._flying):
            self._lanes[lane].appendleft(request)
        self._flying.clear()

    def want(self, lane: Lane, requests: Iterable[Request]) -> None:
        """Replaces the wishes of a lane; those under way are not asked twice."""
        flying = {request for _, request in self._flying}
        self._lanes[lane] = deque(dict.fromkeys(request for request in requests if request not in flying))
        self._feed()

    def add(self, lane: Lane, request: Request) -> None:
        """Adds one wish at the end of a lane."""
        if request not in self._lanes[lane] and all(request != asked for _, asked in self._flying):
            self._lanes[lane].append(request)
            self._feed()

    def heard(self, channel: Channel, message: Message | None) -> None:
        """Takes what a child said; None: it has ended. What a former child said is dropped."""
        if channel is not self._channel:
            return
        if message is None:
            self._died()
        elif "ready" in message.head:
            return
        elif not self._ready:
            self._opened(message)
        elif self._flying:
            _, request = self._flying.popleft()
            self._since = self._clock()
            self._deliver(request, message)
            self._feed()

    def tick(self) -> None:
        """Called a few times a second: ends a child that takes too long over one request."""
        if self._channel is None or (self._ready and not self._flying):
            return
        allowed = self._limits.request_seconds if self._ready else self._limits.open_seconds
        if self._clock() - self._since > allowed:
            self._late = True
            self._died()

    def _opened(self, message: Message) -> None:
        fault = message.text("fault")
        if fault or message.number("pages") < 1:
            self.close()
            self._owner.session_failed(None, Fault(_cause(fault) if fault else Cause.EMPTY))
            return
        self._ready = True
        self._owner.session_opened(message)
        self._feed()

    def _deliver(self, request: Request, message: Message) -> None:
        fault = message.text("fault")
        if fault:
            self._owner.session_failed(request, Fault(_cause(fault), page_of(request)))
        else:
            self._owner.session_answered(request, message)

    def _feed(self) -> None:
        if not self._ready or self._channel is None:
            return
        for lane, waiting in self._lanes.items():
            while waiting and len(self._flying) < IN_FLIGHT:
                request = waiting.popleft()
                if not self._flying:
                    self._since = self._clock()
                self._flying.append((lane, request))
                self._channel.send(message_of(request))

    def _died(self) -> None:
        """The oldest unanswered request is to blame; the others are asked again of the next child."""
        cause = Cause.TIME if self._late else Cause.CRASH
        opening = not self._ready
        last_page = self._channel.last_page if self._channel is not None else -1
        guilty = self._flying.popleft()[1] if self._flying else None
        self.close()
        now = self._clock()
        self._deaths.append(now)
        while self._deaths and now - self._deaths[0] > _WINDOW:
            self._deaths.popleft()
        if opening:
            self._owner.session_failed(None, Fault(cause))
            return
        if len(self._deaths) > self._limits.restarts:
            self._owner.session_failed(None, Fault(Cause.GAVE_UP))
            return
        self.restarts += 1
        if isinstance(guilty, Find) and last_page >= 0:
            self.avoid.add(last_page)
        self.open()
        if guilty is not None:
            self._owner.session_failed(guilty, Fault(cause, page_of(guilty)))


def _cause(text: str) -> Cause:
    return Cause(text) if text in {cause.value for cause in Cause} else Cause.PAGE
