"""The status bar as values: what is saved, which key is there, what has reached the platform. Always in words too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from apps.shell.beijing import in_beijing
from apps.shell.frame.say import Say, say

KEY_ENDS_SOON = timedelta(days=30)


class Tone(StrEnum):
    """How something stands; always shown with an icon and words too."""

    PLAIN = "plain"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    ERR = "err"


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One statement of the status bar; with ``action`` it is a button that runs this action of the frame."""

    name: str
    icon: str
    tone: Tone
    said: Say
    action: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Statements on the left, plain facts on the right."""

    items: tuple[StatusItem, ...] = ()
    facts: tuple[Say, ...] = ()

    def with_item(self, item: StatusItem) -> Status:
        """With one statement in the place of the one of the same name, or at the end."""
        if any(one.name == item.name for one in self.items):
            return Status(tuple(item if one.name == item.name else one for one in self.items), self.facts)
        return Status((*self.items, item), self.facts)

    def without_item(self, name: str) -> Status:
        """Without the statement of this name."""
        return Status(tuple(one for one in self.items if one.name != name), self.facts)


def saved(at: datetime) -> StatusItem:
    """Everything is on this machine's disk since ``at``."""
    return StatusItem("saved", "check", Tone.OK, say("shell.frame.status.saved", clock=_clock(at)))


def saving() -> StatusItem:
    """An edit is on its way to the disk."""
    return StatusItem("saved", "refresh", Tone.PLAIN, say("shell.frame.status.saving"))


def not_saved(reason: Say, since: datetime, action: str = "") -> StatusItem:
    """Edits since ``since`` could not be written; ``reason`` is one of ``file.*`` or your own."""
    said = say("shell.frame.status.not_saved", clock=_clock(since), reason=reason.key)
    return StatusItem("saved", "x-circle", Tone.ERR, said, action)


def key_present(holder: str, ends: datetime, now: datetime, action: str = "") -> StatusItem:
    """A key with its certificate: valid, ending within thirty days, or ended."""
    day = f"{in_beijing(ends):%Y-%m-%d}"
    if ends <= now:
        return StatusItem("key", "key", Tone.ERR, say("shell.frame.status.key_ended", holder=holder, day=day), action)
    if ends - now < KEY_ENDS_SOON:
        left = (ends - now).days
        said = say("shell.frame.status.key_ends", holder=holder, day=day, left=left)
        return StatusItem("key", "key", Tone.WARN, said, action)
    return StatusItem("key", "key", Tone.OK, say("shell.frame.status.key", holder=holder, day=day), action)


def key_absent(action: str = "") -> StatusItem:
    """No key is plugged in."""
    return StatusItem("key", "key", Tone.PLAIN, say("shell.frame.status.key_absent"), action)


def online(milliseconds: int, action: str = "") -> StatusItem:
    """The platform answers and nothing waits to be sent."""
    return StatusItem("sync", "wifi", Tone.OK, say("shell.frame.status.online", ms=milliseconds), action)


def synced(at: datetime, action: str = "") -> StatusItem:
    """Everything has been handed over since ``at``."""
    return StatusItem("sync", "cloud-check", Tone.OK, say("shell.frame.status.synced", clock=_clock(at)), action)


def waiting(count: int, *, connected: bool, action: str = "") -> StatusItem:
    """So many things stand in the outbox; ``connected`` tells sending from waiting for the network."""
    key = "shell.frame.status.sending" if connected else "shell.frame.status.waiting"
    icon = "upload" if connected else "cloud-off"
    return StatusItem("sync", icon, Tone.PLAIN if connected else Tone.WARN, say(key, n=count), action)


def offline(action: str = "") -> StatusItem:
    """No network, nothing waits; work goes on."""
    return StatusItem("sync", "wifi-off", Tone.PLAIN, say("shell.frame.status.offline"), action)


def _clock(at: datetime) -> str:
    return f"{in_beijing(at):%H:%M:%S}"
